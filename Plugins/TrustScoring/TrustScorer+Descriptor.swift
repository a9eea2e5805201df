public import MatchCore

extension TrustScorer {
    public static let descriptor = ScorerDescriptor(
        id: "Trust", version: 1,
        title: LocalizedText(zhHans: "可信度", en: "Trust"),
        summary: LocalizedText(
            zhHans: "身份是否核实、以往认领交付了多少、多久前确认过资源仍有效；外部给出的可信度优先。",
            en: "Verified identity, the share of past claims delivered, time since the last confirmation; a trust "
                + "stated from outside goes first."),
        parameters: [
            share(
                "identityShare", 30, LocalizedText(zhHans: "身份核实的份量", en: "Share of identity"),
                LocalizedText(
                    zhHans: "身份已核实在可信度中占多少份。", en: "How many parts of the trust a verified identity makes up.")),
            share(
                "deliveryShare", 50, LocalizedText(zhHans: "交付记录的份量", en: "Share of deliveries"),
                LocalizedText(
                    zhHans: "以往认领的交付比例占多少份。",
                    en: "How many parts the share of past claims delivered makes up.")),
            share(
                "confirmationShare", 20, LocalizedText(zhHans: "近期确认的份量", en: "Share of confirmation"),
                LocalizedText(
                    zhHans: "最近一次确认资源仍有效占多少份。",
                    en: "How many parts a recent confirmation that the offers stand makes up.")),
            ParameterDescriptor(
                name: "priorShare",
                title: LocalizedText(zhHans: "起始交付比例", en: "Share delivered to begin with"),
                help: LocalizedText(
                    zhHans: "没有记录的一方按此比例计；记录越多，它越不重要。",
                    en: "What a party without a record is taken to deliver; the longer the record, the less it counts."),
                kind: .integer(0...1_000_000, default: 700_000), unit: "millionth"),
            ParameterDescriptor(
                name: "priorClaims",
                title: LocalizedText(zhHans: "起始比例相当于几次认领", en: "Claims that the beginning stands for"),
                help: LocalizedText(
                    zhHans: "数值越大，一两次成败的影响越小；0 表示只看记录。",
                    en: "The greater, the less one or two claims move the trust; 0 looks at the record alone."),
                kind: .integer(0...1_000, default: 4), unit: "claim"),
            ParameterDescriptor(
                name: "halfLife",
                title: LocalizedText(zhHans: "确认的半衰期", en: "Half-life of a confirmation"),
                help: LocalizedText(
                    zhHans: "过这么多天，一次确认只剩一半效力。", en: "After so many days a confirmation is worth half."),
                kind: .integer(1...3_650, default: 180), unit: "day"),
            ParameterDescriptor(
                name: "unknownPart",
                title: LocalizedText(zhHans: "缺少信息时的取值", en: "Value of a missing fact"),
                help: LocalizedText(
                    zhHans: "身份或确认时间不明、但其他情况已知时，该项按此计。",
                    en: "What identity or confirmation counts where it is missing but something else is known."),
                kind: .integer(0...1_000_000, default: 500_000), unit: "millionth"),
        ],
        reasons: ["stated", "record", "nothingKnown", "noShares"],
        examples: [
            example(
                LocalizedText(zhHans: "已核实，九成交付，今天确认", en: "Verified, nine of ten delivered, confirmed today"),
                verified: true, ended: 10, delivered: 9, days: 0, expected: .value(921_428)),
            example(
                LocalizedText(zhHans: "一次认领一次交付还不算完美", en: "One claim of one is not perfect"),
                verified: true, ended: 1, delivered: 1, days: 0, expected: .value(880_000)),
            example(
                LocalizedText(zhHans: "半年没有确认", en: "Silent for half a year"),
                verified: true, ended: 10, delivered: 9, days: 180, expected: .value(821_428)),
            example(
                LocalizedText(zhHans: "只知道身份已核实", en: "Verified, and nothing else is known"),
                verified: true, ended: nil, delivered: nil, days: nil, expected: .value(750_000)),
            WorkedExample(
                LocalizedText(zhHans: "外部给出的可信度优先", en: "A stated trust goes first"),
                inputs: inputs(stated: 430_000, verified: true, ended: 10, delivered: 9, days: 0),
                expected: Judgement(.value(430_000), reason: "stated")),
            WorkedExample(
                LocalizedText(zhHans: "一无所知", en: "Nothing is known"),
                inputs: inputs(), expected: Judgement(.notKnown, reason: "nothingKnown")),
            WorkedExample(
                LocalizedText(zhHans: "只看记录：十次交付九次", en: "The record alone: nine of ten"),
                parameters: [
                    "identityShare": .integer(0), "confirmationShare": .integer(0), "priorClaims": .integer(0),
                ],
                inputs: inputs(verified: false, ended: 10, delivered: 9, days: 400),
                expected: Judgement(.value(900_000), reason: "record")),
            WorkedExample(
                LocalizedText(zhHans: "三项都不计分", en: "None of the three counts"),
                parameters: [
                    "identityShare": .integer(0), "deliveryShare": .integer(0), "confirmationShare": .integer(0),
                ],
                inputs: inputs(verified: true), expected: Judgement(.notApplicable, reason: "noShares")),
        ], monotone: [MonotoneInput("statedTrust", .neverLowers)])

    private static func share(_ name: String, _ value: Int64, _ title: LocalizedText, _ help: LocalizedText)
        -> ParameterDescriptor
    {
        ParameterDescriptor(
            name: name, title: title, help: help, kind: .integer(0...100, default: value), unit: "part")
    }

    private static func inputs(
        stated: Int64? = nil, verified: Bool? = nil, ended: Int64? = nil, delivered: Int64? = nil, days: Int64? = nil
    ) -> ScoreInputs {
        [
            "statedTrust": .optional(stated),
            "identityVerified": verified.map { .flag($0) } ?? .missing,
            "claimsEnded": .optional(ended),
            "claimsDelivered": .optional(delivered),
            "daysSinceConfirmed": .optional(days),
        ]
    }

    private static func example(
        _ title: LocalizedText, verified: Bool?, ended: Int64?, delivered: Int64?, days: Int64?, expected: Score
    ) -> WorkedExample {
        WorkedExample(
            title, inputs: inputs(verified: verified, ended: ended, delivered: delivered, days: days),
            expected: Judgement(expected, reason: "record"))
    }
}
