/// The time the runner goes by: the host's clock, as long as it can be believed.
///
/// When the host's clock falls back, time stands until it has caught up. When it jumps more than a day ahead, the
/// runner stops with an alarm until a person has looked, because leases and clocks of real people would end.
public struct RunnerTime: Hashable, Sendable, Codable {
    /// What a look at the host's clock told.
    public enum Reading: Hashable, Sendable {
        case runs(Moment)
        /// The host is behind; the time to go by stays where it was.
        case stands(Moment)
        /// The host is more than a day ahead of what can have passed. Nothing may be done.
        case alarm(since: Moment, host: Moment)

        /// Up to when work may be done; nil during an alarm, and then nothing is.
        public var workUntil: Moment? {
            switch self {
            case .runs(let moment), .stands(let moment): moment
            case .alarm: nil
            }
        }
    }

    /// The latest time that was gone by; it never falls.
    public private(set) var now: Moment
    /// The host's uptime at that time, in milliseconds; nil after a restart.
    private var uptime: Int64?

    /// - Parameter now: the latest time the store has seen.
    public init(now: Moment, uptime: Int64? = nil) {
        self.now = now
        self.uptime = uptime
    }

    /// Reads the host's clock.
    ///
    /// - Parameter uptime: milliseconds of a clock that nobody sets; with it, a machine that slept or a runner
    ///   that hung for two days is told apart from a clock that was set wrong. Nil when there is none.
    public mutating func read(host: Moment, uptime: Int64? = nil) -> Reading {
        guard host >= now else { return .stands(now) }
        var passed: Int64 = 0
        if let uptime, let before = self.uptime {
            passed = max(0, Moment(milliseconds: uptime).milliseconds(since: Moment(milliseconds: before)))
        }
        let allowed = now.adding(milliseconds: passed).adding(milliseconds: Moment.day)
        guard host <= allowed else { return .alarm(since: now, host: host) }
        now = host
        self.uptime = uptime
        return .runs(host)
    }

    /// Accepts a jump ahead that a person has looked at.
    ///
    /// Throws `roleNotAllowed` for anyone but an admin, `reasonRequired` without a reason.
    public mutating func accept(_ host: Moment, uptime: Int64? = nil, by actor: CaseActor, reason: Reason?) throws {
        guard actor.role == .admin else {
            throw CaseworkError(
                .roleNotAllowed, "Only an admin accepts that the clock jumped ahead.", zhHans: "只有管理员可以确认时钟跳变。")
        }
        guard reason != nil else {
            throw CaseworkError(
                .reasonRequired, "Say why the clock jumped ahead, for instance that the host was off.",
                zhHans: "请说明时钟跳变的原因，例如主机曾关机。")
        }
        now = max(now, host)
        self.uptime = uptime
    }
}
