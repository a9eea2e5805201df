public import MatchCore

extension CategoryFitScorer {
    public static let descriptor = ScorerDescriptor(
        id: "CategoryFit", version: 1, title: LocalizedText(zhHans: "物品相符", en: "Category fit"),
        summary: LocalizedText(
            zhHans: "所提供的物品与心愿所需，在目录中相距多近。",
            en: "How near the offered item is to the wanted one in the catalogue."),
        parameters: [
            ParameterDescriptor(
                name: "substitute", title: LocalizedText(zhHans: "替代品", en: "Substitute"),
                help: LocalizedText(
                    zhHans: "目录写明可以替代的物品得多少分。", en: "What an item earns that the catalogue lists as a substitute."),
                kind: .integer(0...1_000_000, default: 800_000), unit: "millionth"),
            ParameterDescriptor(
                name: "ancestor", title: LocalizedText(zhHans: "上级类别", en: "Holding group"),
                help: LocalizedText(
                    zhHans: "一方是另一方所属的类别时得多少分。", en: "What a pair earns in which one is the group that holds the other."
                ),
                kind: .integer(0...1_000_000, default: 700_000), unit: "millionth"),
            ParameterDescriptor(
                name: "sibling", title: LocalizedText(zhHans: "同一大类", en: "Same top group"),
                help: LocalizedText(
                    zhHans: "同属一个大类的另一种物品得多少分。", en: "What another item of the same top group earns."),
                kind: .integer(0...1_000_000, default: 500_000), unit: "millionth"),
            ParameterDescriptor(
                name: "strict", title: LocalizedText(zhHans: "严格", en: "Strict"),
                help: LocalizedText(
                    zhHans: "开启后，大类不同即不可匹配，而不是得 0 分。",
                    en: "Where set, an item of another top group is ineligible instead of scoring 0."),
                kind: .flag(default: false)),
        ],
        vetoes: [
            .init(reason: "otherCategory", title: LocalizedText(zhHans: "大类不同", en: "Another top group"))
        ],
        reasons: ["same", "substitute", "ancestor", "sibling", "other", "unknown", "otherCategory"],
        examples: [
            WorkedExample(
                LocalizedText(zhHans: "想要轮椅，提供轮椅", en: "A wheelchair for a wheelchair"),
                inputs: ["relation": "same", "wanted": wheelchair, "offered": wheelchair],
                expected: Judgement(.value(1_000_000), reason: "same")),
            WorkedExample(
                LocalizedText(zhHans: "想要拐杖，提供助行器", en: "A walking frame for a crutch"),
                inputs: ["relation": "substitute", "wanted": crutch, "offered": .texts(["助行器", "walking frame"])],
                expected: Judgement(.value(800_000), reason: "substitute")),
            WorkedExample(
                LocalizedText(zhHans: "想要轮椅，提供“辅具”", en: "'Aids' for a wheelchair"),
                inputs: ["relation": "ancestor", "wanted": wheelchair, "offered": .texts(["辅具", "aids"])],
                expected: Judgement(.value(700_000), reason: "ancestor")),
            WorkedExample(
                LocalizedText(zhHans: "想要轮椅，提供拐杖", en: "A crutch for a wheelchair"),
                inputs: ["relation": "sibling", "wanted": wheelchair, "offered": crutch],
                expected: Judgement(.value(500_000), reason: "sibling")),
            WorkedExample(
                LocalizedText(zhHans: "想要轮椅，提供书桌", en: "A desk for a wheelchair"),
                inputs: ["relation": "other", "wanted": wheelchair, "offered": desk],
                expected: Judgement(.value(0), reason: "other")),
            WorkedExample(
                LocalizedText(zhHans: "想要轮椅，提供书桌，严格", en: "A desk for a wheelchair, strictly"),
                parameters: ["strict": .flag(true)],
                inputs: ["relation": "other", "wanted": wheelchair, "offered": desk],
                expected: Judgement(.veto(0), reason: "otherCategory")),
            WorkedExample(
                LocalizedText(zhHans: "心愿还没有归类", en: "Nobody has classified the wish"),
                inputs: ["relation": "unknown", "wanted": .missing, "offered": desk],
                expected: Judgement(.notKnown, reason: "unknown")),
        ])

    private static let wheelchair = ScoreInputs.Value.texts(["轮椅", "wheelchair"])
    private static let crutch = ScoreInputs.Value.texts(["拐杖", "crutch"])
    private static let desk = ScoreInputs.Value.texts(["书桌", "desk"])

    public func sentence(for finding: Finding, in language: Language) -> String {
        let wanted = Self.name("wanted", of: finding, in: language)
        let offered = Self.name("offered", of: finding, in: language)
        let isChinese = language == .zhHans
        switch finding.judgement.reason {
        case "same":
            return isChinese ? "正是所需的\(wanted ?? "物品")。" : "Exactly what is wanted: \(wanted ?? "the same item")."
        case "unknown":
            switch (wanted, offered) {
            case (nil, nil): return isChinese ? "双方都还没有归类。" : "Neither side has a category yet."
            case (nil, _): return isChinese ? "心愿还没有归类。" : "The wish has no category yet."
            case (_, _): return isChinese ? "资源还没有归类。" : "The offer has no category yet."
            }
        default: break
        }
        let pair =
            isChinese
            ? "需要\(wanted ?? "的物品")，提供\(offered ?? "另一物品")"
            : "\(Self.capitalised(offered ?? "another item")) for \(wanted ?? "the wanted item")"
        switch finding.judgement.reason {
        case "substitute": return isChinese ? "\(pair)：可以替代。" : "\(pair): a listed substitute."
        case "ancestor": return isChinese ? "\(pair)：一方是另一方的类别。" : "\(pair): one is the group that holds the other."
        case "sibling": return isChinese ? "\(pair)：同属一个大类。" : "\(pair): the same top group."
        case "otherCategory":
            return isChinese ? "\(pair)：大类不同，不可匹配。" : "\(pair): another top group, which is not allowed."
        default: return isChinese ? "\(pair)：大类不同。" : "\(pair): another top group."
        }
    }

    private static func name(_ input: String, of finding: Finding, in language: Language) -> String? {
        guard case .texts(let names)? = finding.inputs[input], names.count == 2 else { return nil }
        return language == .zhHans ? names[0] : names[1]
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
