/// A plan with its problem and its proof, as it stands in a file. `Docs/allocation.md` describes every member.
public struct PlanDocument: Codable, Sendable, Equatable {
    /// The value of ``format`` that this program reads.
    public static let currentFormat = "almoner-plan-3"

    public var format: String
    /// What the problem was made from; a plan is applied only where this is still so.
    public var registry: String?
    /// How it was made, so that it can be made again: what the program that applies it reads.
    public var making: Making?
    /// Whether a deadline cut the run: then a goal may lack the stage that would bound it.
    public var cut: Bool
    public var goals: [String]
    /// The seed of the draw, 64 hexadecimal digits; only with the goal `lottery`.
    public var seed: String?
    /// What was published before: the SHA-256 of the seed's bytes.
    public var commitment: String?
    /// For each line the record and line number it stands for, and for each offer; missing in plans of no registry.
    public var lineNames: [String]?
    public var offerNames: [String]?
    /// Quantity, area, 1 for critical, 1 for whole, the most it is given, the guarantee it counts in (−1 for none; lines
    /// of quantity 1 count in that of their area), 1 where its candidates were looked for.
    public var lines: [[Int64]]
    /// Capacity, party.
    public var offers: [[Int64]]
    public var partyCaps: [Int64]
    /// For each area how many of its lines of quantity 1 have to be served; then units of the lines that name them.
    public var guarantees: [Int64]
    /// Line, offer, score, units claimed.
    public var pairs: [[Int64]]
    public var stages: [Stage]
    public var outcomes: [Outcome]
    /// What ``contentSeal`` was when the plan was written.
    public var seal: String

    /// The time, profile and terms of a plan.
    public struct Making: Codable, Sendable, Equatable {
        /// Milliseconds since 1970 that ages and days were reckoned from.
        public var asOf: Int64
        /// Such as `default@1`.
        public var profile: String
        /// The goals that the profile or the run named, without the draw.
        public var goals: [String]
        public var candidates: Int
        public var partyCaps: [String: Int64]
        public var capDays: Int
        public var areaShare: Int
        /// `proportional`, `equal` or `need`; missing for none.
        public var split: String?
        public var reserve: Int

        public init(
            asOf: Int64, profile: String, goals: [String], candidates: Int, partyCaps: [String: Int64], capDays: Int,
            areaShare: Int, split: String?, reserve: Int
        ) {
            self.asOf = asOf
            self.profile = profile
            self.goals = goals
            self.candidates = candidates
            self.partyCaps = partyCaps
            self.capDays = capDays
            self.areaShare = areaShare
            self.split = split
            self.reserve = reserve
        }
    }

    /// One stage of the proof.
    public struct Stage: Codable, Sendable, Equatable {
        /// `critical`, `served`, `score`, `lottery`, `level` or `weights`.
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

    /// A document that is not sealed yet: ``close()`` comes once all of it is there.
    public init(
        registry: String?, cut: Bool, goals: [String], lines: [[Int64]], offers: [[Int64]], partyCaps: [Int64],
        guarantees: [Int64], pairs: [[Int64]], stages: [Stage], outcomes: [Outcome]
    ) {
        format = Self.currentFormat
        self.registry = registry
        self.cut = cut
        self.goals = goals
        self.lines = lines
        self.offers = offers
        self.partyCaps = partyCaps
        self.guarantees = guarantees
        self.pairs = pairs
        self.stages = stages
        self.outcomes = outcomes
        seal = ""
    }
}

/// Why a document is not accepted.
public struct PlanFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// What does not hold, and where.
    public let message: String
    public var description: String { message }
}
