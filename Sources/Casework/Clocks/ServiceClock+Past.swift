extension ServiceClock {
    /// The due time as it was known at a past moment; nil before the start, while paused, and once ended.
    public func due(asOf moment: Moment) -> DueTime? {
        guard moment >= startedAt, end.map({ moment < $0.at }) ?? true else { return nil }
        return dueRecords.last { $0.at <= moment }?.due
    }

    /// Says whether the clock was overdue at a moment, by what was known then.
    public func isOverdue(asOf moment: Moment) -> Bool {
        due(asOf: moment).map { moment > $0.moment } ?? false
    }
}
