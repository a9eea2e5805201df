public import MatchCore

extension DonorPreferenceScorer {
    public static let descriptor = ScorerDescriptor(
        id: "DonorPreference", version: 1,
        title: LocalizedText(zhHans: "资源方意愿", en: "Donor preference"),
        summary: LocalizedText(
            zhHans: "心愿是否属于资源方想帮助的人群、地区、类别；属于其排除的则不配对。",
            en: "Whether the wish is of the groups, areas and categories that the donor wants to help; vetoes those "
                + "that it excludes."),
        parameters: [
            ParameterDescriptor(
                name: "withoutPreference",
                title: LocalizedText(zhHans: "没有指定时的取值", en: "Value without a preference"),
                help: LocalizedText(
                    zhHans: "资源方没有指定帮助对象时得多少。", en: "What a donor that states no preference earns."),
                kind: .integer(0...1_000_000, default: 1_000_000), unit: "millionth"),
            ParameterDescriptor(
                name: "unmatched",
                title: LocalizedText(zhHans: "不符时的取值", en: "Value of a wish that does not meet it"),
                help: LocalizedText(
                    zhHans: "心愿不符合资源方的任何一项意愿时得多少；部分相符时按比例介于此值与满分之间。",
                    en: "What a wish earns that meets nothing of the preference; one that meets a part earns the part "
                        + "in between."),
                kind: .integer(0...1_000_000, default: 0), unit: "millionth"),
        ],
        vetoes: [
            .init(
                reason: vetoReasons[0],
                title: LocalizedText(zhHans: "属于资源方排除的人群", en: "Of a group that the donor excludes")),
            .init(
                reason: vetoReasons[1],
                title: LocalizedText(zhHans: "在资源方排除的地区", en: "In an area that the donor excludes")),
            .init(
                reason: vetoReasons[2],
                title: LocalizedText(zhHans: "属于资源方排除的类别", en: "Of a category that the donor excludes")),
        ],
        reasons: [
            "matched", "partlyMatched", "unmatched", "noPreference", "wishUnclear", "partyNotKnown",
        ] + vetoReasons,
        examples: [
            WorkedExample(
                LocalizedText(zhHans: "想帮老人，心愿来自老人", en: "Wants to help elders, and the wish is an elder's"),
                inputs: inputs(groups: ["elders"], wishGroups: ["elders", "livingAlone"]),
                expected: Judgement(.value(1_000_000), reason: "matched")),
            WorkedExample(
                LocalizedText(zhHans: "想帮老人，心愿来自儿童", en: "Wants to help elders, and the wish is a child's"),
                inputs: inputs(groups: ["elders"], wishGroups: ["children"]),
                expected: Judgement(.value(0), reason: "unmatched")),
            WorkedExample(
                LocalizedText(zhHans: "没有指定帮助对象", en: "States no preference"),
                inputs: inputs(wishGroups: ["children"]),
                expected: Judgement(.value(1_000_000), reason: "noPreference")),
            WorkedExample(
                LocalizedText(zhHans: "不符的也给三成", en: "A wish that does not meet it still earns 0.3"),
                parameters: ["unmatched": .integer(300_000)],
                inputs: inputs(groups: ["elders"], wishGroups: []),
                expected: Judgement(.value(300_000), reason: "unmatched")),
            WorkedExample(
                LocalizedText(zhHans: "人群相符，地区不符", en: "The group fits, the area does not"),
                inputs: inputs(
                    groups: ["children"], wishGroups: ["children"], areas: ["441900121"],
                    wishAreas: ["441900", "441900119"]),
                expected: Judgement(.value(500_000), reason: "partlyMatched")),
            WorkedExample(
                LocalizedText(zhHans: "地区不明的只看人群", en: "The area is not known, the group fits"),
                inputs: inputs(groups: ["children"], wishGroups: ["children"], areas: ["441900121"]),
                expected: Judgement(.value(1_000_000), reason: "matched")),
            WorkedExample(
                LocalizedText(zhHans: "排除的地区", en: "An area that the donor excludes"),
                inputs: inputs(
                    groups: ["children"], wishGroups: ["children"], excludedAreas: ["441900119"],
                    wishAreas: ["441900", "441900119", "441900119003"]),
                expected: Judgement(.veto(1), reason: "excludedArea")),
            WorkedExample(
                LocalizedText(zhHans: "排除的人群", en: "A group that the donor excludes"),
                inputs: inputs(wishGroups: ["veterans"], excludedGroups: ["veterans"]),
                expected: Judgement(.veto(0), reason: "excludedGroup")),
            WorkedExample(
                LocalizedText(zhHans: "心愿类别不明，无法核对排除项", en: "Excludes a category, and the wish has none"),
                inputs: inputs(wishGroups: [], excludedCategories: ["medicine"]),
                expected: Judgement(.notKnown, reason: "wishUnclear")),
        ], groupInputs: ["wishGroups"])

    private static func inputs(
        groups: [String] = [], wishGroups: [String], excludedGroups: [String] = [], areas: [String] = [],
        excludedAreas: [String] = [], wishAreas: [String] = [], excludedCategories: [String] = []
    ) -> ScoreInputs {
        [
            "isPartyKnown": true, "groups": .texts(groups), "excludedGroups": .texts(excludedGroups),
            "wishGroups": .texts(wishGroups), "areas": .texts(areas), "excludedAreas": .texts(excludedAreas),
            "wishAreas": .texts(wishAreas), "insideWishArea": .texts([]), "categories": .texts([]),
            "excludedCategories": .texts(excludedCategories), "wishCategories": .texts([]),
            "insideWishCategory": .texts([]), "wishAreaName": .names([]), "wishCategoryName": .names([]),
        ]
    }
}
