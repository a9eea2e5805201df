internal import MatchCore

/// What moves a case on its path besides the acts of people: another request, another calendar.
extension ApprovalCase {
    /// Returns the case with what is asked for now in the place of what was asked for, else nil: once it is decided, and
    /// where both are the same.
    ///
    /// What was approved was another thing or a smaller amount: then it is approved anew. A step that the request takes now
    /// and did not take before is not left out. An amount that a person stated stays.
    func rereading(_ wanted: Request, at moment: Moment) -> ApprovalCase? {
        guard case .open(let index) = status, !isApproved else { return nil }
        var wanted = wanted
        if amountIsStated { (wanted.amount, wanted.isStated) = (request.amount, request.isStated) }
        guard wanted != request else { return nil }
        var next = self
        next.request = wanted
        next.changedAt = max(moment, changedAt)
        let isOther = wanted.category != request.category
        let costsOtherwise = wanted.amount != request.amount
        if isOther || costsOtherwise { next.approvals = [] }
        // An amount that nobody knows any more may be any.
        let isMore = costsOtherwise && (wanted.amount.map { new in request.amount.map { new > $0 } ?? false } ?? true)
        let earlier = path.steps[..<index]
        let missed = earlier.firstIndex { next.applies($0) && !applies($0) }
        let approved = isOther || isMore ? earlier.firstIndex { $0.kind == .approval } : nil
        let back = [missed, approved].compactMap { $0 }.min()
        guard back != nil || !next.applies(path.steps[index]) else { return next }
        next.approvals = []
        next.notice = nil
        next.status = next.status(from: back ?? index)
        return next
    }

    /// Returns the case with the end of its notice and the deadline of its papers as another calendar gives them; nil where
    /// neither moves. A notice that has stood its days has stood them, and what is over stays.
    func recomputed(with calendar: WorkingCalendar, at moment: Moment) -> ApprovalCase? {
        guard case .open = status else { return nil }
        var next = self
        if let notice, let days = noticeDays, notice.until > moment,
            let until = calendar.due(days, from: notice.from)?.moment
        {
            next.notice?.until = until
        }
        if isFast, let fast = path.fastLane, let since = fastSince,
            let due = calendar.due(fast.papersWithin, from: since)?.moment
        {
            next.papersDue = due
        }
        return next == self ? nil : next
    }

    /// How long the notice stands that is put up at the present step; nil where it is no notice.
    var noticeDays: Allowance? {
        guard let step, step.kind == .publicNotice else { return nil }
        return .workingDays(step.workingDays ?? 1)
    }

    /// Whether a person said what it costs. Cases of before that was kept say so by the act.
    var amountIsStated: Bool {
        request.isStated
            || records.contains { record in
                if case .revise = record.act { true } else { false }
            }
    }

    private var fastSince: Moment? {
        records.last { record in
            if case .approveFast = record.act { true } else { false }
        }?.at
    }
}

/// A step of a path that somebody has to be reminded of: a visit to make, a notice to take down.
struct TimedStep: Hashable {
    let kind: ClockKind
    let step: Code
    /// What stands first: the days of the notice.
    let lead: Allowance?
    /// When the notice was put up; nil for a visit.
    let since: Moment?
}

extension ApprovalCase {
    /// The clock that the present step asks for; nil for none.
    var timedStep: TimedStep? {
        guard let step else { return nil }
        if step.kind == .visit { return TimedStep(kind: .visit, step: step.id, lead: nil, since: nil) }
        guard let notice, let days = noticeDays else { return nil }
        return TimedStep(kind: .publicNotice, step: step.id, lead: days, since: notice.from)
    }
}
