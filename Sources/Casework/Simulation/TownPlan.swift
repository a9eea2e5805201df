internal import MatchCore

/// The town that a simulation plays: how many ask for help, and how its people behave. Shares are in percent.
public struct TownPlan: Hashable, Sendable {
    public var days: Int
    public var seed: UInt64
    /// The first day, at midnight in the program's zone.
    public var start: CivilDate
    /// Wishes a day on average; more in the cold months and before the Spring Festival, fewer at night.
    public var wishesPerDay: Double
    public var parties: Int
    /// Donors who decline a proposal, and who never answer.
    public var declining: Int
    public var vanishing: Int
    /// Times that a member of staff comes too late.
    public var late: Int
    /// How many families have a file.
    public var families: Int

    public init(
        days: Int, seed: UInt64, start: CivilDate, wishesPerDay: Double = 3, parties: Int = 24, declining: Int = 12,
        vanishing: Int = 8, late: Int = 4, families: Int = 12
    ) {
        self.days = days
        self.seed = seed
        self.start = start
        self.wishesPerDay = wishesPerDay
        self.parties = parties
        self.declining = declining
        self.vanishing = vanishing
        self.late = late
        self.families = families
    }

    /// How busy an hour of the day is, in percent of the average hour.
    static let hours = [
        10, 5, 5, 5, 5, 10, 30, 80, 180, 260, 270, 210, 100, 120, 220, 240, 210, 140, 90, 70, 60, 40, 25, 20,
    ]
    /// How busy a month is, in percent: winter and the weeks before the Spring Festival bring most.
    static let months = [150, 140, 100, 85, 80, 85, 95, 100, 95, 90, 110, 130]

    /// What people ask for, with a typical price in fen.
    static let items: [(category: String, unit: Unit, price: Int64, most: Int64)] = [
        ("cooling.fan", .piece, 16_000, 2), ("school.desk", .piece, 48_000, 1), ("aid.wheelchair", .piece, 65_000, 1),
        ("bedding.quilt", .piece, 18_000, 3), ("food.rice", .piece, 7_000, 4), ("care.visit", .minute, 100, 240),
        ("relief.money", .fen, 1, 300_000),
    ]
}

/// What a simulation found.
public struct TownReport: Hashable, Sendable, Codable {
    public struct Violation: Hashable, Sendable, Codable {
        public var at: Moment
        public var rule: String
        public var detail: String
    }

    public var days = 0
    public var seed: UInt64 = 0
    public var steps = 0
    public var wishes = 0
    public var closed = 0
    public var ended = 0
    public var reopened = 0
    public var claims = 0
    public var declined = 0
    public var expired = 0
    public var delivered = 0
    public var refusals = 0
    public var warnings = 0
    public var lapses = 0
    public var raises = 0
    public var listings = 0
    public var historyEntries: Int64 = 0
    /// 0…1; nil where nothing was due.
    public var replyRate: Double?
    public var repliedOnTime: Double?
    public var satisfaction: Double?
    public var onTime: Double?
    public var medianDays: Double?
    public var days95: Double?
    public var violations = 0
    /// The first of them.
    public var firstViolations: [Violation] = []
}
