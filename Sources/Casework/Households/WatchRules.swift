public import MatchCore

/// The three colours of the watch, calm to worrying.
public enum WatchGrade: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case green, orange, red

    public static func < (left: WatchGrade, right: WatchGrade) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .green: 0
        case .orange: 1
        case .red: 2
        }
    }
}

/// The rules of the watch, declared in `Data/watch/`.
public struct WatchRules: Hashable, Sendable, Codable {
    public struct Rule: Hashable, Sendable, Codable {
        public let id: Code
        public let grade: WatchGrade
        public let title: LocalizedText
        /// All have to hold.
        public let when: [Test]
    }

    public struct Test: Hashable, Sendable, Codable {
        public let fact: Code
        public let atLeast: Int?
        public let atMost: Int?

        func holds(_ facts: HouseholdFacts) -> Bool {
            let value = facts[fact]
            return value >= atLeast ?? .min && value <= atMost ?? .max
        }
    }

    /// By when a household of a grade is to be visited again, counted from its last visit or the new grade.
    public struct Visits: Hashable, Sendable, Codable {
        public let green: Allowance
        public let orange: Allowance
        public let red: Allowance

        public init(green: Allowance, orange: Allowance, red: Allowance) {
            self.green = green
            self.orange = orange
            self.red = red
        }
    }

    public let visits: Visits
    public let rules: [Rule]

    public init(visits: Visits, rules: [Rule]) {
        self.visits = visits
        self.rules = rules
    }

    /// Throws `malformed` when a rule names an unknown fact, tests nothing, or repeats an id.
    public func check() throws {
        let ids = rules.map(\.id)
        for rule in rules {
            let isKnown = rule.when.allSatisfy { HouseholdFacts.isKnown($0.fact) }
            let testsSomething = rule.when.allSatisfy { $0.atLeast != nil || $0.atMost != nil } && !rule.when.isEmpty
            guard isKnown, testsSomething, ids.count(where: { $0 == rule.id }) == 1, rule.grade != .green else {
                let names = HouseholdFacts.names.map(\.text).joined(separator: ", ")
                throw CaseworkError(
                    .malformed,
                    "Watch rule \(rule.id): each test needs a known fact and a bound, ids are unique, grades are "
                        + "orange or red. Facts: \(names), ages/FROM-TO, hardship/CODE, benefit/CODE.",
                    zhHans: "分级规则 \(rule.id)：每项条件须有已知指标和界限，编号不重复，等级为 orange 或 red。指标：\(names)、"
                        + "ages/起-止、hardship/CODE、benefit/CODE。")
            }
        }
    }

    /// The grade the facts give, and the rules that say so: the most worrying that holds, green when none does.
    public func grade(_ facts: HouseholdFacts) -> (grade: WatchGrade, because: [Code]) {
        let holding = rules.filter { rule in rule.when.allSatisfy { $0.holds(facts) } }
        let grade = holding.map(\.grade).max() ?? .green
        return (grade, holding.filter { $0.grade == grade }.map(\.id))
    }
}
