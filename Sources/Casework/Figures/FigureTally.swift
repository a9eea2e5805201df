internal import MatchCore

/// Computes the figures from the stream of facts, as of one moment: what became known later is left out.
public struct FigureTally: Sendable {
    public let asOf: Moment
    private var wishes: [RecordID: State] = [:]

    private struct State {
        var received: (at: Moment, area: Code, lane: Code, channel: Code)?
        var parties: Set<RecordID> = []
        var answerDue: Moment?
        var answered: Moment?
        var deliveryDue: Moment?
        var closed: Moment?
        var hasEnded = false
        var rating: Int?
    }

    public init(asOf moment: Moment) {
        asOf = moment
    }

    /// Takes a fact in. Facts come in the history's order; those after `asOf` change nothing.
    public mutating func take(_ fact: CaseFact) {
        guard fact.at <= asOf else { return }
        var state = wishes[fact.wish] ?? State()
        switch fact.kind {
        case .received(let area, let lane, let channel):
            if state.received == nil { state.received = (fact.at, area, lane, channel) }
        case .joined(let party): state.parties.insert(party)
        case .answerDue(let due): state.answerDue = due
        // Opened again, a wish is answered again; the first answer is the one that is measured.
        case .answered: state.answered = state.answered ?? fact.at
        case .deliveryDue(let due): state.deliveryDue = due
        case .closed: state.closed = fact.at
        case .reopened: state.closed = nil
        case .ended: state.hasEnded = true
        case .rated(let stars): state.rating = stars
        }
        wishes[fact.wish] = state
    }

    /// The figures of every group that has a wish.
    public func figures() -> [FigureGroup: Figures] {
        var counts: [FigureGroup: Counts] = [:]
        for state in wishes.values {
            guard let received = state.received else { continue }
            var groups: [FigureGroup] = [
                .all, .area(received.area), .lane(received.lane), .channel(received.channel),
            ]
            groups += state.parties.map { .party($0) }
            for group in groups { counts[group, default: Counts()].add(state, since: received.at, asOf: asOf) }
        }
        return counts.mapValues(\.figures)
    }

    private struct Counts {
        var wishes = 0
        var answered = 0
        var answeredInTime = 0
        var answersDue = 0
        var rated = 0
        var satisfied = 0
        var closedInTime = 0
        var deliveriesDue = 0
        var durations: [Int64] = []

        mutating func add(_ state: State, since received: Moment, asOf: Moment) {
            wishes += 1
            if let answered = state.answered {
                self.answered += 1
                answersDue += 1
                if answered <= state.answerDue ?? answered { answeredInTime += 1 }
            } else if let due = state.answerDue, due < asOf {
                answersDue += 1
            }
            if let rating = state.rating {
                rated += 1
                if rating >= 4 { satisfied += 1 }
            }
            guard !state.hasEnded else { return }
            if let closed = state.closed {
                durations.append(max(0, closed.milliseconds(since: received)))
                deliveriesDue += 1
                if closed <= state.deliveryDue ?? closed { closedInTime += 1 }
            } else if let due = state.deliveryDue, due < asOf {
                deliveriesDue += 1
            }
        }

        var figures: Figures {
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
                onTime: Share(closedInTime, of: deliveriesDue), medianDays: days(percent: 50),
                days95: days(percent: 95))
        }
    }
}
