/// Some successive offer lines of a registry.
public struct OfferBlock {
    public let columns: OfferColumns
    public let rows: Range<Int>

    @inlinable
    public init(columns: OfferColumns, rows: Range<Int>) {
        self.columns = columns
        self.rows = rows
    }
}

/// Some successive wish lines of a registry.
public struct WishBlock {
    public let columns: WishColumns
    public let rows: Range<Int>

    @inlinable
    public init(columns: WishColumns, rows: Range<Int>) {
        self.columns = columns
        self.rows = rows
    }
}

/// Where a filler writes: one raw score (see ``Score``) per row of its block.
public struct ScoreColumn {
    /// Valid for `count` elements during one call of a filler.
    public let base: UnsafeMutablePointer<Int32>
    public let count: Int

    @inlinable
    public init(base: UnsafeMutablePointer<Int32>, count: Int) {
        self.base = base
        self.count = count
    }

    @inlinable
    public subscript(index: Int) -> Int32 {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }

    /// Gives every row the same score.
    @inlinable
    public func fill(_ score: Score) {
        base.update(repeating: score.raw, count: count)
    }
}

/// A scorer that has made itself ready for one wish.
public struct OfferFiller {
    /// Writes the score of each row of the block.
    public let fill: (OfferBlock, ScoreColumn) -> Void
    /// Writes a bound for each of some successive blocks of the summaries; nil where the scorer has none.
    public let bounds: ((OfferSummaries, Range<Int>, BoundColumn) -> Void)?
    public let cost: FillingCost
    /// Fillers of one scorer with the same number fill and bound alike, for whatever wish each was made: where most
    /// wishes share it, a batch asks once for all of them. Nil where this wish alone is known.
    public let likeness: UInt64?

    /// A bound found block by block; nil where the scorer has none.
    public init(
        cost: FillingCost = .low, likeness: UInt64? = nil, bound: ((OfferSummaries, Int) -> ScoreBound)? = nil,
        fill: @escaping (OfferBlock, ScoreColumn) -> Void
    ) {
        self.fill = fill
        self.cost = cost
        self.likeness = likeness
        bounds = bound.map { bound in
            { summaries, blocks, column in
                for block in blocks { column[block - blocks.lowerBound] = bound(summaries, block) }
            }
        }
    }

    /// Bounds found for several blocks in one call.
    public init(
        cost: FillingCost = .low, likeness: UInt64? = nil,
        bounds: @escaping (OfferSummaries, Range<Int>, BoundColumn) -> Void,
        fill: @escaping (OfferBlock, ScoreColumn) -> Void
    ) {
        self.fill = fill
        self.cost = cost
        self.likeness = likeness
        self.bounds = bounds
    }

    /// The bound of one block; nil where the scorer has none.
    public func bound(_ summaries: OfferSummaries, _ block: Int) -> ScoreBound? {
        bounds.map { bounds in BoundColumn.one { bounds(summaries, block..<block + 1, $0) } }
    }

    /// The same score for every offer.
    public static func constant(_ score: Score) -> OfferFiller {
        let bound = ScoreBound(constant: score)
        return OfferFiller(bounds: { _, _, column in column.fill(bound) }, fill: { _, column in column.fill(score) })
    }
}

/// A scorer that has made itself ready for one offer.
public struct WishFiller {
    public let fill: (WishBlock, ScoreColumn) -> Void
    public let bounds: ((WishSummaries, Range<Int>, BoundColumn) -> Void)?
    public let cost: FillingCost

    /// A bound found block by block; nil where the scorer has none.
    public init(
        cost: FillingCost = .low, bound: ((WishSummaries, Int) -> ScoreBound)? = nil,
        fill: @escaping (WishBlock, ScoreColumn) -> Void
    ) {
        self.fill = fill
        self.cost = cost
        bounds = bound.map { bound in
            { summaries, blocks, column in
                for block in blocks { column[block - blocks.lowerBound] = bound(summaries, block) }
            }
        }
    }

    /// Bounds found for several blocks in one call.
    public init(
        cost: FillingCost = .low, bounds: @escaping (WishSummaries, Range<Int>, BoundColumn) -> Void,
        fill: @escaping (WishBlock, ScoreColumn) -> Void
    ) {
        self.fill = fill
        self.cost = cost
        self.bounds = bounds
    }

    /// The bound of one block; nil where the scorer has none.
    public func bound(_ summaries: WishSummaries, _ block: Int) -> ScoreBound? {
        bounds.map { bounds in BoundColumn.one { bounds(summaries, block..<block + 1, $0) } }
    }

    /// The same score for every wish.
    public static func constant(_ score: Score) -> WishFiller {
        let bound = ScoreBound(constant: score)
        return WishFiller(bounds: { _, _, column in column.fill(bound) }, fill: { _, column in column.fill(score) })
    }
}

/// How dear a score is beside reading a number or two.
///
/// The scores that are dear are asked for last, and only for the rows that the others and the bound leave in the race.
public enum FillingCost: Sendable, Hashable {
    case low
    case high
}
