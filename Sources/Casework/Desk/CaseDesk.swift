public import MatchCore

/// One person at work in one transaction: everything that happens to wishes and claims goes through here.
///
/// Each step checks the rules, changes the store and writes the history, all in the caller's transaction. Where a step
/// throws, the transaction is given up, or the step is made inside `store.attempt`.
public struct CaseDesk {
    public let rules: CaseRules
    public let store: any CaseTransaction
    public let actor: CaseActor
    public let now: Moment
    /// Gives ids to what is new.
    public let newID: () -> RecordID

    public init(
        rules: CaseRules, store: any CaseTransaction, actor: CaseActor, now: Moment, newID: @escaping () -> RecordID
    ) {
        self.rules = rules
        self.store = store
        self.actor = actor
        self.now = now
        self.newID = newID
    }

    /// The same desk in the hands of the program itself.
    var system: CaseDesk { CaseDesk(rules: rules, store: store, actor: .system, now: now, newID: newID) }

    /// Keeps words apart from the history and returns the reason that refers to them.
    ///
    /// - Parameter words: nil or empty for a reason without a note.
    public func reason(_ code: Code, words: String?, about subject: RecordID) throws -> Reason {
        Reason(code, note: try keep(words, as: "reason", about: subject))
    }

    /// Keeps words apart from the history; nil for none.
    public func keep(_ words: String?, as kind: Code, about subject: RecordID) throws -> RecordID? {
        guard let words, !words.isEmpty else { return nil }
        guard words.unicodeScalars.count <= Admission.Limits.text else {
            throw CaseworkError(
                .malformed, "A note has at most \(Admission.Limits.text) characters. Shorten it.",
                zhHans: "备注至多 \(Admission.Limits.text) 字，请缩短。")
        }
        let id = newID()
        try store.save(
            Note(id: id, kind: kind, subject: subject, words: words, madeAt: now, madeBy: actor.id))
        return id
    }

    func write(
        _ action: Code, on kind: Code, _ subject: RecordID, reason: Reason? = nil, _ changes: [FieldChange] = []
    ) throws {
        try store.append(
            HistoryEntry(
                program: store.programCode(), at: now, by: actor, subjectKind: kind, subject: subject, action: action,
                reason: reason, changes: changes))
    }

    func require(_ roles: Set<Role>, to what: LocalizedText) throws {
        guard roles.contains(actor.role) || actor.role == .admin else {
            let list = roles.map(\.rawValue).sorted().joined(separator: ", ")
            throw CaseworkError(
                .roleNotAllowed, "A \(actor.role.rawValue) cannot \(what.en). It takes: \(list).",
                zhHans: "角色 \(actor.role.rawValue) 不能\(what.zhHans)。可执行的角色：\(list)。")
        }
    }

    func unknown(_ kind: LocalizedText, _ id: RecordID) -> CaseworkError {
        CaseworkError(.unknown, "There is no \(kind.en) \(id).", zhHans: "没有\(kind.zhHans) \(id)。")
    }
}
