import Casework
import MatchCore
import PlanCheck

/// What a run was asked for.
struct PlanRequest {
    var terms: AllocateTerms
    var candidates: Int
    var isComplete: Bool
    var threads: Int
    var seed: AllocationSeed?
    var secondsAtMost: Double?
}

/// Makes the plan of a registry, and its document, checked.
struct PlanMaker {
    let desk: MatchDesk
    let bars: AllocationBars
    let rules: AllocationRules
    let request: PlanRequest
    let asOf: Moment

    /// How much of a deadline the ranking may take.
    private static let rankingShare = 0.6

    struct Made {
        var allocation: RegistryAllocation
        var plan: Plan
        var document: PlanDocument
        var goals: [PlanGoal]
        /// Pairs that `--complete` added; nil where it was not asked for.
        var added: Int?

        /// The claims that the ledger can hold, in the order of the document.
        func shown(in registry: Registry) -> ShownPlan {
            let problem = allocation.problem
            return ShownPlan(
                registry: document.registry ?? "", goals: goals, seed: allocation.seed,
                claims: problem.pairs.indices.compactMap { index in
                    let pair = problem.pairs[index]
                    guard plan.amounts[index] > 0, allocation.isClaimable(pair, in: registry) else { return nil }
                    return ShownPlan.Claim(
                        offer: allocation.offers[pair.offer], wish: allocation.lines[pair.line],
                        quantity: plan.amounts[index])
                })
        }
    }

    func make() throws -> Made {
        let start = ContinuousClock.now
        let limit = request.secondsAtMost
        func overdue(after share: Double) -> @Sendable () -> Bool {
            {
                guard let limit else { return false }
                return ContinuousClock.now - start > .seconds(limit * share)
            }
        }
        let run = MatchRun(ranker: desk.ranker, limit: request.candidates, threads: request.threads)
        let goals = rules.goals + (request.seed == nil ? [] : [.lottery])
        let isOverdue = overdue(after: 1)
        do {
            var allocation = try RegistryAllocation(
                run: run, rules: rules, bars: bars, seed: request.seed, isOverdue: overdue(after: Self.rankingShare))
            // What is added below is found by the plan's own prices; what it was made from is this.
            let registry = allocation.fingerprint
            let left = Set(allocation.problem.lines.indices.filter { !allocation.problem.lines[$0].isRanked })
            var plan = GoalPlanner(allocation.problem, goals: goals, isOverdue: isOverdue).plan()
            var more: [Int: [Ranking.Candidate]] = [:]
            // Pairs are only ever added, so this ends; usually after one or two rounds.
            while request.isComplete, left.isEmpty, !plan.isCut {
                let found = allocation.uncovered(by: plan, run: run)
                guard !found.isEmpty else { break }
                more.merge(found) { $0 + $1 }
                allocation = try RegistryAllocation(
                    run: run, rules: rules, bars: bars, seed: request.seed, more: more, leftOut: left)
                plan = GoalPlanner(allocation.problem, goals: goals, isOverdue: isOverdue).plan()
            }
            if !left.isEmpty { plan.isCut = true }
            var document = PlanDocument(plan, of: allocation.problem, goals: goals, registry: registry)
            document.lineNames = allocation.lines.map(\.description)
            document.offerNames = allocation.offers.map(\.description)
            document.making = PlanDocument.Making(
                asOf: asOf.milliseconds, profile: desk.plan.profile.reference, candidates: request.candidates,
                partyCaps: rules.partyCaps, capDays: rules.capDays, areaShare: rules.areaShare,
                split: rules.split?.rawValue, reserve: rules.reserve)
            document.seed = request.seed?.text
            document.commitment = request.seed?.commitment
            // A proof that does not hold is a fault of this program, and never shown as a plan.
            do {
                try PlanVerifier.check(document)
            } catch let fault as PlanFault {
                throw CommandError(.failure, AllocateWords.refused.filled(["fault": fault.message]))
            }
            return Made(
                allocation: allocation, plan: plan, document: document, goals: goals,
                added: request.isComplete ? more.values.reduce(0) { $0 + $1.count } : nil)
        } catch let error as AllocationError {
            throw CommandError(.refused, LocalizedText(same: error.description))
        }
    }
}
