public import Foundation

/// A fixed pattern for dates, such as `yyyy-MM-dd HH:mm:ssXXX`.
///
/// `yyyy`, `MM` `M`, `dd` `d`, `HH` `H`, `mm`, `ss`, `S…` (so many digits of a second), `XXX` (`+08:00` or `Z`); text in
/// single quotes and all other characters stand for themselves. `iso8601` is short for the usual forms of ISO 8601.
public struct DatePattern: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case number(Character, digits: ClosedRange<Int>)
        case offset
        case literal(Unicode.Scalar)
    }

    /// The pattern as it is written.
    public let pattern: String
    private let parts: [Part]

    /// The forms that `iso8601` stands for.
    static let iso8601 = [
        "yyyy-MM-dd'T'HH:mm:ssXXX", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mmXXX", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd",
    ].compactMap(DatePattern.init)

    /// Reads a pattern; nil where a letter in it means nothing, or year, month or day is missing.
    public init?(_ pattern: String) {
        var parts: [Part] = []
        var scalars = Array(pattern.unicodeScalars)[...]
        while let first = scalars.first {
            let run = scalars.prefix { $0 == first }.count
            switch (first, run) {
            case ("'", _):
                scalars.removeFirst()
                let text = scalars.prefix { $0 != "'" }
                guard scalars.count > text.count else { return nil }
                parts += text.map(Part.literal)
                scalars = scalars.dropFirst(text.count + 1)
                continue
            case ("y", 4): parts.append(.number("y", digits: 4...4))
            case ("M", 1...2), ("d", 1...2), ("H", 1...2):
                parts.append(.number(Character(first), digits: run...2))
            case ("m", 2), ("s", 2): parts.append(.number(Character(first), digits: 2...2))
            case ("S", 1...9): parts.append(.number("S", digits: run...run))
            case ("X", 3): parts.append(.offset)
            case _ where first.properties.isAlphabetic && first.isASCII: return nil
            default: parts += repeatElement(.literal(first), count: run)
            }
            scalars = scalars.dropFirst(run)
        }
        for letter in ["y", "M", "d"] as [Character] {
            let count = parts.count { if case .number(letter, _) = $0 { true } else { false } }
            if count != 1 { return nil }
        }
        self.pattern = pattern
        self.parts = parts
    }

    /// Returns the time in milliseconds since 1970, or nil where the text does not have this form or no such day exists.
    ///
    /// - Parameters:
    ///   - zone: where the text names no offset. A time that the clock skips counts with the offset before the change.
    ///   - endOfDay: a date without a time means its last millisecond.
    public func milliseconds(_ text: String, in zone: TimeZone, endOfDay: Bool = false) -> Int64? {
        guard let written = read(text) else { return nil }
        var local = Int64(written.day) * 86_400 + Int64(written.second)
        let extends = endOfDay && !written.hasTime
        if extends { local += 86_400 }
        let shift = written.offset ?? Self.offset(of: zone, local: local)
        return (local - Int64(shift)) * 1000 + Int64(written.millisecond) - (extends ? 1 : 0)
    }

    /// Returns the day that is written, counted from 1970-01-01, whatever time and offset stand beside it.
    public func day(_ text: String) -> Int32? { read(text).map { Int32($0.day) } }

    /// What a text of this form says, by its own clock.
    private struct Written {
        var day: Int
        var second: Int
        var millisecond: Int
        var offset: Int?
        var hasTime: Bool
    }

    private func read(_ text: String) -> Written? {
        var rest = Array(text.unicodeScalars)[...]
        var numbers: [Character: Int] = [:]
        var offset: Int?
        for part in parts {
            switch part {
            case .literal(let scalar):
                guard rest.popFirst() == scalar else { return nil }
            case .offset:
                guard let seconds = Self.offset(&rest) else { return nil }
                offset = seconds
            case .number(let letter, let digits):
                let run = rest.prefix(digits.upperBound).prefix { ("0"..."9").contains($0) }
                guard digits.contains(run.count) else { return nil }
                var value = run.reduce(0) { $0 * 10 + Int($1.value) - 48 }
                if letter == "S" {
                    for _ in run.count..<max(run.count, 3) { value *= 10 }
                    for _ in 3..<max(run.count, 3) { value /= 10 }
                }
                numbers[letter] = value
                rest = rest.dropFirst(run.count)
            }
        }
        guard rest.isEmpty, let day = Self.day(numbers["y"] ?? 0, numbers["M"] ?? 0, numbers["d"] ?? 0) else {
            return nil
        }
        let hour = numbers["H"] ?? 0
        let minute = numbers["m"] ?? 0
        let second = numbers["s"] ?? 0
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return Written(
            day: day, second: hour * 3600 + minute * 60 + second, millisecond: numbers["S"] ?? 0, offset: offset,
            hasTime: numbers["H"] != nil)
    }

    private static func offset(of zone: TimeZone, local: Int64) -> Int {
        let guess = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local) - 86_400))
        let exact = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local - Int64(guess))))
        // Right after a change the two differ; the new offset holds if it explains itself.
        let again = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local - Int64(exact))))
        return again == exact ? exact : guess
    }

    private static func offset(_ rest: inout ArraySlice<Unicode.Scalar>) -> Int? {
        guard let sign = rest.popFirst() else { return nil }
        if sign == "Z" { return 0 }
        guard sign == "+" || sign == "-", rest.count >= 5 else { return nil }
        let text = rest.prefix(5).map(\.value)
        guard text[2] == 58, [0, 1, 3, 4].allSatisfy({ text[$0] >= 48 && text[$0] <= 57 }) else { return nil }
        rest = rest.dropFirst(5)
        let digits = text.map { Int($0) - 48 }
        let hours = digits[0] * 10 + digits[1]
        let minutes = digits[3] * 10 + digits[4]
        guard hours <= 18, minutes < 60 else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// Days since 1970 in the Gregorian calendar; nil where there is no such day.
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard year >= 1, (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
        let before = year - 1
        let days =
            before * 365 + before / 4 - before / 100 + before / 400 + lengths[..<(month - 1)].reduce(0, +) + day - 1
        return days - 719_162
    }
}
