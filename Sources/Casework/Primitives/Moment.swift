/// A point in time, in milliseconds since 1970-01-01T00:00:00Z, as every store and message carries it.
public struct Moment: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    public static func < (earlier: Moment, later: Moment) -> Bool {
        earlier.milliseconds < later.milliseconds
    }

    /// Returns the moment `milliseconds` later (earlier when negative); stops at the ends of the range, never traps.
    public func adding(milliseconds delta: Int64) -> Moment {
        let (sum, overflow) = milliseconds.addingReportingOverflow(delta)
        return Moment(milliseconds: overflow ? (delta > 0 ? .max : .min) : sum)
    }

    /// Returns the moment `hours` later; stops at the ends of the range, never traps.
    public func adding(hours: Int) -> Moment {
        let (product, overflow) = Int64(hours).multipliedReportingOverflow(by: Self.hour)
        return adding(milliseconds: overflow ? (hours > 0 ? .max : .min) : product)
    }

    /// The milliseconds from `earlier` to this moment; negative when it is later. Stops at the ends of the range.
    public func milliseconds(since earlier: Moment) -> Int64 {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return overflow ? (milliseconds > earlier.milliseconds ? .max : .min) : difference
    }

    public var description: String { "\(milliseconds) ms" }

    static let hour: Int64 = 3_600_000
    public static let day: Int64 = 86_400_000
}
