import Casework

extension WorkingCalendar {
    /// The notices of the State Council's General Office for 2025 (of 12 November 2024) and 2026 (of 4 November 2025).
    static func official(years: [Int] = [2025, 2026], revision: Int = 1, closingMinute: Int = 1_440) throws
        -> WorkingCalendar
    {
        let holidays = [
            "2025-01-01...2025-01-01", "2025-01-28...2025-02-04", "2025-04-04...2025-04-06", "2025-05-01...2025-05-05",
            "2025-05-31...2025-06-02", "2025-10-01...2025-10-08",
            "2026-01-01...2026-01-03", "2026-02-15...2026-02-23", "2026-04-04...2026-04-06", "2026-05-01...2026-05-05",
            "2026-06-19...2026-06-21", "2026-09-25...2026-09-27", "2026-10-01...2026-10-07",
        ]
        let workdays = [
            "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
            "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
        ]
        var rows: [Row] = []
        for stretch in holidays {
            let first = CivilDate(stretch.prefix(10))!
            let last = CivilDate(stretch.suffix(10))!
            rows += (first.dayNumber...last.dayNumber)
                .map { Row(date: CivilDate(dayNumber: $0), kind: .holiday) }
        }
        rows += workdays.map { Row(date: CivilDate($0)!, kind: .workday) }
        return try WorkingCalendar(
            zone: .shanghai, rows: rows.filter { years.contains($0.date.year) }, revision: revision,
            closingMinute: closingMinute)
    }
}
