import Casework
import MatchCore
import Wire

/// Times on the command line and in files of histories: RFC 3339 with its offset (`2026-03-02T09:00:00+08:00`, as the
/// service prints and takes it), or by the program's own clock a day (`2026-03-02`) or a time of it (`2026-03-02T09:00`, with
/// seconds or without, and as the tables print it).
///
/// A bare number is none: whether `20260302` is a day or milliseconds, nobody can tell.
enum CaseTime {
    static func moment(_ text: String) -> Moment? {
        if let exact = Timestamp(internet: text) { return Moment(milliseconds: exact.milliseconds) }
        guard let date = CivilDate(text.prefix(10)) else { return nil }
        let rest = text.dropFirst(10)
        guard let separator = rest.first else { return ProgramTimeZone.shanghai.moment(on: date) }
        let parts = rest.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.map { part in
            part.utf8.count == 2 && part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
        }
        guard separator == "T" || separator == " ", (2...3).contains(parts.count),
            let hour = numbers[0], hour < 24, let minute = numbers[1], minute < 60,
            let second = numbers.count == 3 ? numbers[2] : 0, second < 60
        else { return nil }
        return ProgramTimeZone.shanghai.moment(on: date, minute: hour * 60 + minute)
            .adding(milliseconds: Int64(second) * 1_000)
    }

    /// A time that a person typed; throws `usage` for what is none.
    static func timestamp(_ text: String) throws -> Timestamp {
        guard let moment = moment(text) else { throw CommandError(.usage, CaseWords.noTime.filled(["time": text])) }
        return Timestamp(milliseconds: moment.milliseconds)
    }

    /// From one time to another, both included; without them from the beginning to the end of time. A day as the end counts
    /// whole.
    static func window(_ from: String?, _ until: String?) throws -> ClosedRange<Moment> {
        func read(_ text: String) throws -> Moment { Moment(milliseconds: try timestamp(text).milliseconds) }
        let first = try from.map(read) ?? Moment(milliseconds: 0)
        var last = try until.map(read) ?? Moment(milliseconds: .max)
        if let until, let day = CivilDate(until) {
            last = ProgramTimeZone.shanghai.moment(on: day.adding(days: 1)).adding(milliseconds: -1)
        }
        guard first <= last else {
            throw CommandError(.usage, OfficeWords.badDays.filled(["from": from ?? "", "until": until ?? ""]))
        }
        return first...last
    }

    /// `2026-03-02 09:00` in the program's zone.
    static func text(_ time: Timestamp) -> String { text(Moment(milliseconds: time.milliseconds)) }

    /// `2026-03-02 09:00` in the program's zone.
    static func text(_ moment: Moment) -> String { ProgramTimeZone.shanghai.text(moment) }
}
