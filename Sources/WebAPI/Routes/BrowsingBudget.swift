internal import Casework
internal import MatchCore
internal import Operations
internal import Synchronization
internal import Wire

/// How many wishes somebody outside of the program is shown in a day: enough to find one to help with, too few to copy
/// them all and watch them change.
///
/// Counted in the memory of each node, by party or else by address; a day begins at 0:00 UTC. Where several nodes serve
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
        let limit = max(1, whole / share.divisor)
        let name = Self.name(caller, request)
        let shown = day.withLock { day in
            Self.begin(&day, now)
            return day.shown[name] ?? (day.shown.count < capacity ? 0 : limit)
        }
        guard shown >= limit else { return }
        let rest = Int(Moment.day - now.milliseconds % Moment.day) / 1_000 + 1
        throw Problem(
            .tooManyRequests, "You have been shown \(limit) wishes today. Go on tomorrow, or ask a coordinator.",
            zhHans: "今日可浏览的心愿（\(limit) 条）已用完。请明日再来，或联系协调员。", retryAfterSeconds: rest)
    }

    /// Counts what somebody was shown.
    func charge(_ shown: Int, to caller: Caller, _ request: APIRequest, at now: Moment) {
        guard shown > 0, terms.limit(of: caller.actor.role) > 0 else { return }
        let name = Self.name(caller, request)
        day.withLock { day in
            Self.begin(&day, now)
            guard day.shown[name] != nil || day.shown.count < capacity else { return }
            day.shown[name, default: 0] += shown
        }
    }

    private static func begin(_ day: inout Day, _ now: Moment) {
        let number = now.milliseconds / Moment.day
        if day.number != number { day = Day(number: number) }
    }

    private static func name(_ caller: Caller, _ request: APIRequest) -> String {
        if let party = caller.actor.party { return "party \(party)" }
        return caller.actor.role == .guest ? "address \(request.remoteAddress)" : "actor \(caller.actor.id)"
    }
}

extension OperationFacts {
    /// Whether answers show wishes to people outside of the program.
    var isBrowsing: Bool { !changes && record.map { Self.browsed.contains($0) } ?? false }

    /// Records in whose place the wording of wishes is shown: found by name, or listed because they wait, as well.
    private static let browsed: Set<AccessRecord> = [.wish, .match, .names, .notice]
}
