internal import CaseRecords
public import MatchCore

/// What a person says of an inbound record where they do not go by the proposal.
public struct IntakeChoice: Hashable, Sendable {
    public var category: Code?
    public var lane: Lane?
    public var urgency: UrgencyGrade?
    /// In the unit of the category.
    public var quantity: Int64?
    /// Nil for the proposed ones.
    public var groups: [Code]?
    public var area: Code?
    /// The approved wording; the words of the record themselves stay in the inbox.
    public var wording: String

    public init(
        category: Code? = nil, lane: Lane? = nil, urgency: UrgencyGrade? = nil, quantity: Int64? = nil,
        groups: [Code]? = nil, area: Code? = nil, wording: String = ""
    ) {
        self.category = category
        self.lane = lane
        self.urgency = urgency
        self.quantity = quantity
        self.groups = groups
        self.area = area
        self.wording = wording
    }
}

extension CaseDesk {
    /// Registers a wish from an inbound record as a person confirmed it, and opens its case. The history says what was
    /// proposed and what was confirmed.
    ///
    /// Throws `unknown` without a category, `quantity` where an amount of money or time is needed and nobody said it,
    /// `wrongState` for a record that belongs to a wish, and ``AdmissionRefusal`` for what may not enter.
    public func confirm(
        _ record: RecordID, _ choice: IntakeChoice, proposed: WishProposal, admission: Admission,
        categories: CategoryTree, level: AreaLevel = .village
    ) throws -> WishCase {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "确认分类", en: "confirm a classification"))
        let inbound = try waiting(record)
        guard let code = choice.category ?? proposed.candidates.first?.category,
            let category = categories[code.text]
        else {
            throw CaseworkError(
                .unknown, "No item of the catalogue is confirmed for this record. Name its category.",
                zhHans: "尚未确认该记录的品类。请指定品类。")
        }
        let isProposed = proposed.candidates.first?.category == code
        let said = isProposed ? proposed.amount?.value.quantity : nil
        guard let quantity = choice.quantity ?? said ?? (category.unit == .piece ? 1 : nil) else {
            throw CaseworkError(
                .quantity, "'\(category.name.en)' counts in \(category.unit.code), and the words do not say how much.",
                zhHans: "“\(category.name.zhHans)”以 \(category.unit.code) 计，原话未说明数量。请填写数量。")
        }
        let (source, externalID) = (inbound.channel.rawValue, inbound.externalID ?? "\(record)")
        guard try store.wish(source: source, externalID: externalID) == nil else {
            throw CaseworkError(
                .wrongState, "A wish \(externalID) of \(source) is registered. Confirm the record as that wish.",
                zhHans: "已有来自 \(source) 的心愿 \(externalID)。请将记录确认为该心愿。")
        }
        let wish = Wish(
            key: RecordKey(source: source, externalID: externalID, id: newID()),
            lane: choice.lane ?? proposed.lane.value, urgency: choice.urgency ?? proposed.urgency.value,
            submitted: Timestamp(milliseconds: inbound.receivedAt.milliseconds),
            place: Place(area: choice.area?.text),
            groups: (choice.groups ?? proposed.groups.map(\.value)).map(\.text), text: choice.wording,
            lines: [
                WishLine(
                    category: code.text, quantity: quantity, unit: category.unit,
                    estimatedPriceFen: category.unit == .fen ? nil : category.typicalPriceFen)
            ])
        let id = try Registrar(transaction: store, admission: admission, desk: self).admit(wish).id
        try noteConfirmation(of: record, wish, code, quantity, proposed)
        return try confirm(record, as: id, level: level)
    }

    /// The record, when no wish has it yet.
    func waiting(_ record: RecordID) throws -> InboxRecord {
        guard let inbound = try store.inboxRecord(record) else {
            throw unknown(LocalizedText(zhHans: "受理记录", en: "inbound record"), record)
        }
        guard inbound.wish == nil else {
            let name = try inbound.wish.map { try handle(ofWish: $0) } ?? ""
            throw CaseworkError(
                .wrongState, "The record belongs to wish \(name) already.", zhHans: "该记录已关联心愿 \(name)。")
        }
        return inbound
    }

    private func noteConfirmation(
        of record: RecordID, _ wish: Wish, _ category: Code, _ quantity: Int64, _ proposed: WishProposal
    ) throws {
        func code(_ text: String) -> HistoryValue? { Code(text).map { .code($0) } }
        try write(
            "inbox/confirm", on: "inbox", record,
            [
                FieldChange(
                    "category", before: proposed.candidates.first.map { .code($0.category) }, after: .code(category)),
                FieldChange("lane", before: code(proposed.lane.value.code), after: code(wish.lane.code)),
                FieldChange("urgency", before: code(proposed.urgency.value.code), after: code(wish.urgency.code)),
                FieldChange(
                    "quantity", before: proposed.amount.map { .integer($0.value.quantity) }, after: .integer(quantity)),
                FieldChange("words", before: nil, after: .integer(Int64(proposed.version))),
            ])
    }
}
