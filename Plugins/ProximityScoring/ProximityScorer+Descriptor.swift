public import MatchCore

extension ProximityScorer {
    public static let descriptor = ScorerDescriptor(
        id: "Proximity", version: 1, title: LocalizedText(zhHans: "远近", en: "Proximity"),
        summary: LocalizedText(
            zhHans: "资源离心愿所在地有多近：exp(−距离 ÷ 衰减距离)。",
            en: "How near the offer is to where the wish is: exp(−distance ÷ decay)."
        ),
        parameters: [
            ParameterDescriptor(
                name: "decay", title: LocalizedText(zhHans: "衰减距离", en: "Decay"),
                help: LocalizedText(
                    zhHans: "相距这么远时得分约 0.37，再远一倍约 0.14。城市内 10 公里合适，乡村可以加大。",
                    en:
                        "At this distance the value is 0.37, at twice as far 0.14. 10 km suits a city; take more in the country."
                ),
                kind: .integer(100...1_000_000, default: 10_000), unit: "metre")
        ],
        reasons: ["points", "areaCentroid", "table", "tableFarthest", "delivers", "remote", "placeUnknown"],
        examples: [
            WorkedExample(
                LocalizedText(zhHans: "就在门口", en: "At the door"),
                inputs: ["delivers": false, "remote": false, "centimetres": 0, "basis": "points"],
                expected: Judgement(.value(1_000_000), reason: "points")),
            WorkedExample(
                LocalizedText(zhHans: "相距 10 公里", en: "10 km away"),
                inputs: ["delivers": false, "remote": false, "centimetres": 1_000_000, "basis": "points"],
                expected: Judgement(.value(367_879), reason: "points")),
            WorkedExample(
                LocalizedText(zhHans: "只知道镇街，约 3 公里", en: "Only the town is known, about 3 km"),
                inputs: ["delivers": false, "remote": false, "centimetres": 300_000, "basis": "areaCentroid"],
                expected: Judgement(.value(740_818), reason: "areaCentroid")),
            WorkedExample(
                LocalizedText(zhHans: "衰减 50 公里，距离表列为 10 公里", en: "10 km by the distance table, decay 50 km"),
                parameters: ["decay": .integer(50_000)],
                inputs: ["delivers": false, "remote": false, "centimetres": 1_000_000, "basis": "table"],
                expected: Judgement(.value(818_731), reason: "table")),
            WorkedExample(
                LocalizedText(zhHans: "距离表没有列出，至少 200 公里", en: "Not in the distance table, so at least 200 km"),
                inputs: ["delivers": false, "remote": false, "centimetres": 20_000_000, "basis": "tableFarthest"],
                expected: Judgement(.value(0), reason: "tableFarthest")),
            WorkedExample(
                LocalizedText(zhHans: "送货上门", en: "It is delivered"),
                inputs: ["delivers": true, "remote": false, "centimetres": 1_000_000, "basis": "points"],
                expected: Judgement(.notApplicable, reason: "delivers")),
            WorkedExample(
                LocalizedText(zhHans: "电话里就能帮", en: "Given over the telephone"),
                inputs: ["delivers": false, "remote": true, "centimetres": .missing, "basis": .missing],
                expected: Judgement(.notApplicable, reason: "remote")),
            WorkedExample(
                LocalizedText(zhHans: "不知道在哪里", en: "Nobody knows where"),
                inputs: ["delivers": false, "remote": false, "centimetres": .missing, "basis": .missing],
                expected: Judgement(.notKnown, reason: "placeUnknown")),
        ], monotone: [MonotoneInput("centimetres", .neverRaises)])

    public func sentence(for finding: Finding, in language: Language) -> String {
        let isChinese = language == .zhHans
        let distance = Self.distance(finding, in: language)
        return switch finding.judgement.reason {
        case "points": isChinese ? "相距 \(distance)。" : "\(distance) away."
        case "areaCentroid":
            isChinese ? "按区划中心计，约相距 \(distance)。" : "About \(distance) away, measured from the middle of the area."
        case "table": isChinese ? "距离表列为 \(distance)。" : "\(distance) away by the distance table."
        case "tableFarthest":
            isChinese
                ? "距离表没有列出这一对，至少相距 \(distance)。" : "Not in the distance table, so at least \(distance) away."
        case "delivers": isChinese ? "送货上门，远近无关。" : "It is delivered, so distance does not matter."
        case "remote": isChinese ? "线上或电话提供，远近无关。" : "Given remotely, so distance does not matter."
        default: isChinese ? "不知道其中一方在哪里。" : "It is not known where one of the two is."
        }
    }

    /// Metres below one kilometre, else kilometres with one decimal.
    private static func distance(_ finding: Finding, in language: Language) -> String {
        guard case .integer(let centimetres)? = finding.inputs["centimetres"],
            (0...Int64(Int32.max)).contains(centimetres)
        else { return "?" }
        let metres = (centimetres + 50) / 100
        if metres < 1_000 { return language == .zhHans ? "\(metres) 米" : "\(metres) m" }
        let tenths = (metres + 50) / 100
        let number = "\(tenths / 10).\(tenths % 10)"
        return language == .zhHans ? "\(number) 公里" : "\(number) km"
    }
}
