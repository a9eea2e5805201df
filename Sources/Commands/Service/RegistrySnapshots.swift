import Casework
import MatchCore
import Operations

/// Reads the registry anew for each operation that asks.
struct RegistrySnapshots: RegistryViewing {
    let reference: ReferenceData
    let scorers: [any Scorer.Type]
    let utcOffsetSeconds: Int

    func view(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> Operations.RegistryView? {
        guard let profile = try store.profile(profile) else { return nil }
        let registry = try RegistrySnapshot.load(from: store, areas: reference.areas, categories: reference.categories)
        return Operations.RegistryView(
            ranker: Ranker(
                plan: try ScoringPlan(profile, scorers: scorers),
                context: ScoringContext(
                    registry: registry, now: Timestamp(milliseconds: now.milliseconds),
                    utcOffsetSeconds: utcOffsetSeconds)))
    }
}
