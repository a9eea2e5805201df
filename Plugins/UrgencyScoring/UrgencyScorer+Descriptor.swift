public import MatchCore

extension UrgencyScorer {
    public static let descriptor = ScorerDescriptor(
        id: "Urgency", version: 1,
        title: LocalizedText(zhHans: "紧迫程度", en: "Urgency"),
        summary: LocalizedText(
            zhHans: "为资源排列心愿：通道、困难程度、紧急等级、已等时间与期限之比。",
            en: "Ranks wishes for an offer: lane, hardship, urgency grade, time waited against the due time."),
        parameters: [
            share(
                "laneShare", 10, LocalizedText(zhHans: "通道的份量", en: "Share of the lane"),
                LocalizedText(zhHans: "微心愿或微实事占多少份。", en: "How many parts micro-wish or micro-project makes up.")),
            share(
                "hardshipShare", 30, LocalizedText(zhHans: "困难程度的份量", en: "Share of the hardship"),
                LocalizedText(zhHans: "困难程度（0 到 4）占多少份。", en: "How many parts the hardship (0 to 4) makes up.")),
            share(
                "gradeShare", 30, LocalizedText(zhHans: "紧急等级的份量", en: "Share of the urgency grade"),
                LocalizedText(
                    zhHans: "紧急等级（一般 0、紧急 0.5、危急 1）占多少份。",
                    en: "How many parts the grade (normal 0, urgent 0.5, critical 1) makes up.")),
            share(
                "waitingShare", 30, LocalizedText(zhHans: "等待的份量", en: "Share of the wait"),
                LocalizedText(
                    zhHans: "已等时间与期限之比占多少份；到期后满分。",
                    en: "How many parts the time waited against the time allowed makes up; full from the due time on.")),
            ParameterDescriptor(
                name: "microWishValue", title: LocalizedText(zhHans: "微心愿的取值", en: "Value of a micro-wish"),
                help: LocalizedText(
                    zhHans: "个人或家庭的心愿，通道一项得多少。", en: "What the lane is worth for a person or household."),
                kind: .integer(0...1_000_000, default: 1_000_000), unit: "millionth"),
            ParameterDescriptor(
                name: "microProjectValue", title: LocalizedText(zhHans: "微实事的取值", en: "Value of a micro-project"),
                help: LocalizedText(zhHans: "社区的实事，通道一项得多少。", en: "What the lane is worth for a community."),
                kind: .integer(0...1_000_000, default: 500_000), unit: "millionth"),
            ParameterDescriptor(
                name: "waitingDays", title: LocalizedText(zhHans: "没有期限时等多久算满", en: "Full wait where nothing is due"),
                help: LocalizedText(
                    zhHans: "没有期限或不知何时提出时，按这么多天计算等待。",
                    en: "The time allowed where the due time or the day of submission is not known."),
                kind: .integer(1...3_650, default: 30), unit: "day"),
            ParameterDescriptor(
                name: "unknownPart", title: LocalizedText(zhHans: "缺少信息时的取值", en: "Value of a missing fact"),
                help: LocalizedText(
                    zhHans: "困难程度未评定、等待时间不明时，该项按此计。",
                    en: "What hardship or wait counts where nobody knows it."),
                kind: .integer(0...1_000_000, default: 500_000), unit: "millionth"),
        ],
        reasons: ["graded", "overdue", "noShares"],
        examples: [
            WorkedExample(
                LocalizedText(zhHans: "危急、最困难、已过期限", en: "Critical, gravest hardship, overdue"),
                inputs: inputs(grade: .critical, hardship: 4, days: 20, left: -2),
                expected: Judgement(.value(1_000_000), reason: "overdue")),
            WorkedExample(
                LocalizedText(zhHans: "一般心愿，时间过半", en: "A normal wish, half its time gone"),
                inputs: inputs(grade: .normal, hardship: 2, days: 10, left: 10),
                expected: Judgement(.value(400_000), reason: "graded")),
            WorkedExample(
                LocalizedText(zhHans: "没有期限，等了 15 天", en: "Nothing is due, 15 days waited"),
                inputs: inputs(grade: .normal, hardship: 2, days: 15, left: nil),
                expected: Judgement(.value(400_000), reason: "graded")),
            WorkedExample(
                LocalizedText(zhHans: "不知何时提出，还有 3 天到期", en: "Nobody knows since when; due in three days"),
                inputs: inputs(grade: .urgent, hardship: nil, days: nil, left: 3),
                expected: Judgement(.value(670_000), reason: "graded")),
            WorkedExample(
                LocalizedText(zhHans: "社区微实事，刚提出", en: "A community's micro-project, just in"),
                inputs: inputs(lane: .microProject, grade: .normal, hardship: 0, days: 0, left: 90),
                expected: Judgement(.value(50_000), reason: "graded")),
            WorkedExample(
                LocalizedText(zhHans: "只看等待", en: "The wait alone"),
                parameters: ["laneShare": .integer(0), "hardshipShare": .integer(0), "gradeShare": .integer(0)],
                inputs: inputs(grade: .critical, hardship: 4, days: 5, left: 15),
                expected: Judgement(.value(250_000), reason: "graded")),
            WorkedExample(
                LocalizedText(zhHans: "各项都不计分", en: "Nothing counts"),
                parameters: [
                    "laneShare": .integer(0), "hardshipShare": .integer(0), "gradeShare": .integer(0),
                    "waitingShare": .integer(0),
                ],
                inputs: inputs(grade: .critical, hardship: 4, days: 5, left: 15),
                expected: Judgement(.notApplicable, reason: "noShares")),
        ], hardshipInputs: ["hardship"])

    private static func share(_ name: String, _ value: Int64, _ title: LocalizedText, _ help: LocalizedText)
        -> ParameterDescriptor
    {
        ParameterDescriptor(
            name: name, title: title, help: help, kind: .integer(0...100, default: value), unit: "part")
    }

    private static func inputs(
        lane: Lane = .microWish, grade: UrgencyGrade, hardship: Int64?, days: Int64?, left: Int64?
    ) -> ScoreInputs {
        [
            "lane": .text(lane.code), "urgency": .text(grade.code), "hardship": .optional(hardship),
            "minutesWaited": .optional(days.map { $0 * 1440 }), "minutesLeft": .optional(left.map { $0 * 1440 }),
        ]
    }
}
