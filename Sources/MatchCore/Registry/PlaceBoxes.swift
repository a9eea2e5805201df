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

    /// No known place of the block is nearer to the position than this chord of the unit sphere; meaningful where
    /// ``isKnown(_:)``. A hundred-thousandth is taken off, many times the rounding of
    /// ``EarthPosition/chord(_:_:_:_:_:_:)``.
    @inlinable
    public func leastChord(from position: EarthPosition, to block: Int) -> Float {
        func gap(_ value: Int32, _ least: Int32, _ greatest: Int32) -> Double {
            Double(max(0, max(Int64(least) - Int64(value), Int64(value) - Int64(greatest))))
        }
        let x = gap(position.x, leastX[block], greatestX[block])
        let y = gap(position.y, leastY[block], greatestY[block])
        let z = gap(position.z, leastZ[block], greatestZ[block])
        return Float((x * x + y * y + z * z).squareRoot() * (0.999_99 / 1_073_741_824))
    }
}
