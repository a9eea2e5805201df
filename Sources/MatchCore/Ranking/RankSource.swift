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
    /// Whether any scorer has bounds.
    let hasBounds: Bool
    /// Nil where every row is considered.
    let filter: Filter?
    /// Rows that no longer stand; nil where all do.
    let gone: RowMask?
    /// No total under this one is listed.
    let atLeast: Int32
    let prefetch: BlockPrefetch

    /// One for each step; what it owns is borrowed through `unowned`, so that a call counts no references.
    private let fillers: [RankFiller]
    private let unowned: [Unmanaged<RankFiller>]

    init(
        steps: [ScoringPlan.Step], fillers: [RankFiller], fine: BlockLayout, coarse: BlockLayout,
        tieOrder: Column<Int32>, leastTieOrder: Column<Int32>, filter: Filter?, gone: RowMask?, atLeast: Int32,
        prefetch: BlockPrefetch
    ) {
        self.steps = steps
        costs = fillers.map(\.cost)
        likenesses = fillers.map(\.likeness)
        self.fine = fine
        self.coarse = coarse
        self.tieOrder = tieOrder
        self.leastTieOrder = leastTieOrder
        hasBounds = fillers.contains { $0.bounds != nil }
        self.filter = filter
        self.gone = gone
        self.atLeast = atLeast
        self.prefetch = prefetch
        self.fillers = fillers
        unowned = fillers.map { Unmanaged.passUnretained($0) }
    }

    /// Writes the scores of some rows of one block.
    func fill(_ step: Int, _ rows: Range<Int>, _ column: ScoreColumn) {
        // Safe: `fillers` owns what `unowned` borrows.
        unowned[step]._withUnsafeGuaranteedRef { $0.fill(rows, column) }
    }

    /// Writes the bounds of some blocks; false where the scorer has none.
    func bounds(_ step: Int, _ isCoarse: Bool, _ blocks: Range<Int>, _ column: BoundColumn) -> Bool {
        unowned[step]._withUnsafeGuaranteedRef { filler in
            guard let bounds = filler.bounds else { return false }
            bounds(isCoarse, blocks, column)
            return true
        }
    }

    /// The heaviest of some steps that have bounds, the first of equal ones; nil where none has.
    func heaviestBounded(of some: [Int]) -> Int? {
        some.reduce(nil) { heaviest, step in
            guard fillers[step].bounds != nil else { return heaviest }
            return heaviest.map { steps[$0].weight >= steps[step].weight } == true ? heaviest : step
        }
    }

    struct Filter {
        let mayHold: (_ isCoarse: Bool, _ block: Int) -> Bool
        let holds: (_ row: Int) -> Bool
    }
}

/// One step's scorer made ready for one wish or one offer.
final class RankFiller {
    let cost: FillingCost
    let likeness: UInt64?
    let fill: (Range<Int>, ScoreColumn) -> Void
    /// Nil where the scorer has none, or none is wanted.
    let bounds: ((_ isCoarse: Bool, Range<Int>, BoundColumn) -> Void)?

    init(_ filler: OfferFiller, _ offers: OfferColumns, usingBounds: Bool) {
        cost = filler.cost
        likeness = filler.likeness
        let fill = filler.fill
        self.fill = { fill(OfferBlock(columns: offers, rows: $0), $1) }
        guard usingBounds, let bounds = filler.bounds else {
            self.bounds = nil
            return
        }
        // Not `map`: what it returns is called through a thunk that passes everything by address.
        let (coarse, fine) = (offers.coarseSummaries, offers.summaries)
        self.bounds = { isCoarse, blocks, column in
            if isCoarse { bounds(coarse, blocks, column) } else { bounds(fine, blocks, column) }
        }
    }

    init(_ filler: WishFiller, _ wishes: WishColumns, usingBounds: Bool) {
        cost = filler.cost
        likeness = nil
        let fill = filler.fill
        self.fill = { fill(WishBlock(columns: wishes, rows: $0), $1) }
        guard usingBounds, let bounds = filler.bounds else {
            self.bounds = nil
            return
        }
        // Not `map`: what it returns is called through a thunk that passes everything by address.
        let (coarse, fine) = (wishes.coarseSummaries, wishes.summaries)
        self.bounds = { isCoarse, blocks, column in
            if isCoarse { bounds(coarse, blocks, column) } else { bounds(fine, blocks, column) }
        }
    }
}
