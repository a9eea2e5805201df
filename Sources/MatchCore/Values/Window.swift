/// A span of days, both ends included; an end that is nil is open.
public struct DayWindow: Sendable, Hashable, Codable {
    public var from: Day?
    public var until: Day?

    public init(from: Day?, until: Day?) {
        self.from = from
        self.until = until
    }
}

/// The hours of a week in which somebody is there: 168 bits, Monday 00:00–01:00 first.
public struct WeeklyHours: Sendable, Hashable {
    /// Monday and Tuesday and the first 16 hours of Wednesday in the first word, and so on; 168 bits are used.
    public var words: (UInt64, UInt64, UInt64)

    public init(words: (UInt64, UInt64, UInt64)) {
        self.words = (words.0, words.1, words.2 & (1 << 40 - 1))
    }

    /// The hours for which `isOpen` says true; hour 0 is Monday 00:00–01:00.
    public init(where isOpen: (Int) -> Bool) {
        var bits: [UInt64] = [0, 0, 0]
        for hour in 0..<168 where isOpen(hour) { bits[hour / 64] |= 1 << UInt64(hour % 64) }
        words = (bits[0], bits[1], bits[2])
    }

    /// From 0 to 168.
    public var count: Int { words.0.nonzeroBitCount + words.1.nonzeroBitCount + words.2.nonzeroBitCount }

    public func intersection(_ other: WeeklyHours) -> WeeklyHours {
        WeeklyHours(words: (words.0 & other.words.0, words.1 & other.words.1, words.2 & other.words.2))
    }

    public static func == (left: WeeklyHours, right: WeeklyHours) -> Bool { left.words == right.words }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
    }
}

extension WeeklyHours: LosslessStringConvertible {
    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// Reads `mon-fri 9-17, sat 9-12`: whole hours 0 to 24, days by their first three letters; nil for other text.
    public init?(_ description: String) {
        var bits: [UInt64] = [0, 0, 0]
        for clause in description.split(separator: ",") {
            let words = clause.split(separator: " ")
            guard words.count == 2 else { return nil }
            let days = words[0].split(separator: "-").map { WeeklyHours.names.firstIndex(of: $0.lowercased()) }
            let hours = words[1].split(separator: "-").map { Int($0) }
            guard (1...2).contains(days.count), hours.count == 2, let firstDay = days[0],
                let lastDay = days[days.count - 1],
                let firstHour = hours[0], let endHour = hours[1], firstDay <= lastDay,
                (0...24).contains(firstHour), (0...24).contains(endHour), firstHour < endHour
            else { return nil }
            for day in firstDay...lastDay {
                for hour in firstHour..<endHour { bits[(day * 24 + hour) / 64] |= 1 << UInt64((day * 24 + hour) % 64) }
            }
        }
        words = (bits[0], bits[1], bits[2])
    }

    public var description: String {
        var clauses: [String] = []
        for day in 0..<7 {
            var hour = 0
            while hour < 24 {
                guard contains(day * 24 + hour) else {
                    hour += 1
                    continue
                }
                var end = hour
                while end < 24, contains(day * 24 + end) { end += 1 }
                clauses.append("\(WeeklyHours.names[day]) \(hour)-\(end)")
                hour = end
            }
        }
        return clauses.joined(separator: ", ")
    }

    private func contains(_ hour: Int) -> Bool {
        let word = hour < 64 ? words.0 : hour < 128 ? words.1 : words.2
        return word >> UInt64(hour % 64) & 1 == 1
    }
}
