/// Every gram of a snapshot, and how telling it is.
public struct GramTable: Sendable {
    public let grams: [Gram]
    /// Inverse document frequency in thousandths: 1000 · ln((N + 1) ÷ (n + 1)), at least 1, where n of the N texts
    /// that were counted hold the gram.
    public let rarity: [Int32]
    /// Where the texts were counted for the whole program; nil where they are the snapshot's own.
    public let words: WordTable?

    public static let empty = GramTable(grams: [], counts: GramCounts())

    /// Of the snapshot's own texts.
    init(grams: [Gram], counts: GramCounts) {
        self.grams = grams
        words = nil
        rarity = grams.indices.map { gram in
            GramTable.rarity(of: gram < counts.holders.count ? counts.holders[gram] : 0, among: counts.texts)
        }
    }

    init(grams: [Gram], table: WordTable) {
        self.init(grams: grams, rarity: grams.map { table.rarity(of: $0) }, words: table)
    }

    private init(grams: [Gram], rarity: [Int32], words: WordTable?) {
        self.grams = grams
        self.rarity = rarity
        self.words = words
    }

    /// The same table with more grams behind its own. Without a ``words`` the new ones count as heard of by every text: they
    /// are to be counted before anybody looks.
    func extended(to grams: [Gram]) -> GramTable {
        guard grams.count > self.grams.count else { return self }
        let added = grams[self.grams.count...].map { words?.rarity(of: $0) ?? 1 }
        return GramTable(grams: grams, rarity: rarity + added, words: words)
    }

    static func rarity(of holders: Int32, among texts: Int) -> Int32 {
        max(1, Int32((1000 * NaturalLogarithm.of(Double(texts + 1) / Double(holders + 1))).rounded()))
    }
}

/// How many texts there are, and how many of them hold each gram.
struct GramCounts: Sendable {
    private(set) var texts = 0
    private(set) var holders: [Int32] = []

    mutating func add(_ grams: some Collection<Int32>) {
        guard !grams.isEmpty else { return }
        texts += 1
        for gram in grams {
            if Int(gram) >= holders.count {
                holders.append(contentsOf: repeatElement(0, count: Int(gram) + 1 - holders.count))
            }
            holders[Int(gram)] += 1
        }
    }
}
