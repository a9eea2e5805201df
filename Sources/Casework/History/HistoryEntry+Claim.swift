extension HistoryEntry {
    /// The entry for a step of a claim: only the fields that the step changed.
    ///
    /// - Parameter before: nil for the proposal.
    public static func claimStep(
        _ step: ClaimStep, before: Claim, after: Claim, by actor: CaseActor, at moment: Moment, reason: Reason?,
        program: Code
    ) -> HistoryEntry {
        var changes: [FieldChange] = []
        // Whether it can be offered again: the offer's balance follows from it.
        if case .giveBack(let condition) = step, let code = Code(condition.rawValue) {
            changes.append(FieldChange("condition", before: nil, after: .code(code)))
        }
        return claimStep(
            step.kind, before: before, after: after, by: actor, at: moment, reason: reason, program: program,
            more: changes)
    }

    /// The entry for a claim of the past, which comes in as it ended.
    static func claimImport(
        _ claim: Claim, by actor: CaseActor, at moment: Moment, reason: Reason, program: Code
    ) -> HistoryEntry {
        let entry = claimStep(
            .propose, before: nil, after: claim, by: actor, at: moment, reason: reason, program: program)
        return HistoryEntry(
            program: program, at: moment, by: actor, subjectKind: entry.subjectKind, subject: claim.id,
            action: "claim/import", reason: reason, changes: entry.changes)
    }

    public static func claimStep(
        _ step: ClaimStep.Kind, before: Claim?, after: Claim, by actor: CaseActor, at moment: Moment, reason: Reason?,
        program: Code, more: [FieldChange] = []
    ) -> HistoryEntry {
        var changes: [FieldChange] = []
        func note(_ field: Code, _ value: (Claim) -> HistoryValue?) {
            let (old, new) = (before.flatMap(value), value(after))
            if old != new { changes.append(FieldChange(field, before: old, after: new)) }
        }
        note("state") { Code($0.state.rawValue).map { .code($0) } }
        note("quantity") { .integer($0.quantity) }
        note("leaseEnd") { $0.lease.map { .moment($0.end) } }
        note("offerLine") { .record($0.offerLine) }
        note("wishLine") { .record($0.wishLine) }
        for kind in Leg.Kind.allCases {
            guard let field = Code("leg/\(kind.rawValue)"), let done = Code("leg/\(kind.rawValue)/done") else {
                continue
            }
            note(field) { claim in claim.legs.first { $0.kind == kind }?.party.map { .record($0) } }
            note(done) { claim in claim.legs.first { $0.kind == kind }.map { .integer($0.isDone ? 1 : 0) } }
        }
        return HistoryEntry(
            program: program, at: moment, by: actor, subjectKind: "claim", subject: after.id,
            action: Code("claim/\(step.rawValue)") ?? "claim", reason: reason, changes: changes + more)
    }
}
