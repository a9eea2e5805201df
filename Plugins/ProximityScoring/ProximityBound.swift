import MatchCore

/// The greatest score that any place of a block can earn, from the box around them.
struct ProximityBound {
    let from: EarthPosition?
    let curve: DecayCurve
    /// The score of the least distance that the table lists, where there is a table.
    private let listed: Int32?

    /// `leastListed` in centimetres.
    init(from: EarthPosition?, curve: DecayCurve, leastListed: Int32?) {
        self.from = from
        self.curve = curve
        listed = leastListed.map { curve.value(centimetres: Float($0)) }
    }

    /// The least distance of a table's column; nil where it says nothing.
    static func least(of listed: Column<Int32>) -> Int32? {
        var least = Int32.max
        for record in 0..<listed.count where listed[record] >= 0 { least = min(least, listed[record]) }
        return least == .max ? nil : least
    }

    /// Writes the bounds of some blocks. Bits of `moves`: 1 some row is delivered or remote, 2 some is neither; nil where
    /// no row is.
    func write(_ places: PlaceBoxes, _ blocks: Range<Int>, moves: Column<UInt8>?, _ column: BoundColumn) {
        let count = blocks.count
        let (least, result) = (listed ?? 0, column.base)
        if let from {
            let (low, high) = (places.leastX.base + blocks.lowerBound, places.greatestX.base + blocks.lowerBound)
            let unknown = places.hasUnknown.base + blocks.lowerBound
            withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { chords in
                guard let chords = chords.baseAddress else { return }
                places.leastChords(from: from, to: blocks, into: chords)
                for block in 0..<count {
                    // The curve is computed with an error of less than a unit; two are more than that.
                    let value = curve.value(centimetres: EarthPosition.arcCentimetres(chord: chords[block])) &+ 2
                    let near = low[block] <= high[block] ? value : 0
                    result[block] = ScoreBound.packed(max(least, near), mayBeNotKnown: unknown[block])
                }
            }
        } else {
            let unplaced = ScoreBound.packed(least, mayBeNotKnown: true)
            for block in 0..<count { result[block] = unplaced }
        }
        if let moves {
            let moving = moves.base + blocks.lowerBound
            let all = ScoreBound.packed(0, mayBeNotKnown: false, mayBeNotApplicable: true)
            var any: UInt8 = 0
            for block in 0..<count { any |= moving[block] }
            guard any & 1 != 0 else { return }
            for block in 0..<count {
                let some = moving[block] & 1 != 0 ? result[block] | all : result[block]
                result[block] = moving[block] & 2 != 0 ? some : all
            }
        }
    }
}
