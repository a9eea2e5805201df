internal import Casework
public import MatchCore
public import Wire

/// How an area, or a group, fares in a plan.
public struct AllocationShare: Described {
    /// The area or group; nil for the lines that have none.
    public let code: String?
    public let lines: Int64
    /// In millionths of millionths of a line.
    public let served: Int64
    public let greedy: Int64

    public static let schema = JSONSchema.object(
        "AllocationShare",
        [
            .optional(
                "code", .text(1...Admission.Limits.code), "The area or group; left out for the lines that have none.",
                "区划或群体；没有的明细无此项。"),
            .required("lines", .integer(0...Int64(Int32.max)), "Its wish lines.", "心愿明细数。"),
            .required(
                "served", .integer(0...Int64.max), "How many are served, in millionths of millionths of a line.",
                "得到满足的条数（一条的 10⁻¹²）。"),
            .required(
                "greedy", .integer(0...Int64.max), "What taking the best score first would have served.", "贪心法所得。"),
        ])
    public static let sample = AllocationShare(
        code: "441900003", lines: 1, served: 1_000_000_000_000, greedy: 0)

    /// By the areas of the wishes, those with most lines first.
    public static func areas(of made: AllocationPlanning.Made, _ greedy: [Int64], in registry: Registry) -> [Self] {
        let allocation = made.allocation
        return shares(of: made, greedy) { line in
            let area = allocation.areas[allocation.problem.lines[line].area]
            return [area < 0 ? nil : registry.areas.areas[Int(area)].code]
        }
    }

    /// By the groups that the wishes carry; one of several counts in each.
    public static func groups(of made: AllocationPlanning.Made, _ greedy: [Int64], in registry: Registry) -> [Self] {
        let rows = made.allocation.wishRows
        return shares(of: made, greedy) { line in
            let groups = registry.vocabularies.groups.words(of: registry.wishes.groups.bits(of: rows[line]))
            return groups.isEmpty ? [nil] : groups
        }
    }

    private static func shares(
        of made: AllocationPlanning.Made, _ greedy: [Int64], _ codes: (Int) -> [String?]
    ) -> [Self] {
        let (problem, amounts) = (made.allocation.problem, made.plan.amounts)
        var parts = problem.lines.map { _ in (served: Int64(0), greedy: Int64(0)) }
        for (index, pair) in problem.pairs.enumerated() {
            let worth = PlanGoal.served.worth(of: pair, in: problem)
            parts[pair.line].served += worth * amounts[index]
            parts[pair.line].greedy += worth * greedy[index]
        }
        var sums: [String?: (lines: Int64, served: Int64, greedy: Int64)] = [:]
        for line in problem.lines.indices {
            for code in codes(line) {
                let sum = sums[code] ?? (0, 0, 0)
                sums[code] = (sum.lines + 1, sum.served + parts[line].served, sum.greedy + parts[line].greedy)
            }
        }
        return sums.map { Self(code: $0, lines: $1.lines, served: $1.served, greedy: $1.greedy) }
            .sorted { ($1.lines, $0.code ?? "") < ($0.lines, $1.code ?? "") }
    }
}
