/// The time zone a program counts its days in, by IANA name, among those that keep one offset all year.
///
/// A fixed table and not the host's time zone database: a due time must come out the same on every machine and
/// years later, a small container often carries no zone data at all, and the offset is taken for every clock of
/// every overdue list. None of these zones has changed its clocks since 1992; a zone that does is refused, rather
/// than counted wrongly for half of the year.
public struct ProgramTimeZone: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    /// Minutes east of UTC.
    public let offsetMinutes: Int

    public static let shanghai = ProgramTimeZone(name: "Asia/Shanghai", offsetMinutes: 480)

    /// The names that are known, in order.
    public static var knownNames: [String] { offsets.keys.sorted() }

    /// Throws `notCovered` for a zone that is not in the table.
    public init(_ name: String) throws {
        guard let offset = Self.offsets[name] else {
            throw CaseworkError(
                .notCovered,
                "'\(name.prefix(40))' is not a zone with one offset all year. Known: "
                    + Self.knownNames.joined(separator: ", ") + ".",
                zhHans: "“\(name.prefix(40))”不是全年同一时差的时区。可用：" + Self.knownNames.joined(separator: "、") + "。")
        }
        self.init(name: name, offsetMinutes: offset)
    }

    private init(name: String, offsetMinutes: Int) {
        self.name = name
        self.offsetMinutes = offsetMinutes
    }

    /// The local date at a moment.
    public func date(at moment: Moment) -> CivilDate {
        let local = moment.adding(milliseconds: Int64(offsetMinutes) * 60_000).milliseconds
        let (days, rest) = local.quotientAndRemainder(dividingBy: Moment.day)
        return CivilDate(dayNumber: Int(rest < 0 ? days - 1 : days))
    }

    /// The moment at which `minute` minutes of the local day have passed; 0 is its beginning, 1,440 its end.
    public func moment(on date: CivilDate, minute: Int = 0) -> Moment {
        Moment(milliseconds: Int64(date.dayNumber) * Moment.day + Int64(minute - offsetMinutes) * 60_000)
    }

    /// `2026-03-02 09:00`, as people of the zone write it.
    public func text(_ moment: Moment) -> String {
        let date = date(at: moment)
        let minute = moment.milliseconds(since: self.moment(on: date)) / 60_000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date) \(two(minute / 60)):\(two(minute % 60))"
    }

    public var description: String { name }

    // Source: the IANA time zone database; `theTableAgreesWithTheZoneDatabase` compares them.
    private static let offsets: [String: Int] = [
        "Asia/Shanghai": 480, "Asia/Urumqi": 360, "Asia/Hong_Kong": 480, "Asia/Macau": 480, "Asia/Taipei": 480,
        "Asia/Singapore": 480, "Asia/Kuala_Lumpur": 480, "Asia/Manila": 480, "Asia/Tokyo": 540, "Asia/Seoul": 540,
        "Asia/Bangkok": 420, "Asia/Ho_Chi_Minh": 420, "Asia/Jakarta": 420, "Asia/Kolkata": 330,
        "Asia/Kathmandu": 345, "Etc/UTC": 0,
    ]
}
