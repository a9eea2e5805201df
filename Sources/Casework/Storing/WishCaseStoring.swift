public import MatchCore

/// The life of wishes beside their content: where each stands, and the figures.
public protocol WishCaseStoring {
    func save(_ wishCase: WishCase) throws
    func wishCase(_ wish: RecordID) throws -> WishCase?
    /// Wishes by time of receipt, oldest first.
    func wishCases(_ filter: WishCaseFilter, limit: Int) throws -> [WishCase]
    /// The figures of every group of a kind that has a wish, as they were at a moment.
    ///
    /// - Parameter rule: what counts as satisfied.
    func figures(by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule) throws
        -> [FigureGroup: Figures]
}

/// Where a wish stands.
public struct WishCase: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case open
        /// Closed by the charity; see ``WishCase/outcome``.
        case closed
        /// Withdrawn or refused.
        case ended
    }

    public let wish: RecordID
    public internal(set) var area: Code
    /// Who answers for it first.
    public let level: AreaLevel
    public let lane: Code
    public let channel: Code
    public internal(set) var category: Code
    public internal(set) var urgency: Urgency
    public var household: RecordID?
    public var state: State
    /// How it was closed; nil while it is not, and for what was closed before this was kept.
    public var outcome: WishOutcome?
    /// 1, and one more each time it was opened again.
    public var round: Int
    public let receivedAt: Moment
    public var changedAt: Moment

    public init(
        wish: RecordID, area: Code, level: AreaLevel, lane: Code, channel: Code, category: Code, urgency: Urgency,
        household: RecordID? = nil, state: State = .open, outcome: WishOutcome? = nil, round: Int = 1,
        receivedAt: Moment, changedAt: Moment
    ) {
        self.wish = wish
        self.area = area
        self.level = level
        self.lane = lane
        self.channel = channel
        self.category = category
        self.urgency = urgency
        self.household = household
        self.state = state
        self.outcome = outcome
        self.round = round
        self.receivedAt = receivedAt
        self.changedAt = changedAt
    }
}

/// Which wishes are wanted; what is nil does not matter.
public struct WishCaseFilter: Hashable, Sendable {
    public var state: WishCase.State?
    public var area: Code?
    /// Only wishes of these areas.
    public var areas: [String]?
    public var lane: Code?
    public var channel: Code?
    public var household: RecordID?
    /// Only wishes that stand behind this one.
    public var behind: TimedPlace?

    public init(
        state: WishCase.State? = nil, area: Code? = nil, areas: [String]? = nil, lane: Code? = nil,
        channel: Code? = nil, household: RecordID? = nil, behind: TimedPlace? = nil
    ) {
        self.state = state
        self.area = area
        self.areas = areas
        self.lane = lane
        self.channel = channel
        self.household = household
        self.behind = behind
    }
}

/// By what figures are told apart.
public enum FigureKind: String, Hashable, Sendable, Codable, CaseIterable {
    case all, area, lane, channel, party
}
