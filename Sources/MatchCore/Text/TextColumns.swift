/// The grams of each row's text, as numbers of the registry's ``GramTable``, ascending within a row.
public final class TextColumns: Sendable {
    /// Where each row's grams begin in `grams`; one more at the end.
    public let starts: Column<Int32>
    public let grams: Column<Int32>

    init(_ builder: TextColumnsBuilder, order: [Int32]) {
        var starts: [Int32] = [0]
        var grams: [Int32] = []
        starts.reserveCapacity(order.count + 1)
        for row in order {
            grams.append(contentsOf: builder.grams(of: Int(row)))
            starts.append(Int32(grams.count))
        }
        self.starts = Column(starts)
        self.grams = Column(grams)
    }

    public func grams(of row: Int) -> UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(start: grams.base + Int(starts[row]), count: Int(starts[row + 1] - starts[row]))
    }
}

struct TextColumnsBuilder {
    private var starts: [Int32] = [0]
    private var numbers: [Int32] = []

    mutating func append(_ grams: [Int32]) {
        numbers.append(contentsOf: grams)
        starts.append(Int32(numbers.count))
    }

    mutating func repeatLast() { append(Array(grams(of: starts.count - 2))) }

    func grams(of row: Int) -> ArraySlice<Int32> { numbers[Int(starts[row])..<Int(starts[row + 1])] }
}

/// Every gram of a snapshot, and how telling it is.
public struct GramTable: Sendable {
    public let grams: [Gram]
    /// Inverse document frequency in thousandths: 1000 · ln((N + 1) ÷ (n + 1)), at least 1, where n of the N texts
    /// of the snapshot hold the gram.
    public let rarity: [Int32]

    public static let empty = GramTable(grams: [], counts: [], textCount: 0)

    init(grams: [Gram], counts: [Int32], textCount: Int) {
        self.grams = grams
        rarity = counts.map { count in
            max(1, Int32((1000 * NaturalLogarithm.of(Double(textCount + 1) / Double(count + 1))).rounded()))
        }
    }
}
