internal import MatchCore

/// The names of one kind of party, numbered: each number has a name of its own, and a trade.
struct PartyNames: Sendable {
    private let mark: String
    private let cores: [String]
    /// Which trade goes with which suffix.
    private let endings: [(trade: Int, suffix: String)]
    let trades: [Trade]
    /// By trade, numbers of the offer phrases that suit it; never empty.
    let offers: [[Int]]

    static func read(from directory: String, offers: [OfferPhrase]) throws(CityError) -> [PartyKind: PartyNames] {
        let parts = try PhraseTable("partyNames", in: directory).map { row throws(CityError) in
            try (
                kind: row.text("partyKind"), part: row.text("part"), text: row.text("textZh"),
                categories: row.list("categories")
            )
        }
        var names: [PartyKind: PartyNames] = [:]
        for kind in PartyKind.allCases {
            let own = parts.filter { $0.kind.isEmpty || $0.kind == kind.code }
            let phrases = offers.indices.filter { offers[$0].partyKind == kind }
            let trades = own.filter { $0.part == "trade" }.map { Trade(name: $0.text, categories: $0.categories) }
            let cores = own.filter { $0.part == "core" }.map(\.text)
            let suffixes = own.filter { $0.part == "suffix" }
            // A suffix with categories goes with the trades whose first one is among them: no care home is a works.
            let endings = trades.indices.flatMap { trade in
                suffixes.filter { suffix in
                    guard let first = trades[trade].categories.first else { return true }
                    return suffix.categories.isEmpty || suffix.categories.contains(first)
                }.map { (trade: trade, suffix: $0.text) }
            }
            guard let mark = own.first(where: { $0.part == "mark" })?.text, !trades.isEmpty, !cores.isEmpty,
                !endings.isEmpty, !phrases.isEmpty
            else {
                throw CityError(
                    .badMaterial,
                    "\(directory): the party kind '\(kind.code)' lacks a mark, core, trade, suffix or offer. Add it.",
                    "\(directory)：主体类型“\(kind.code)”缺少标记、字号、行业、后缀或资源，请补充。")
            }
            names[kind] = PartyNames(
                mark: mark, cores: cores, endings: endings, trades: trades,
                offers: trades.map { trade in
                    let own = phrases.filter { number in
                        trade.categories.isEmpty
                            || trade.categories.contains(String(offers[number].category.prefix { $0 != "." }))
                    }
                    return own.isEmpty ? phrases : own
                })
        }
        return names
    }

    /// The name and trade of the party of this kind with the number `ordinal`, from 0. Where the parts are used up the
    /// names begin again with a number behind them.
    func name(_ ordinal: Int, seed: UInt64) -> (text: String, trade: Int) {
        let count = cores.count * endings.count
        // Steps that share no divisor with the count visit every combination once.
        var step = max(1, count * 618 / 1000)
        while PartyNames.divisor(step, count) > 1 { step += 1 }
        var random = CityRandom(seed: seed, .names)
        let combination = (random.below(count) + ordinal % count * step) % count
        let ending = endings[combination % endings.count]
        let round = ordinal / count
        let name = mark + cores[combination / endings.count] + trades[ending.trade].name + ending.suffix
        return (round == 0 ? name : "\(name)（\(round + 1)）", ending.trade)
    }

    private static func divisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : divisor(right, left % right)
    }
}
