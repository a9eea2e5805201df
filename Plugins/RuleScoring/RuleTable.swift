import MatchCore

/// The rules of one profile, read from its table and made ready to judge.
struct RuleTable: Sendable {
    static let mostRows = 64
    static let mostTests = 64
    static let mostTerms = 64
    static let greatestPoints: Int64 = 1_000_000

    static let columns = [
        TableColumn(
            name: "name",
            help: LocalizedText(zhHans: "规则名称，可写 zh-Hans 与 en。", en: "What the rule is called, or zh-Hans and en.")),
        TableColumn(
            name: "when",
            help: LocalizedText(
                zhHans: "条件：特征: 值，可用 all、any、not 组合；同列多个特征须全部满足。",
                en:
                    "The condition: feature: value, put together by all, any and not; several features all have to hold."
            )),
        TableColumn(
            name: "points",
            help: LocalizedText(zhHans: "加减的分值，以百万分之一计。", en: "What is added or taken away, in millionths.")),
        TableColumn(
            name: "veto",
            help: LocalizedText(zhHans: "true 表示符合即否决。", en: "true where a pair that meets it must never be made.")),
    ]

    struct Rule: Sendable {
        /// From 1, as an admin counts.
        var row: Int
        var name: LocalizedText?
        var condition: RuleCondition
        var effect: Effect
        /// For each term the bits of the tests that it needs.
        var terms: [Term]
    }

    enum Effect: Sendable, Hashable {
        case points(Int64)
        case veto
    }

    /// Bit n stands for the test with number n of its side.
    struct Term: Sendable, Hashable {
        var wish: UInt64
        var offer: UInt64
    }

    private(set) var rules: [Rule] = []
    private(set) var wishTests: [RuleTest] = []
    /// Tests of the offer and its party.
    private(set) var offerTests: [RuleTest] = []
    /// In the order of ``RuleFeature``.
    private(set) var features: [RuleFeature] = []

    /// Throws ``RuleFault``, naming row and column.
    init(_ rows: [ParameterValue]) throws(RuleFault) {
        for (index, row) in rows.enumerated() {
            let reader = RuleReader(row: index + 1)
            let (name, condition, effect) = try reader.read(row)
            guard let terms = condition.terms() else {
                throw reader.fault(
                    "when", "条件展开后超过 \(Self.mostTerms) 种情形，请拆成几行",
                    "the condition has more than \(Self.mostTerms) cases; make several rows of it")
            }
            var bits: [Term] = []
            for term in terms {
                var found = Term(wish: 0, offer: 0)
                for test in term {
                    let number = test.feature.isOfWish ? Self.number(test, &wishTests) : Self.number(test, &offerTests)
                    guard let number else {
                        throw reader.fault(
                            "when", "整张表的不同条件超过 \(Self.mostTests) 个",
                            "the table has more than \(Self.mostTests) different tests")
                    }
                    if test.feature.isOfWish { found.wish |= 1 << number } else { found.offer |= 1 << number }
                }
                bits.append(found)
            }
            rules.append(Rule(row: index + 1, name: name, condition: condition, effect: effect, terms: bits))
        }
        let used = Set((wishTests + offerTests).map(\.feature))
        features = RuleFeature.allCases.filter { used.contains($0) }
    }

    private static func number(_ test: RuleTest, _ tests: inout [RuleTest]) -> UInt64? {
        if let known = tests.firstIndex(of: test) { return UInt64(known) }
        guard tests.count < mostTests else { return nil }
        tests.append(test)
        return UInt64(tests.count - 1)
    }

    /// What is wrong with the rows, as an admin should read it; nil where they can be used.
    static func fault(in rows: [ParameterValue]) -> LocalizedText? {
        do {
            _ = try RuleTable(rows)
            return nil
        } catch {
            return error.text
        }
    }

    /// The rules that apply, given the tests that hold on either side.
    func applying(wish: UInt64, offer: UInt64) -> [Rule] {
        rules.filter { rule in
            rule.terms.contains { $0.wish & ~wish == 0 && $0.offer & ~offer == 0 }
        }
    }
}

/// What is wrong with a rule table: row, column, and what was expected.
struct RuleFault: Error {
    var text: LocalizedText
}
