internal import Casework
public import MatchCore
public import PlanCheck
public import Wire

/// A plan of allocation: shown, and perhaps applied.
public struct AllocationView: Projection {
    public let digest: String
    public let asOf: Timestamp
    public let registry: String
    public let profile: String
    public let goals: [PlanGoal]
    /// How a supply that is short was divided; left out where it was not.
    public let split: SplitRule?
    /// Whether the plan is the best of all there are over its candidates.
    public let isOptimal: Bool
    /// Whether time ran out before the plan was proved.
    public let isCut: Bool
    /// Whether it is the best over all pairs; left out where that was not asked for.
    public let isComplete: Bool?
    public let lines: Int
    public let quantity: Int64
    public let outcomes: [Outcome]
    public let prices: [Price]
    public let unserved: [UnservedLine]
    public let areas: [AllocationShare]
    public let groups: [AllocationShare]
    public let leftOut: [LeftOut]
    public let shortShares: [ShortShare]
    public let claims: [Claim]
    public let isApplied: Bool
    public let proof: PlanDocument?

    /// What the plan reaches in a goal, what no plan can pass, and what greedy would have reached.
    public struct Outcome: Described {
        public let goal: PlanGoal
        public let value: Int64
        public let bound: Int64
        public let proved: Bool
        public let greedy: Int64

        private static let amount = JSONSchema(.integer(Int64.min...Int64.max))

        public static let schema = JSONSchema.object(
            "AllocationOutcome",
            [
                .required("goal", .choice(PlanGoal.self), "The goal.", "目标。"),
                .required(
                    "value", amount,
                    "What the plan reaches, in millionths of millionths of a line; for areas the least rate in millionths.",
                    "方案达到的值（一条明细的 10⁻¹²；区划为满足率的百万分之一）。"),
                .required("bound", amount, "What no plan can pass, in the same unit.", "任何方案都不能超过的值。"),
                .required("proved", .flag, "Whether it is proved best, given the goals before it.", "是否已证明最优。"),
                .required(
                    "greedy", amount, "What taking the best score first would have reached.", "贪心法（先取最高分）所得。"),
            ])
        public static let sample = Outcome(
            goal: .served, value: 1_000_000_000_000, bound: 1_000_000_000_000, proved: true, greedy: 0)
    }

    /// What one more unit of an offer would be worth.
    public struct Price: Described {
        public let offer: RecordID
        public let offerLine: Int
        public let offerHandle: String?
        public let goal: PlanGoal
        public let amount: Int64
        public let isExact: Bool

        public static let schema = JSONSchema.object(
            "OfferPrice",
            [
                .required("offer", .id, "The offer.", "资源编号。"),
                .required("offerLine", .lineNumber, "Its line.", "资源明细序号。"),
                .optional("offerHandle", .handle, "What people call the offer.", "资源的通用编号。"),
                .required("goal", .choice(PlanGoal.self), "The goal that it would help.", "会改善的目标。"),
                .required(
                    "amount", .integer(1...Int64.max),
                    "What one more unit would add, in the unit of the goal's value; for areas it only says that there is one.",
                    "再多一单位所增加的值；对区划只表示会有改善。"),
                .required(
                    "isExact", .flag,
                    "Whether it adds just that. Otherwise it adds no more where the goal is proved, and elsewhere what no plan "
                        + "can pass rises by no more.",
                    "是否恰好增加该值；否则，目标已证明时至多增加该值，未证明时上限至多提高该值。"),
            ])
        public static let sample = Price(
            offer: .sample(2), offerLine: 1, offerHandle: "O-3", goal: .served, amount: 1_000_000_000_000,
            isExact: true)

        /// The prices of a plan, the most important goal first.
        public static func all(of made: AllocationPlanning.Made, in registry: Registry) -> [Self] {
            OfferPrices(made.plan, of: made.allocation.problem).prices.map { price in
                let offer = registry.offers[made.allocation.offerRows[price.offer]]
                return Self(
                    offer: offer.key.id, offerLine: offer.lineNumber, offerHandle: offer.key.externalID,
                    goal: price.goal, amount: price.amount, isExact: price.standing == .exact)
            }
        }
    }

    /// A wish line that the plan could not consider.
    public struct LeftOut: Described {
        public let wish: RecordID
        public let wishLine: Int
        public let quantity: Int64
        public let reason: Reason

        /// Why it was left out.
        public enum Reason: String, Codable, Sendable, CaseIterable {
            /// It asks for more units than a plan can reckon with.
            case quantityTooGreat
        }

        public static let schema = JSONSchema.object(
            "LeftOutLine",
            [
                .required("wish", .id, "The wish.", "心愿编号。"),
                .required("wishLine", .lineNumber, "Its line.", "心愿明细序号。"),
                .required("quantity", .quantity, "What it asks for.", "所需数量。"),
                .required(
                    "reason", .choice(Reason.self), "quantityTooGreat: more than a plan can reckon with, 10^12 units.",
                    "quantityTooGreat：超过规划所能计算的数量（10¹²）。"),
            ])
        public static let sample = LeftOut(
            wish: .sample(3), wishLine: 1, quantity: Quantity.greatest, reason: .quantityTooGreat)
    }

    /// What is guaranteed to an area and is not kept in full.
    public struct ShortShare: Described {
        /// Nil for the lines whose place is not known.
        public let area: String?
        /// Of its larger lines, in units; nil for its lines of quantity 1.
        public let unit: String?
        public let guaranteed: Int64
        public let reached: Int64
        /// Whether time ran out before it was known that no plan keeps more of it.
        public let mayGrow: Bool

        public static let schema = JSONSchema.object(
            "ShortShare",
            [
                .optional(
                    "area", .text(1...Admission.Limits.code), "The area; left out where it is not known.", "区划；不详时没有此项。"
                ),
                .optional(
                    "unit", .choice(Unit.allCases.map(\.code)),
                    "Of its lines of several units: what they count. Left out for its lines of quantity 1.",
                    "多数量明细的计量单位；数量为 1 的明细没有此项。"),
                .required(
                    "guaranteed", .integer(0...Int64.max), "Lines, or units, that it was to be given.", "应保证的条数或数量。"),
                .required(
                    "reached", .integer(0...Int64.max),
                    "How much of it is kept: beside the others the most that can be.",
                    "兑现的数：与其他保证一起最多能达到的数。"),
                .required(
                    "mayGrow", .flag, "Whether time ran out, so that with more of it more might be kept.",
                    "是否因到时中止；时间更长或可更多。"),
            ])
        public static let sample = ShortShare(
            area: "441900003", unit: Unit.piece.code, guaranteed: 3, reached: 2, mayGrow: false)
    }

    /// One claim that the plan proposes.
    public struct Claim: Described {
        public let offer: RecordID
        public let offerLine: Int
        public let offerHandle: String?
        public let wish: RecordID
        public let wishLine: Int
        public let wishHandle: String?
        public let quantity: Int64
        public let total: Int64
        /// Once it was made.
        public let claim: RecordID?

        public static let schema = JSONSchema.object(
            "PlannedClaim",
            [
                .required("offer", .id, "The offer.", "资源编号。"),
                .required("offerLine", .lineNumber, "Its line.", "资源明细序号。"),
                .optional("offerHandle", .handle, "What people call the offer.", "资源的通用编号。"),
                .required("wish", .id, "The wish.", "心愿编号。"),
                .required("wishLine", .lineNumber, "Its line.", "心愿明细序号。"),
                .optional("wishHandle", .handle, "What people call the wish.", "心愿的通用编号。"),
                .required("quantity", .quantity, "How much.", "数量。"),
                .required("total", .integer(0...1_000_000), "The total score of the two.", "两者的总分。"),
                .optional("claim", .id, "The claim, once it was made.", "执行后的认领编号。"),
            ])
        public static let sample = Claim(
            offer: .sample(2), offerLine: 1, offerHandle: "O-3", wish: .sample(3), wishLine: 1, wishHandle: "W-12",
            quantity: 1, total: 812_000, claim: .sample(1))
    }

    public static let schema = JSONSchema.object(
        "Allocation",
        [
            .required("digest", .text(64...64), "Names the plan: give it to apply it.", "方案的摘要，执行时使用。"),
            .required(
                "asOf", .moment, "When ages and due times were reckoned from: give it to apply the plan.",
                "年龄与期限的计算时间，执行时使用。"),
            .required("registry", .text(1...128), "Names what it was made from.", "所依据数据的摘要。"),
            .required("profile", .text(1...100), "The scoring profile and its revision.", "评分方案及版本。"),
            .required(
                "goals", .list(of: .choice(PlanGoal.self), 0...20), "What it is best in, most important first.",
                "目标，最重要的在前。"),
            .optional("split", .choice(SplitRule.self), "How a supply that is short was divided.", "不足时如何分配。"),
            .required(
                "isOptimal", .flag, "Whether every goal is proved best, given those before it.", "各目标是否均已依次证明最优。"),
            .required("isCut", .flag, "Whether time ran out before it was proved.", "是否到时中止。"),
            .optional(
                "isComplete", .flag, "Whether it holds over all pairs, where that was asked for.",
                "要求对全部组合证明时：是否对全部组合成立。"),
            .required("lines", .integer(0...Int64(Int32.max)), "Wish lines that get something.", "得到资源的心愿明细数。"),
            .required("quantity", .integer(0...Int64.max), "Units in all.", "总数量。"),
            .required(
                "outcomes", .list(of: Outcome.schema, 0...20), "What it reaches in each goal, in order.", "各目标的结果。"),
            .required(
                "prices", .list(of: Price.schema, 0...1_000_000),
                "What one more unit of an offer would be worth, the greatest first.", "各紧缺资源再多一单位的价值，大者在前。"),
            .required(
                "unserved", .list(of: UnservedLine.schema, 0...1_000_000),
                "Lines that get nothing, or not all, and what they lost against.", "未能（全部）满足的明细及原因。"),
            .required(
                "areas", .list(of: AllocationShare.schema, 0...1_000_000), "How the areas fare, most lines first.",
                "各区划的情况，条数多者在前。"),
            .required(
                "groups", .list(of: AllocationShare.schema, 0...1_000_000), "How the groups fare, most lines first.",
                "各群体的情况，条数多者在前。"),
            .required(
                "leftOut", .list(of: LeftOut.schema, 0...1_000_000), "Lines that no plan could consider.", "未能计入的明细。"),
            .required(
                "shortShares", .list(of: ShortShare.schema, 0...1_000_000),
                "Guarantees to areas that are not kept in full.", "未能足额保证的区划。"),
            .required("claims", .list(of: Claim.schema, 0...1_000_000), "The claims.", "认领。"),
            .required("isApplied", .flag, "Whether the claims were made.", "是否已执行。"),
            .optional("proof", PlanDocument.schema, "The whole proof, where it was asked for.", "完整证明（要求时）。"),
        ])
    public static let sample = AllocationView(
        digest: String(repeating: "0f", count: 32), asOf: .sample, registry: "0f", profile: "default@1",
        goals: PlanGoal.usual, split: .proportional, isOptimal: true, isCut: false, isComplete: true, lines: 1,
        quantity: 1,
        outcomes: [.sample], prices: [.sample], unserved: [.sample], areas: [.sample],
        groups: [AllocationShare(code: "elderly", lines: 1, served: 1_000_000_000_000, greedy: 0)],
        leftOut: [.sample], shortShares: [.sample], claims: [.sample], isApplied: false, proof: .sample)

    public struct Record: Sendable {
        let shown: ShownPlan
        let made: AllocationPlanning.Made
        let registry: Registry
        /// Checked.
        let document: PlanDocument
        let asOf: Timestamp
        let profile: String
        let split: SplitRule?
        /// Whether the document is answered too.
        let showsProof: Bool
        /// In the order of the plan; nil before it is applied.
        let kept: [KeptClaim]?
    }

    /// Plans are for those who work in the whole program.
    public static func projecting(_ record: Record, in context: OperationContext) throws -> AllocationView? {
        guard context.sees(.allocation) else { return nil }
        let (shown, made, registry) = (record.shown, record.made, record.registry)
        let (problem, wishes) = (made.allocation.problem, registry.wishes)
        let greedy = GreedyPlan(problem).amounts
        let measure = PlanMeasure(problem, greedy)
        let pairs = made.claimedPairs(in: registry)
        return AllocationView(
            digest: shown.digest, asOf: record.asOf, registry: shown.registry, profile: record.profile,
            goals: shown.goals, split: record.split,
            isOptimal: made.isOptimal, isCut: made.plan.isCut, isComplete: made.isComplete,
            lines: Set(shown.claims.map(\.wish)).count, quantity: shown.claims.reduce(0) { $0 &+ $1.quantity },
            outcomes: made.plan.outcomes.map {
                Outcome(
                    goal: $0.goal, value: $0.value, bound: $0.bound, proved: $0.isProved,
                    greedy: measure.value(of: $0.goal))
            },
            prices: Price.all(of: made, in: registry),
            unserved: UnservedLines(made, in: registry).all,
            areas: AllocationShare.areas(of: made, greedy, in: registry),
            groups: AllocationShare.groups(of: made, greedy, in: registry),
            leftOut: made.allocation.tooGreat.map { row in
                LeftOut(
                    wish: wishes[row].key.id, wishLine: wishes[row].lineNumber, quantity: wishes[row].wanted ?? 0,
                    reason: .quantityTooGreat)
            },
            shortShares: made.plan.shortAreas.sorted { $0.key < $1.key }.map { share, reached in
                let bulk = made.allocation.bulkShare(share)
                let area = made.allocation.areas[bulk?.area ?? share]
                return ShortShare(
                    area: area < 0 ? nil : registry.areas.areas[Int(area)].code, unit: bulk?.unit.code,
                    guaranteed: problem.guarantees[share], reached: reached,
                    mayGrow: made.plan.openAreas.contains(share))
            },
            claims: shown.claims.enumerated().map { index, claim in
                let pair = problem.pairs[pairs[index]]
                return Claim(
                    offer: claim.offer.record, offerLine: claim.offer.number,
                    offerHandle: registry.offers[made.allocation.offerRows[pair.offer]].key.externalID,
                    wish: claim.wish.record, wishLine: claim.wish.number,
                    wishHandle: wishes[made.allocation.wishRows[pair.line]].key.externalID, quantity: claim.quantity,
                    total: pair.score, claim: record.kept?[index].claim.id)
            }, isApplied: record.kept != nil, proof: record.showsProof ? record.document : nil)
    }
}
