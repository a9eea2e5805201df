import Casework
import MatchCore
import Operations
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

    struct Made {
        var planned: AllocationPlanning.Made
        var document: PlanDocument

        var allocation: RegistryAllocation { planned.allocation }
        var plan: Plan { planned.plan }
        var goals: [PlanGoal] { planned.goals }
        /// Pairs that `--complete` added; nil where it was not asked for.
        var added: Int? { planned.added }

        /// The claims that the ledger can hold, in the order of the document.
        func shown(in registry: Registry) -> ShownPlan { planned.shown(in: registry) }
    }

    func make() throws -> Made {
        do {
            let made = try AllocationPlanning(
                rules: rules, candidates: request.candidates, isComplete: request.isComplete, threads: request.threads,
                seed: request.seed, secondsAtMost: request.secondsAtMost
            ).make(ranker: desk.ranker, bars: bars)
            var document = PlanDocument(
                made.plan, of: made.allocation.problem, goals: made.goals, registry: made.registry)
            document.lineNames = made.allocation.lines.map(\.description)
            document.offerNames = made.allocation.offers.map(\.description)
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
            return Made(planned: made, document: document)
        } catch let error as AllocationError {
            throw CommandError(.refused, LocalizedText(same: error.description))
        }
    }
}
