public import MatchCore

/// One thing a clock asks to be done at a moment, exactly once.
public struct ClockWork: Hashable, Sendable {
    public enum Task: Hashable, Sendable {
        /// Tell who answers for it, this many hours ahead.
        case warn(hoursBefore: Int)
        /// Note that the due time has passed.
        case lapse
        /// Tell the next level up.
        case raise(to: AreaLevel)
        /// List the case publicly (in approved wording, by whoever shows it).
        case listPublicly
    }

    public let clock: RecordID
    public let task: Task
    /// When it was to be done; the runner may come later.
    public let at: Moment
    /// The due time it belongs to. With another due time, after an extension, the work is another.
    public let due: Moment

    /// The same for the same work, whoever lists it: a store keeps it unique, and so the work is done once.
    public var key: String { "clock/\(clock)/\(name)/\(due.milliseconds)" }

    /// `warn-24`, `lapse`, `raise-town` or `list`.
    public var name: Code {
        switch task {
        case .warn(let hours): Code("warn-\(hours)") ?? "warn"
        case .lapse: "lapse"
        case .raise(let level): Code("raise-\(level.rawValue)") ?? "raise"
        case .listPublicly: "list"
        }
    }
}

extension ServiceClock {
    /// All the work the clock asks for up to and with `moment`, in order of time, done or not.
    ///
    /// Each level has `raiseEvery` before the next one up is told; the public listing follows the last of them. A
    /// paused or ended clock asks for nothing. A warning whose time was already past when the due time became known
    /// is left out.
    public func work(until moment: Moment, calendar: WorkingCalendar) -> [ClockWork] {
        guard isRunning, let due = due?.moment else { return [] }
        // A calendar that was loaded and left the due time where it was is not news.
        let known = dueRecords.reversed().prefix { $0.due?.moment == due }.last?.at ?? startedAt
        var work = terms.warnHours.map { hours in
            ClockWork(clock: id, task: .warn(hoursBefore: hours), at: due.adding(hours: -hours), due: due)
        }
        work.removeAll { $0.at < known }
        // Done at the very moment it is due is in time.
        work.append(ClockWork(clock: id, task: .lapse, at: due.adding(milliseconds: 1), due: due))
        var last = due
        var level = level
        while let above = level.above {
            guard let next = calendar.due(terms.raiseEvery, from: last)?.moment else { break }
            work.append(ClockWork(clock: id, task: .raise(to: above), at: next, due: due))
            (last, level) = (next, above)
        }
        if let listAfter = terms.listAfter, let listed = calendar.due(listAfter, from: last)?.moment {
            work.append(ClockWork(clock: id, task: .listPublicly, at: listed, due: due))
        }
        return work.filter { $0.at <= moment }
    }
}
