public import MatchCore

extension CaseDesk {
    /// Makes a step on a clock, and notes a due time that moved.
    public func stepClock(_ id: RecordID, _ step: ClockStep, reason: Reason? = nil) throws -> ServiceClock {
        guard let clock = try store.clock(id) else { throw unknown(LocalizedText(zhHans: "时限", en: "clock"), id) }
        return try self.step(clock, step, reason: reason)
    }

    func step(_ clock: ServiceClock, _ step: ClockStep, reason: Reason?) throws -> ServiceClock {
        let after = try clock.applying(step, by: actor, at: now, reason: reason, calendar: rules.calendar)
        try keep(after)
        try append(
            .clockStep(
                step, before: clock, after: after, by: actor, at: now, reason: reason, program: store.programCode()))
        try noteDue(before: clock, after: after)
        return after
    }

    /// Starts a clock besides those every wish has: for papers, a visit, a notice.
    func start(_ kind: ClockKind, for wishCase: WishCase) throws {
        let clock = ServiceClock(
            id: newID(), subject: wishCase.wish, kind: kind, area: wishCase.area, level: wishCase.level,
            terms: try rules.clocks.terms(for: kind, of: context(wishCase)), startedAt: now, round: wishCase.round,
            calendar: rules.calendar)
        try keep(clock, done: [])
        try append(.clockStart(clock, by: actor, program: store.programCode()))
    }

    /// Takes an event of a wish's life in; returns the clocks that started or ended.
    @discardableResult
    func take(_ event: WishClocks.Event, _ wishCase: WishCase) throws -> [ServiceClock] {
        let stored = event == .opened ? [] : try store.clocks(of: wishCase.wish)
        var clocks = WishClocks(
            wish: wishCase.wish, context: try context(wishCase), area: wishCase.area, level: wishCase.level,
            round: wishCase.round, clocks: stored)
        let source = WishClocks.Source(policy: rules.clocks, calendar: rules.calendar, newID: newID)
        let touched = Set(try clocks.take(event, by: actor, at: now, from: source))
        let program = try store.programCode()
        return try clocks.clocks.filter { touched.contains($0.id) }.map { clock in
            let before = stored.first { $0.id == clock.id }
            try keep(clock, done: before == nil ? [] : nil)
            if let before {
                try append(
                    .clockStep(.meet, before: before, after: clock, by: actor, at: now, reason: nil, program: program))
            } else {
                try append(.clockStart(clock, by: actor, program: program))
            }
            return clock
        }
    }

    /// Loads another calendar: due times are computed anew, each with its entry. Returns how many moved.
    public func load(_ calendar: WorkingCalendar, rows: [WorkingCalendar.Row]) throws -> Int {
        try require([], to: LocalizedText(zhHans: "更新工作日历", en: "load a calendar"))
        try store.replaceCalendar(rows, revision: calendar.revision)
        var changed = rules
        changed.calendar = calendar
        let desk = desk(rules: changed)
        try desk.write(
            "calendar/load", on: "calendar", CaseActor.system.id,
            [FieldChange("revision", before: nil, after: .integer(Int64(calendar.revision)))])
        var running: [ServiceClock] = []
        try store.forEachRunningClock { running.append($0) }
        var moved = 0
        for before in running {
            guard let after = before.recomputed(with: calendar, at: now) else { continue }
            try desk.keep(after)
            guard before.due?.moment != after.due?.moment else { continue }
            moved += 1
            try append(
                .recomputedDue(before: before, after: after, by: actor, at: now, program: store.programCode()))
            try desk.noteDue(before: before, after: after)
        }
        return moved
    }

    /// Keeps a clock together with the moment of its next work.
    ///
    /// - Parameter done: the keys of its work that is done, where they are known; looked up by default.
    func keep(_ clock: ServiceClock, done: Set<String>? = nil) throws {
        let done = try done ?? store.finishedWork(of: clock.id)
        let next = clock.work(until: Moment(milliseconds: .max), calendar: rules.calendar)
            .first { !done.contains($0.key) }
        try store.save(clock, nextWork: next?.at)
    }

    /// The due times that the figures look at, as the wish's own entry states them.
    func dueChanges(_ clocks: [ServiceClock]) -> [FieldChange] {
        clocks.compactMap { clock in
            guard let field = Self.dueField(of: clock.kind), clock.end == nil, let due = clock.due else { return nil }
            return FieldChange(field, before: nil, after: .moment(due.moment))
        }
    }

    private func noteDue(before: ServiceClock, after: ServiceClock) throws {
        // While it stands still, the last due time stays the one that is measured.
        guard let field = Self.dueField(of: after.kind), after.end == nil, let due = after.due?.moment,
            before.due?.moment != due, after.kind == .delivery || after.round == 1
        else { return }
        try write(
            "wish/due", on: "wish", after.subject,
            [FieldChange(field, before: before.due.map { .moment($0.moment) }, after: .moment(due))])
    }

    private static func dueField(of kind: ClockKind) -> Code? {
        switch kind {
        case .answer: "answerDue"
        case .delivery: "deliveryDue"
        case .decision, .callBack, .visit, .publicNotice, .papers: nil
        }
    }

    private func context(_ wishCase: WishCase) throws -> ClockContext {
        ClockContext(
            program: try store.programCode(), lane: wishCase.lane, category: wishCase.category,
            urgency: wishCase.urgency)
    }
}
