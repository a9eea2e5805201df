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

    public var descriptors: [ScorerDescriptor] { scorers.map { $0.descriptor } }

    public func view(
        by profile: String, at now: Moment, in store: any CaseTransaction, for eyes: RegistrySnapshot.Eyes
    ) throws -> MatchingView? {
        guard let profile = try ProfileName(profile, at: "?profile").find(in: store) else { return nil }
        let view = LiveRegistry(try registry(in: store, for: eyes)).current()
        return matching(
            try ViewFamily(profile, scorers: scorers, view: view),
            try profile.voices(in: store).map { try ViewFamily($0, scorers: scorers, view: view) }, view, now)
    }

    public func snapshot(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> FamilyRanker? {
        guard let profile = try ProfileName(profile, at: "?profile").find(in: store) else { return nil }
        let registry = try registry(in: store)
        return FamilyRanker(
            family: try ProfileFamily(profile, scorers: scorers, registry: registry),
            context: ScoringContext(
                registry: registry, now: Timestamp(milliseconds: now.milliseconds), utcOffsetSeconds: utcOffsetSeconds))
    }

    public func plan(of reference: String, in store: any CaseTransaction) throws -> Recomputation.PlanFinding {
        guard let named = ProfileReference(reference),
            let profile = try store.profile(named.name, revision: named.revision),
            let plan = try? ScoringPlan(profile.resolved(under: named.scopes).profile, scorers: scorers)
        else { return .missing }
        return .found(plan)
    }

    public func registry(in store: any CaseTransaction) throws -> Registry {
        try registry(in: store, for: .coordinators)
    }

    func registry(in store: any CaseTransaction, for eyes: RegistrySnapshot.Eyes) throws -> Registry {
        try RegistrySnapshot.load(from: store, areas: reference.areas, categories: reference.categories, for: eyes)
    }

    func matching(
        _ family: ViewFamily, _ voices: [ViewFamily], _ view: RegistryView, _ now: Moment
    ) -> MatchingView {
        MatchingView(
            ranker: FamilyViewRanker(
                family: family, view: view, now: Timestamp(milliseconds: now.milliseconds),
                utcOffsetSeconds: utcOffsetSeconds, voices: voices))
    }
}
