internal import MatchCore

/// Computes the figures from the stream of facts, as of one moment: what became known later is left out.
public struct FigureTally: Sendable {
    public let asOf: Moment
    private let rule: SatisfactionRule
    private var wishes: [RecordID: State] = [:]

    private struct State {
        var received: (at: Moment, area: Code, lane: Code, channel: Code)?
        var parties: Set<RecordID> = []
        var answerDue: Moment?
        var answered: Moment?
        var deliveryDue: Moment?
        /// Whether it was closed late, in whatever round.
        var wasLate = false
        var closed: Moment?
        var isServed = true
        var hasEnded = false
        var rating: Int?
    }

    public init(asOf moment: Moment, by rule: SatisfactionRule = .standard) {
        asOf = moment
        self.rule = rule
    }

    /// Takes a fact in. Facts come in the history's order; those after `asOf` change nothing.
    public mutating func take(_ fact: CaseFact) {
        guard fact.at <= asOf else { return }
        var state = wishes[fact.wish] ?? State()
        switch fact.kind {
        case .received(let area, let lane, let channel):
            if state.received == nil { state.received = (fact.at, area, lane, channel) }
        case .moved(let area): state.received?.area = area
        case .joined(let party): state.parties.insert(party)
        case .answerDue(let due): state.answerDue = due
        // Opened again, a wish is answered again; the first answer is the one that is measured, in whatever order they
        // are entered.
        case .answered: state.answered = min(state.answered ?? fact.at, fact.at)
        // Once a round was late, the wish was: the due time of another round is no second chance.
        case .deliveryDue(let due): if !state.wasLate { state.deliveryDue = due }
        case .closed(let isServed):
            state.closed = fact.at
            state.isServed = isServed
            if let due = state.deliveryDue, fact.at > due { state.wasLate = true }
        case .reopened: state.closed = nil
        case .ended: state.hasEnded = true
        case .rated(let stars): state.rating = stars
        }
        wishes[fact.wish] = state
    }

    /// The figures of every group that has a wish.
    public func figures() -> [FigureGroup: Figures] {
        var counts: [FigureGroup: FigureCounts] = [:]
        for state in wishes.values {
            guard let received = state.received else { continue }
            let wish = MeasuredWish(
                receivedAt: received.at, answerDue: state.answerDue, answeredAt: state.answered,
                deliveryDue: state.deliveryDue, closedAt: state.closed, isServed: state.isServed,
                hasEnded: state.hasEnded, rating: state.rating)
            var groups: [FigureGroup] = [
                .all, .area(received.area), .lane(received.lane), .channel(received.channel),
            ]
            groups += state.parties.map { .party($0) }
            for group in groups { counts[group, default: FigureCounts(asOf: asOf, by: rule)].add(wish) }
        }
        return counts.mapValues(\.figures)
    }
}
