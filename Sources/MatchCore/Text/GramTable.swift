/// Every gram of a snapshot, and how telling it is.
public struct GramTable: Sendable {
    public let grams: [Gram]
    /// Inverse document frequency in thousandths: 1000 · ln((N + 1) ÷ (n + 1)), at least 1, where n of the N texts
    /// of the snapshot hold the gram.
    public let rarity: [Int32]
    /// Texts that were counted.
    private let textCount: Int

    public static let empty = GramTable(grams: [], counts: GramCounts())

    init(grams: [Gram], counts: GramCounts) {
        self.grams = grams
        textCount = counts.texts
        rarity = grams.indices.map { gram in
            GramTable.rarity(of: gram < counts.holders.count ? counts.holders[gram] : 0, among: counts.texts)
        }
    }

    private init(grams: [Gram], rarity: [Int32], textCount: Int) {
        self.grams = grams
        self.rarity = rarity
        self.textCount = textCount
    }

    /// The same table with more grams behind its own, which no counted text holds.
    func extended(to grams: [Gram]) -> GramTable {
        guard grams.count > self.grams.count else { return self }
        let unheard = Array(
            repeating: GramTable.rarity(of: 0, among: textCount), count: grams.count - self.grams.count)
        return GramTable(grams: grams, rarity: rarity + unheard, textCount: textCount)
    }

    /// The rarities that these texts give to the grams of another lexicon.
    func rarities(for other: Lexicon, numberedBy own: Lexicon) -> GramTable {
        let unheard = GramTable.rarity(of: 0, among: textCount)
        return GramTable(
            grams: other.grams,
            rarity: other.grams.map { gram in own.number(of: gram).map { rarity[Int($0)] } ?? unheard },
            textCount: textCount)
    }

    private static func rarity(of holders: Int32, among texts: Int) -> Int32 {
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
