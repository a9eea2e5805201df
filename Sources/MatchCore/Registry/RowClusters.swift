/// Puts rows that score alike next to each other, so that the summary of a block says much about each of its rows.
///
/// Within a category the rows are halved again and again along whatever tells them most apart (a place, the first
/// day, the last day, the amount), each measured in the distance that moves a score by about as much. The order changes
/// how many blocks a ranking must look at, never what it answers.
struct RowClusters {
    /// Ten kilometres of the unit sphere of ``EarthPosition``, days, and doublings of an amount that count alike.
    private static let placeScale: Float = 637.1 / 1_073_741_824
    private static let dayScale: Float = 1 / 45
    private static let amountScale: Float = 1 / 3

    private static let dimensions = 6
    private var features: [Float] = []
    private let category: [Int32]

    init(places: PlaceColumnsBuilder, category: [Int32], firstDay: [Int32], lastDay: [Int32], amount: [Int64]) {
        self.category = category
        features.reserveCapacity(category.count * RowClusters.dimensions)
        for row in category.indices {
            features.append(Float(places.x[row]) * RowClusters.placeScale)
            features.append(Float(places.y[row]) * RowClusters.placeScale)
            features.append(Float(places.z[row]) * RowClusters.placeScale)
            // An open end is far off, but not so far that it hides every other difference.
            features.append(Float(max(firstDay[row], -1_000_000)) * RowClusters.dayScale)
            features.append(Float(min(lastDay[row], 4_000_000)) * RowClusters.dayScale)
            let bits = Int64.bitWidth - max(0, amount[row]).leadingZeroBitCount
            features.append(Float(amount[row] < 0 ? -1 : bits) * RowClusters.amountScale)
        }
    }

    /// The rows in their new order. Halves meet at multiples of `coarse` rows where there are that many, else of
    /// `fine` ones, so that a block does not straddle two clusters.
    func order(fine: Int, coarse: Int) -> [Int32] {
        var items: [Item] = []
        items.reserveCapacity(category.count)
        for row in byCategory() { items.append(Item(key: 0, row: row)) }
        var ranges: [Range<Int>] = []
        var start = 0
        for end in items.indices.dropFirst()
        where category[Int(items[end].row)] != category[Int(items[end - 1].row)] {
            ranges.append(start..<end)
            start = end
        }
        ranges.append(start..<items.count)
        features.withUnsafeBufferPointer { features in
            items.withUnsafeMutableBufferPointer { items in
                while let range = ranges.popLast() {
                    guard let cut = cut(range, fine: fine, coarse: coarse) else { continue }
                    let dimension = widest(items, range, features)
                    for at in range {
                        items[at].key = features[Int(items[at].row) * RowClusters.dimensions + dimension]
                    }
                    RowClusters.select(items, range, cut)
                    ranges.append(range.lowerBound..<cut)
                    ranges.append(cut..<range.upperBound)
                }
            }
        }
        return items.map(\.row)
    }

    private struct Item {
        var key: Float
        var row: Int32

        /// Rows with equal keys keep one order, so that the same input gives the same clusters.
        @inline(__always)
        func precedes(_ other: Item) -> Bool { key != other.key ? key < other.key : row < other.row }
    }

    /// Counting keeps the order of input within a category.
    private func byCategory() -> [Int32] {
        let kinds = Int(category.max() ?? -1) + 2
        var next = Array(repeating: 0, count: kinds + 1)
        for number in category { next[Int(number) + 2] += 1 }
        for kind in 0..<kinds { next[kind + 1] += next[kind] }
        var order = Array(repeating: Int32(0), count: category.count)
        for (row, number) in category.enumerated() {
            order[next[Int(number) + 1]] = Int32(row)
            next[Int(number) + 1] += 1
        }
        return order
    }

    /// The multiple nearest to the middle that lies inside; nil where the range lies in one block.
    private func cut(_ range: Range<Int>, fine: Int, coarse: Int) -> Int? {
        let middle = (range.lowerBound + range.upperBound) / 2
        for step in [coarse, fine] {
            let cut = (middle + step / 2) / step * step
            if cut > range.lowerBound, cut < range.upperBound { return cut }
            let below = cut - step
            if below > range.lowerBound, below < range.upperBound { return below }
            let above = cut + step
            if above > range.lowerBound, above < range.upperBound { return above }
        }
        return nil
    }

    private func widest(
        _ items: UnsafeMutableBufferPointer<Item>, _ range: Range<Int>, _ features: UnsafeBufferPointer<Float>
    ) -> Int {
        var least = SIMD8<Float>(repeating: .infinity)
        var greatest = SIMD8<Float>(repeating: -.infinity)
        for at in range {
            let base = Int(items[at].row) * RowClusters.dimensions
            let own = SIMD8<Float>(
                features[base], features[base + 1], features[base + 2], features[base + 3], features[base + 4],
                features[base + 5], 0, 0)
            least = pointwiseMin(least, own)
            greatest = pointwiseMax(greatest, own)
        }
        let extent = greatest - least
        return (0..<RowClusters.dimensions).max { extent[$0] < extent[$1] } ?? 0
    }

    /// Moves the least `cut − start` items of the range to its front (quickselect).
    private static func select(_ items: UnsafeMutableBufferPointer<Item>, _ range: Range<Int>, _ cut: Int) {
        var low = range.lowerBound
        var high = range.upperBound - 1
        while low < high {
            let middle = (low + high) / 2
            if items[middle].precedes(items[low]) { items.swapAt(middle, low) }
            if items[high].precedes(items[low]) { items.swapAt(high, low) }
            if items[high].precedes(items[middle]) { items.swapAt(high, middle) }
            let pivot = items[middle]
            var (left, right) = (low, high)
            while left <= right {
                while items[left].precedes(pivot) { left += 1 }
                while pivot.precedes(items[right]) { right -= 1 }
                if left <= right {
                    items.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if cut <= right { high = right } else if cut >= left { low = left } else { return }
        }
    }
}
