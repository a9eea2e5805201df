internal import MatchCore

/// Figures as they are given out to everybody: nobody can be told apart in them.
///
/// Groups of fewer than ``least`` wishes are left out, and so many more that no remainder tells of fewer either. Every
/// count is rounded down to a multiple of ``least``: a difference of two counts, of two weeks or of a whole and its parts,
/// leaves fewer than ``least`` wishes undecided, and so never one. Shares and days come from counts of that kind.
public struct ReleasedFigures: Sendable {
    public static let least = 5

    /// The groups that are given out.
    public let figures: [FigureGroup: Figures]

    /// - Parameter figures: of groups of one kind, which every wish belongs to exactly one of.
    public init(_ figures: [FigureGroup: Figures]) {
        let held = Self.heldBack(figures.mapValues(\.wishes))
        self.figures = figures.filter { !held.contains($0.key) }.mapValues { $0.rounded }
    }

    /// The small groups, and with them the smallest others, until those held back are two at least and hold ``least``
    /// wishes between them.
    static func heldBack(_ counts: [FigureGroup: Int]) -> Set<FigureGroup> {
        let order = counts.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        var held = order.prefix { $0.value < least }.count
        guard held > 0, order.count > 1 else { return Set(order.prefix(held).map(\.key)) }
        var sum = order.prefix(held).reduce(0) { $0 + $1.value }
        while held < order.count, held < 2 || sum < least {
            sum += order[held].value
            held += 1
        }
        return Set(order.prefix(held).map(\.key))
    }

    /// The end of the last whole week before a moment, Mondays at 0:00: the only moments of which figures are given out.
    public static func period(before moment: Moment, utcOffsetSeconds: Int) -> Moment {
        let week = 7 * Moment.day
        let offset = Int64(utcOffsetSeconds) * 1_000
        // 1970-01-01 was a Thursday: Mondays are 4 days after the beginnings of weeks counted from there.
        let monday = 4 * Moment.day
        let local = moment.milliseconds + offset - monday
        let weeks = (local >= 0 ? local : local - (week - 1)) / week
        return Moment(milliseconds: weeks * week + monday - offset)
    }
}

extension Figures {
    /// The same in multiples of ``ReleasedFigures/least``, and in whole days where enough wishes are behind them.
    fileprivate var rounded: Figures {
        let least = ReleasedFigures.least
        func floor(_ count: Int) -> Int { count / least * least }
        func floor(_ share: Share) -> Share { Share(floor(share.part), of: floor(share.whole)) }
        let isMeasured = served.part >= least
        return Figures(
            wishes: floor(wishes), replied: floor(replied), repliedOnTime: floor(repliedOnTime),
            satisfied: floor(satisfied), undecided: floor(undecided), served: floor(served),
            onTime: floor(onTime),
            medianDays: isMeasured ? medianDays.map { $0.rounded() } : nil,
            days95: served.part >= 20 * least ? days95.map { $0.rounded() } : nil)
    }
}
