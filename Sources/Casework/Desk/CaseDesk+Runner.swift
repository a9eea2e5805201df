public import MatchCore

/// What one run of the program's own work did.
public struct RunReport: Hashable, Sendable {
    /// The moment it went by.
    public var until: Moment
    /// Warnings, lapses, raises and listings, in the order they were done.
    public var tasks: [ClockWork] = []
    public var leasesEnded = 0
    public var budgetsClosed = 0
    /// Claims made for those who waited.
    public var queuesServed = 0
    /// Inbound records that nobody confirmed within the time they are kept.
    public var recordsExpired = 0
    /// Closed wishes whose personal content was kept long enough.
    public var filesExpired = 0
    /// Files of families at rest that were kept long enough.
    public var householdsExpired = 0
    /// False when there is more to do: run again.
    public var isComplete = true

    public init(until: Moment) {
        self.until = until
    }
}

/// What will be due by a moment.
public struct RunForecast: Hashable, Sendable {
    /// One thing that is to be done.
    public struct Work: Hashable, Sendable {
        /// When it is due.
        public let at: Moment
        /// As clocks' work is named: `warn-24`, `lapse`, `raise-town`, `list`; or `leaseEnd`, `budgetEnd`.
        public let task: Code
        /// The clock, claim or offer.
        public let record: RecordID
        public let wish: RecordID?
    }

    public var until: Moment
    /// The earliest first.
    public var work: [Work] = []
    /// False where there is more than was looked at.
    public var isComplete = true

    public init(until: Moment) { self.until = until }
}

/// How a run ended.
public enum RunOutcome: Hashable, Sendable {
    case ran(RunReport)
    /// The host's clock is more than a day ahead of the last run: nothing was done, and nothing ends, until an admin has
    /// accepted the jump.
    case alarm(since: Moment, host: Moment)
}

extension CaseDesk {
    /// Does the work that is due, each piece exactly once: leases that are over end, clocks warn, lapse, go one level up
    /// and are listed, budgets whose period is over are closed.
    ///
    /// Call it as the system, with `now` at the host's time. Where the host's clock fell back, the run goes by the latest
    /// time of an earlier one.
    ///
    /// Throws `notInTime` for a time later than the clock: what is not due yet is not done, and no entry is of tomorrow. See
    /// ``forecast(limit:)`` for what will be due.
    ///
    /// - Parameters:
    ///   - uptime: see ``RunnerTime``; nil for a process that has just begun.
    ///   - limit: of each kind of work in one transaction.
    public func run(time: RunnerTime? = nil, uptime: Int64? = nil, limit: Int = 1_000) throws -> RunOutcome {
        try requirePresent()
        let last = try store.runnerTime()
        var time = time ?? RunnerTime(now: last ?? now)
        if let last, time.now < last { time = RunnerTime(now: last) }
        switch time.read(host: now, uptime: uptime) {
        case .alarm(let since, let host): return .alarm(since: since, host: host)
        case .runs(let moment), .stands(let moment):
            // The runner's time is a time of its own: it never falls, even where the host's does. What was planned is done
            // even where another host, whose clock is a little ahead, has just written something.
            let desk = desk(as: .system, at: moment, clock: max(moment, clock), isReplaying: true)
            return .ran(try desk.work(limit: limit))
        }
    }

    /// Accepts that the host's clock jumped ahead, after a person has looked.
    public func acceptJump(reason: Reason?) throws {
        try requirePresent()
        let last = try store.runnerTime() ?? now
        var time = RunnerTime(now: last)
        try time.accept(now, by: actor, reason: reason)
        try store.setRunnerTime(time.now)
        try desk(clock: max(now, clock)).write(
            "runner/acceptJump", on: "runner", CaseActor.system.id, reason: reason,
            [FieldChange("now", before: .moment(last), after: .moment(time.now))])
    }

    /// What will be due by this desk's time, and is not done: nothing is changed, and the time may lie ahead of the clock.
    public func forecast(limit: Int = 1_000) throws -> RunForecast {
        var forecast = RunForecast(until: now)
        let leases = try store.leasesOver(by: now, limit: limit)
        forecast.work += leases.map {
            RunForecast.Work(
                at: $0.claim.lease?.end ?? now, task: "leaseEnd", record: $0.claim.id, wish: $0.claim.wish)
        }
        let clocks = try store.clocksWithWork(by: now, limit: limit)
        for clock in clocks {
            let done = try store.finishedWork(of: clock.id)
            forecast.work += clock.work(until: now, calendar: rules.calendar).filter { !done.contains($0.key) }.map {
                RunForecast.Work(at: $0.at, task: $0.name, record: clock.id, wish: clock.subject)
            }
        }
        for budget in try store.budgets(endedBefore: rules.calendar.zone.date(at: now)) {
            guard try store.balance(ofOffer: budget.line)?[.available] ?? 0 > 0 else { continue }
            let end = rules.calendar.zone.moment(on: budget.days.upperBound.adding(days: 1))
            forecast.work.append(RunForecast.Work(at: end, task: "budgetEnd", record: budget.line.record, wish: nil))
        }
        forecast.work.sort { ($0.at, $0.record, $0.task.text) < ($1.at, $1.record, $1.task.text) }
        forecast.isComplete = leases.count < limit && clocks.count < limit
        return forecast
    }

    /// Leases and clocks of real people end by this time: neither a slip of the keyboard nor a wish to see what comes ends
    /// them early.
    private func requirePresent() throws {
        guard now <= clock.adding(milliseconds: Self.tolerance) else {
            let zone = rules.calendar.zone
            throw CaseworkError(
                .notInTime,
                "\(zone.text(now)) is later than now (\(zone.text(clock))): work is done when it is due, and not before. "
                    + "Leave the time out, or look at what will be due with --dry-run (over HTTP: dryRun).",
                zhHans: "\(zone.text(now)) 晚于现在（\(zone.text(clock))）：事项到期才办，不能提前。请不填时间，或用 --dry-run 查看将到期的事项"
                    + "（HTTP 为 dryRun）。")
        }
    }

    private func work(limit: Int) throws -> RunReport {
        var report = RunReport(until: now)
        let leases = try store.leasesOver(by: now, limit: limit)
        for kept in leases {
            _ = try step(kept.claim.id, .expire)
            report.leasesEnded += 1
        }
        let clocks = try store.clocksWithWork(by: now, limit: limit)
        for clock in clocks {
            var done = try store.finishedWork(of: clock.id)
            for work in clock.work(until: now, calendar: rules.calendar) where !done.contains(work.key) {
                done.insert(work.key)
                guard try store.finish(work, at: now) else { continue }
                try note(work)
                report.tasks.append(work)
            }
            // With what was done, or it would be found again and again, and a full run would never end.
            try keep(clock, done: done)
        }
        for budget in try store.budgets(endedBefore: rules.calendar.zone.date(at: now)) {
            let left = try store.balance(ofOffer: budget.line)?[.available] ?? 0
            guard left > 0 else { continue }
            try withdraw(left, from: budget.line, reason: Reason("budgetEnded"))
            report.budgetsClosed += 1
        }
        // A budget's first day, or two nodes that did not see each other: whoever waits is served all the same.
        for line in try store.linesWaitedFor(limit: limit) {
            report.queuesServed += try forwardQueue(behind: line).count
            guard try store.balance(ofOffer: line)?[.available] ?? 0 > 0 else { continue }
            report.queuesServed += try serveQueue(behind: line).count
        }
        // A household that nobody visited in time may have become one that nobody visited for a year.
        for watch in try store.watches(nil, limit: limit) {
            guard let due = watch.visitDue, due <= now else { break }
            try regrade(watch.household)
        }
        let derived = try deriveGroups(limit: limit)
        let isRetentionOver = try endRetention(limit: limit, &report)
        try reviewConsents()
        report.isComplete = leases.count < limit && clocks.count < limit && isRetentionOver && derived < limit
        try store.setRunnerTime(now)
        return report
    }

    private func note(_ work: ClockWork) throws {
        var changes = [
            FieldChange("planned", before: nil, after: .moment(work.at)),
            FieldChange("due", before: nil, after: .moment(work.due)),
        ]
        let action: Code
        switch work.task {
        case .warn(let hours):
            action = "clock/warn"
            changes.append(FieldChange("hoursBefore", before: nil, after: .integer(Int64(hours))))
        case .lapse: action = "clock/lapse"
        case .raise(let level):
            action = "clock/raise"
            if let code = Code(level.rawValue) { changes.append(FieldChange("level", before: nil, after: .code(code))) }
        case .listPublicly: action = "clock/list"
        }
        try write(action, on: "clock", work.clock, changes)
    }
}
