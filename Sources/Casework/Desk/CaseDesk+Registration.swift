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

    /// The same, with what each line of an offer pledges now.
    func note(_ outcome: SaveOutcome, ofOffer record: OfferRecord) throws {
        try note(
            outcome, of: .offer,
            totals(
                outcome, stated: zip(record.features.lines, record.balances).map { ($0.number, $1.pledged) },
                lines: { try store.lines(ofOffer: $0) }, field: HistoryEntry.pledged
            ) { try store.balance(ofOffer: $0)?.total })
    }

    /// The same, with what each line of a wish wants now, and where the record before is known, to which lane and
    /// categories it belonged then: who looks back at a decision asks what the wish was at that time.
    func note(_ outcome: SaveOutcome, ofWish record: WishRecord, after before: WishRecord? = nil) throws {
        try note(
            outcome, of: .wish,
            belonging(before, record)
                + totals(
                    outcome, stated: zip(record.features.lines, record.balances).map { ($0.number, $1.wanted) },
                    lines: { try store.lines(ofWish: $0) }, field: HistoryEntry.wanted
                ) { try store.balance(ofWish: $0)?.total })
    }

    private func belonging(_ before: WishRecord?, _ now: WishRecord) -> [FieldChange] {
        guard let before else { return [] }
        func change(_ field: Code, _ old: String?, _ new: String?) -> FieldChange? {
            guard old != new else { return nil }
            func value(_ text: String?) -> HistoryValue? { text.flatMap { Code($0) }.map { .code($0) } }
            return FieldChange(field, before: value(old), after: value(new))
        }
        let lane = change("lane", before.features.lane.code, now.features.lane.code)
        return [lane].compactMap { $0 }
            + now.features.lines.compactMap { line in
                let old = before.features.lines.first { $0.number == line.number }
                return old.flatMap { change(HistoryEntry.category(line.number), $0.category, line.category) }
            }
    }

    /// The totals of a record's lines: as they were stated for a new one, as they stand for one that was changed, because
    /// what a file no longer lists has changed as well.
    private func totals(
        _ outcome: SaveOutcome, stated: [(number: Int, total: Int64?)], lines: (RecordID) throws -> [Int],
        field: (Int) -> Code, total: (LineReference) throws -> Int64?
    ) throws -> [FieldChange] {
        let now: [(number: Int, total: Int64?)]
        switch outcome {
        case .created: now = stated
        case .changed(let id): now = try lines(id).map { ($0, try total(LineReference(id, $0))) }
        case .unchanged: now = []
        }
        return now.map { FieldChange(field($0.number), before: nil, after: $0.total.map { .integer($0) }) }
    }
}

extension HistoryEntry {
    /// The field that tells what an offer's line has pledged in all.
    static func pledged(_ line: Int) -> Code { Code("pledged/\(line)") ?? "pledged" }
    /// The field that tells what a wish's line wants in all.
    static func wanted(_ line: Int) -> Code { Code("wanted/\(line)") ?? "wanted" }
}
