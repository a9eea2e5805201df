import Casework
import MatchCore
import Operations

/// Reads the registry anew for each operation that asks.
struct RegistrySnapshots: RegistryViewing {
    let reference: ReferenceData
    let scorers: [any Scorer.Type]
    let utcOffsetSeconds: Int

    func view(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> MatchingView? {
        guard let profile = try store.profile(profile) else { return nil }
        let registry = try RegistrySnapshot.load(from: store, areas: reference.areas, categories: reference.categories)
        return MatchingView(
            ranker: FamilyRanker(
                family: try ProfileFamily(profile, scorers: scorers, registry: registry),
                context: ScoringContext(
                    registry: registry, now: Timestamp(milliseconds: now.milliseconds),
                    utcOffsetSeconds: utcOffsetSeconds)))
    }
}
