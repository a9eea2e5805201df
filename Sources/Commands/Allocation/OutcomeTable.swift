import MatchCore
import PlanCheck

/// The goals of a plan in their order: what it reaches, what no plan can pass, and whether it is proved best.
struct OutcomeTable {
    let table: Table

    init(_ outcomes: [PlanDocument.Outcome], in language: Language) {
        var table = Table([
            .text(AllocateWords.goal[language], least: 14), .number(AllocateWords.reached[language]),
            .number(AllocateWords.bound[language]), .text("", least: 12),
        ])
        for outcome in outcomes {
            table.add([
                Table.Cell(Self.name(of: outcome.goal, in: language)),
                Table.Cell(Self.amount(outcome.value, outcome.goal)),
                Table.Cell(Self.amount(outcome.bound, outcome.goal)),
                Table.Cell(
                    (outcome.proved ? AllocateWords.provedBest : .bestFound)[language], outcome.proved ? .good : .fair),
            ])
        }
        self.table = table
    }

    /// Names the goals in which nothing shows that no plan is better; nil where there are none.
    static func unproved(_ outcomes: [PlanDocument.Outcome]) -> LocalizedText? {
        let goals = outcomes.filter { !$0.proved }
        guard !goals.isEmpty else { return nil }
        func list(_ language: Language) -> String {
            goals.map { outcome in
                let name = name(of: outcome.goal, in: language)
                let goal = outcome.goal
                return "\(name) (\(amount(outcome.value, goal)) / \(amount(outcome.bound, goal)))"
            }.joined(separator: language == .en ? ", " : "、")
        }
        return LocalizedText(
            zhHans: AllocateWords.notProved.filled(["goals": list(.zhHans)])[.zhHans],
            en: AllocateWords.notProved.filled(["goals": list(.en)])[.en])
    }

    static func name(of goal: String, in language: Language) -> String {
        switch PlanGoal(rawValue: goal) {
        case .critical: AllocateWords.goalCritical[language]
        case .areas: AllocateWords.goalAreas[language]
        case .served: AllocateWords.goalServed[language]
        case .score: AllocateWords.goalScore[language]
        case .lottery: AllocateWords.goalLottery[language]
        case nil: goal
        }
    }

    /// Rates in per cent, everything else as lines.
    static func amount(_ value: Int64, _ goal: String) -> String {
        goal == PlanGoal.areas.rawValue ? rounded(value, to: 10_000) + " %" : lines(value)
    }

    /// A number of lines, to the nearest hundredth: parts of a line are cut off by billionths, which nobody needs to see.
    static func lines(_ value: Int64) -> String { rounded(value, to: PlanGoal.whole) }

    private static func rounded(_ value: Int64, to one: Int64) -> String {
        // A bound may be as great as 64 bits go.
        let part = one / 100
        let hundredths = value / part + (value % part >= part / 2 ? 1 : 0)
        let rest = hundredths % 100
        return Numbers.grouped(hundredths / 100) + (rest < 10 ? ".0\(rest)" : ".\(rest)")
    }
}
