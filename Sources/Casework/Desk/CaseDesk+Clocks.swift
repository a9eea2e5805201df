public import MatchCore

extension CaseDesk {
    /// Makes a step on a clock by hand, and notes a due time that moved. To meet the clock for the answer is to answer.
    ///
    /// Throws `wrongState` where the step would let a promise be forgotten: what is due to a person ends when it is done.
    public func stepClock(_ id: RecordID, _ step: ClockStep, reason: Reason? = nil) throws -> ServiceClock {
        guard let clock = try store.clock(id) else { throw unknown(LocalizedText(zhHans: "时限", en: "clock"), id) }
        if clock.end == nil {
            switch step {
            case .meet where clock.kind == .answer:
                guard let wishCase = try store.wishCase(clock.subject), wishCase.state == .open else { break }
                // Who may say that the answer was given stands with the step; that it was given is told like any answer.
                _ = try clock.applying(step, by: actor, at: now, reason: reason, calendar: rules.calendar)
                try noteAnswer(to: wishCase, reason: reason)
                return try store.clock(id) ?? clock
            case .meet, .cancel:
                // Whoever may not make the step is told so first.
                _ = try clock.applying(step, by: actor, at: now, reason: reason, calendar: rules.calendar)
                try requireNotOwed(clock, step)
            case .pause, .askExtension:
                _ = try clock.applying(step, by: actor, at: now, reason: reason, calendar: rules.calendar)
                try requireNotMissed(clock)
            default: break
            }
        }
        return try self.step(clock, step, reason: reason)
    }

    /// What was missed, and was noted as such, stays missed: neither a pause nor a request that is entered after it with an
    /// earlier time takes it out of what was overdue.
    private func requireNotMissed(_ clock: ServiceClock) throws {
        guard let due = clock.due?.moment, let noted = try store.runnerTime(), noted > due else { return }
        throw CaseworkError(
            .notInTime,
            "The clock was due at \(rules.calendar.zone.text(due)) and is noted as missed; a pause or a request for more time "
                + "is entered before that. Finish the work.",
            zhHans: "该时限已于 \(rules.calendar.zone.text(due)) 到期并记为逾期；暂停或延期申请须在到期前登记。请尽快办结。")
    }

    private func requireNotOwed(_ clock: ServiceClock, _ step: ClockStep) throws {
        let wish = clock.subject
        let wishCase = try store.wishCase(wish)
        let way: LocalizedText?
        switch clock.kind {
        case .answer where wishCase?.state == .open:
            way = LocalizedText(zhHans: "答复（case answer）", en: "the answer: case answer")
        case .delivery where wishCase?.state == .open:
            way = LocalizedText(
                zhHans: "送达确认或办结（claim confirm、case close）",
                en: "the confirmation or the closing: claim confirm, case close")
        case .callBack where step == .meet:
            way = LocalizedText(zhHans: "回访评价（case rate）", en: "what the person says: case rate")
        case .decision, .papers:
            // Without a path nobody else ends them.
            let approval = try store.approval(ofWish: wish)
            let isOwed =
                switch approval?.status {
                case .open?: clock.kind == .papers || approval?.isApproved == false
                default: false
                }
            way = isOwed ? Self.approvalWay : nil
        case .visit, .publicNotice:
            way = try store.approval(ofWish: wish)?.timedStep?.kind == clock.kind ? Self.approvalWay : nil
        default: way = nil
        }
        guard let way else { return }
        throw CaseworkError(
            .wrongState,
            "This clock ends with \(way.en). Ended by hand, nobody would be reminded; pause it or ask for more time instead.",
            zhHans: "该时限随\(way.zhHans)结束。手工结束将使此事无人提醒；如有需要请暂停或申请延期。")
    }

    private static let approvalWay = LocalizedText(zhHans: "审批（approval act）", en: "the approval: approval act")

    func step(_ clock: ServiceClock, _ step: ClockStep, reason: Reason?) throws -> ServiceClock {
        let after = try clock.applying(step, by: actor, at: now, reason: reason, calendar: rules.calendar)
        try append(
            .clockStep(
                step, before: clock, after: after, by: actor, at: now, reason: reason, program: store.programCode()))
        try noteDue(before: clock, after: after)
        try keep(after)
        return after
    }

    /// Starts a clock besides those every wish has: for papers, a visit, a notice.
    ///
    /// - Parameter lead: what has to pass before its time begins to count; nil for nothing.
    func start(_ kind: ClockKind, for wishCase: WishCase, after lead: Allowance? = nil) throws {
        let clock = ServiceClock(
            id: newID(), subject: wishCase.wish, kind: kind, area: wishCase.area, level: wishCase.level,
            terms: try rules.clocks.terms(for: kind, of: context(wishCase)), startedAt: now, round: wishCase.round,
            after: lead, calendar: rules.calendar)
        try keep(clock, done: [])
        try append(.clockStart(clock, by: actor, program: store.programCode()))
    }

    /// Starts the clock for the answer to a request that nobody has looked at: it is missed like any other, and ends when
    /// somebody has confirmed what is asked for.
    func startAnswer(to record: InboxRecord) throws {
        let context = ClockContext(
            program: try store.programCode(), lane: "microWish", category: WishCase.unclassified, urgency: .ordinary)
        let clock = ServiceClock(
            id: newID(), subject: record.id, kind: .answer, area: "unplaced", level: .village,
            terms: try rules.clocks.terms(for: .answer, of: context), startedAt: record.receivedAt,
            calendar: rules.calendar)
        try keep(clock, done: [])
        try append(.clockStart(clock, by: actor, program: store.programCode()))
    }

    /// Ends the clocks of a record that is taken away.
    func cancelClocks(of record: RecordID, because reason: Reason) throws {
        for clock in try store.clocks(of: record) where clock.end == nil {
            _ = try system.step(clock, .cancel, reason: reason)
        }
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
            if let before {
                try append(
                    .clockStep(.meet, before: before, after: clock, by: actor, at: now, reason: nil, program: program))
            } else {
                try append(.clockStart(clock, by: actor, program: program))
            }
            try keep(clock, done: before == nil ? [] : nil)
            return clock
        }
    }

    /// Keeps a clock together with the moment of its next work: the one way in which any clock is kept.
    ///
    /// Where it is overdue, or was, its household is graded anew: with the clock a cause of the grade came or went.
    ///
    /// - Parameter done: the keys of its work that is done, where they are known; looked up by default.
    func keep(_ clock: ServiceClock, done: Set<String>? = nil) throws {
        let done = try done ?? store.finishedWork(of: clock.id)
        let next = clock.work(until: Moment(milliseconds: .max), calendar: rules.calendar)
            .first { !done.contains($0.key) }
        try store.save(clock, nextWork: next?.at)
        if clock.wasOverdue(by: max(now, self.clock)) { try regrade(householdOf: clock.subject) }
    }

    /// The due times that the figures look at, as the wish's own entry states them.
    func dueChanges(_ clocks: [ServiceClock]) -> [FieldChange] {
        clocks.compactMap { clock in
            guard let field = Self.dueField(of: clock.kind), clock.end == nil, let due = clock.due else { return nil }
            return FieldChange(field, before: nil, after: .moment(due.moment))
        }
    }

    func noteDue(before: ServiceClock, after: ServiceClock) throws {
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

    func context(_ wishCase: WishCase) throws -> ClockContext {
        ClockContext(
            program: try store.programCode(), lane: wishCase.lane, category: wishCase.category,
            urgency: wishCase.urgency)
    }
}
