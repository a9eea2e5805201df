internal import MatchCore

extension CaseDesk {
    /// Writes into the history that a record was registered or changed; one that says the same leaves no entry.
    ///
    /// - Parameter quantities: what its lines promise or want, in their order; nil where none was stated.
    func note(_ outcome: SaveOutcome, of kind: RecordKind, quantities: [Int64?] = []) throws {
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
        try write(
            action, on: subjectKind, outcome.id,
            quantities.compactMap { quantity in
                quantity.map { FieldChange("quantity", before: nil, after: .integer($0)) }
            })
    }
}
