public import MatchCore

/// A day on which the weekend rule does not hold.
public struct CalendarDay: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Nobody works, although it may be a Monday (放假).
        case holiday
        /// People work, although it is a Saturday or Sunday (调休上班).
        case workday
    }

    public var day: Day
    public var kind: Kind
    public var name: LocalizedText
}

extension DataDirectory {
    /// Holidays and make-up working days of all `calendar/*.csv`, by date. Throws where a date stands twice.
    public func calendar() throws(DataFault) -> [CalendarDay] {
        var days: [Day: CalendarDay] = [:]
        for name in files(in: "calendar", suffix: ".csv") {
            let table = try DataTable(
                path: path(of: "calendar/\(name)"), columns: ["date", "kind", "nameZh", "nameEn"])
            for row in table.rows {
                let text = try row.required("date")
                guard let day = Day(text) else {
                    throw row.fault(
                        .badValue, "date", "'\(text)' is no date such as 2026-10-01.", "“\(text)”不是日期，应如 2026-10-01。")
                }
                let kindText = try row.required("kind")
                guard let kind = CalendarDay.Kind(rawValue: kindText) else {
                    throw row.fault(
                        .badValue, "kind", "'\(kindText)' is neither holiday nor workday.",
                        "“\(kindText)”应为 holiday 或 workday。")
                }
                guard days[day] == nil else {
                    throw row.fault(
                        .inconsistent, "date", "\(text) stands twice. Remove one of the rows.", "\(text) 重复，请删去一行。")
                }
                days[day] = CalendarDay(
                    day: day, kind: kind,
                    name: LocalizedText(zhHans: try row.required("nameZh"), en: try row.required("nameEn")))
            }
        }
        return days.values.sorted { $0.day < $1.day }
    }
}
