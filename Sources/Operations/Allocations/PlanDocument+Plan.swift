internal import Casework
public import MatchCore
public import PlanCheck

extension AllocationPlanning {
    /// What was made as a document with its proof, checked by code that the planner does not share.
    ///
    /// - Parameters:
    ///   - profile: The profile and its revision, such as `default@1`.
    ///   - asOf: When ages and days were reckoned from.
    /// - Throws: `PlanFault` when the proof does not hold: a fault of this program, and no plan to show.
    public func document(of made: Made, profile: String, asOf: Timestamp) throws -> PlanDocument {
        var document = PlanDocument(made.plan, of: made.allocation.problem, goals: made.goals, registry: made.registry)
        document.lineNames = made.allocation.lines.map(\.description)
        document.offerNames = made.allocation.offers.map(\.description)
        document.making = PlanDocument.Making(
            asOf: asOf.milliseconds, profile: profile, goals: rules.goals.map(\.rawValue), candidates: candidates,
            partyCaps: rules.partyCaps, capDays: rules.capDays, areaShare: rules.areaShare,
            split: rules.split?.rawValue, reserve: rules.reserve)
        document.seed = seed?.text
        document.commitment = seed?.commitment
        document.close()
        try PlanVerifier.check(document)
        return document
    }
}

extension PlanDocument {
    /// The document of a plan for a problem, not sealed yet.
    init(_ plan: Plan, of problem: PlanProblem, goals: [PlanGoal], registry: String?) {
        self.init(
            registry: registry, cut: plan.isCut, goals: goals.map(\.rawValue),
            lines: problem.lines.map(\.row), offers: problem.offers.map(\.row), partyCaps: problem.partyCaps,
            // What could not be guaranteed in full is held as far as it could be.
            guarantees: problem.guarantees.enumerated().map { plan.shortAreas[$0.offset] ?? $0.element },
            pairs: zip(problem.pairs, plan.amounts).map { [Int64($0.line), Int64($0.offer), $0.score, $1] },
            stages: plan.proof.stages.map(Stage.init),
            outcomes: plan.outcomes.map {
                Outcome(goal: $0.goal.rawValue, value: $0.value, bound: $0.bound, proved: $0.isProved)
            })
    }
}

extension PlanDocument.Stage {
    init(_ stage: PlanProof.Stage) {
        let (kind, members): (String, [Int64]?) =
            switch stage.sum {
            case .goal(let goal): (goal.rawValue, nil)
            case .level(let areas): ("level", areas.map(Int64.init))
            case .weights(let weights): ("weights", weights)
            }
        self.init(
            kind: kind, of: members, bound: stage.bound, settles: stage.settles, lines: stage.prices.lines,
            offers: stage.prices.offers, parties: stage.prices.parties, areas: stage.prices.areas)
    }
}

extension PlanProblem.Line {
    /// The line as it stands in a document.
    public var row: [Int64] {
        [quantity, Int64(area), isCritical ? 1 : 0, isWhole ? 1 : 0, most, Int64(share ?? -1), isRanked ? 1 : 0]
    }
}

extension PlanProblem.Offer {
    /// The offer as it stands in a document.
    public var row: [Int64] { [capacity, Int64(party)] }
}
