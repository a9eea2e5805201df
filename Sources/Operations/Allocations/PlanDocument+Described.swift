public import PlanCheck
public import Wire

/// A plan with its problem and its proof, as `allocate verify` reads it from a file.
extension PlanDocument: Described {
    private static let whole = JSONSchema(.integer(Int64.min...Int64.max))
    private static let most = 1_000_000

    private static func rows(_ count: Int) -> JSONSchema {
        .list(of: .list(of: whole, count...count), 0...100 * most)
    }

    private static let numbers = JSONSchema.list(of: whole, 0...most)
    private static let names = JSONSchema.list(of: .text(1...64), 0...most)

    public static let schema = JSONSchema.object(
        "PlanProof",
        [
            .required("format", .choice([currentFormat]), "Which members there are.", "格式。"),
            .optional("registry", .text(1...128), "Names what the problem was made from.", "所依据数据的摘要。"),
            .optional("making", Making.schema, "How it was made.", "制定时的时间、方案与条件。"),
            .required("cut", .flag, "Whether a deadline cut the run.", "是否到时中止。"),
            .required("goals", .list(of: .text(1...64), 1...20), "In order.", "目标，最重要的在前。"),
            .optional("seed", .text(64...64), "The seed of the draw.", "抽签种子。"),
            .optional("commitment", .text(64...64), "The SHA-256 of the seed, published before.", "事先公布的种子摘要。"),
            .optional("lineNames", names, "For each line its wish and line number.", "各条心愿明细的编号。"),
            .optional("offerNames", names, "For each offer its record and line number.", "各项资源明细的编号。"),
            .required(
                "lines", rows(7),
                "Quantity, area, 1 for critical, 1 for whole, the most it is given, the guarantee it counts in (-1: none), "
                    + "1 where it was ranked.", "数量、区划、紧急、整份、至多、所属保证、是否已排序。"),
            .required("offers", rows(2), "Free amount and party.", "可用数量与主体。"),
            .required("partyCaps", numbers, "The most that each party gives of a unit.", "各主体上限。"),
            .required("guarantees", numbers, "What each area is guaranteed.", "各区划的保证数。"),
            .required("pairs", rows(4), "Line, offer, score, units claimed.", "明细、资源、分数、认领数量。"),
            .required("stages", .list(of: Stage.schema, 0...1_000), "One sum maximised after another.", "依次求最大的各步。"),
            .required("outcomes", .list(of: Outcome.schema, 0...20), "What it reaches in each goal.", "各目标的结果。"),
            .required("seal", .text(64...64), "SHA-256 over every other member.", "其余内容的摘要。"),
        ])

    public static var sample: PlanDocument {
        var plan = PlanDocument(
            registry: "0f", cut: false, goals: ["served", "lottery"], lines: [[1, 0, 0, 0, 1, -1, 1]],
            offers: [[1, 0]],
            partyCaps: [1], guarantees: [0], pairs: [[0, 0, 500_000, 1]], stages: [.sample], outcomes: [.sample])
        plan.making = .sample
        plan.seed = String(repeating: "0f", count: 32)
        plan.commitment = String(repeating: "f0", count: 32)
        plan.lineNames = ["wish/1"]
        plan.offerNames = ["offer/1"]
        plan.close()
        return plan
    }
}

extension PlanDocument.Making: Described {
    public static let schema = JSONSchema.object(
        "PlanMaking",
        [
            .required("asOf", .integer(0...253_402_300_799_999), "Milliseconds since 1970.", "时刻（1970 年以来的毫秒）。"),
            .required("profile", .text(1...100), "The scoring profile and its revision.", "评分方案及版本。"),
            .required("goals", .list(of: .text(1...64), 1...20), "Those that the profile or the run named.", "所定的目标。"),
            .required("candidates", .integer(1...Int64(Int32.max)), "Offers ranked for each line.", "每条明细排列的资源数。"),
            .required(
                "partyCaps", JSONSchema(.map(.integer(0...1_000_000_000_000), most: 10)), "The most one party gives.",
                "各单位下每个主体的上限。"),
            .required("capDays", .integer(0...3_660), "Days that count towards it.", "上限计入的天数。"),
            .required("areaShare", .integer(0...100), "The per cent guaranteed.", "各区划保证的百分比。"),
            .optional("split", .text(1...64), "How a short supply is divided.", "不足时如何分配。"),
            .required("reserve", .integer(0...100), "The per cent held back.", "留存的百分比。"),
        ])
    public static let sample = PlanDocument.Making(
        asOf: 1_795_334_400_000, profile: "default@1", goals: ["served"], candidates: 32, partyCaps: ["piece": 20],
        capDays: 30, areaShare: 0, split: "equal", reserve: 0)
}

extension PlanDocument.Stage: Described {
    private static let prices = JSONSchema.list(of: JSONSchema(.integer(Int64.min...Int64.max)), 0...1_000_000)

    public static let schema = JSONSchema.object(
        "PlanStage",
        [
            .required(
                "kind", .choice(["critical", "served", "score", "lottery", "level", "weights"]), "What it maximises.",
                "所求之和。"),
            .optional("of", prices, "The areas of a level, or a weight for each area.", "该级的区划，或各区划的权数。"),
            .required("bound", .integer(Int64.min...Int64.max), "What its prices say no plan can pass.", "价格给出的上限。"),
            .required("settles", .flag, "Whether later stages keep to it.", "后续各步是否以此为准。"),
            .required("lines", prices, "For each line a price.", "各明细的价格。"),
            .required("offers", prices, "For each offer a price.", "各资源的价格。"),
            .required("parties", prices, "For each party and unit a price.", "各主体的价格。"),
            .required("areas", prices, "For each guarantee a bonus.", "各保证的加价。"),
        ])
    public static let sample = PlanDocument.Stage(
        kind: "served", of: [0], bound: 1_000_000_000_000, settles: true, lines: [1_000_000_000_000], offers: [0],
        parties: [0], areas: [0])
}

extension PlanDocument.Outcome: Described {
    public static let schema = JSONSchema.object(
        "PlanOutcome",
        [
            .required("goal", .text(1...64), "The goal.", "目标。"),
            .required(
                "value", .integer(Int64.min...Int64.max),
                "What the plan reaches, in millionths of millionths of a line; for areas the least rate in millionths.",
                "方案达到的值（一条明细的 10⁻¹²；区划为满足率的百万分之一）。"),
            .required("bound", .integer(Int64.min...Int64.max), "What no plan can pass.", "任何方案都不能超过的值。"),
            .required("proved", .flag, "Whether it is proved best, given the goals before it.", "是否已证明最优。"),
        ])
    public static let sample = PlanDocument.Outcome(
        goal: "served", value: 1_000_000_000_000, bound: 1_000_000_000_000, proved: true)
}
