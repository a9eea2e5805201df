import AlmonerTesting
import MatchCore
import RuleScoring
import Testing

/// Rules that an admin writes: what is refused and how, and that whatever is accepted keeps the contract.
@Suite struct RuleScorerTests {
    @Test(arguments: [11, 12, 13, 14, 15, 16, 17, 18] as [UInt64])
    func anyTableKeepsTheContract(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in Self.row(&random) }
        for fault in ScorerConformance.faults(of: RuleScorer.self, parameters: ["rules": .list(rows)], seed: seed) {
            Issue.record("seed \(seed): \(fault)\n\(rows)")
        }
    }

    private static func entry(_ name: String, _ value: ParameterValue) -> ParameterEntry { ParameterEntry(name, value) }

    private static func row(_ random: inout SeededRandom) -> ParameterValue {
        .entries([
            entry("when", condition(&random, depth: 2)),
            random.chance(15)
                ? entry("veto", .flag(true))
                : entry("points", .integer(.random(in: -400_000...400_000, using: &random))),
        ])
    }

    private static func condition(_ random: inout SeededRandom, depth: Int) -> ParameterValue {
        switch depth > 0 ? Int.random(in: 0..<5, using: &random) : 4 {
        case 0: .entries([entry("not", condition(&random, depth: depth - 1))])
        case 1: .entries([entry("any", .list((0..<2).map { _ in condition(&random, depth: depth - 1) }))])
        case 2: .entries([entry("all", .list((0..<2).map { _ in condition(&random, depth: depth - 1) }))])
        default: .entries([test(&random)])
        }
    }

    private static func test(_ random: inout SeededRandom) -> ParameterEntry {
        func words(_ words: [String]) -> ParameterValue {
            .list(([random.pick(words)] + random.some(of: words, atMost: 2)).map { .text($0) })
        }
        func range(_ greatest: Int64) -> ParameterValue {
            let least = Int64.random(in: 0...greatest, using: &random)
            return .entries([entry(random.chance(50) ? "atLeast" : "atMost", .integer(least))])
        }
        let groups = ["children", "elders", "disabled", "group3", "group39", "unheard-of"]
        let languages = ["cmn", "yue", "language35", "unheard-of"]
        let skills = ["driving", "nursing", "skill38", "unheard-of"]
        let categories = ["aids", "wheelchair", "fan", "home", "unheard-of"]
        let areas = ["c", "c1", "c11", "far", "unheard-of"]
        let units = ["piece", "minute", "fen"]
        return switch Int.random(in: 0..<26, using: &random) {
        case 0: entry("wish.lane", words(["microWish", "microProject"]))
        case 1: entry("wish.urgency", words(["normal", "urgent", "critical"]))
        case 2: entry("wish.hardship", range(4))
        case 3: entry("wish.category", words(categories))
        case 4: entry("wish.area", words(areas))
        case 5: entry("wish.unit", words(units))
        case 6: entry("wish.quantity", range(20))
        case 7: entry("wish.price", range(100_000))
        case 8: entry("wish.whole", .flag(random.chance(50)))
        case 9: entry("wish.daysWaited", range(300))
        case 10: entry("wish.groups", words(groups))
        case 11: entry("wish.languages", words(languages))
        case 12: entry("wish.skills", words(skills))
        case 13: entry("offer.kind", words(["goods", "money", "service", "purchase"]))
        case 14: entry("offer.category", words(categories))
        case 15: entry("offer.area", words(areas))
        case 16: entry("offer.unit", words(units))
        case 17: entry("offer.quantity", range(50))
        case 18: entry("offer.delivers", .flag(random.chance(50)))
        case 19: entry("offer.remote", .flag(random.chance(50)))
        case 20: entry("offer.languages", words(languages))
        case 21: entry("offer.skills", words(skills))
        case 22: entry("offer.qualifications", words(skills))
        case 23: entry("party.verified", .flag(random.chance(50)))
        case 24: entry("party.trust", range(1_000_000))
        default: entry("party.fatigue", range(1_000_000))
        }
    }

    @Test(arguments: [
        ([ParameterEntry("points", .integer(1))], "row 2, column 'when': is missing"),
        (
            [
                ParameterEntry("when", .entries([ParameterEntry("wish.group", .text("x"))])),
                ParameterEntry("points", .integer(1)),
            ], "row 2, column 'when': there is no feature 'wish.group'; there is: wish.groups"
        ),
        (
            [
                ParameterEntry("when", .entries([ParameterEntry("offer.kind", .text("gods"))])),
                ParameterEntry("points", .integer(1)),
            ], "offer.kind cannot be 'gods'; it is one of: goods"
        ),
        (
            [
                ParameterEntry("when", .entries([ParameterEntry("offer.delivers", .flag(true))])),
                ParameterEntry("points", .integer(1_000_001)),
            ], "row 2, column 'points': 1000001 is outside −1,000,000…1,000,000"
        ),
        (
            [
                ParameterEntry("when", .entries([ParameterEntry("offer.delivers", .flag(true))])),
                ParameterEntry("points", .integer(1)), ParameterEntry("veto", .flag(true)),
            ], "row 2, column 'veto': a rule has points or is a veto"
        ),
        (
            [
                ParameterEntry(
                    "when", .entries([ParameterEntry("wish.hardship", .entries([ParameterEntry("over", .integer(3))]))])
                ),
                ParameterEntry("points", .integer(1)),
            ], "wish.hardship has no 'over'; there are atLeast and atMost"
        ),
        ([ParameterEntry("wehn", .text("x"))], "row 2: there is no column 'wehn'"),
    ])
    func aFaultNamesRowAndColumn(_ cells: [ParameterEntry], _ says: String) {
        let good = ParameterValue.entries([
            ParameterEntry("when", .entries([ParameterEntry("offer.delivers", .flag(true))])),
            ParameterEntry("points", .integer(5)),
        ])
        let error = #expect(throws: ParameterError.self) {
            try ParameterValues(["rules": .list([good, .entries(cells)])], for: RuleScorer.descriptor)
        }
        #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        #expect(error?.text.zhHans.contains("第 2 行") == true)
    }

    private static let codes: KnownCodes = {
        func tree(_ codes: [(String, String?)]) -> CodeTree {
            (try? CodeTree(codes.map { (code: $0.0, parent: $0.1) })) ?? .empty
        }
        return KnownCodes(
            areas: tree([("c", nil), ("c1", "c")]), categories: tree([("aids", nil), ("wheelchair", "aids")]),
            groups: ["childUnder6", "elders"], skills: ["driving"], languages: ["cmn", "yue"],
            nearest: { word, known in known.filter { $0.prefix(3) == word.prefix(3) } })
    }()

    /// The first row is always right, so that a fault is about the second.
    private static func faults(_ when: [ParameterEntry], points: Int64 = 5) -> [TableFault] {
        let good = ParameterValue.entries([
            ParameterEntry("when", .entries([ParameterEntry("wish.groups", .text("elders"))])),
            ParameterEntry("points", .integer(5)),
        ])
        let row = ParameterValue.entries([
            ParameterEntry("when", .entries(when)), ParameterEntry("points", .integer(points)),
        ])
        return RuleScorer.descriptor.reviewed("rules", .list([good, row]), codes)
    }

    @Test(arguments: [
        (
            "wish.groups", ParameterValue.text("childUnder5"),
            "there is no group 'childUnder5'; did you mean 'childUnder6'?"
        ),
        ("wish.category", .text("wheelchiar"), "there is no category 'wheelchiar'; did you mean 'wheelchair'?"),
        ("offer.area", .list([.text("c1"), .text("nowhere")]), "there is no area 'nowhere'"),
        ("offer.languages", .text("cnm"), "there is no language 'cnm'; there are: cmn, yue"),
        ("wish.skills", .text("drivign"), "there is no skill 'drivign'; did you mean 'driving'?"),
        ("wish.hardship", .entries([RuleScorerTests.entry("atLeast", .integer(5))]), "wish.hardship: 5 is outside 0…4"),
        ("wish.hardship", .integer(7), "wish.hardship: 7 is outside 0…4"),
        (
            "party.trust", .entries([RuleScorerTests.entry("atMost", .integer(1_000_001))]),
            "1000001 is outside 0…1000000"
        ),
        ("wish.quantity", .entries([RuleScorerTests.entry("atLeast", .integer(-1))]), "-1 is below 0"),
    ])
    func whatTheProgramDoesNotKnowIsNotPublished(_ feature: String, _ value: ParameterValue, _ says: String) {
        let faults = Self.faults([ParameterEntry(feature, value)])
        #expect(faults.count == 1 && faults.first?.row == 2)
        #expect(faults.first?.text.en.contains(says) == true, "\(faults)")
        #expect(faults.first?.text.en.contains("row 2, column 'when'") == true)
        #expect(faults.first?.text.zhHans.contains("第 2 行") == true)
        // Turned round and in company it is the same fault.
        let nested = Self.faults([
            Self.entry("any", .list([.entries([Self.entry("not", .entries([ParameterEntry(feature, value)]))])]))
        ])
        #expect(nested == faults)
    }

    @Test func aRuleOfNoPointsIsNotPublishedAndGoesOnScoring() throws {
        let faults = Self.faults([Self.entry("offer.delivers", .flag(true))], points: 0)
        #expect(faults.map(\.row) == [2] && faults[0].text.en.contains("column 'points': 0 does nothing"))
        #expect(Self.faults([Self.entry("wish.hardship", .entries([Self.entry("atLeast", .integer(4))]))]).isEmpty)
        // What was published before still scores.
        let rows: [ParameterValue] = [
            .entries([
                Self.entry("when", .entries([Self.entry("wish.hardship", .integer(7))])),
                Self.entry("points", .integer(0)),
            ])
        ]
        _ = try ParameterValues(["rules": .list(rows)], for: RuleScorer.descriptor)
        let profile = ScoringProfile(
            name: "p", revision: 1, title: LocalizedText(zhHans: "甲", en: "a"),
            entries: [.init(scorer: "Rule", weight: 1, parameters: ["rules": .list(rows)])])
        let check = ProfileCheck(scorers: [RuleScorer.self], codes: Self.codes)
        #expect(check.faults(of: profile).count == 2 && check.ofPublished.faults(of: profile).isEmpty)
        #expect(throws: Never.self) { try check.check(profile, changedFrom: profile) }
    }

    @Test func theSentenceNamesEachRuleThatApplies() throws {
        let example = try #require(RuleScorer.descriptor.examples.first { $0.title.en.contains("add up") })
        let scorer = RuleScorer(parameters: try ParameterValues(example.parameters, for: RuleScorer.descriptor))
        let finding = Finding(inputs: example.inputs, judgement: try scorer.judge(example.inputs))
        #expect(
            scorer.sentence(for: finding, in: .en)
                == "Rules: row 1 (Delivered to a small child) +200,000; row 2 (Two weeks and more) +400,000.")
    }
}
