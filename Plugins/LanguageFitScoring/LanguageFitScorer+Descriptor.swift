public import MatchCore

extension LanguageFitScorer {
    public static let descriptor = ScorerDescriptor(
        id: "LanguageFit", version: 1, title: LocalizedText(zhHans: "语言", en: "Language fit"),
        summary: LocalizedText(zhHans: "双方有没有共同的语言。", en: "Whether the two sides share a language."),
        reasons: ["shared", "noneShared", "noLanguageNamed", "notStated", "nothingToTalkAbout"],
        examples: [
            example("都讲粤语", "Both speak Cantonese", ["yue"], ["cmn", "yue"], .service, .value(1_000_000), "shared"),
            example("需要手语", "Sign language is wanted", ["csl"], ["cmn"], .service, .value(0), "noneShared"),
            example("心愿没有提语言", "The wish names no language", [], ["cmn"], .service, .notApplicable, "noLanguageNamed"),
            example("志愿者没有说明", "A volunteer does not say", ["hak"], [], .service, .notKnown, "notStated"),
            example("捐款不用交谈", "Money needs no talking", ["hak"], [], .money, .notApplicable, "nothingToTalkAbout"),
            example(
                "送货上门的物品", "Goods that are delivered", ["yue"], [], .goods, delivers: true, .notApplicable,
                "nothingToTalkAbout"),
        ])

    private static func example(
        _ zhHans: String, _ en: String, _ wanted: [String], _ spoken: [String], _ kind: OfferKind,
        delivers: Bool = false, _ score: Score, _ reason: String
    ) -> WorkedExample {
        WorkedExample(
            LocalizedText(zhHans: zhHans, en: en),
            inputs: [
                "wanted": .texts(wanted), "spoken": .texts(spoken), "offerKind": .text(kind.code),
                "delivers": .flag(delivers),
            ], expected: Judgement(score, reason: reason))
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        let isChinese = language == .zhHans
        let wanted = Self.words("wanted", of: finding)
        let spoken = Self.words("spoken", of: finding)
        let shared = Self.list(wanted.filter { spoken.contains($0) }, in: language)
        return switch finding.judgement.reason {
        case "shared": isChinese ? "都讲\(shared)。" : "Both speak \(shared)."
        case "noneShared":
            isChinese
                ? "没有共同语言：心愿需要\(Self.list(wanted, in: language))，对方讲\(Self.list(spoken, in: language))。"
                : "No shared language: \(Self.list(wanted, in: language)) wanted, \(Self.list(spoken, in: language)) spoken."
        case "noLanguageNamed": isChinese ? "心愿没有提到语言。" : "The wish names no language."
        case "notStated":
            isChinese
                ? "需要\(Self.list(wanted, in: language))，资源没有说明讲什么语言。"
                : "Wanted: \(Self.list(wanted, in: language)). The offer does not say which languages it speaks."
        default: isChinese ? "送到即可，不需要交谈。" : "It is handed over; nobody has to talk."
        }
    }

    private static func words(_ input: String, of finding: Finding) -> [String] {
        guard case .texts(let words)? = finding.inputs[input] else { return [] }
        return words
    }

    private static func list(_ codes: [String], in language: Language) -> String {
        codes.map { names[$0]?[language] ?? $0 }.joined(separator: language == .zhHans ? "、" : ", ")
    }

    /// Names of ISO 639-3 codes (and of the two-letter ones in use) that a coordinator in Guangdong meets.
    private static let names: [String: LocalizedText] = [
        "cmn": LocalizedText(zhHans: "普通话", en: "Mandarin"), "zh": LocalizedText(zhHans: "普通话", en: "Mandarin"),
        "yue": LocalizedText(zhHans: "粤语", en: "Cantonese"), "hak": LocalizedText(zhHans: "客家话", en: "Hakka"),
        "nan": LocalizedText(zhHans: "闽南话", en: "Min Nan"),
        "csl": LocalizedText(zhHans: "手语", en: "Chinese Sign Language"),
        "en": LocalizedText(zhHans: "英语", en: "English"), "eng": LocalizedText(zhHans: "英语", en: "English"),
    ]
}
