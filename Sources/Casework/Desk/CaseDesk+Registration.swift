internal import CaseRecords
internal import MatchCore

extension CaseDesk {
    /// Writes into the history that a record was registered or changed; one that says the same leaves no entry.
    func note(_ outcome: SaveOutcome, of kind: RecordKind, _ changes: [FieldChange] = []) throws {
        let (subjectKind, created, changed): (Code, Code, Code) =
            switch kind {
            case .party: ("party", "party/register", "party/change")
            case .offer: ("offer", "offer/register", "offer/change")
            case .wish: ("wish", "wish/register", "wish/change")
            }
        let action: Code
        switch outcome {
        case .created: action = created
        case .changed: action = changed
        case .unchanged: return
        }
        try write(action, on: subjectKind, outcome.id, changes)
    }

    /// The same, with what each line of an offer pledges now, and pledged before.
    func note(_ outcome: SaveOutcome, ofOffer record: OfferRecord) throws {
        try note(
            outcome, of: .offer,
            totals(
                outcome, stated: zip(record.features.lines, record.balances).map { ($0.number, $1.pledged) },
                before: { try told($0, $1) }, lines: { try store.lines(ofOffer: $0) }, field: HistoryEntry.pledged
            ) { try store.balance(ofOffer: $0)?.total })
    }

    /// The same, with what each line of a wish wants now, and where the record before is known, what it wanted, to which lane
    /// and categories it belonged then, what a piece was to cost, and that it was worded otherwise: who looks back at a
    /// decision asks what the wish was at that time.
    func note(_ outcome: SaveOutcome, ofWish record: WishRecord, after before: WishRecord? = nil) throws {
        let fields = before.map { before in
            zip(before.features.lines, before.balances).map { (HistoryEntry.wanted($0.number), $1.wanted) }
        }
        try note(
            outcome, of: .wish,
            differences(before, record, outcome.id)
                + totals(
                    outcome, stated: zip(record.features.lines, record.balances).map { ($0.number, $1.wanted) },
                    before: { id, field in try fields.map { $0.first { $0.0 == field }?.1 } ?? told(id, field) },
                    lines: { try store.lines(ofWish: $0) }, field: HistoryEntry.wanted
                ) { try store.balance(ofWish: $0)?.total })
    }

    /// What the history told last of a line's total: what it was before a change, where nobody read the record before.
    private func told(_ id: RecordID, _ field: Code) throws -> Int64? {
        for entry in try store.history(of: [id]).reversed() {
            guard let change = entry.changes.last(where: { $0.field == field }) else { continue }
            if case .integer(let total)? = change.after { return total }
            return nil
        }
        return nil
    }

    private func differences(_ before: WishRecord?, _ now: WishRecord, _ id: RecordID) -> [FieldChange] {
        guard let before else { return [] }
        func change(_ field: Code, _ old: String?, _ new: String?) -> FieldChange? {
            guard old != new else { return nil }
            func value(_ text: String?) -> HistoryValue? { text.flatMap { Code($0) }.map { .code($0) } }
            return FieldChange(field, before: value(old), after: value(new))
        }
        let lane = change("lane", before.features.lane.code, now.features.lane.code)
        var changes = [lane].compactMap { $0 }
        for line in now.features.lines {
            guard let old = before.features.lines.first(where: { $0.number == line.number }) else { continue }
            if let category = change(HistoryEntry.category(line.number), old.category, line.category) {
                changes.append(category)
            }
            if old.estimatedPriceFen != line.estimatedPriceFen {
                changes.append(
                    FieldChange(
                        HistoryEntry.price(line.number), before: old.estimatedPriceFen.map { .integer($0) },
                        after: line.estimatedPriceFen.map { .integer($0) }))
            }
        }
        if before.features.text != now.features.text {
            // The words are sealed under the wish's key: the history says where they stand.
            let sealed = FieldReference(table: "wish", row: id, column: "wording", version: 1)
            changes.append(FieldChange("wording", before: nil, after: .field(sealed)))
        }
        return changes
    }

    /// The totals of a record's lines: as they were stated for a new one; for one that was changed those that became others,
    /// with what they were, because what a file no longer lists has changed as well.
    private func totals(
        _ outcome: SaveOutcome, stated: [(number: Int, total: Int64?)], before: (RecordID, Code) throws -> Int64?,
        lines: (RecordID) throws -> [Int], field: (Int) -> Code, total: (LineReference) throws -> Int64?
    ) throws -> [FieldChange] {
        func value(_ total: Int64?) -> HistoryValue? { total.map { .integer($0) } }
        switch outcome {
        case .created:
            return stated.map { FieldChange(field($0.number), before: nil, after: value($0.total)) }
        case .changed(let id):
            return try lines(id).compactMap { number in
                let (old, new) = (try before(id, field(number)), try total(LineReference(id, number)))
                return old == new ? nil : FieldChange(field(number), before: value(old), after: value(new))
            }
        case .unchanged: return []
        }
    }
}

extension HistoryEntry {
    /// The field that tells what an offer's line has pledged in all.
    static func pledged(_ line: Int) -> Code { Code("pledged/\(line)") ?? "pledged" }
    /// The field that tells what one piece of a wish's line is to cost, in fen.
    static func price(_ line: Int) -> Code { Code("price/\(line)") ?? "price" }
    /// The field that tells what a wish's line wants in all.
    static func wanted(_ line: Int) -> Code { Code("wanted/\(line)") ?? "wanted" }
}
