/// The days on which the program's offices work: weekdays, less the published holidays, plus the weekend days that
/// the notice moves work to (调休).
public struct WorkingCalendar: Hashable, Sendable {
    /// What a notice says of a day.
    public enum DayKind: String, Hashable, Sendable, Codable {
        case holiday, workday
    }

    /// One row of the calendar's file.
    public struct Row: Hashable, Sendable, Codable {
        public let date: CivilDate
        public let kind: DayKind

        public init(date: CivilDate, kind: DayKind) {
            self.date = date
            self.kind = kind
        }
    }

    public let zone: ProgramTimeZone
    /// The last day that a published notice covers; after it only weekends are known.
    public let publishedThrough: CivilDate
    /// Counts what was loaded, so that a due time says which calendar it was computed with.
    public let revision: Int
    /// The minute of the local day at which the office closes; 1,440 is midnight.
    public let closingMinute: Int
    private let notices: [CivilDate: DayKind]

    /// - Parameters:
    ///   - publishedThrough: the last day the notices cover; by default 31 December of the last row's year, since
    ///     a notice is published for a calendar year.
    ///   - closingMinute: 1…1,440. The Civil Code (art. 203) ends a period at 24:00 of its last day, or, with
    ///     business hours, when business closes.
    ///
    /// Throws `malformed` when a date has two rows, the minute is out of range, or a make-up workday is a weekday: that
    /// is a misprint. (A holiday on a weekend is not: a notice names the whole stretch.)
    public init(
        zone: ProgramTimeZone, rows: [Row], publishedThrough: CivilDate? = nil, revision: Int = 1,
        closingMinute: Int = 1_440
    ) throws {
        guard (1...1_440).contains(closingMinute) else {
            throw CaseworkError(
                .malformed, "The office closes at minute \(closingMinute) of the day; use 1 to 1440.",
                zhHans: "下班时间为当日第 \(closingMinute) 分钟；应在 1 至 1440 之间。")
        }
        var notices: [CivilDate: DayKind] = [:]
        for row in rows {
            guard notices.updateValue(row.kind, forKey: row.date) == nil else {
                throw CaseworkError(
                    .malformed, "The calendar has two rows for \(row.date). Keep one.",
                    zhHans: "日历中 \(row.date) 有两行。请只保留一行。")
            }
            guard row.kind == .holiday || row.date.weekday > 5 else {
                throw CaseworkError(
                    .malformed, "\(row.date) is a weekday; a make-up working day falls on a weekend. Check the row.",
                    zhHans: "\(row.date) 是工作日；调休上班日应在周末。请核对该行。")
            }
        }
        self.zone = zone
        self.notices = notices
        self.revision = revision
        self.closingMinute = closingMinute
        let lastYear = rows.map(\.date.year).max() ?? 1970
        self.publishedThrough = publishedThrough ?? CivilDate(lastYear, 12, 31) ?? CivilDate(dayNumber: 0)
    }

    /// What the notices say, by date.
    public var rows: [Row] {
        notices.map { Row(date: $0.key, kind: $0.value) }.sorted { $0.date < $1.date }
    }

    /// The calendar with the notices of some years put in the place of what it had for them, one revision on.
    ///
    /// Throws as `init` does.
    public func replacing(_ new: [Row]) throws -> WorkingCalendar {
        let years = Set(new.map(\.date.year))
        let kept = rows.filter { !years.contains($0.date.year) }
        return try WorkingCalendar(
            zone: zone, rows: (kept + new).sorted { $0.date < $1.date }, revision: revision + 1,
            closingMinute: closingMinute)
    }

    /// Says whether the offices work on `date`.
    public func isWorkingDay(_ date: CivilDate) -> Bool {
        switch notices[date] {
        case .holiday: false
        case .workday: true
        case nil: date.weekday <= 5
        }
    }

    /// The end of a working day: its closing minute.
    public func close(of date: CivilDate) -> Moment {
        zone.moment(on: date, minute: closingMinute)
    }
}
