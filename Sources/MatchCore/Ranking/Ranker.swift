/// Ranks the rows of a snapshot under a plan. The answer depends on the rows alone, never on their order in memory
/// or on threads: ties break by source and external id, then by id.
public struct Ranker: Sendable {
    public let plan: ScoringPlan
    public let context: ScoringContext

    public init(plan: ScoringPlan, context: ScoringContext) {
        self.plan = plan
        self.context = context
    }

    /// The best `limit` offers for a wish line.
    public func offers(for wish: WishRow, limit: Int) -> Ranking {
        let offers = context.registry.offers
        let fillers = plan.steps.map { $0.scorer.offers(for: wish, in: context) }
        return rank(
            count: offers.count, blockRows: OfferSummaries.blockRows, tieOrder: offers.tieOrder, limit: limit
        ) { step, rows, column in
            fillers[step].fill(OfferBlock(columns: offers, rows: rows), column)
        }
    }

    /// The best `limit` wishes for an offer line.
    public func wishes(for offer: OfferRow, limit: Int) -> Ranking {
        let wishes = context.registry.wishes
        let fillers = plan.steps.map { $0.scorer.wishes(for: offer, in: context) }
        return rank(
            count: wishes.count, blockRows: WishSummaries.blockRows, tieOrder: wishes.tieOrder, limit: limit
        ) { step, rows, column in
            fillers[step].fill(WishBlock(columns: wishes, rows: rows), column)
        }
    }

    private func rank(
        count: Int, blockRows: Int, tieOrder: Column<Int32>, limit: Int,
        fill: (Int, Range<Int>, ScoreColumn) -> Void
    ) -> Ranking {
        var best = BestList(capacity: min(limit, count))
        var vetoCounts: [Int32: Int] = [:]
        let scorer = BlockScorer(capacity: min(blockRows, max(1, count)))
        for start in stride(from: 0, to: count, by: blockRows) {
            let rows = start..<min(count, start + blockRows)
            scorer.score(
                count: rows.count, steps: plan.steps, fill: { fill($0, rows, $1) },
                visit: { position, total, vetoStep, vetoCode in
                    if vetoStep >= 0 {
                        vetoCounts[vetoStep << 8 | vetoCode, default: 0] += 1
                    } else {
                        let row = start + position
                        best.offer(.init(total: total, tieOrder: tieOrder[row], row: Int32(row)))
                    }
                }, floor: { best.floor })
        }
        return Ranking(
            candidates: best.sorted().map { Ranking.Candidate(row: Int($0.row), total: $0.total) }, scored: count,
            vetoes: vetoCounts.sorted { $0.key < $1.key }.map { code, count in
                let descriptor = plan.steps[Int(code >> 8)].descriptor
                return Ranking.VetoCount(
                    scorer: descriptor.id, reason: descriptor.vetoes[Int(code & 0xFF)].reason, count: count)
            })
    }
}
