public import MatchCore

/// Scores a pair by a table of rules that an admin writes: no rebuild, no code.
///
/// The value begins at 500,000, the neutral one; each rule that applies adds or takes away its points, and the sum is
/// clamped to 0…1,000,000. A veto rule that applies rules the pair out. A test of a feature that is not stated does not
/// hold, and neither does its contrary, so that missing information never counts against anyone. Without rules it is
/// `notApplicable`; it is never `notKnown`.
public struct RuleScorer: Scorer {
    public static let descriptor = ScorerDescriptor(
        id: "Rule", version: 1,
        title: LocalizedText(zhHans: "自定规则", en: "Rules"),
        summary: LocalizedText(
            zhHans: "按管理员写的规则表加分、减分或否决，无需重新编译。",
            en: "Adds and takes away points, or rules out, by a table that an admin writes."),
        parameters: [
            ParameterDescriptor(
                name: "rules", title: LocalizedText(zhHans: "规则表", en: "Rules"),
                help: LocalizedText(
                    zhHans: "每行：name 名称、when 条件、points 分值（或 veto: true）。可用特征见插件说明。",
                    en:
                        "Each row: name, when it applies, and points (or veto: true). The plugin's README lists the features."
                ), kind: .table(RuleTable.columns, mostRows: RuleTable.mostRows), check: { RuleTable.fault(in: $0) },
                review: { RuleReview.faults(in: $0, $1) })
        ],
        vetoes: [.init(reason: "ruledOut", title: LocalizedText(zhHans: "规则排除", en: "ruled out by a rule"))],
        reasons: ["noRules", "noRuleApplies", "rulesApply", "ruledOut"], examples: examples,
        groupInputs: [RuleFeature.wishGroups.rawValue], hardshipInputs: [RuleFeature.wishHardship.rawValue])

    private let table: RuleTable

    public init(parameters: ParameterValues) {
        // The descriptor's check has read the same rows.
        guard let table = try? RuleTable(parameters.table("rules")) else {
            preconditionFailure("rules that were checked before")
        }
        self.table = table
    }

    /// 500,000 with the points, clamped.
    @inline(__always)
    static func value(_ points: Int64) -> Int32 {
        Int32(truncatingIfNeeded: min(max(500_000 &+ points, 0), Int64(Score.best)))
    }

    // Facts and judgement: one pair.

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        ScoreInputs(
            entries: table.features.map { ($0.rawValue, $0.fact(wish: wish, offer: offer, in: context)) })
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        guard !table.rules.isEmpty else { return Judgement(.notApplicable, reason: "noRules") }
        let applying = try applying(inputs)
        if applying.contains(where: { $0.effect == .veto }) { return Judgement(.veto(0), reason: "ruledOut") }
        let points = applying.reduce(Int64(0)) { sum, rule in
            if case .points(let own) = rule.effect { sum + own } else { sum }
        }
        return Judgement(.value(Self.value(points)), reason: applying.isEmpty ? "noRuleApplies" : "rulesApply")
    }

    private func applying(_ inputs: ScoreInputs) throws(ScoreInputError) -> [RuleTable.Rule] {
        func holding(_ tests: [RuleTest]) throws(ScoreInputError) -> UInt64 {
            var bits: UInt64 = 0
            for (number, test) in tests.enumerated() {
                guard let fact = inputs[test.feature.rawValue] else {
                    throw ScoreInputError(name: test.feature.rawValue, expected: "listed")
                }
                if try test.holds(fact) { bits |= 1 << UInt64(number) }
            }
            return bits
        }
        return table.applying(wish: try holding(table.wishTests), offer: try holding(table.offerTests))
    }

    /// Names every rule that applies, by its row.
    public func sentence(for finding: Finding, in language: Language) -> String {
        let applying = (try? applying(finding.inputs)) ?? []
        let zhHans = language == .zhHans
        guard !applying.isEmpty else {
            if finding.judgement.reason == "noRules" { return zhHans ? "没有规则。" : "There are no rules." }
            return zhHans
                ? "\(table.rules.count) 条规则都不适用，取中间值。" : "None of \(table.rules.count) rules applies: the middle value."
        }
        let said = applying.map { rule in
            let name = rule.name?[language] ?? rule.condition.text(in: language, finding.inputs)
            let effect: String =
                switch rule.effect {
                case .veto: zhHans ? "否决" : "ruled out"
                case .points(let points): (points < 0 ? "−" : "+") + Self.grouped(points.magnitude)
                }
            return zhHans ? "第 \(rule.row) 行（\(name)）\(effect)" : "row \(rule.row) (\(name)) \(effect)"
        }
        return zhHans ? "规则：\(said.joined(separator: "；"))。" : "Rules: \(said.joined(separator: "; "))."
    }

    private static func grouped(_ number: UInt64) -> String {
        var (text, rest) = ("", String(number)[...])
        while rest.count > 3 {
            text = "," + rest.suffix(3) + text
            rest = rest.dropLast(3)
        }
        return rest + text
    }

    // Columns: many pairs.

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        guard !table.rules.isEmpty else { return .constant(.notApplicable) }
        let compiler = ColumnTests(in: context)
        var holding: UInt64 = 0
        for (number, test) in table.wishTests.enumerated() where holds(compiler.test(test), wish.row) {
            holding |= 1 << UInt64(number)
        }
        let rules = PreparedRules(table, holding: holding) { ($0.wish, $0.offer) }
        if let constant = rules.constant { return .constant(constant) }
        let tests = needed(table.offerTests, rules, compiler)
        let ready = tests.map { (bit: $0.bit, test: $0.ready) }
        return OfferFiller(
            bound: { summaries, block in
                rules.bound(
                    tests.reduce(0) { bits, test in
                        RuleBounds.mayMeet(test.test, test.ready, summaries, block) ? bits | 1 << test.bit : bits
                    })
            },
            fill: { block, column in rules.fill(block.rows, ready, column) })
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        guard !table.rules.isEmpty else { return .constant(.notApplicable) }
        let compiler = ColumnTests(in: context)
        var holding: UInt64 = 0
        for (number, test) in table.offerTests.enumerated() where holds(compiler.test(test), offer.row) {
            holding |= 1 << UInt64(number)
        }
        let rules = PreparedRules(table, holding: holding) { ($0.offer, $0.wish) }
        if let constant = rules.constant { return .constant(constant) }
        let tests = needed(table.wishTests, rules, compiler)
        let ready = tests.map { (bit: $0.bit, test: $0.ready) }
        return WishFiller(
            bound: { summaries, block in
                rules.bound(
                    tests.reduce(0) { bits, test in
                        RuleBounds.mayMeet(test.test, test.ready, summaries, block) ? bits | 1 << test.bit : bits
                    })
            },
            fill: { block, column in rules.fill(block.rows, ready, column) })
    }

    private func holds(_ test: ColumnTest, _ row: Int) -> Bool {
        var mark: UInt64 = 0
        test.mark(row..<row + 1, &mark, bit: 0)
        return mark != 0
    }

    /// The tests that some open rule needs.
    private func needed(
        _ tests: [RuleTest], _ rules: PreparedRules, _ compiler: ColumnTests
    ) -> [(bit: UInt64, test: RuleTest, ready: ColumnTest)] {
        tests.enumerated().filter { rules.needed >> UInt64($0.offset) & 1 == 1 }.map {
            (UInt64($0.offset), $0.element, compiler.test($0.element))
        }
    }
}
