public import Casework
public import MatchCore

/// The registry of a server: loaded once, and from then on kept up to date with the records that transactions touched.
///
/// Whoever asks brings it to where its own transaction stands, so what was reported as committed before it began is
/// rankable. A distance table has every change load the registry again: a distance belongs to sites, not to records.
public final class ServedRegistry: RegistryViewing {
    private let source: RegistrySnapshots
    private let exact: HeldRegistry
    /// Loaded when the first donor asks.
    private let published: HeldRegistry
    private let shelf = TitleShelf()

    public init(_ source: RegistrySnapshots) {
        self.source = source
        exact = HeldRegistry(source, for: .coordinators)
        published = HeldRegistry(source, for: .donors)
    }

    public func snapshot(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> FamilyRanker? {
        try source.snapshot(by: profile, at: now, in: store)
    }

    public func plan(of reference: String, in store: any CaseTransaction) throws -> Recomputation.PlanFinding {
        try source.plan(of: reference, in: store)
    }

    public var descriptors: [ScorerDescriptor] { source.descriptors }

    public func view(
        by profile: String, at now: Moment, in store: any CaseTransaction, for eyes: RegistrySnapshot.Eyes
    ) throws -> MatchingView? {
        try (eyes == .donors ? published : exact).view(by: profile, at: now, in: store)
    }

    public func registry(in store: any CaseTransaction) throws -> Registry { try source.registry(in: store) }

    public func titles(ofOffers ids: [RecordID], in store: any CaseTransaction) throws -> OfferTitles {
        try shelf.titles(of: ids, in: store)
    }

    public var scorers: [any Scorer.Type] { source.scorers }
    public var utcOffsetSeconds: Int { source.utcOffsetSeconds }
}
