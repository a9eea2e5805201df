/// When a clock is due, and what moves that besides the steps that people make.
extension ServiceClock {
    /// Returns the clock with its due time computed anew when another calendar says otherwise, else nil.
    ///
    /// What was overdue before stays so in every question about the past. An ended clock keeps its due time.
    public func recomputed(with calendar: WorkingCalendar, at moment: Moment) -> ServiceClock? {
        guard isRunning, moment >= changedAt, let new = computedDue(calendar), new != due else { return nil }
        var clock = self
        clock.recordDue(new, at: moment)
        clock.changedAt = moment
        return clock
    }

    /// Returns the clock with other terms, else nil: what is asked for is more urgent now, or is another thing.
    ///
    /// It counts from the same start. Pauses and granted extensions are kept, each in the unit in which it was asked for. A
    /// clock that has ended keeps its terms, one that is paused learns its due time when it is resumed.
    public func redealt(_ terms: ClockTerms, calendar: WorkingCalendar, at moment: Moment) -> ServiceClock? {
        guard end == nil, terms != self.terms else { return nil }
        var clock = self
        for index in extensions.indices {
            clock.extensions[index].unit = extensions[index].unit ?? self.terms.allowance.unit
        }
        clock.terms = terms
        // Two hosts' clocks differ a little: what was known stays in its order.
        clock.changedAt = max(moment, changedAt)
        if !isPaused, let new = clock.computedDue(calendar), new != due { clock.recordDue(new, at: clock.changedAt) }
        return clock
    }

    /// Says whether the clock was overdue at some time up to `moment`, whatever it is now.
    func wasOverdue(by moment: Moment) -> Bool {
        dueRecords.contains { record in record.due.map { $0.moment < moment } ?? false }
    }

    mutating func recordDue(_ due: DueTime?, at moment: Moment) {
        dueRecords.append(DueRecord(at: moment, due: due))
    }

    /// The due time that lead, terms, extensions and pauses give; nil where no day is left to count.
    func computedDue(_ calendar: WorkingCalendar) -> DueTime? {
        let stood = pauses.compactMap { pause in pause.to.map { pause.from..<$0 } }.filter { !$0.isEmpty }
        var due: DueTime?
        for span in spans {
            let start = due?.moment ?? startedAt
            // What stood before this span began has lengthened the one before it.
            guard let next = calendar.due(span, from: start, pauses: stood.filter { $0.lowerBound >= start }) else {
                return nil
            }
            due = DueTime(
                moment: next.moment, isProvisional: next.isProvisional || due?.isProvisional ?? false,
                revision: next.revision)
        }
        return due
    }

    /// What has to pass, one after the other. Neighbours in one unit are one: a day that closes at midnight would else be
    /// counted as the next one's beginning.
    private var spans: [Allowance] {
        var spans: [Allowance] = []
        func add(_ count: Int, _ unit: Allowance.Unit) {
            if let last = spans.last, last.unit == unit {
                spans[spans.count - 1] = last.extended(by: count)
            } else {
                spans.append(Allowance(count, unit))
            }
        }
        if let lead { add(lead.count, lead.unit) }
        add(terms.allowance.count, terms.allowance.unit)
        let granted = extensions.filter { $0.decision?.isGranted == true }
        let own = terms.allowance.unit
        for request in granted where request.unit ?? own == own { add(request.more, own) }
        for request in granted { if let unit = request.unit, unit != own { add(request.more, unit) } }
        return spans
    }
}
