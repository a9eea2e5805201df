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

    /// Bits of `moves`: 1 some row is delivered or remote, 2 some is neither.
    func bound(_ places: PlaceBoxes, _ block: Int, moves: UInt8) -> ScoreBound {
        let mayMove = moves & 1 != 0
        guard moves & 2 != 0 else {
            return ScoreBound(greatest: 0, mayBeNotKnown: false, mayBeNotApplicable: true)
        }
        var greatest = listed ?? 0
        if let from, places.isKnown(block) {
            let chord = places.leastChord(from: from, to: block)
            let value = curve.value(centimetres: EarthPosition.arcCentimetres(chord: chord))
            // The curve is computed with an error of less than a unit; two are more than that.
            greatest = max(greatest, min(Score.best, value &+ 2))
        }
        return ScoreBound(
            greatest: greatest, mayBeNotKnown: from == nil || places.hasUnknown[block], mayBeNotApplicable: mayMove)
    }
}
