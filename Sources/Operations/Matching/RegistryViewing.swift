public import Casework
public import MatchCore

/// Gives the registry that matching works on: read anew for each command, kept up to date by a server.
public protocol RegistryViewing: Sendable {
    /// The registry as the transaction sees it, or as it was a short while ago, ready to be ranked by the newest revision
    /// of a profile; nil where there is no profile of the name.
    func view(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> MatchingView?
}

/// A registry ready to be ranked, and where its records stand in it.
public struct MatchingView: Sendable {
    public let ranker: FamilyRanker
    private let wishRows: @Sendable (RecordID) -> [Int]
    private let offerRows: @Sendable (RecordID) -> [Int]

    /// - Parameters:
    ///   - wishRows: the rows of the lines of a wish that still want something.
    ///   - offerRows: the rows of the lines of an offer.
    public init(
        ranker: FamilyRanker, wishRows: @escaping @Sendable (RecordID) -> [Int],
        offerRows: @escaping @Sendable (RecordID) -> [Int]
    ) {
        self.ranker = ranker
        self.wishRows = wishRows
        self.offerRows = offerRows
    }

    /// A view of a registry that is used once: rows are looked for one by one.
    public init(ranker: FamilyRanker) {
        let registry = ranker.context.registry
        self.init(
            ranker: ranker,
            wishRows: { id in (0..<registry.wishes.count).filter { registry.wishes[$0].key.id == id } },
            offerRows: { id in (0..<registry.offers.count).filter { registry.offers[$0].key.id == id } })
    }

    var registry: Registry { ranker.context.registry }
    var plans: [ScoringPlan] { ranker.family.plans }

    /// The plan that an explanation was made under.
    func plan(of explanation: Explanation) -> ScoringPlan {
        ranker.family.plan(named: explanation.profile) ?? ranker.family.plans[0]
    }

    func wishes(of id: RecordID) -> [WishRow] { wishRows(id).map { registry.wishes[$0] } }
    func offers(of id: RecordID) -> [OfferRow] { offerRows(id).map { registry.offers[$0] } }
}
