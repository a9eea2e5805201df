/// What no score of a block exceeds.
public struct ScoreBound: Sendable, Hashable {
    /// No *value* in the block is greater; 0 where none of its scores is a value.
    public var greatest: Int32
    public var mayBeNotKnown: Bool
    public var mayBeNotApplicable: Bool
    /// Every score of the block is a veto.
    public var isVetoed: Bool

    @inlinable
    public init(greatest: Int32, mayBeNotKnown: Bool, mayBeNotApplicable: Bool) {
        self.greatest = greatest
        self.mayBeNotKnown = mayBeNotKnown
        self.mayBeNotApplicable = mayBeNotApplicable
        isVetoed = false
    }

    /// Says nothing: anything may stand in the block.
    public static let anything = ScoreBound(greatest: Score.best, mayBeNotKnown: true, mayBeNotApplicable: true)

    /// No row of the block is eligible.
    public static let vetoed = ScoreBound(raw: vetoedBit)

    /// The bound of a block in which every score is this one.
    public init(constant score: Score) {
        switch score {
        case .value(let value): self.init(greatest: value, mayBeNotKnown: false, mayBeNotApplicable: false)
        case .notKnown: self.init(greatest: 0, mayBeNotKnown: true, mayBeNotApplicable: false)
        case .notApplicable: self.init(greatest: 0, mayBeNotKnown: false, mayBeNotApplicable: true)
        case .veto: self = .vetoed
        }
    }

    @usableFromInline static let valueBits: Int32 = 1 << 20 - 1
    @usableFromInline static let notKnownBit: Int32 = 1 << 20
    @usableFromInline static let notApplicableBit: Int32 = 1 << 21
    @usableFromInline static let vetoedBit: Int32 = 1 << 22

    /// In a column a bound is one number: the greatest value in the low 20 bits, and a flag in each of the next three.
    @inlinable
    init(raw: Int32) {
        greatest = raw & Self.valueBits
        mayBeNotKnown = raw & Self.notKnownBit != 0
        mayBeNotApplicable = raw & Self.notApplicableBit != 0
        isVetoed = raw & Self.vetoedBit != 0
    }

    @inlinable var raw: Int32 {
        ScoreBound.packed(greatest, mayBeNotKnown: mayBeNotKnown, mayBeNotApplicable: mayBeNotApplicable)
            | (isVetoed ? Self.vetoedBit : 0)
    }

    /// The number that a column holds for a bound, made without a branch: a loop over it is vectorised.
    @inlinable @inline(__always)
    public static func packed(_ greatest: Int32, mayBeNotKnown: Bool, mayBeNotApplicable: Bool = false) -> Int32 {
        min(max(0, greatest), Score.best) | (mayBeNotKnown ? notKnownBit : 0)
            | (mayBeNotApplicable ? notApplicableBit : 0)
    }

    /// The number that a column holds for ``vetoed``.
    @inlinable public static var packedVeto: Int32 { vetoedBit }
}

/// Where a filler writes bounds: one for each of its blocks.
public struct BoundColumn {
    /// Numbers made by ``ScoreBound/packed(_:mayBeNotKnown:mayBeNotApplicable:)``; valid during one call of a filler.
    public let base: UnsafeMutablePointer<Int32>
    public let count: Int

    public init(base: UnsafeMutablePointer<Int32>, count: Int) {
        self.base = base
        self.count = count
    }

    @inlinable
    public subscript(index: Int) -> ScoreBound {
        get { ScoreBound(raw: base[index]) }
        nonmutating set { base[index] = newValue.raw }
    }

    /// Gives every block the same bound.
    public func fill(_ bound: ScoreBound) {
        base.update(repeating: bound.raw, count: count)
    }

    static func one(_ write: (BoundColumn) -> Void) -> ScoreBound {
        var raw = ScoreBound.anything.raw
        withUnsafeMutablePointer(to: &raw) { write(BoundColumn(base: $0, count: 1)) }
        return ScoreBound(raw: raw)
    }
}
