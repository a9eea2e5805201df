/// What a ranking runs over: offers for a wish, or wishes for an offer.
struct RankSource {
    let steps: [ScoringPlan.Step]
    /// For each step, whether its scores are dear.
    let costs: [FillingCost]
    /// For each step, what says that it fills alike for others; nil where nothing does.
    let likenesses: [UInt64?]
    let fine: BlockLayout
    let coarse: BlockLayout
    let tieOrder: Column<Int32>
    /// Of each fine block.
    let leastTieOrder: Column<Int32>
    let fill: (_ step: Int, _ rows: Range<Int>, ScoreColumn) -> Void
    /// Writes the bounds of some blocks; false where the scorer has none.
    let bounds: (_ step: Int, _ isCoarse: Bool, _ blocks: Range<Int>, BoundColumn) -> Bool
    /// Whether any scorer has bounds.
    let hasBounds: Bool
    /// Nil where every row is considered.
    let filter: Filter?
    /// Rows that no longer stand; nil where all do.
    let gone: RowMask?
    /// No total under this one is listed.
    let atLeast: Int32

    struct Filter {
        let mayHold: (_ isCoarse: Bool, _ block: Int) -> Bool
        let holds: (_ row: Int) -> Bool
    }
}
