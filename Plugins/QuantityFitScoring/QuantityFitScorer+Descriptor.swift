public import MatchCore

extension QuantityFitScorer {
    public static let descriptor = ScorerDescriptor(
        id: "QuantityFit", version: 1, title: LocalizedText(zhHans: "数量", en: "Quantity fit"),
        summary: LocalizedText(
            zhHans: "资源剩余的数量能满足所需数量的几成。", en: "How much of the wanted quantity the offer has left."),
        vetoes: [
            .init(reason: "unitDiffers", title: LocalizedText(zhHans: "计量单位不同", en: "The units differ")),
            .init(reason: "nothingLeft", title: LocalizedText(zhHans: "已无剩余", en: "Nothing is left")),
            .init(reason: "nothingWanted", title: LocalizedText(zhHans: "已不再需要", en: "Nothing is wanted any more")),
        ],
        reasons: [
            "enough", "part", "enoughMoney", "partOfPrice", "availableNotStated", "wantedNotStated", "noPrice",
            "unitDiffers", "nothingLeft", "nothingWanted",
        ],
        examples: [
            example("有 5 张，要 2 张", "5 for 2", (5, "piece"), (2, "piece"), nil, .value(1_000_000), "enough"),
            example("有 1 张，要 3 张", "1 for 3", (1, "piece"), (3, "piece"), nil, .value(333_333), "part"),
            example(
                "600 元，要 2 件每件 250 元", "600 yuan for 2 pieces at 250 yuan", (60_000, "fen"), (2, "piece"), 25_000,
                .value(1_000_000), "enoughMoney"),
            example(
                "100 元，要 1 件 400 元", "100 yuan for a piece at 400 yuan", (10_000, "fen"), (1, "piece"), 40_000,
                .value(250_000), "partOfPrice"),
            example(
                "捐款，但没有估价", "Money, and no estimated price", (10_000, "fen"), (1, "piece"), nil, .notKnown, "noPrice"),
            example(
                "没说有多少", "The offer names no quantity", (nil, "piece"), (1, "piece"), nil, .notKnown,
                "availableNotStated"),
            example(
                "没说要多少", "The wish names no quantity", (4, "piece"), (nil, "piece"), nil, .notKnown, "wantedNotStated"),
            example(
                "提供时间，要物品", "Minutes for pieces", (120, "minute"), (1, "piece"), 100, .veto(0), "unitDiffers"),
            example("已经认领完", "All of it is taken", (0, "piece"), (1, "piece"), nil, .veto(1), "nothingLeft"),
            example("心愿已经满足", "The wish is already met", (5, "piece"), (0, "piece"), nil, .veto(2), "nothingWanted"),
        ], monotone: [MonotoneInput("available", .neverLowers)])

    private static func example(
        _ zhHans: String, _ en: String, _ offered: (Int64?, String), _ wanted: (Int64?, String), _ price: Int64?,
        _ score: Score, _ reason: String
    ) -> WorkedExample {
        WorkedExample(
            LocalizedText(zhHans: zhHans, en: en),
            inputs: [
                "available": .optional(offered.0), "offerUnit": .text(offered.1), "wanted": .optional(wanted.0),
                "wishUnit": .text(wanted.1), "priceFen": .optional(price),
            ], expected: Judgement(score, reason: reason))
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        let isChinese = language == .zhHans
        let left = Self.amount("available", "offerUnit", of: finding, in: language)
        let wanted = Self.amount("wanted", "wishUnit", of: finding, in: language)
        let price = Self.money(finding.inputs["priceFen"], in: language)
        let each =
            isChinese ? "估价每\(Self.unit("wishUnit", of: finding, in: language)) \(price)" : "at about \(price) each"
        return switch finding.judgement.reason {
        case "enough": isChinese ? "剩余 \(left)，需要 \(wanted)，足够。" : "\(left) left for \(wanted): enough."
        case "part": isChinese ? "剩余 \(left)，需要 \(wanted)，只够一部分。" : "\(left) left for \(wanted): a part."
        case "enoughMoney": isChinese ? "资金 \(left)，需要 \(wanted)，\(each)，足够。" : "\(left) for \(wanted) \(each): enough."
        case "partOfPrice":
            isChinese ? "资金 \(left)，需要 \(wanted)，\(each)，只够一部分。" : "\(left) for \(wanted) \(each): a part."
        case "availableNotStated": isChinese ? "资源没有说明数量。" : "The offer does not say how much there is."
        case "wantedNotStated": isChinese ? "心愿没有说明数量。" : "The wish does not say how much is wanted."
        case "noPrice": isChinese ? "资源是资金，心愿还没有估价。" : "The offer is money, and the wish has no estimated price yet."
        case "nothingLeft": isChinese ? "资源已无剩余。" : "Nothing of the offer is left."
        case "nothingWanted": isChinese ? "心愿已不再需要。" : "Nothing of the wish is open any more."
        default:
            isChinese
                ? "计量单位不同：提供\(Self.unit("offerUnit", of: finding, in: language))，需要\(Self.unit("wishUnit", of: finding, in: language))。"
                : "The units differ: \(Self.unit("offerUnit", of: finding, in: language)) offered, \(Self.unit("wishUnit", of: finding, in: language)) wanted."
        }
    }

    private static func unit(_ name: String, of finding: Finding, in language: Language) -> String {
        guard case .text(let code)? = finding.inputs[name], let unit = Unit(code: code) else { return "?" }
        return switch unit {
        case .piece: language == .zhHans ? "件" : "pieces"
        case .minute: language == .zhHans ? "分钟" : "minutes"
        case .fen: language == .zhHans ? "资金" : "money"
        }
    }

    private static func amount(_ quantity: String, _ unit: String, of finding: Finding, in language: Language) -> String
    {
        guard case .integer(let number)? = finding.inputs[quantity] else { return "?" }
        if finding.inputs[unit] == .text(Unit.fen.code) { return money(.integer(number), in: language) }
        let name = Self.unit(unit, of: finding, in: language)
        return "\(number) \(language == .en && number == 1 ? String(name.dropLast()) : name)"
    }

    /// Yuan, with two decimals where they are not zero.
    private static func money(_ value: ScoreInputs.Value?, in language: Language) -> String {
        guard case .integer(let fen)? = value else { return "?" }
        let (yuan, rest) = (fen / 100, fen % 100)
        let number = rest == 0 ? "\(yuan)" : "\(yuan).\(rest / 10)\(rest % 10)"
        return language == .zhHans ? "\(number) 元" : "\(number) yuan"
    }
}
