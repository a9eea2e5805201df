/// A plan with its problem and its proof, as it stands in a file. `Docs/allocation.md` describes every member.
public struct PlanDocument: Codable, Sendable, Equatable {
    /// The value of ``format`` that this program reads.
    public static let currentFormat = "almoner-plan-1"

    public var format: String
    /// What the problem was made from; a plan is applied only where this is still so.
    public var registry: String?
    public var goals: [String]
    /// Quantity, area, 1 for critical, 1 for whole.
    public var lines: [[Int64]]
    /// Capacity, party.
    public var offers: [[Int64]]
    public var partyCaps: [Int64]
    /// For each area how many of its lines of quantity 1 have to be served.
    public var guarantees: [Int64]
    /// Line, offer, score, units claimed.
    public var pairs: [[Int64]]
    public var stages: [Stage]
    public var outcomes: [Outcome]

    /// One stage of the proof.
    public struct Stage: Codable, Sendable, Equatable {
        /// `critical`, `served`, `score`, `level` or `weights`.
        public var kind: String
        /// For `level` the areas whose lines count 1; for `weights` a weight for each area.
        public var of: [Int64]?
        public var bound: Int64
        public var settles: Bool
        public var lines: [Int64]
        public var offers: [Int64]
        public var parties: [Int64]
        public var areas: [Int64]

        public init(
            kind: String, of: [Int64]?, bound: Int64, settles: Bool, lines: [Int64], offers: [Int64], parties: [Int64],
            areas: [Int64]
        ) {
            self.kind = kind
            self.of = of
            self.bound = bound
            self.settles = settles
            self.lines = lines
            self.offers = offers
            self.parties = parties
            self.areas = areas
        }
    }

    /// What the plan reaches in a goal, and what no plan can pass.
    public struct Outcome: Codable, Sendable, Equatable {
        public var goal: String
        public var value: Int64
        public var bound: Int64
        public var proved: Bool

        public init(goal: String, value: Int64, bound: Int64, proved: Bool) {
            self.goal = goal
            self.value = value
            self.bound = bound
            self.proved = proved
        }
    }

    public init(
        registry: String?, goals: [String], lines: [[Int64]], offers: [[Int64]], partyCaps: [Int64],
        guarantees: [Int64], pairs: [[Int64]], stages: [Stage], outcomes: [Outcome]
    ) {
        format = Self.currentFormat
        self.registry = registry
        self.goals = goals
        self.lines = lines
        self.offers = offers
        self.partyCaps = partyCaps
        self.guarantees = guarantees
        self.pairs = pairs
        self.stages = stages
        self.outcomes = outcomes
    }
}

/// Why a document is not accepted.
public struct PlanFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// What does not hold, and where.
    public let message: String
    public var description: String { message }
}
