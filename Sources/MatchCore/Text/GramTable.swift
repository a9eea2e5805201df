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
