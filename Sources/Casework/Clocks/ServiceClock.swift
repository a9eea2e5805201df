public import MatchCore

/// One time limit on one case, with everything that moved it.
///
/// It keeps when each due time became known, so that what was overdue can be told for any past moment.
public struct ServiceClock: Hashable, Sendable, Codable {
    /// A stretch in which the clock stood still.
    public struct Pause: Hashable, Sendable, Codable {
        public let from: Moment
        /// Nil while it still stands.
        public internal(set) var to: Moment?
        public let reason: Reason
    }

    /// A wish for more time, and what was decided.
    public struct Extension: Hashable, Sendable, Codable {
        public let askedAt: Moment
        public let askedBy: RecordID
        public let reason: Reason
        /// In the unit of the clock's allowance as it was asked for: hours, or working days.
        public let more: Int
        /// That unit, once the clock counts in another; nil while it counts in the same.
        public internal(set) var unit: Allowance.Unit?
        public internal(set) var decision: Decision?

        init(askedAt: Moment, askedBy: RecordID, reason: Reason, more: Int) {
            self.askedAt = askedAt
            self.askedBy = askedBy
            self.reason = reason
            self.more = more
        }
    }

    public struct Decision: Hashable, Sendable, Codable {
        public let at: Moment
        public let by: RecordID
        public let isGranted: Bool
    }

    /// How a clock ended. Nothing ended comes back: a case that is opened again gets new clocks.
    public struct End: Hashable, Sendable, Codable {
        public enum Outcome: String, Hashable, Sendable, Codable {
            /// What it waited for was done, in time or late.
            case met
            /// It is no longer needed: the case was closed for another reason.
            case cancelled
        }

        public let at: Moment
        public let outcome: Outcome
    }

    /// From when on which due time held; nil while the clock stood still.
    public struct DueRecord: Hashable, Sendable, Codable {
        public let at: Moment
        public let due: DueTime?
    }

    /// Until when the clock was another area's.
    public struct Move: Hashable, Sendable, Codable {
        public let at: Moment
        public let from: Code
    }

    public let id: RecordID
    /// What the clock is about: a wish, a claim, a household.
    public let subject: RecordID
    public let kind: ClockKind
    /// Where its wish is now; see ``area(asOf:)``.
    public private(set) var area: Code
    /// The areas it was in before, in order of time; nil for none.
    public private(set) var moves: [Move]?
    /// Who answers for it first.
    public let level: AreaLevel
    public internal(set) var terms: ClockTerms
    /// What has to pass before the allowance begins to count: the days that a notice stands. Nil for nothing.
    public let lead: Allowance?
    public let startedAt: Moment
    /// 1, and one more each time the case was opened again.
    public let round: Int
    public internal(set) var pauses: [Pause] = []
    public internal(set) var extensions: [Extension] = []
    public internal(set) var dueRecords: [DueRecord]
    public internal(set) var end: End?
    public internal(set) var changedAt: Moment

    /// Starts a clock.
    public init(
        id: RecordID, subject: RecordID, kind: ClockKind, area: Code, level: AreaLevel, terms: ClockTerms,
        startedAt: Moment, round: Int = 1, after lead: Allowance? = nil, calendar: WorkingCalendar
    ) {
        self.id = id
        self.subject = subject
        self.kind = kind
        self.area = area
        self.level = level
        self.terms = terms
        self.lead = lead
        self.startedAt = startedAt
        self.round = round
        self.dueRecords = []
        self.changedAt = startedAt
        self.dueRecords = [DueRecord(at: startedAt, due: computedDue(calendar))]
    }

    /// Lets the clock follow its wish into another area: what it was in before stays known.
    mutating func move(to area: Code, at moment: Moment) {
        guard area != self.area else { return }
        // Two hosts' clocks differ a little: what was known stays in its order.
        moves = (moves ?? []) + [Move(at: max(moment, moves?.last?.at ?? startedAt), from: self.area)]
        self.area = area
    }

    /// When it is due, as of now; nil while it is paused.
    public var due: DueTime? { dueRecords.last?.due }

    public var isPaused: Bool { pauses.last.map { $0.to == nil } ?? false }

    public var isRunning: Bool { end == nil && !isPaused }

    /// True when it was met no later than it was due; nil while it runs, or when it was cancelled.
    public var isOnTime: Bool? {
        guard let end, end.outcome == .met else { return nil }
        // What was done may have been entered later, and the due time moved between.
        guard let due = dueRecords.last(where: { $0.at <= end.at })?.due else { return true }
        return end.at <= due.moment
    }
}
