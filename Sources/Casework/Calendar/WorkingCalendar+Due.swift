/// When something is due, and how sure that is.
public struct DueTime: Hashable, Sendable, Codable {
    public let moment: Moment
    /// True when counting went past the last published notice: the day may still move when the next one is loaded.
    public let isProvisional: Bool
    /// The calendar's revision it was computed with.
    public let revision: Int

    public init(moment: Moment, isProvisional: Bool, revision: Int) {
        self.moment = moment
        self.isProvisional = isProvisional
        self.revision = revision
    }
}

extension WorkingCalendar {
    /// The moment by which an allowance that begins at `start` is used up, leaving out `pauses`.
    ///
    /// Hours are extended by exactly the time that was paused. A working day counts if the clock runs when that day
    /// closes: a pause from Monday to Wednesday takes Monday and Tuesday out. Counting days begins with the day after
    /// `start` (Civil Code, art. 201).
    ///
    /// - Parameter pauses: stretches of time that lie after `start`, in order, none touching the next.
    /// - Returns: nil when the allowance is out of range, or no day is left to count.
    public func due(_ allowance: Allowance, from start: Moment, pauses: [Range<Moment>] = []) -> DueTime? {
        guard allowance.isWithinLimits else { return nil }
        switch allowance {
        case .hours(let hours):
            var due = start.adding(hours: hours)
            for pause in pauses where pause.lowerBound < due {
                due = due.adding(milliseconds: pause.upperBound.milliseconds(since: pause.lowerBound))
            }
            return DueTime(moment: due, isProvisional: false, revision: revision)
        case .workingDays(let days):
            var left = days
            var date = zone.date(at: start)
            // Dates end somewhere; a pause that never ends must not keep us counting.
            while date < CivilDate(dayNumber: .max) {
                date = date.adding(days: 1)
                let close = close(of: date)
                guard isWorkingDay(date), !pauses.contains(where: { $0.contains(close) }) else { continue }
                left -= 1
                if left == 0 {
                    return DueTime(moment: close, isProvisional: date > publishedThrough, revision: revision)
                }
            }
            return nil
        }
    }

    /// The number of working days after `first`, up to and with `last`; 0 when `last` is not later.
    public func workingDays(after first: CivilDate, through last: CivilDate) -> Int {
        guard first < last else { return 0 }
        return (first.dayNumber + 1...last.dayNumber).count { isWorkingDay(CivilDate(dayNumber: $0)) }
    }
}
