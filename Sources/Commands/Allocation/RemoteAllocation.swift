import Casework
import MatchCore
import Operations
import PlanCheck

/// `allocate` through a server: the plan as it would be, or, with its digest, applied.
struct RemoteAllocation {
    let session: Session
    let input: AllocationInput
    /// Where the plan is written with its proof; nil for nowhere.
    let file: String?

    /// How many claims are listed for a person.
    private static let shown = 20

    func run() async throws {
        let made = try await session.withService { service in
            if input.digest == nil {
                try await service.call(AllocationOperations.plan, input)
            } else {
                try await service.call(AllocationOperations.apply, input)
            }
        }
        if let file, let proof = made.proof { try PlanFile.write(proof, to: file) }
        if session.options.json { return try session.emit(answer: made) }
        let language = session.language
        let outcomes = made.outcomes.map {
            PlanDocument.Outcome(goal: $0.goal.rawValue, value: $0.value, bound: $0.bound, proved: $0.proved)
        }
        guard !made.isApplied else {
            if let note = OutcomeTable.unproved(outcomes) { session.note(note, isWarning: true) }
            return session.say(
                AllocateWords.applied,
                ["count": Numbers.grouped(Int64(made.claims.count)), "digest": String(made.digest.prefix(16))],
                style: .good)
        }
        var table = Table([
            .name(MatchWords.wish[language]), .name(MatchWords.bestOffer[language]),
            .number(RecordWords.quantity[language]),
        ])
        for claim in made.claims.prefix(Self.shown) {
            table.add([
                Table.Cell("\(claim.wish)/\(claim.wishLine)"), Table.Cell("\(claim.offer)/\(claim.offerLine)"),
                Table.Cell(Numbers.grouped(claim.quantity)),
            ])
        }
        session.say(table)
        if made.claims.count > Self.shown {
            session.say(
                GeneralWords.more[language].filled([
                    "count": Numbers.grouped(Int64(made.claims.count - Self.shown))
                ]))
        }
        session.say()
        session.say(OutcomeTable(outcomes, in: language).table)
        for outcome in made.outcomes where outcome.goal != .lottery {
            let goal = outcome.goal.rawValue
            session.say(
                AllocateWords.greedyWould.filled([
                    "goal": OutcomeTable.name(of: goal, in: language),
                    "value": OutcomeTable.amount(outcome.greedy, goal),
                ])[language], style: .faint)
        }
        for line in made.leftOut {
            session.note(
                AllocateWords.tooGreat.filled([
                    "wish": "\(line.wish)", "line": "\(line.wishLine)", "wanted": Numbers.grouped(line.quantity),
                    "most": Numbers.grouped(PlanProblem.greatestQuantity),
                ]), isWarning: true)
        }
        for share in made.shortShares {
            session.note(
                ShortShare(
                    area: share.area ?? MatchWords.noArea[language], unit: share.unit, wanted: share.guaranteed,
                    reached: share.reached, mayGrow: share.mayGrow
                ).text, isWarning: true)
        }
        if made.isCut { session.note(AllocateWords.cut.text, isWarning: true) }
        session.say(
            ServeWords.planned,
            [
                "claims": Numbers.grouped(Int64(made.claims.count)),
                "digest": "\(made.digest.prefix(16)) --as-of \(made.asOf)",
            ])
    }
}

extension AllocationInput {
    /// The terms that were given; what was not is left to the profile.
    init(
        _ terms: AllocateTerms, profile: String, candidates: Int, complete: Bool, digest: String?, note: String?,
        asOf: Timestamp?, proof: Bool
    ) throws {
        // Read against rules that say nothing, so that what is wrong is said before anything is asked.
        let rules = try terms.applied(to: AllocationRules())
        self.init(
            profile: profile, goals: terms.goals == nil ? nil : rules.goals,
            split: terms.split == nil ? nil : rules.split,
            reserve: terms.reserve, partyCaps: terms.partyCap.isEmpty ? nil : rules.partyCaps, capDays: terms.capDays,
            areaShare: terms.areaShare, candidates: candidates, complete: complete, digest: digest, note: note,
            asOf: asOf, proof: proof ? true : nil)
    }
}
