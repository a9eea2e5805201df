/// Ranks the rows of a snapshot under a plan. The answer depends on the rows alone, never on their order in memory
/// or on threads: ties break by source and external id, then by id.
public struct Ranker: Sendable {
    public let plan: ScoringPlan
    public let context: ScoringContext
    let usingBounds: Bool

    /// Without bounds every block is looked at: the same answer, more slowly. A measurement of what a plugin without
    /// a bound may cost.
    public init(plan: ScoringPlan, context: ScoringContext, usingBounds: Bool = true) {
        self.plan = plan
        self.context = context
        self.usingBounds = usingBounds
    }

    /// The best `limit` offers for a wish line, among those that the filter lets through.
    ///
    /// Vetoes are counted only where asked for: then every row is scored, which takes many times as long.
    public func offers(
        for wish: WishRow, limit: Int, filter: RankFilter = .everything, countingVetoes: Bool = false
    ) -> Ranking {
        offers(for: wish, limit: limit, filter: filter, countingVetoes: countingVetoes, gone: nil, atLeast: -1)
    }

    /// The best `limit` wishes for an offer line; the mirror of ``offers(for:limit:filter:countingVetoes:)``.
    public func wishes(
        for offer: OfferRow, limit: Int, filter: RankFilter = .everything, countingVetoes: Bool = false
    ) -> Ranking {
        wishes(for: offer, limit: limit, filter: filter, countingVetoes: countingVetoes, gone: nil, atLeast: -1)
    }

    /// Without the rows that are gone, and without totals under `atLeast`.
    func offers(
        for wish: WishRow, limit: Int, filter: RankFilter, countingVetoes: Bool, gone: RowMask?, atLeast: Int32
    ) -> Ranking {
        rank(
            source(for: wish, filter: filter, gone: gone, atLeast: atLeast), limit: limit,
            countingVetoes: countingVetoes)
    }

    func wishes(
        for offer: OfferRow, limit: Int, filter: RankFilter, countingVetoes: Bool, gone: RowMask?, atLeast: Int32
    ) -> Ranking {
        rank(
            source(for: offer, filter: filter, gone: gone, atLeast: atLeast), limit: limit,
            countingVetoes: countingVetoes)
    }

    func source(for wish: WishRow, filter: RankFilter, gone: RowMask?, atLeast: Int32) -> RankSource {
        let offers = context.registry.offers
        let prepared = filter.isEverything ? nil : PreparedFilter(filter, in: context.registry)
        return RankSource(
            steps: plan.steps,
            fillers: plan.steps.map { step in
                RankFiller(step.scorer.offers(for: wish, in: context), offers, usingBounds: usingBounds)
            }, fine: offers.summaries.layout, coarse: offers.coarseSummaries.layout, tieOrder: offers.tieOrder,
            leastTieOrder: offers.summaries.leastTieOrder,
            filter: prepared.map { prepared in
                RankSource.Filter(
                    mayHold: { prepared.mayHold($0 ? offers.coarseSummaries : offers.summaries, $1) },
                    holds: { prepared.holds(offers, $0) })
            }, gone: gone, atLeast: atLeast, prefetch: offers.prefetch)
    }

    private func source(for offer: OfferRow, filter: RankFilter, gone: RowMask?, atLeast: Int32) -> RankSource {
        let wishes = context.registry.wishes
        let prepared = filter.isEverything ? nil : PreparedFilter(filter, in: context.registry)
        return RankSource(
            steps: plan.steps,
            fillers: plan.steps.map { step in
                RankFiller(step.scorer.wishes(for: offer, in: context), wishes, usingBounds: usingBounds)
            }, fine: wishes.summaries.layout, coarse: wishes.coarseSummaries.layout, tieOrder: wishes.tieOrder,
            leastTieOrder: wishes.summaries.leastTieOrder,
            filter: prepared.map { prepared in
                RankSource.Filter(
                    mayHold: { prepared.mayHold($0 ? wishes.coarseSummaries : wishes.summaries, $1) },
                    holds: { prepared.holds(wishes, $0) })
            }, gone: gone, atLeast: atLeast, prefetch: wishes.prefetch)
    }

    private func rank(
        _ source: RankSource, limit: Int, countingVetoes: Bool
    ) -> Ranking {
        if countingVetoes { return scoringAll(source, limit: limit) }
        let (entries, scored) = source.bestRows(limit: limit)
        return Ranking(
            candidates: entries.map { .init(row: Int($0.row), total: $0.total) }, scored: scored, vetoes: nil)
    }

    /// Scores every row.
    private func scoringAll(_ source: RankSource, limit: Int) -> Ranking {
        let layout = source.fine
        var best = BestList(capacity: max(0, min(limit, layout.rowCount)), atLeast: source.atLeast)
        var vetoCounts: [Int32: Int] = [:]
        var scored = 0
        let scorer = BlockScorer(capacity: min(layout.blockRows, max(1, layout.rowCount)))
        for block in 0..<layout.count {
            let rows = layout.rows(of: block)
            if let filter = source.filter, !filter.mayHold(false, block) { continue }
            scorer.score(
                count: rows.count, steps: plan.steps, fill: { source.fill($0, rows, $1) },
                visit: { position, total, vetoStep, vetoCode in
                    let row = rows.lowerBound + position
                    if let filter = source.filter, !filter.holds(row) { return }
                    if let gone = source.gone, gone.contains(row) { return }
                    scored += 1
                    if vetoStep >= 0 {
                        vetoCounts[vetoStep << 8 | vetoCode, default: 0] += 1
                    } else if total >= 0 {
                        best.offer(.init(total: total, tieOrder: source.tieOrder[row], row: Int32(row)))
                    }
                }, floor: { best.floor })
        }
        return Ranking(
            candidates: best.sorted().map { Ranking.Candidate(row: Int($0.row), total: $0.total) }, scored: scored,
            vetoes: vetoCounts.sorted { $0.key < $1.key }.map { code, count in
                let descriptor = plan.steps[Int(code >> 8)].descriptor
                return Ranking.VetoCount(
                    scorer: descriptor.id, reason: descriptor.vetoes[Int(code & 0xFF)].reason, count: count)
            })
    }
}
