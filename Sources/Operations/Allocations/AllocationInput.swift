internal import Casework
public import MatchCore
public import Wire

/// What a plan is asked for; what is left out stands as the profile declares it.
public struct AllocationInput: Described {
    public var profile: String?
    public var goals: [PlanGoal]?
    public var split: SplitRule?
    public var reserve: Int?
    public var partyCaps: [String: Int64]?
    public var capDays: Int?
    public var areaShare: Int?
    public var candidates: Int?
    public var complete: Bool?
    /// How long planning may take; then the best plan so far is answered.
    public var seconds: Int?
    /// Of the plan that was shown: only that one is applied. Left out where a plan is only shown.
    public var digest: String?
    public var note: String?
    /// When ages and due times are reckoned from; left out for now. A plan that was shown is named with its own.
    public var asOf: Timestamp?
    /// Whether the whole proof is answered too, for somebody else to check.
    public var proof: Bool?

    public init(
        profile: String? = nil, goals: [PlanGoal]? = nil, split: SplitRule? = nil, reserve: Int? = nil,
        partyCaps: [String: Int64]? = nil, capDays: Int? = nil, areaShare: Int? = nil, candidates: Int? = nil,
        complete: Bool? = nil, seconds: Int? = nil, digest: String? = nil, note: String? = nil,
        asOf: Timestamp? = nil, proof: Bool? = nil
    ) {
        self.profile = profile
        self.goals = goals
        self.split = split
        self.reserve = reserve
        self.partyCaps = partyCaps
        self.capDays = capDays
        self.areaShare = areaShare
        self.candidates = candidates
        self.complete = complete
        self.seconds = seconds
        self.digest = digest
        self.note = note
        self.asOf = asOf
        self.proof = proof
    }

    /// Below what a heavy route has for its answer.
    static let greatestSeconds = 45
    static let usualSeconds = 20

    private static let terms: [JSONSchema.Property] = [
        .profile,
        .optional(
            "goals", .list(of: .choice(PlanGoal.declarable.map(\.rawValue)), 1...10),
            "What a plan is to be best in, most important first.", "方案的目标，最重要的在前。"),
        .optional("split", .choice(SplitRule.self), "How a supply that is short is divided.", "不足时如何分配。"),
        .optional("reserve", .integer(0...100), "The per cent of every offer that is held back.", "每项资源留存的百分比。"),
        .optional(
            "partyCaps", JSONSchema(.map(.integer(0...PlanProblem.greatestQuantity), most: Unit.allCases.count)),
            "For each unit the most that one party gives.", "各单位下每个主体的上限。"),
        .optional("capDays", .integer(0...3_660), "Days back that count towards the cap.", "上限计入的天数。"),
        .optional(
            "areaShare", .integer(0...100), "The per cent of each area's demand that is guaranteed.", "各区划保证满足的百分比。"),
        .optional(
            "candidates", .integer(1...200), "Offers ranked for each wish line; 32 by default.", "每条心愿明细排列的资源数，默认 32。"),
        .optional("complete", .flag, "Prove the plan over all pairs.", "对全部组合证明最优。"),
        .optional(
            "seconds", .integer(1...Int64(greatestSeconds)),
            "How long planning may take, 20 by default; then the best plan so far is answered, and isOptimal is false.",
            "规划时限（秒），默认 20；到时给出当前最优方案，isOptimal 为 false。"),
    ]

    public static let schema = JSONSchema.object(
        "AllocationInput",
        terms + [
            .optional("digest", .text(8...64), "To apply: of the plan that was shown.", "执行时：所示方案的摘要。"),
            .optional(
                "asOf", .moment,
                "When ages and due times are reckoned from, at most 24 hours ago; now by default. To apply: that of the plan "
                    + "that was shown.",
                "年龄与期限的计算时间，不早于 24 小时前，默认为现在。执行时：所示方案的 asOf。"),
            .optional(
                "proof", .flag, "Answer the whole proof too: what 'almoner allocate verify' checks.",
                "同时给出完整证明（供 almoner allocate verify 核对）。"),
            .optional("note", .text(0...Admission.Limits.text), "To apply: why, in words.", "执行时：理由说明。"),
        ])
    public static let sample = AllocationInput(candidates: 32, complete: false)

    func applied(to rules: AllocationRules) throws -> AllocationRules {
        var rules = rules
        rules.goals = goals ?? rules.goals
        guard Set(rules.goals).count == rules.goals.count else {
            throw Problem(
                .invalidInput, at: "/goals",
                LocalizedText(zhHans: "每个目标只能出现一次。", en: "Name each goal once."))
        }
        rules.split = split ?? rules.split
        rules.reserve = reserve ?? rules.reserve
        rules.capDays = capDays ?? rules.capDays
        rules.areaShare = areaShare ?? rules.areaShare
        for (unit, cap) in partyCaps ?? [:] {
            guard Unit(code: unit) != nil else {
                throw Problem(
                    .invalidInput, at: "/partyCaps/\(unit)",
                    LocalizedText(
                        zhHans: "没有此单位。",
                        en: "There is no such unit; there are \(Unit.allCases.map(\.code).joined(separator: ", "))."))
            }
            rules.partyCaps[unit] = cap
        }
        return rules
    }
}
