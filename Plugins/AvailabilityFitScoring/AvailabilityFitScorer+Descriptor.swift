public import MatchCore

extension AvailabilityFitScorer {
    public static let descriptor = ScorerDescriptor(
        id: "AvailabilityFit", version: 1, title: LocalizedText(zhHans: "时间", en: "Availability fit"),
        summary: LocalizedText(
            zhHans: "心愿所要的时间（日期与每周时段），资源能覆盖几成。",
            en: "Which part of the wish's time the offer covers, in days and weekly hours."),
        reasons: ["covered", "partlyCovered", "notCovered", "noTimeWanted", "timeNotStated"],
        examples: [
            example(
                "十天之中有三天", "3 of 10 days", ("2026-12-01", "2026-12-10"), ("2026-12-08", "2026-12-31"), (nil, nil, nil),
                .value(300_000), "partlyCovered"),
            example(
                "日期都合适，时段一半合适", "All days, half of the hours", ("2026-12-01", "2026-12-10"),
                ("2026-12-01", nil), (40, 20, 20), .value(500_000), "partlyCovered"),
            example(
                "一半日期，一半时段", "Half of the days, half of the hours", ("2026-12-01", "2026-12-10"),
                ("2026-12-06", nil), (40, 20, 20), .value(250_000), "partlyCovered"),
            example(
                "从十二月起随时可以", "Any day from December on", ("2026-12-01", nil), ("2026-11-01", "2026-12-01"),
                (nil, nil, nil), .value(1_000_000), "covered"),
            example(
                "来得太晚", "Too late", ("2026-12-01", "2026-12-10"), ("2027-01-01", nil), (nil, nil, nil), .value(0),
                "notCovered"),
            example(
                "只要周末，全周都在", "Weekends wanted, there all week", (nil, nil), (nil, nil), (24, 168, 24),
                .value(1_000_000), "covered"),
            example(
                "心愿没有限定时间", "The wish names no time", (nil, nil), ("2026-12-01", nil), (nil, 40, nil),
                .notApplicable, "noTimeWanted"),
            example(
                "资源没有说明时间", "The offer names no time", ("2026-12-01", "2026-12-10"), (nil, nil), (nil, nil, nil),
                .notKnown, "timeNotStated"),
        ])

    private static func example(
        _ zhHans: String, _ en: String, _ wish: (String?, String?), _ offer: (String?, String?),
        _ hours: (wish: Int64?, offer: Int64?, shared: Int64?), _ score: Score, _ reason: String
    ) -> WorkedExample {
        func text(_ day: String?) -> ScoreInputs.Value { day.map { .text($0) } ?? .missing }
        return WorkedExample(
            LocalizedText(zhHans: zhHans, en: en),
            inputs: [
                "wishFrom": text(wish.0), "wishUntil": text(wish.1), "offerFrom": text(offer.0),
                "offerUntil": text(offer.1), "wishHours": .optional(hours.wish),
                "offerHours": .optional(hours.offer), "sharedHours": .optional(hours.shared),
            ], expected: Judgement(score, reason: reason))
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        let isChinese = language == .zhHans
        switch finding.judgement.reason {
        case "noTimeWanted": return isChinese ? "心愿没有限定时间。" : "The wish names no time."
        case "timeNotStated": return isChinese ? "资源没有说明何时可用。" : "The offer does not say when it is there."
        default: break
        }
        var facts: [String] = []
        let wish = Self.span("wishFrom", "wishUntil", of: finding, in: language)
        if let wish {
            if let offer = Self.span("offerFrom", "offerUntil", of: finding, in: language) {
                facts.append(isChinese ? "需要\(wish)，可用\(offer)" : "wanted \(wish), available \(offer)")
            } else {
                facts.append(isChinese ? "需要\(wish)，日期不限" : "wanted \(wish), available on any day")
            }
        }
        if case .integer(let wanted)? = finding.inputs["wishHours"], wanted > 0 {
            if case .integer(let shared)? = finding.inputs["sharedHours"] {
                facts.append(
                    isChinese ? "每周所需 \(wanted) 小时中有 \(shared) 小时" : "\(shared) of the \(wanted) weekly hours")
            } else {
                facts.append(isChinese ? "每周时段不限" : "at any hour")
            }
        }
        let verdict =
            switch finding.judgement.reason {
            case "covered": isChinese ? "时间合适" : "The time fits"
            case "notCovered": isChinese ? "时间不合" : "The time does not fit"
            default: isChinese ? "时间部分合适" : "The time fits in part"
            }
        guard !facts.isEmpty else { return isChinese ? "\(verdict)。" : "\(verdict)." }
        return isChinese
            ? "\(verdict)：\(facts.joined(separator: "；"))。" : "\(verdict): \(facts.joined(separator: "; "))."
    }

    /// The days as people say them; nil where neither end is named.
    private static func span(_ from: String, _ until: String, of finding: Finding, in language: Language) -> String? {
        let isChinese = language == .zhHans
        switch (finding.inputs[from], finding.inputs[until]) {
        case (.text(let from)?, .text(let until)?) where from == until: return isChinese ? " \(from)" : "on \(from)"
        case (.text(let from)?, .text(let until)?): return isChinese ? " \(from) 至 \(until)" : "\(from) to \(until)"
        case (.text(let from)?, _): return isChinese ? " \(from) 起" : "from \(from)"
        case (_, .text(let until)?): return isChinese ? " \(until) 止" : "until \(until)"
        default: return nil
        }
    }
}
