/// An ``OfferBatch`` for each plan of a family. One thread at a time owns it.
public final class FamilyBatch {
    private let rank: (WishRow) -> Ranking

    init(_ family: ProfileFamily, _ rankers: [Ranker], limit: Int) {
        let batches = rankers.map { OfferBatch($0, limit: limit) }
        rank = { batches[family.number(of: $0)].offers(for: $0) }
    }

    /// Where a vote makes the order, and one wish has nothing to give the next.
    init(voting rank: @escaping (WishRow) -> Ranking) { self.rank = rank }

    /// The best offers for a wish line under its own plan.
    public func offers(for wish: WishRow) -> Ranking { rank(wish) }
}
