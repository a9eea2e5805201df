public import MatchCore

/// That somebody who does not see a sealed field is shown it all the same: for a reason, with a second person's word, for
/// a time, and on record.
public struct SealOpening: Hashable, Sendable {
    /// What the whole of it can take, in minutes.
    public static let longest: Int64 = 24 * 60

    public let id: RecordID
    /// Whose field it is: a wish, a household, a member of one, or an inbound record.
    public let holder: RecordID
    public let field: SealedField
    public let reason: Code
    public let askedBy: RecordID
    public let askedAt: Moment
    /// For how long it is asked for.
    public let minutes: Int64
    /// The second person; nil as long as nobody has agreed.
    public let approvedBy: RecordID?
    public let approvedAt: Moment?
    public let endsAt: Moment?

    public init(
        id: RecordID, holder: RecordID, field: SealedField, reason: Code, askedBy: RecordID, askedAt: Moment,
        minutes: Int64, approvedBy: RecordID? = nil, approvedAt: Moment? = nil, endsAt: Moment? = nil
    ) {
        self.id = id
        self.holder = holder
        self.field = field
        self.reason = reason
        self.askedBy = askedBy
        self.askedAt = askedAt
        self.minutes = minutes
        self.approvedBy = approvedBy
        self.approvedAt = approvedAt
        self.endsAt = endsAt
    }

    /// Whether it shows the field to somebody at a moment.
    public func isOpen(to actor: RecordID, at moment: Moment) -> Bool {
        guard let approvedAt, let endsAt else { return false }
        return actor == askedBy && approvedAt <= moment && moment < endsAt
    }
}

extension SealedField {
    /// What can be opened: what the table of access keeps from admins.
    public static let openable: [SealedField] = [.words, .note, .birthYear, .circumstance, .file]

    /// The part of a record that it is.
    public var part: AccessPart {
        switch self {
        case .words: .words
        case .note: .notes
        case .birthYear: .members
        case .circumstance: .circumstances
        case .place: .exactPlace
        case .wording: .wording
        case .name: .name
        case .file: .file
        }
    }
}

extension CaseDesk {
    /// Asks for a sealed field to be opened. Throws `unknown` for a holder that is not there, and `malformed`.
    public func askOpening(
        of field: SealedField, holder: RecordID, minutes: Int64, reason: Reason
    ) throws -> SealOpening {
        try require([.admin], to: LocalizedText(zhHans: "申请查看加密内容", en: "ask for a sealed field"))
        guard (1...SealOpening.longest).contains(minutes), SealedField.openable.contains(field) else {
            throw CaseworkError(
                .malformed, "A field is opened for 1 to \(SealOpening.longest) minutes.",
                zhHans: "查看时间为 1 至 \(SealOpening.longest) 分钟。")
        }
        guard try store.personFile(holder) != nil else {
            throw unknown(
                LocalizedText(zhHans: "人员、家庭、心愿或受理记录", en: "person, household, wish or inbound record"), holder)
        }
        let opening = SealOpening(
            id: newID(), holder: holder, field: field, reason: reason.code, askedBy: actor.id, askedAt: now,
            minutes: minutes)
        try store.insert(opening)
        try write("opening/ask", on: "opening", opening.id, reason: reason, changes(of: opening))
        return opening
    }

    /// Agrees to an opening, as another person than who asked: from now it shows the field to who asked.
    ///
    /// Throws `unknown`, and `secondPerson` for whoever asked, or has their access from who asked: nobody makes a second person
    /// of a key. What was agreed to before stays as it is.
    public func approveOpening(_ id: RecordID) throws -> SealOpening {
        try require([.coordinator, .auditor], to: LocalizedText(zhHans: "同意查看加密内容", en: "agree to an opening"))
        guard let opening = try store.opening(id) else {
            throw unknown(LocalizedText(zhHans: "查看申请", en: "opening"), id)
        }
        guard opening.askedBy != actor.id else {
            throw CaseworkError(
                .secondPerson, "You asked for this opening yourself. Somebody else has to agree to it.",
                zhHans: "这是您本人的申请，须由另一人同意。")
        }
        guard opening.approvedAt == nil else { return opening }
        guard try !owesAccess(actor.id, to: opening.askedBy) else {
            throw CaseworkError(
                .secondPerson,
                "Whoever asked for this opening gave you the access that you act with. Somebody who has it from another has to "
                    + "agree; access that is given on the machine with the files counts as another's.",
                zhHans: "您的权限由申请人授予，不能同意其申请。须由权限另有来源的人同意；在存放数据文件的机器上授予的权限可以。")
        }
        let end = now.adding(milliseconds: opening.minutes * 60_000)
        let agreed = SealOpening(
            id: id, holder: opening.holder, field: opening.field, reason: opening.reason, askedBy: opening.askedBy,
            askedAt: opening.askedAt, minutes: opening.minutes, approvedBy: actor.id, approvedAt: now, endsAt: end)
        try store.approve(agreed)
        try write(
            "opening/approve", on: "opening", id,
            changes(of: opening) + [FieldChange("ends", before: nil, after: .moment(end))])
        return agreed
    }

    private func changes(of opening: SealOpening) -> [FieldChange] {
        var changes = [FieldChange("holder", before: nil, after: .record(opening.holder))]
        if let field = Code(opening.field.rawValue) {
            changes.append(FieldChange("field", before: nil, after: .code(field)))
        }
        return changes
    }
}
