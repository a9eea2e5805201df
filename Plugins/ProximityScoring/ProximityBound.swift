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
        withUnsafeTemporaryAllocation(of: Float.self, capacity: blocks.count) { chords in
            guard let chords = chords.baseAddress else { return }
            let count = blocks.count
            if let from {
                places.leastChords(from: from, to: blocks, into: chords)
                for block in 0..<count {
                    // The curve is computed with an error of less than a unit; two are more than that.
                    let value = curve.value(centimetres: EarthPosition.arcCentimetres(chord: chords[block])) &+ 2
                    chords[block] = Float(min(Score.best, value))
                }
            }
            for position in 0..<count {
                let block = blocks.lowerBound + position
                let bits = moves?[block] ?? 2
                guard bits & 2 != 0 else {
                    column[position] = ScoreBound(greatest: 0, mayBeNotKnown: false, mayBeNotApplicable: true)
                    continue
                }
                var greatest = listed ?? 0
                if from != nil, places.isKnown(block) { greatest = max(greatest, Int32(chords[position])) }
                column[position] = ScoreBound(
                    greatest: greatest, mayBeNotKnown: from == nil || places.hasUnknown[block],
                    mayBeNotApplicable: bits & 1 != 0)
            }
        }
    }
}
