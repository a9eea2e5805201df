internal import MatchCore

extension ServiceClock {
    /// The due time as it was known at a past moment; nil before the start, while paused, and once ended.
    public func due(asOf moment: Moment) -> DueTime? {
        guard moment >= startedAt, end.map({ moment < $0.at }) ?? true else { return nil }
        return dueRecords.last { $0.at <= moment }?.due
    }

    /// Returns the clock as one that was met at an earlier moment than it ended: what was done before the case was closed, and
    /// entered after.
    ///
    /// Throws `wrongState` for a clock that runs, or that had not started or had ended by then.
    func met(before moment: Moment) throws -> ServiceClock {
        guard let end, moment >= startedAt, moment < end.at else {
            throw CaseworkError(
                .wrongState, "The \(kind.name.en) clock \(id) did not run at that time. Read it again.",
                zhHans: "“\(kind.name.zhHans)”时限 \(id) 在该时间未在计时。请刷新后再试。")
        }
        var clock = self
        clock.end = End(at: moment, outcome: .met)
        return clock
    }

    /// The area it was in at a past moment.
    public func area(asOf moment: Moment) -> Code { moves?.first { moment < $0.at }?.from ?? area }

    /// Says whether the clock was overdue at a moment, by what was known then.
    public func isOverdue(asOf moment: Moment) -> Bool {
        due(asOf: moment).map { moment > $0.moment } ?? false
    }
}
