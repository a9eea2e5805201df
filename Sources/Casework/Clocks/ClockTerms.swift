/// How long a clock runs, when it warns, how far it can be extended and what follows when it is missed.
public struct ClockTerms: Hashable, Sendable, Codable {
    public let allowance: Allowance
    /// Warnings, in hours before the due time.
    public let warnHours: [Int]
    /// How many extensions can be granted; 0 for none.
    public let extensions: Int
    /// How long each level has before the next one up is told, counted from the due time.
    public let raiseEvery: Allowance
    /// When an overdue case is listed publicly, counted from the last raise; nil for never.
    public let listAfter: Allowance?

    /// The defaults are the program's: one level up the day after, publicly listed 5 working days later.
    ///
    /// Throws `malformed` for a duration out of range.
    public init(
        allowance: Allowance, warnHours: [Int] = [24], extensions: Int = 1, raiseEvery: Allowance = .hours(24),
        listAfter: Allowance? = .workingDays(5)
    ) throws {
        guard allowance.isWithinLimits, raiseEvery.isWithinLimits, listAfter?.isWithinLimits ?? true,
            warnHours.count <= 10, warnHours.allSatisfy({ (1...8_784).contains($0) }), (0...10).contains(extensions)
        else {
            throw CaseworkError(
                .malformed, "A clock's durations are 1 to 8784 hours or 1 to 2600 working days, 10 warnings at most.",
                zhHans: "时限应为 1 至 8784 小时或 1 至 2600 个工作日，提醒最多 10 次。")
        }
        self.allowance = allowance
        self.warnHours = Array(Set(warnHours)).sorted(by: >)
        self.extensions = extensions
        self.raiseEvery = raiseEvery
        self.listAfter = listAfter
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            allowance: fields.decode(Allowance.self, forKey: .allowance),
            warnHours: fields.decodeIfPresent([Int].self, forKey: .warnHours) ?? [24],
            extensions: fields.decodeIfPresent(Int.self, forKey: .extensions) ?? 1,
            raiseEvery: fields.decodeIfPresent(Allowance.self, forKey: .raiseEvery) ?? .hours(24),
            listAfter: fields.decodeIfPresent(Bool.self, forKey: .neverList) == true
                ? nil : fields.decodeIfPresent(Allowance.self, forKey: .listAfter) ?? .workingDays(5))
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(allowance, forKey: .allowance)
        try fields.encode(warnHours, forKey: .warnHours)
        try fields.encode(extensions, forKey: .extensions)
        try fields.encode(raiseEvery, forKey: .raiseEvery)
        try fields.encodeIfPresent(listAfter, forKey: .listAfter)
        if listAfter == nil { try fields.encode(true, forKey: .neverList) }
    }

    private enum CodingKeys: String, CodingKey {
        case allowance, warnHours, extensions, raiseEvery, listAfter, neverList
    }
}
