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

    public init(
        profile: String? = nil, goals: [PlanGoal]? = nil, split: SplitRule? = nil, reserve: Int? = nil,
        partyCaps: [String: Int64]? = nil, capDays: Int? = nil, areaShare: Int? = nil, candidates: Int? = nil,
        complete: Bool? = nil, seconds: Int? = nil, digest: String? = nil, note: String? = nil
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

/// A plan of allocation: shown, and perhaps applied.
public struct AllocationView: Projection {
    public let digest: String
    public let registry: String
    public let profile: String
    public let goals: [PlanGoal]
    /// Whether the plan is the best of all there are over its candidates.
    public let isOptimal: Bool
    public let lines: Int
    public let quantity: Int64
    public let claims: [Claim]
    public let isApplied: Bool

    /// One claim that the plan proposes.
    public struct Claim: Described {
        public let offer: RecordID
        public let offerLine: Int
        public let wish: RecordID
        public let wishLine: Int
        public let quantity: Int64
        /// Once it was made.
        public let claim: RecordID?

        public static let schema = JSONSchema.object(
            "PlannedClaim",
            [
                .required("offer", .id, "The offer.", "资源编号。"),
                .required("offerLine", .lineNumber, "Its line.", "资源明细序号。"),
                .required("wish", .id, "The wish.", "心愿编号。"),
                .required("wishLine", .lineNumber, "Its line.", "心愿明细序号。"),
                .required("quantity", .quantity, "How much.", "数量。"),
                .optional("claim", .id, "The claim, once it was made.", "执行后的认领编号。"),
            ])
        public static let sample = Claim(
            offer: .sample(2), offerLine: 1, wish: .sample(3), wishLine: 1, quantity: 1, claim: .sample(1))
    }

    public static let schema = JSONSchema.object(
        "Allocation",
        [
            .required("digest", .text(64...64), "Names the plan: give it to apply it.", "方案的摘要，执行时使用。"),
            .required("registry", .text(1...128), "Names what it was made from.", "所依据数据的摘要。"),
            .required("profile", .text(1...100), "The scoring profile and its revision.", "评分方案及版本。"),
            .required(
                "goals", .list(of: .choice(PlanGoal.self), 0...20), "What it is best in, most important first.",
                "目标，最重要的在前。"),
            .required(
                "isOptimal", .flag, "Whether every goal is proved best, given those before it.", "各目标是否均已依次证明最优。"),
            .required("lines", .integer(0...Int64(Int32.max)), "Wish lines that get something.", "得到资源的心愿明细数。"),
            .required("quantity", .integer(0...Int64.max), "Units in all.", "总数量。"),
            .required("claims", .list(of: Claim.schema, 0...1_000_000), "The claims.", "认领。"),
            .required("isApplied", .flag, "Whether the claims were made.", "是否已执行。"),
        ])
    public static let sample = AllocationView(
        digest: String(repeating: "0f", count: 32), registry: "0f", profile: "default@1", goals: PlanGoal.usual,
        isOptimal: true, lines: 1, quantity: 1, claims: [.sample], isApplied: false)

    public struct Record {
        let shown: ShownPlan
        let profile: String
        let isOptimal: Bool
        /// In the order of the plan; nil before it is applied.
        let kept: [KeptClaim]?
    }

    /// Plans are for those who work in the whole program.
    public static func projecting(_ record: Record, in context: OperationContext) throws -> AllocationView? {
        guard context.sees(.allocation) else { return nil }
        return AllocationView(
            digest: record.shown.digest, registry: record.shown.registry, profile: record.profile,
            goals: record.shown.goals, isOptimal: record.isOptimal,
            lines: Set(record.shown.claims.map(\.wish)).count,
            quantity: record.shown.claims.reduce(0) { $0 &+ $1.quantity },
            claims: record.shown.claims.enumerated().map { index, claim in
                Claim(
                    offer: claim.offer.record, offerLine: claim.offer.number, wish: claim.wish.record,
                    wishLine: claim.wish.number, quantity: claim.quantity, claim: record.kept?[index].claim.id)
            }, isApplied: record.kept != nil)
    }
}
