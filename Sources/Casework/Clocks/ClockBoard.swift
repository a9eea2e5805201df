public import MatchCore

/// The clocks of a program and the keys of the work that is done: what the runner asks, and what a store answers.
public struct ClockBoard: Sendable {
    public private(set) var clocks: [RecordID: ServiceClock] = [:]
    public private(set) var calendar: WorkingCalendar
    private var done: Set<String> = []

    public init(calendar: WorkingCalendar) {
        self.calendar = calendar
    }

    /// Adds a clock, or puts a changed one in the place of the old.
    ///
    /// Throws `wrongState` when the clock on the board has ended: nothing ended comes back.
    public mutating func put(_ clock: ServiceClock) throws {
        if let old = clocks[clock.id], old.end != nil, old != clock {
            throw CaseworkError(
                .wrongState, "Clock \(clock.id) has ended; open the case again to start new ones.",
                zhHans: "时限 \(clock.id) 已结束；如需继续请重新打开个案。")
        }
        clocks[clock.id] = clock
    }

    /// The work to be done up to and with `moment` that has not been done, in order of time, then of key.
    public func due(until moment: Moment) -> [ClockWork] {
        clocks.values.flatMap { $0.work(until: moment, calendar: calendar) }
            .filter { !done.contains($0.key) }
            .sorted { ($0.at, $0.key) < ($1.at, $1.key) }
    }

    /// Notes work as done; false when it was done already, and then whoever asks must not do it again.
    public mutating func finish(_ work: ClockWork) -> Bool {
        done.insert(work.key).inserted
    }

    /// What was overdue at a moment, past or present, longest first.
    ///
    /// - Parameter isInside: which areas to show; all by default.
    public func overdue(asOf moment: Moment, in isInside: (Code) -> Bool = { _ in true }) -> [ServiceClock] {
        clocks.values.compactMap { clock in
            guard isInside(clock.area(asOf: moment)), let due = clock.due(asOf: moment)?.moment, due < moment else {
                return nil
            }
            return (due, clock)
        }
        .sorted { (left: (Moment, ServiceClock), right: (Moment, ServiceClock)) in
            (left.0, left.1.id) < (right.0, right.1.id)
        }
        .map(\.1)
    }

    /// Loads another calendar and computes the due times anew.
    ///
    /// - Returns: the clocks whose due time moved, before and after, for the history.
    public mutating func load(_ calendar: WorkingCalendar, at moment: Moment) -> [(
        before: ServiceClock, after: ServiceClock
    )] {
        self.calendar = calendar
        var moved: [(before: ServiceClock, after: ServiceClock)] = []
        for id in clocks.keys.sorted() {
            guard let before = clocks[id], let after = before.recomputed(with: calendar, at: moment) else { continue }
            clocks[id] = after
            if before.due?.moment != after.due?.moment { moved.append((before, after)) }
        }
        return moved
    }
}
