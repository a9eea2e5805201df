public import MatchCore

/// A part of a whole. Kept as two counts, so that shares of areas can be added up.
public struct Share: Hashable, Sendable {
    public let part: Int
    public let whole: Int

    public init(_ part: Int, of whole: Int) {
        self.part = part
        self.whole = whole
    }

    /// 0…1; nil when there is nothing to share.
    public var rate: Double? { whole > 0 ? Double(part) / Double(whole) : nil }
}

/// What the program is judged by, for one group of wishes, as of one moment.
public struct Figures: Hashable, Sendable {
    /// Wishes received.
    public let wishes: Int
    /// Of those that were answered or should have been by now, the ones that were answered.
    public let replied: Share
    /// Of those, the ones that were answered no later than due.
    public let repliedOnTime: Share
    /// Of those whose last rating is known, the satisfied ones by the program's rule.
    public let satisfied: Share
    /// Of the same, those between satisfied and not: they are called back.
    public let undecided: Share
    /// Of those that are closed, the ones that were fulfilled. Withdrawn and refused wishes count on neither side.
    public let served: Share
    /// Of those closed or due by now, the ones fulfilled no later than due. A wish that was opened again and is still
    /// open counts by its due time like any other.
    public let onTime: Share
    /// Days from receipt to the last closing, of those that are closed as fulfilled; nil when none is.
    public let medianDays: Double?
    public let days95: Double?

    public init(
        wishes: Int, replied: Share, repliedOnTime: Share, satisfied: Share, undecided: Share = Share(0, of: 0),
        served: Share,
        onTime: Share, medianDays: Double?, days95: Double?
    ) {
        self.wishes = wishes
        self.replied = replied
        self.repliedOnTime = repliedOnTime
        self.satisfied = satisfied
        self.undecided = undecided
        self.served = served
        self.onTime = onTime
        self.medianDays = medianDays
        self.days95 = days95
    }
}

/// By what the figures are told apart.
public enum FigureGroup: Hashable, Sendable, Comparable, CustomStringConvertible {
    case all
    case area(Code)
    case lane(Code)
    case channel(Code)
    case party(RecordID)

    public var description: String {
        switch self {
        case .all: "all"
        case .area(let code): "area/\(code)"
        case .lane(let code): "lane/\(code)"
        case .channel(let code): "channel/\(code)"
        case .party(let id): "party/\(id)"
        }
    }
}
