/// How much each sign speaks for or against two requests being one, declared in `Data/households/duplicates.yaml`.
public struct DuplicateRules: Hashable, Sendable, Codable {
    /// Points, positive or negative; -1000…1000 each.
    public let points: [DuplicateEvidence.Sign: Int]
    /// From this sum on, a pair is shown.
    public let threshold: Int
    /// Requests further apart than this are not compared.
    public let windowDays: Int
    /// A phone that this many different people gave is shared: a village office's, a social worker's.
    public let sharedPhoneFrom: Int

    /// Throws `malformed` for numbers out of range.
    public init(points: [DuplicateEvidence.Sign: Int], threshold: Int, windowDays: Int, sharedPhoneFrom: Int) throws {
        guard points.values.allSatisfy({ (-1_000...1_000).contains($0) }), (1...10_000).contains(threshold),
            (1...3_660).contains(windowDays), (2...1_000).contains(sharedPhoneFrom)
        else {
            throw CaseworkError(
                .malformed, "Points are -1000 to 1000, the threshold at least 1, the window 1 to 3660 days.",
                zhHans: "分值应在 -1000 至 1000 之间，阈值至少为 1，比对时段为 1 至 3660 天。")
        }
        self.points = points
        self.threshold = threshold
        self.windowDays = windowDays
        self.sharedPhoneFrom = sharedPhoneFrom
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let named = try fields.decode([String: Int].self, forKey: .points)
        var points: [DuplicateEvidence.Sign: Int] = [:]
        for (name, value) in named {
            guard let sign = DuplicateEvidence.Sign(rawValue: name) else {
                let known = DuplicateEvidence.Sign.allCases.map(\.rawValue).joined(separator: ", ")
                throw CaseworkError(
                    .malformed, "'\(name.prefix(40))' is not a sign of duplicates. Known: \(known).",
                    zhHans: "“\(name.prefix(40))”不是已知的重复线索。可用：\(known)。")
            }
            points[sign] = value
        }
        try self.init(
            points: points, threshold: fields.decode(Int.self, forKey: .threshold),
            windowDays: fields.decode(Int.self, forKey: .windowDays),
            sharedPhoneFrom: fields.decode(Int.self, forKey: .sharedPhoneFrom))
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        let named = Dictionary(uniqueKeysWithValues: points.map { ($0.key.rawValue, $0.value) })
        try fields.encode(named, forKey: .points)
        try fields.encode(threshold, forKey: .threshold)
        try fields.encode(windowDays, forKey: .windowDays)
        try fields.encode(sharedPhoneFrom, forKey: .sharedPhoneFrom)
    }

    private enum CodingKeys: String, CodingKey {
        case points, threshold, windowDays, sharedPhoneFrom
    }
}
