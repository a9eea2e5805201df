public import Casework
public import MatchCore
internal import Synchronization

/// Gives the registry that matching works on: read anew for each command, kept up to date by a server.
public protocol RegistryViewing: Sendable {
    /// The registry as the transaction sees it, or a little newer, ready to be ranked by a profile (NAME, NAME@REVISION or
    /// NAME:DRAFT); nil where there is none of the name.
    /// - Parameter eyes: donors' rankings are made of what donors may know, and of nothing else.
    func view(
        by profile: String, at now: Moment, in store: any CaseTransaction, for eyes: RegistrySnapshot.Eyes
    ) throws -> MatchingView?
    /// The whole registry as the transaction sees it, in one snapshot.
    func registry(in store: any CaseTransaction) throws -> Registry
    /// What offers are called by, as the transaction sees them.
    func titles(ofOffers ids: [RecordID], in store: any CaseTransaction) throws -> OfferTitles
    /// The scorers that are built in.
    var scorers: [any Scorer.Type] { get }
    /// How far the program's clock is ahead of UTC.
    var utcOffsetSeconds: Int { get }

    /// A snapshot of the registry as the transaction sees it, for work over all of it; nil where there is no profile of
    /// the name.
    func snapshot(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> FamilyRanker?

    /// What there is to judge by under the reference that an explanation names.
    func plan(of reference: String, in store: any CaseTransaction) throws -> Recomputation.PlanFinding

    /// What the scorers say of themselves.
    var descriptors: [ScorerDescriptor] { get }
}

extension RegistryViewing {
    public func view(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> MatchingView? {
        try view(by: profile, at: now, in: store, for: .coordinators)
    }

    public func titles(ofOffers ids: [RecordID], in store: any CaseTransaction) throws -> OfferTitles {
        var titles = OfferTitles()
        try titles.complete(ids, in: store)
        return titles
    }
}

/// A registry ready to be ranked.
public struct MatchingView: Sendable {
    public let ranker: FamilyViewRanker

    public init(ranker: FamilyViewRanker) {
        self.ranker = ranker
    }

    var plans: [ScoringPlan] { ranker.family.plans }

    /// The plan that an explanation was made under.
    func plan(of explanation: Explanation) -> ScoringPlan {
        ranker.family.plan(named: explanation.profile) ?? ranker.family.plan
    }

    func wishes(of id: RecordID) -> [WishRow] { ranker.view.wish(id) }
    func offers(of id: RecordID) -> [OfferRow] { ranker.view.offer(id) }
}
