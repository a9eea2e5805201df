/// How telling each gram is among the texts of a whole program, counted at one moment and kept: whoever works with the
/// same table weighs the same words alike, whenever it loaded its records.
public final class WordTable: Sendable {
    /// Counts up each time the words are counted again; the first is 1.
    public let revision: Int
    /// As in ``GramTable/rarity``.
    private let rarities: [Gram: Int32]
    /// Of a gram that the table does not have.
    private let unheard: Int32

    init(revision: Int, rarities: [Gram: Int32], unheard: Int32) {
        self.revision = revision
        self.rarities = rarities
        self.unheard = unheard
    }

    /// Reads what ``WordCounter/body(_:)`` wrote. Items that the catalogue no longer has are passed over, as is a line of
    /// another kind.
    ///
    /// - Parameter texts: how many were counted.
    public convenience init(revision: Int, texts: Int, body: String, categories: CategoryTree) {
        var rarities: [Gram: Int32] = [:]
        for line in body.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let space = line.firstIndex(of: UInt8(ascii: " ")), let holders = Int32(Substring(line[..<space])),
                (1...max(1, texts)).contains(Int(holders))
            else { continue }
            let word = Substring(line[line.index(after: space)...])
            let gram: Gram
            if word.utf8.first == UInt8(ascii: "=") {
                guard let category = categories.tree.index(of: String(word.dropFirst())) else { continue }
                gram = Gram(category: category)
            } else {
                let scalars = Array(word.unicodeScalars)
                guard (1...3).contains(scalars.count) else { continue }
                gram = Gram(
                    scalars[0], scalars.count > 1 ? scalars[1] : nil, scalars.count > 2 ? scalars[2] : nil)
            }
            rarities[gram] = GramTable.rarity(of: holders, among: texts)
        }
        self.init(revision: revision, rarities: rarities, unheard: GramTable.rarity(of: 0, among: texts))
    }

    func rarity(of gram: Gram) -> Int32 { rarities[gram] ?? unheard }
}

/// Counts in how many texts each gram stands.
public struct WordCounter: Sendable {
    /// Texts with any words in them.
    public private(set) var texts = 0
    private var holders: [Gram: Holders] = [:]
    private var givers: [RecordID: UInt32] = [:]
    private let cutter: GramCutter

    /// Whose texts hold a gram.
    private struct Holders {
        var texts: Int32 = 0
        /// How many givers, up to ``WordCounter/leastGivers``, and the numbers of all but the last.
        var giverCount = 0
        var givers = SIMD4<UInt32>()

        mutating func add(_ giver: UInt32) {
            texts += 1
            guard giverCount < WordCounter.leastGivers else { return }
            for index in 0..<giverCount where givers[index] == giver { return }
            if giverCount < WordCounter.leastGivers - 1 { givers[giverCount] = giver }
            giverCount += 1
        }
    }

    public init(categories: CategoryTree) {
        cutter = GramCutter(categories: categories)
    }

    /// - Parameter giver: who wrote it, or whom it tells of: a party, a household, or a wish that is in no household's file.
    public mutating func add(_ text: String, of giver: RecordID) {
        let grams = cutter.grams(of: text)
        guard !grams.isEmpty else { return }
        texts += 1
        let next = UInt32(truncatingIfNeeded: givers.count)
        let number = givers[giver, default: next]
        givers[giver] = number
        for gram in grams { holders[gram, default: Holders()].add(number) }
    }

    /// Grams that stand in the texts of fewer givers are left out: they tell of them more than of the program.
    public static let leastGivers = 5

    /// One line for each gram, in their order: in how many texts it stands, and its letters, or `=` and a category's code.
    public func body(_ categories: CategoryTree) -> String {
        var body = ""
        let common = holders.filter { $0.value.giverCount >= Self.leastGivers }
        for (gram, counts) in common.sorted(by: { $0.key < $1.key }) {
            body += "\(counts.texts) "
            body += gram.category.map { "=" + categories.categories[Int($0)].code } ?? gram.text
            body += "\n"
        }
        return body
    }
}

extension Registry {
    /// The same registry, which from now on keeps the rarities that its own texts have, whatever comes to it.
    public func keepingRarities() -> Registry {
        var rarities: [Gram: Int32] = [:]
        for (gram, rarity) in zip(grams.grams, grams.rarity) { rarities[gram] = rarity }
        return Registry(
            areas: areas, categories: categories, offers: offers, wishes: wishes, parties: parties,
            distances: distances,
            grams: GramTable(
                grams: grams.grams,
                table: WordTable(revision: 1, rarities: rarities, unheard: rarities.values.max() ?? 1)),
            lexicon: lexicon, strays: strays)
    }
}
