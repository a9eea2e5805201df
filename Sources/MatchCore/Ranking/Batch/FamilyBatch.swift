/// An ``OfferBatch`` for each plan of a family. One thread at a time owns it.
public final class FamilyBatch {
    private let family: ProfileFamily
    private let batches: [OfferBatch]

    init(_ family: ProfileFamily, _ rankers: [Ranker], limit: Int) {
        self.family = family
        batches = rankers.map { OfferBatch($0, limit: limit) }
    }

    /// The best offers for a wish line under its own plan.
    public func offers(for wish: WishRow) -> Ranking { batches[family.number(of: wish)].offers(for: wish) }
}
