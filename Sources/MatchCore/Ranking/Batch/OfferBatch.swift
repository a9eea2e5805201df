/// Ranks the offers for many wishes, one after another, fastest where each is much like the one before it: in the order
/// of a registry's rows, which are clustered by category and place.
///
/// The lists are those of ``Ranker/offers(for:limit:filter:countingVetoes:)``, bit for bit, in whatever order wishes come.
/// What the offers of the last lists reach for this wish, others must reach too, so most blocks and rows are passed by
/// from the start; and scorers that say the same for all wishes of a category are added up once.
///
/// One thread at a time owns a batch: it keeps its memory from wish to wish.
public final class OfferBatch {
    private let ranker: Ranker
    private let limit: Int
    private var search: BatchSearch?
    /// Rows of the last list, and of the one before it those that are not in the last.
    private var recent: [Int] = []
    private var last: [Int] = []
    /// Up to this length two lists are compared row by row.
    private static let shortList = 64
    /// Beyond this length nothing is learnt from the last list.
    private static let longList = 1_024

    /// `limit` is the length of every list.
    public init(_ ranker: Ranker, limit: Int) {
        self.ranker = ranker
        self.limit = max(0, limit)
    }

    /// The best offers for a wish line.
    public func offers(for wish: WishRow) -> Ranking {
        let source = ranker.source(for: wish, filter: .everything, gone: nil, atLeast: -1)
        let count = min(limit, source.fine.rowCount)
        var found: (entries: [BestList.Entry], scored: Int)?
        if count > 0, source.hasBounds {
            let search = prepared(for: source)
            // Rows are asked about one by one, which a long list does not repay.
            let floor = count <= OfferBatch.longList ? search.floor(of: recent, count: count, source) : -1
            found = search.bestRows(limit: count, floor: floor, source)
        }
        let (entries, scored) = found ?? source.bestRows(limit: limit)
        remember(entries.map { Int($0.row) })
        return Ranking(
            candidates: entries.map { .init(row: Int($0.row), total: $0.total) }, scored: scored, vetoes: nil)
    }

    private func prepared(for source: RankSource) -> BatchSearch {
        if let search, search.take(source) { return search }
        let search = BatchSearch(source)
        self.search = search
        return search
    }

    private func remember(_ rows: [Int]) {
        recent = rows
        if rows.count <= OfferBatch.shortList { recent += last.filter { !rows.contains($0) } }
        last = rows
    }
}
