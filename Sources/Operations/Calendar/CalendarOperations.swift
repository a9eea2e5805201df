public import Casework
public import MatchCore
public import Wire

/// What an official notice says of a day.
public struct NoticeDay: Described, Hashable {
    public var date: Day
    public var kind: WorkingCalendar.DayKind

    public init(date: Day, kind: WorkingCalendar.DayKind) {
        self.date = date
        self.kind = kind
    }

    static let most = 4_000

    public static let schema = JSONSchema.object(
        "CalendarDay",
        [
            .required("date", .day, "The day.", "日期。"),
            .required(
                "kind", .choice(["holiday", "workday"]), "A holiday, or a weekend day on which the offices work.",
                "放假或调休上班。"),
        ])
    public static let sample = NoticeDay(date: .sample, kind: .holiday)
}

/// The days by which the clocks count.
public struct CalendarView: OpenAnswer {
    public let revision: Int
    public let publishedThrough: Day
    public let days: [NoticeDay]
    /// How many due times moved; after a notice was loaded.
    public let moved: Int?

    public static let schema = JSONSchema.object(
        "Calendar",
        [
            .required("revision", .integer(0...Int64(Int32.max)), "Counts what was loaded.", "版本号。"),
            .required("publishedThrough", .day, "The last day that a notice covers.", "通知覆盖至哪一天。"),
            .required(
                "days", .list(of: NoticeDay.schema, 0...100 * NoticeDay.most), "What the notices say, by date.",
                "通知内容，按日期排列。"),
            .optional(
                "moved", .integer(0...Int64(Int32.max)), "After loading: how many due times moved.", "载入后变动的到期时间数。"),
        ])
    public static let sample = CalendarView(revision: 1, publishedThrough: .sample, days: [.sample], moved: 3)

    init(_ calendar: WorkingCalendar, year: Int? = nil, moved: Int? = nil) {
        self.init(
            revision: calendar.revision, publishedThrough: Day(calendar.publishedThrough),
            days: calendar.rows.filter { year == nil || $0.date.year == year }.map {
                NoticeDay(date: Day($0.date), kind: $0.kind)
            }, moved: moved)
    }

    private init(revision: Int, publishedThrough: Day, days: [NoticeDay], moved: Int?) {
        self.revision = revision
        self.publishedThrough = publishedThrough
        self.days = days
        self.moved = moved
    }
}

extension Day {
    static let sample = Day(number: 20_779)

    init(_ date: CivilDate) { self.init(number: Int32(clamping: date.dayNumber)) }
}

extension CivilDate {
    init(_ day: Day) { self.init(dayNumber: Int(day.number)) }
}

/// Which year of the calendar.
public struct CalendarInput: Described {
    public var year: Int?

    public init(year: Int? = nil) { self.year = year }

    public static let schema = JSONSchema.object(
        nil, [.optional("year", .integer(1...9_999), "Only this year.", "只要此年份。")])
    public static let sample = CalendarInput(year: 2026)
}

/// Loads an official notice.
public struct NoticeLoading: Described {
    public var days: [NoticeDay]

    public init(days: [NoticeDay]) { self.days = days }

    public static let schema = JSONSchema.object(
        "NoticeLoading",
        [
            .required(
                "days", .list(of: NoticeDay.schema, 1...NoticeDay.most),
                "The notice; its years take the place of what the calendar had for them.", "通知内容；所涉年份以其为准。")
        ])
    public static let sample = NoticeLoading(days: [.sample])
}

/// What can be asked about the calendar: the official holidays and make-up working days by which clocks count.
public enum CalendarOperations {
    public static let show = Operation<CalendarInput, CalendarView>(
        OperationFacts(
            .calendarShow, .get, "/v1/calendar",
            "Shows the official holidays and make-up working days.", zhHans: "查看法定放假与调休安排。", isPublic: true)
    ) { input, context in
        CalendarView(try context.room.rules(context.store).calendar, year: input.year)
    }

    public static let load = Operation<NoticeLoading, CalendarView>(
        OperationFacts(
            .calendarLoad, .post, "/v1/calendar/notices",
            "Loads an official notice; due times are computed anew.", zhHans: "载入放假通知，并重新计算到期时间。", weight: .sweeping)
    ) { input, context in
        for (place, day) in input.days.enumerated() where !(1_970...2_200).contains(day.date.parts.year) {
            throw Problem(
                .invalidInput, at: "/days/\(place)/date",
                LocalizedText(zhHans: "年份应在 1970 至 2200 之间。", en: "Give a year from 1970 to 2200."))
        }
        let (calendar, moved) = try context.desk().load(
            notice: input.days.map { WorkingCalendar.Row(date: CivilDate($0.date), kind: $0.kind) })
        return CalendarView(calendar, moved: moved)
    }

    static let all: [AnyOperation] = [AnyOperation(show), AnyOperation(load)]
}
