public import MatchCore

/// One thing that a run of the program's own work does.
public struct RunWork: Hashable, Sendable {
    /// When it is due; what follows from something else has the run's own time.
    public let at: Moment
    /// As clocks' work is named: `warn-24`, `lapse`, `raise-town`, `list`; `leaseEnd`, `budgetEnd`; `queueServe`,
    /// `queueMove`, `queueEnd`; `visit`; `recordExpire`, `fileExpire`, `householdExpire`.
    public let task: Code
    /// The clock, claim, offer, household or inbound record.
    public let record: RecordID
    public let wish: RecordID?
}

extension RunWork: Comparable {
    /// By when it is due.
    public static func < (left: RunWork, right: RunWork) -> Bool {
        (left.at, left.record, left.task.text, left.wish ?? left.record)
            < (right.at, right.record, right.task.text, right.wish ?? right.record)
    }
}

/// What one run of the program's own work did, or would do.
public struct RunReport: Hashable, Sendable {
    /// The moment it went by.
    public var until: Moment
    /// All that was done, the earliest due first.
    public var work: [RunWork] = []
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

    /// Adds what another round did; whether that was all is the later round's to say.
    public mutating func add(_ round: RunReport) {
        until = round.until
        work = (work + round.work).sorted()
        tasks += round.tasks
        leasesEnded += round.leasesEnded
        budgetsClosed += round.budgetsClosed
        queuesServed += round.queuesServed
        recordsExpired += round.recordsExpired
        filesExpired += round.filesExpired
        householdsExpired += round.householdsExpired
        isComplete = round.isComplete
    }
}

/// Takes down what a run does, wherever in the rules it is done: a lease that ends serves whoever waits behind it.
final class RunNotes {
    private(set) var work: [RunWork] = []

    func add(_ task: Code, _ record: RecordID, of wish: RecordID?, at moment: Moment) {
        work.append(RunWork(at: moment, task: task, record: record, wish: wish))
    }

    /// Strikes out what was noted since there were so many: it was undone.
    func shorten(to count: Int) { work.removeSubrange(count...) }
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

    /// Whether a run at this desk's time would find something that is due: a lease, a clock or a budget that is over. A look
    /// that changes nothing, for a reading transaction; what else a run does waits for the next one.
    public func hasWorkDue() throws -> Bool {
        if try !store.leasesOver(by: now, limit: 1).isEmpty { return true }
        for clock in try store.clocksWithWork(by: now, limit: 200) {
            let done = try store.finishedWork(of: clock.id)
            let work = clock.work(until: now, calendar: rules.calendar)
            if work.contains(where: { !done.contains($0.key) }) { return true }
        }
        return try store.budgets(endedBefore: rules.calendar.zone.date(at: now)).contains {
            try store.balance(ofOffer: $0.line)?[.available] ?? 0 > 0
        }
    }

    /// What a run at this desk's time would do: nothing is changed, and the time may lie ahead of the clock.
    ///
    /// The work is done and undone again, so that what follows from it is told as well. What would be taken away because it
    /// was kept long enough is only looked up: keys that were destroyed don't come back.
    ///
    /// - Parameter limit: of each kind of work in one round; no further round is begun once so much was found.
    public func forecast(limit: Int = 1_000) throws -> RunReport {
        struct Undone: Error {}
        let moment = try max(now, store.runnerTime() ?? now)
        let desk = desk(as: .system, at: moment, clock: max(moment, clock), isReplaying: true)
        var forecast = RunReport(until: moment)
        do {
            try store.attempt {
                repeat {
                    forecast.add(try desk.noting(RunNotes()).workOfRules(limit: limit))
                } while !forecast.isComplete && forecast.work.count < limit
                let isAll = try desk.foretellRetention(limit: limit, &forecast)
                forecast.work.sort()
                forecast.isComplete = forecast.isComplete && isAll
                throw Undone()
            }
        } catch is Undone {}
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
        var report = try noting(RunNotes()).workOfRules(limit: limit)
        let isRetentionOver = try endRetention(limit: limit, &report)
        report.work.sort()
        report.isComplete = report.isComplete && isRetentionOver
        try store.setRunnerTime(now)
        return report
    }

    /// All that is due but what is kept for a time only.
    private func workOfRules(limit: Int) throws -> RunReport {
        var report = RunReport(until: now)
        let leases = try store.leasesOver(by: now, limit: limit)
        for kept in leases {
            notes?.add("leaseEnd", kept.claim.id, of: kept.claim.wish, at: kept.claim.lease?.end ?? now)
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
                notes?.add(work.name, clock.id, of: clock.subject, at: work.at)
            }
            // With what was done, or it would be found again and again, and a full run would never end.
            try keep(clock, done: done)
        }
        for budget in try store.budgets(endedBefore: rules.calendar.zone.date(at: now)) {
            let left = try store.balance(ofOffer: budget.line)?[.available] ?? 0
            guard left > 0 else { continue }
            let end = rules.calendar.zone.moment(on: budget.days.upperBound.adding(days: 1))
            notes?.add("budgetEnd", budget.line.record, of: nil, at: end)
            try withdraw(left, from: budget.line, reason: Reason("budgetEnded"))
            report.budgetsClosed += 1
        }
        let areQueuesServed = try serveQueues(limit: limit, &report)
        // A household that nobody visited in time may have become one that nobody visited for a year.
        for watch in try store.watches(nil, limit: limit) {
            guard let due = watch.visitDue, due <= now else { break }
            try regrade(watch.household)
        }
        let derived = try deriveGroups(limit: limit)
        try reviewConsents()
        report.isComplete = leases.count < limit && clocks.count < limit && areQueuesServed && derived < limit
        report.work = notes?.work ?? []
        return report
    }

    /// The line up to which an earlier round looked at who waits; empty or not set where it came to the end.
    private static let queuesSeen: Code = "queuesSeen"

    /// Serves whoever waits all the same: a budget's first day, or two nodes that did not see each other.
    ///
    /// Each round goes on behind the last one, or lines where nothing can be done would keep the runner from those behind
    /// them. Returns whether the end was reached.
    private func serveQueues(limit: Int, _ report: inout RunReport) throws -> Bool {
        let seen = try store.setting(Self.queuesSeen) ?? ""
        let lines = try store.linesWaitedFor(behind: LineReference(seen: seen), limit: limit)
        for line in lines {
            report.queuesServed += try forwardQueue(behind: line).count
            guard try store.balance(ofOffer: line)?[.available] ?? 0 > 0 else { continue }
            report.queuesServed += try serveQueue(behind: line).count
        }
        let last = lines.count < limit ? "" : lines.last.map { "\($0.record) \($0.number)" } ?? ""
        if last != seen { try store.set(Self.queuesSeen, to: last, at: now, by: CaseActor.system.id) }
        return last.isEmpty
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

extension LineReference {
    /// Reads a line as the runner notes it: the record's id and the line's number.
    fileprivate init?(seen: String) {
        let parts = seen.split(separator: " ")
        guard parts.count == 2, let record = RecordID(String(parts[0])), let number = Int(parts[1]) else { return nil }
        self.init(record, number)
    }
}
