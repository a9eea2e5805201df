public import Casework
public import MatchCore

/// Reads the registry anew for each operation that asks.
public struct RegistrySnapshots: RegistryViewing {
    let reference: ReferenceData
    public let scorers: [any Scorer.Type]
    public let utcOffsetSeconds: Int

    public init(reference: ReferenceData, scorers: [any Scorer.Type], utcOffsetSeconds: Int = 28_800) {
        self.reference = reference
        self.scorers = scorers
        self.utcOffsetSeconds = utcOffsetSeconds
    }

    public func view(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> MatchingView? {
        guard let profile = try store.profile(profile) else { return nil }
        let view = LiveRegistry(try registry(in: store)).current()
        return matching(try ViewFamily(profile, scorers: scorers, view: view), view, now)
    }

    public func registry(in store: any CaseTransaction) throws -> Registry {
        try RegistrySnapshot.load(from: store, areas: reference.areas, categories: reference.categories)
    }

    func matching(_ family: ViewFamily, _ view: RegistryView, _ now: Moment) -> MatchingView {
        MatchingView(
            ranker: FamilyViewRanker(
                family: family, view: view, now: Timestamp(milliseconds: now.milliseconds),
                utcOffsetSeconds: utcOffsetSeconds))
    }
}
