import MatchCore

extension RuleScorer {
    /// `+200,000 if the wish carries childUnder6 and the offer delivers`, beside a deduction and a veto.
    private static let shown: [String: ParameterValue] = [
        "rules": .list([
            row(
                "送上门的幼儿用品", "Delivered to a small child",
                [
                    test("wish.groups", .list([.text("childUnder6"), .text("children")])),
                    test("offer.delivers", .flag(true)),
                ],
                points: 200_000),
            row(
                "等了两周以上", "Two weeks and more",
                [test("wish.daysWaited", .entries([ParameterEntry("atLeast", .integer(14))]))], points: 400_000),
            row(
                "金额小的钱款", "Little money",
                [
                    test("offer.kind", .text("money")),
                    test("offer.quantity", .entries([ParameterEntry("atMost", .integer(5_000))])),
                ], points: -700_000),
            .entries([
                ParameterEntry("name", .text("brakes")),
                ParameterEntry(
                    "when",
                    .entries([
                        ParameterEntry(
                            "any",
                            .list([
                                .entries([
                                    test("wish.category", .text("wheelchair")),
                                    ParameterEntry("not", .entries([test("party.verified", .flag(true))])),
                                ]),
                                .entries([
                                    test("wish.lane", .text("microProject")), test("offer.area", .text("far")),
                                ]),
                            ]))
                    ])),
                ParameterEntry("veto", .flag(true)),
            ]),
        ])
    ]

    private static func test(_ feature: String, _ value: ParameterValue) -> ParameterEntry {
        ParameterEntry(feature, value)
    }

    private static func row(
        _ zhHans: String, _ en: String, _ tests: [ParameterEntry], points: Int64
    ) -> ParameterValue {
        .entries([
            ParameterEntry(
                "name", .entries([ParameterEntry("zh-Hans", .text(zhHans)), ParameterEntry("en", .text(en))])),
            ParameterEntry("when", .entries(tests)), ParameterEntry("points", .integer(points)),
        ])
    }

    private static func facts(
        groups: [String] = [], delivers: Bool = false, days: Int64? = nil, kind: String = "goods",
        quantity: Int64? = nil, verified: Bool? = nil, category: [String] = [], lane: String = "microWish"
    ) -> ScoreInputs {
        [
            "wish.lane": .text(lane), "wish.category": .texts(category), "wish.daysWaited": .optional(days),
            "wish.groups": .texts(groups), "offer.kind": .text(kind), "offer.area": .texts(["c", "c1"]),
            "offer.quantity": .optional(quantity), "offer.delivers": .flag(delivers),
            "party.verified": verified.map { ScoreInputs.Value.flag($0) } ?? .missing,
        ]
    }

    static let examples = [
        WorkedExample(
            LocalizedText(zhHans: "没有规则", en: "No rules"), inputs: [:],
            expected: Judgement(.notApplicable, reason: "noRules")),
        WorkedExample(
            LocalizedText(zhHans: "幼儿，送货上门", en: "A small child, delivered"), parameters: shown,
            inputs: facts(groups: ["childUnder6", "lowIncome"], delivers: true),
            expected: Judgement(.value(700_000), reason: "rulesApply")),
        WorkedExample(
            LocalizedText(zhHans: "幼儿，不送货", en: "A small child, not delivered"), parameters: shown,
            inputs: facts(groups: ["childUnder6"]), expected: Judgement(.value(500_000), reason: "noRuleApplies")),
        WorkedExample(
            LocalizedText(zhHans: "两条相加，至多满分", en: "Two rules add up, to the full value at most"), parameters: shown,
            inputs: facts(groups: ["childUnder6"], delivers: true, days: 30),
            expected: Judgement(.value(1_000_000), reason: "rulesApply")),
        WorkedExample(
            LocalizedText(zhHans: "减分，至少为零", en: "A deduction, to nothing at least"), parameters: shown,
            inputs: facts(kind: "money", quantity: 3_000), expected: Judgement(.value(0), reason: "rulesApply")),
        WorkedExample(
            LocalizedText(zhHans: "轮椅，主体未核验", en: "A wheelchair from a party that is not verified"),
            parameters: shown, inputs: facts(verified: false, category: ["aids", "wheelchair"]),
            expected: Judgement(.veto(0), reason: "ruledOut")),
        WorkedExample(
            LocalizedText(zhHans: "轮椅，是否核验不明", en: "A wheelchair, and nobody has looked"), parameters: shown,
            inputs: facts(category: ["aids", "wheelchair"]),
            expected: Judgement(.value(500_000), reason: "noRuleApplies")),
    ]
}
