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
    /// When ages and due times are reckoned from; nil for now.
    var asOf: Timestamp?
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
        /// Whether what is proved holds over all pairs; nil where that was not asked for.
        var isComplete: Bool? { planned.isComplete }

        /// The claims that the ledger can hold, in the order of the document.
        func shown(in registry: Registry) -> ShownPlan { planned.shown(in: registry) }
    }

    func make() throws -> Made {
        do {
            let planning = AllocationPlanning(
                rules: rules, candidates: request.candidates, isComplete: request.isComplete, threads: request.threads,
                seed: request.seed, secondsAtMost: request.secondsAtMost)
            let made = try planning.make(ranker: desk.ranker, bars: bars)
            let document = try planning.document(
                of: made, profile: desk.plan.profile.reference, asOf: Timestamp(milliseconds: asOf.milliseconds))
            return Made(planned: made, document: document)
        } catch let fault as PlanFault {
            // A proof that does not hold is a fault of this program, and never shown as a plan.
            throw CommandError(.failure, AllocateWords.refused.filled(["fault": fault.message]))
        } catch let error as AllocationError {
            throw CommandError(.refused, LocalizedText(same: error.description))
        }
    }
}
