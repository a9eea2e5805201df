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

/// What no score of a block exceeds.
public struct ScoreBound: Sendable, Hashable {
    /// No *value* in the block is greater. A block of vetoes alone may say 0.
    public var greatest: Int32
    public var mayBeNotKnown: Bool
    public var mayBeNotApplicable: Bool

    public init(greatest: Int32, mayBeNotKnown: Bool, mayBeNotApplicable: Bool) {
        self.greatest = greatest
        self.mayBeNotKnown = mayBeNotKnown
        self.mayBeNotApplicable = mayBeNotApplicable
    }

    /// Says nothing: anything may stand in the block.
    public static let anything = ScoreBound(greatest: Score.best, mayBeNotKnown: true, mayBeNotApplicable: true)
}

/// A scorer that has made itself ready for one wish.
public struct OfferFiller {
    /// Writes the score of each row of the block.
    public let fill: (OfferBlock, ScoreColumn) -> Void
    /// A bound on the scores of the registry's summary block with this number; nil where the scorer has none.
    public let bound: ((OfferSummaries, Int) -> ScoreBound)?

    public init(
        bound: ((OfferSummaries, Int) -> ScoreBound)? = nil, fill: @escaping (OfferBlock, ScoreColumn) -> Void
    ) {
        self.fill = fill
        self.bound = bound
    }

    /// The same score for every offer.
    public static func constant(_ score: Score) -> OfferFiller {
        let bound = ScoreBound(constant: score)
        return OfferFiller(bound: { _, _ in bound }, fill: { _, column in column.fill(score) })
    }
}

/// A scorer that has made itself ready for one offer.
public struct WishFiller {
    public let fill: (WishBlock, ScoreColumn) -> Void
    public let bound: ((WishSummaries, Int) -> ScoreBound)?

    public init(bound: ((WishSummaries, Int) -> ScoreBound)? = nil, fill: @escaping (WishBlock, ScoreColumn) -> Void) {
        self.fill = fill
        self.bound = bound
    }

    /// The same score for every wish.
    public static func constant(_ score: Score) -> WishFiller {
        let bound = ScoreBound(constant: score)
        return WishFiller(bound: { _, _ in bound }, fill: { _, column in column.fill(score) })
    }
}

extension ScoreBound {
    /// The bound of a block in which every score is this one.
    public init(constant score: Score) {
        switch score {
        case .value(let value): self.init(greatest: value, mayBeNotKnown: false, mayBeNotApplicable: false)
        case .notKnown: self.init(greatest: 0, mayBeNotKnown: true, mayBeNotApplicable: false)
        case .notApplicable: self.init(greatest: 0, mayBeNotKnown: false, mayBeNotApplicable: true)
        case .veto: self.init(greatest: 0, mayBeNotKnown: false, mayBeNotApplicable: false)
        }
    }
}
