internal import Casework
internal import MatchCore
internal import Operations
internal import Synchronization
internal import Wire

/// How many wishes somebody outside of the program is shown in a day: enough to find one to help with, too few to copy
/// them all and watch them change.
///
/// Counted in the memory of each node, by party or else by address; a day begins at 0:00 UTC. All parties that ask from one
/// address are shown no more than ``partiesOfAnAddress`` of them: whoever likes may register one party after the other. Where several nodes serve
/// one program each shows its part, so that all together show no more.
public final class BrowsingBudget: Sendable {
    /// Wishes a day.
    public struct Terms: Sendable, Hashable {
        /// For an address without a token; 0 for no limit.
        public var guest: Int
        /// For a donor, a carrier or a fitter; 0 for no limit.
        public var party: Int

        public init(guest: Int = 2_000, party: Int = 5_000) {
            self.guest = guest
            self.party = party
        }

        func limit(of role: Role) -> Int {
            switch role {
            case .guest: guest
            case .donor, .carrier, .fitter: party
            default: 0
            }
        }
    }

    private struct Day {
        var number: Int64 = 0
        var shown: [String: Int] = [:]
    }

    private let terms: Terms
    private let share: RateShare
    /// Callers that are told apart at most; beyond, those behind one another share what is left to none of them.
    private let capacity: Int
    private let day = Mutex(Day())

    public init(_ terms: Terms = Terms(), share: RateShare = RateShare(), capacity: Int = 200_000) {
        self.terms = terms
        self.share = share
        self.capacity = capacity
    }

    /// Throws `tooManyRequests` for whoever has seen enough for a day.
    func check(_ caller: Caller, _ request: APIRequest, at now: Moment) throws {
        let whole = terms.limit(of: caller.actor.role)
        guard whole > 0 else { return }
        // One at least, or nobody could look at all.
        let limit = max(1, whole / Int(share.part.divisor))
        let isEnough = day.withLock { day in
            Self.begin(&day, now)
            return Self.counts(caller, request).contains { count in
                let limit = limit * count.parties
                return day.shown[count.name] ?? (day.shown.count < capacity ? 0 : limit) >= limit
            }
        }
        guard isEnough else { return }
        let rest = Int(Moment.day - now.milliseconds % Moment.day) / 1_000 + 1
        throw Problem(
            .tooManyRequests, "You have been shown \(limit) wishes today. Go on tomorrow, or ask a coordinator.",
            zhHans: "今日可浏览的心愿（\(limit) 条）已用完。请明日再来，或联系协调员。", retryAfterSeconds: rest)
    }

    /// Counts what somebody was shown.
    func charge(_ shown: Int, to caller: Caller, _ request: APIRequest, at now: Moment) {
        guard shown > 0, terms.limit(of: caller.actor.role) > 0 else { return }
        day.withLock { day in
            Self.begin(&day, now)
            for (name, _) in Self.counts(caller, request) where day.shown[name] != nil || day.shown.count < capacity {
                day.shown[name, default: 0] += shown
            }
        }
    }

    private static func begin(_ day: inout Day, _ now: Moment) {
        let number = now.milliseconds / Moment.day
        if day.number != number { day = Day(number: number) }
    }

    /// For how many parties an address is enough.
    static let partiesOfAnAddress = 4

    /// Under which names a caller is counted, each with how many times the budget it has.
    private static func counts(_ caller: Caller, _ request: APIRequest) -> [(name: String, parties: Int)] {
        let address = NetworkAddress(request.remoteAddress)?.subscriber.text ?? request.remoteAddress
        guard caller.actor.role != .guest else { return [("address \(address)", 1)] }
        let own = caller.actor.party.map { "party \($0)" } ?? "actor \(caller.actor.id)"
        return [(own, 1), ("parties of \(address)", partiesOfAnAddress)]
    }
}

extension OperationFacts {
    /// Whether answers show wishes to people outside of the program.
    var isBrowsing: Bool { !changes && Self.browsed.contains(record) }

    /// Records in whose place the wording of wishes is shown: found by name, or listed because they wait, as well.
    private static let browsed: Set<AccessRecord> = [.wish, .match, .names, .notice]
}
