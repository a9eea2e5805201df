internal import MatchCore

/// What the figures look at of one wish, as far as it was known at some moment.
public struct MeasuredWish: Hashable, Sendable {
    public var receivedAt: Moment
    public var answerDue: Moment?
    public var answeredAt: Moment?
    public var deliveryDue: Moment?
    /// The last closing; nil while it is open, or open again.
    public var closedAt: Moment?
    /// Whether a wish that is closed was fulfilled.
    public var isServed: Bool
    /// Withdrawn or refused.
    public var hasEnded: Bool
    /// The last one, 1…5.
    public var rating: Int?

    public init(
        receivedAt: Moment, answerDue: Moment? = nil, answeredAt: Moment? = nil, deliveryDue: Moment? = nil,
        closedAt: Moment? = nil, isServed: Bool = true, hasEnded: Bool = false, rating: Int? = nil
    ) {
        self.receivedAt = receivedAt
        self.answerDue = answerDue
        self.answeredAt = answeredAt
        self.deliveryDue = deliveryDue
        self.closedAt = closedAt
        self.isServed = isServed
        self.hasEnded = hasEnded
        self.rating = rating
    }

    /// What was known at a moment, of what is kept in one row: what happened after it is left out.
    ///
    /// - Parameters:
    ///   - endedAt: together with `closedAt` it says that the wish was closed without being fulfilled; alone, that it was
    ///     withdrawn or refused.
    ///   - ratedAt: when the last rating was given.
    public init(
        knownAt moment: Moment, receivedAt: Moment, answerDue: Moment?, answeredAt: Moment?, deliveryDue: Moment?,
        closedAt: Moment?, endedAt: Moment?, rating: Int?, ratedAt: Moment?
    ) {
        func known(_ at: Moment?) -> Moment? { at.flatMap { $0 <= moment ? $0 : nil } }
        let (closed, ended) = (known(closedAt), known(endedAt))
        self.init(
            receivedAt: receivedAt, answerDue: answerDue, answeredAt: known(answeredAt), deliveryDue: deliveryDue,
            closedAt: closed, isServed: ended == nil, hasEnded: closed == nil && ended != nil,
            rating: known(ratedAt) == nil ? nil : rating)
    }
}

/// Adds wishes up to the figures of one group, in one pass and in any order.
public struct FigureCounts: Sendable {
    public let asOf: Moment
    private let rule: SatisfactionRule
    private var wishes = 0
    private var answered = 0
    private var answeredInTime = 0
    private var answersDue = 0
    private var rated = 0
    private var satisfied = 0
    private var undecided = 0
    private var closed = 0
    private var served = 0
    private var closedInTime = 0
    private var deliveriesDue = 0
    private var durations: [Int64] = []

    public init(asOf moment: Moment, by rule: SatisfactionRule) {
        asOf = moment
        self.rule = rule
    }

    public mutating func add(_ wish: MeasuredWish) {
        wishes += 1
        if let answeredAt = wish.answeredAt {
            answered += 1
            answersDue += 1
            if answeredAt <= wish.answerDue ?? answeredAt { answeredInTime += 1 }
        } else if let due = wish.answerDue, due < asOf {
            answersDue += 1
        }
        if let rating = wish.rating {
            rated += 1
            switch rule.verdict(rating) {
            case .satisfied: satisfied += 1
            case .undecided: undecided += 1
            case .unsatisfied: break
            }
        }
        guard !wish.hasEnded else { return }
        if let closedAt = wish.closedAt {
            // Closed without being fulfilled, it was never delivered: neither in time nor within any days.
            closed += 1
            deliveriesDue += 1
            guard wish.isServed else { return }
            served += 1
            durations.append(max(0, closedAt.milliseconds(since: wish.receivedAt)))
            if closedAt <= wish.deliveryDue ?? closedAt { closedInTime += 1 }
        } else if let due = wish.deliveryDue, due < asOf {
            deliveriesDue += 1
        }
    }

    public var figures: Figures {
        let sorted = durations.sorted()
        // Nearest rank: the smallest duration that at least this share does not exceed.
        func days(percent: Int) -> Double? {
            guard !sorted.isEmpty else { return nil }
            let rank = (sorted.count * percent + 99) / 100
            return Double(sorted[max(1, rank) - 1]) / Double(Moment.day)
        }
        return Figures(
            wishes: wishes, replied: Share(answered, of: answersDue),
            repliedOnTime: Share(answeredInTime, of: answersDue), satisfied: Share(satisfied, of: rated),
            undecided: Share(undecided, of: rated), served: Share(served, of: closed),
            onTime: Share(closedInTime, of: deliveriesDue),
            medianDays: days(percent: 50), days95: days(percent: 95))
    }
}
