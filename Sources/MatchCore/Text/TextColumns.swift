/// The grams of each row's text, as numbers of the registry's ``GramTable``, ascending within a row.
public final class TextColumns: Sendable {
    /// Where each row's grams begin in `grams`; one more at the end.
    public let starts: Column<Int32>
    public let grams: Column<Int32>
    /// Σ rarity² over the row's grams of letters and characters.
    public let wordMass: Column<Int64>
    /// Σ rarity² over the row's grams that are catalogue items.
    public let itemMass: Column<Int64>

    init(_ builder: TextColumnsBuilder, order: [Int32], table: GramTable) {
        var starts: [Int32] = [0]
        var grams: [Int32] = []
        var wordMass: [Int64] = []
        var itemMass: [Int64] = []
        starts.reserveCapacity(order.count + 1)
        wordMass.reserveCapacity(order.count)
        itemMass.reserveCapacity(order.count)
        for row in order {
            var masses: (words: Int64, items: Int64) = (0, 0)
            for gram in builder.grams(of: Int(row)) {
                grams.append(gram)
                let rarity = Int64(table.rarity[Int(gram)])
                if table.grams[Int(gram)].isItem {
                    masses.items += rarity * rarity
                } else {
                    masses.words += rarity * rarity
                }
            }
            starts.append(Int32(grams.count))
            wordMass.append(masses.words)
            itemMass.append(masses.items)
        }
        self.starts = Column(starts)
        self.grams = Column(grams)
        self.wordMass = Column(wordMass)
        self.itemMass = Column(itemMass)
    }

    public func grams(of row: Int) -> UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(start: grams.base + Int(starts[row]), count: Int(starts[row + 1] - starts[row]))
    }
}

struct TextColumnsBuilder {
    private var starts: [Int32] = [0]
    private var numbers: [Int32] = []

    mutating func append(_ grams: some Collection<Int32>) {
        numbers.append(contentsOf: grams)
        starts.append(Int32(numbers.count))
    }

    mutating func repeatLast() { append(Array(grams(of: starts.count - 2))) }

    func grams(of row: Int) -> ArraySlice<Int32> { numbers[Int(starts[row])..<Int(starts[row + 1])] }
}
