/// For each block, the box around its known places in the coordinates of ``EarthPosition``.
public final class PlaceBoxes: Sendable {
    /// Least above greatest where no place of the block is known.
    public let leastX: Column<Int32>
    public let greatestX: Column<Int32>
    public let leastY: Column<Int32>
    public let greatestY: Column<Int32>
    public let leastZ: Column<Int32>
    public let greatestZ: Column<Int32>
    /// Whether the block has a row whose place is not known.
    public let hasUnknown: Column<Bool>

    init(_ places: PlaceColumns, _ layout: BlockLayout) {
        func end(_ column: Column<Int32>, _ start: Int32, _ pick: (Int32, Int32) -> Int32) -> Column<Int32> {
            layout.map { rows in
                var end = start
                for row in rows where places.precision[row] != .unknown { end = pick(end, column.base[row]) }
                return end
            }
        }
        leastX = end(places.x, .max, min)
        greatestX = end(places.x, .min, max)
        leastY = end(places.y, .max, min)
        greatestY = end(places.y, .min, max)
        leastZ = end(places.z, .max, min)
        greatestZ = end(places.z, .min, max)
        hasUnknown = layout.any { places.precision[$0] == .unknown }
    }

    /// Whether any place of the block is known.
    @inlinable
    public func isKnown(_ block: Int) -> Bool { leastX[block] <= greatestX[block] }

    /// No known place of a block is nearer to the position than this chord of the unit sphere: one number for each block;
    /// meaningful where ``isKnown(_:)``.
    ///
    /// 256 units of 2⁻³⁰ are taken off each side, and a hundred-thousandth off the chord, which is more than the rounding
    /// of 32-bit floating point and of ``EarthPosition/chord(_:_:_:_:_:_:)``.
    @inlinable
    public func leastChords(
        from position: EarthPosition, to blocks: Range<Int>, into chords: UnsafeMutablePointer<Float>
    ) {
        let start = blocks.lowerBound
        let (lowX, lowY, lowZ) = (leastX.base + start, leastY.base + start, leastZ.base + start)
        let (highX, highY, highZ) = (greatestX.base + start, greatestY.base + start, greatestZ.base + start)
        let (x, y, z) = (Float(position.x), Float(position.y), Float(position.z))
        for block in 0..<blocks.count {
            let gapX = max(0, max(Float(lowX[block]) - x, x - Float(highX[block])) - 256)
            let gapY = max(0, max(Float(lowY[block]) - y, y - Float(highY[block])) - 256)
            let gapZ = max(0, max(Float(lowZ[block]) - z, z - Float(highZ[block])) - 256)
            chords[block] =
                SquareRoot.of(gapX * gapX + gapY * gapY + gapZ * gapZ) * (0.999_99 / 1_073_741_824)
        }
    }
}
