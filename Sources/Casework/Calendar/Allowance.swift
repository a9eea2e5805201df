/// How much time something may take: hours by the clock, or working days of the calendar.
public enum Allowance: Hashable, Sendable {
    /// Every hour counts, nights and holidays too.
    case hours(Int)
    /// The day it begins does not count; it ends when the last day closes.
    case workingDays(Int)

    /// In what it counts.
    public enum Unit: String, Hashable, Sendable, Codable {
        case hours, workingDays
    }

    public var unit: Unit {
        switch self {
        case .hours: .hours
        case .workingDays: .workingDays
        }
    }

    /// How many hours or working days it is.
    public var count: Int {
        switch self {
        case .hours(let count), .workingDays(let count): count
        }
    }

    init(_ count: Int, _ unit: Unit) {
        switch unit {
        case .hours: self = .hours(count)
        case .workingDays: self = .workingDays(count)
        }
    }

    /// The same with more of it, up to the most that there can be.
    func extended(by more: Int) -> Allowance {
        switch self {
        case .hours(let hours): .hours(min(hours + more, Self.limits.hours))
        case .workingDays(let days): .workingDays(min(days + more, Self.limits.workingDays))
        }
    }

    /// The most of either that a rule can give: a year of hours, ten years' worth of working days.
    static let limits = (hours: 8_784, workingDays: 2_600)

    var isWithinLimits: Bool {
        switch self {
        case .hours(let hours): (1...Self.limits.hours).contains(hours)
        case .workingDays(let days): (1...Self.limits.workingDays).contains(days)
        }
    }
}

/// In files: `{hours: 24}` or `{workingDays: 5}`.
extension Allowance: Codable {
    private enum CodingKeys: String, CodingKey {
        case hours, workingDays
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let hours = try container.decodeIfPresent(Int.self, forKey: .hours)
        let days = try container.decodeIfPresent(Int.self, forKey: .workingDays)
        let found: [Allowance] = [hours.map { .hours($0) }, days.map { .workingDays($0) }].compactMap { $0 }
        guard found.count == 1, found[0].isWithinLimits else {
            throw CaseworkError(
                .malformed, "A duration is either 1 to 8784 hours or 1 to 2600 workingDays.",
                zhHans: "时长应为 hours（1 至 8784）或 workingDays（1 至 2600）之一。")
        }
        self = found[0]
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .hours(let hours): try container.encode(hours, forKey: .hours)
        case .workingDays(let days): try container.encode(days, forKey: .workingDays)
        }
    }
}
