public import MatchCore

/// Clocks, their work, the calendar and the runner's time, as a store keeps them.
public protocol ClockStoring {
    /// Keeps a clock, with the moment at which its next work is to be done; nil for none.
    func save(_ clock: ServiceClock, nextWork: Moment?) throws
    func clock(_ id: RecordID) throws -> ServiceClock?
    /// In the order they started.
    func clocks(of subject: RecordID) throws -> [ServiceClock]
    /// Clocks that have work to do up to and with a moment, the earliest first.
    func clocksWithWork(by moment: Moment, limit: Int) throws -> [ServiceClock]
    /// Running clocks, the first due first; without those that are paused.
    func runningClocks(limit: Int) throws -> [ServiceClock]
    /// Calls the body with every clock that has not ended.
    func forEachRunningClock(_ body: (ServiceClock) throws -> Void) throws
    /// What was overdue at a moment, past or present, longest first.
    func overdue(asOf moment: Moment, areas: [Code]?, behind: TimedPlace?, limit: Int) throws -> [Overdue]
    func clocks(_ query: ClockQuery, limit: Int) throws -> [ServiceClock]

    /// Notes work as done; false when it was done already, and then it must not be done again.
    func finish(_ work: ClockWork, at moment: Moment) throws -> Bool
    func finishedWork(of clock: RecordID) throws -> Set<String>

    /// The days of the official notices that were loaded, and the revision of the last; nil before the first.
    func calendar(_ zone: ProgramTimeZone) throws -> WorkingCalendar?
    func replaceCalendar(_ rows: [WorkingCalendar.Row], revision: Int) throws

    /// The latest time the runner went by; nil before its first run.
    func runnerTime() throws -> Moment?
    /// Moves the runner's time on; it never falls.
    func setRunnerTime(_ moment: Moment) throws
}

/// A clock that was overdue at some moment.
public struct Overdue: Hashable, Sendable {
    public let clock: RecordID
    public let subject: RecordID
    public let kind: ClockKind
    public let area: Code
    /// As it was known then.
    public let due: Moment

    public init(clock: RecordID, subject: RecordID, kind: ClockKind, area: Code, due: Moment) {
        self.clock = clock
        self.subject = subject
        self.kind = kind
        self.area = area
        self.due = due
    }
}

extension ClockStoring {
    /// What was overdue at a moment, past or present, longest first.
    public func overdue(asOf moment: Moment, areas: [Code]?, limit: Int) throws -> [Overdue] {
        try overdue(asOf: moment, areas: areas, behind: nil, limit: limit)
    }
}

/// Which clocks are wanted that have not ended: those that run, the first due first, or those that are paused, the first
/// begun first.
public struct ClockQuery: Hashable, Sendable {
    public var isPaused = false
    public var kind: ClockKind?
    /// Only clocks of these areas.
    public var areas: [String]?
    /// Only clocks about this record.
    public var subject: RecordID?
    /// Only clocks that stand behind this one.
    public var behind: TimedPlace?

    public init(
        isPaused: Bool = false, kind: ClockKind? = nil, areas: [String]? = nil, subject: RecordID? = nil,
        behind: TimedPlace? = nil
    ) {
        self.isPaused = isPaused
        self.kind = kind
        self.areas = areas
        self.subject = subject
        self.behind = behind
    }
}
