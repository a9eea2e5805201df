public import MatchCore

/// Something that happened to a wish before it came into the program: a row of a history that is imported.
public struct PastEvent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case opened(Channel)
        case answered
        case closed(WishOutcome)
        case ended(Code)
        case rated(Int)
    }

    public let wish: RecordID
    public let at: Moment
    public let kind: Kind

    public init(wish: RecordID, at: Moment, kind: Kind) {
        self.wish = wish
        self.at = at
        self.kind = kind
    }

    /// Reads `opened`, `answered`, `closed`, `ended` or `rated` with its value: a channel, a reason, 1 to 5.
    ///
    /// Throws `malformed` for another name or a value that does not fit.
    public init(wish: RecordID, at: Moment, name: String, value: String?) throws {
        let kind: Kind? =
            switch name {
            case "opened": Channel(rawValue: value ?? Channel.importFile.rawValue).map { .opened($0) }
            case "answered": .answered
            case "closed": WishOutcome(rawValue: value ?? WishOutcome.fulfilled.rawValue).map { .closed($0) }
            case "ended": Code(value ?? "withdrawnByApplicant").map { .ended($0) }
            case "rated": value.flatMap { Int($0) }.flatMap { (1...5).contains($0) ? .rated($0) : nil }
            default: nil
            }
        guard let kind else {
            throw CaseworkError(
                .malformed,
                "'\(name.prefix(20))' with '\((value ?? "").prefix(20))' is no event: opened CHANNEL, answered, "
                    + "closed [fulfilled|partly|unfulfilled], ended REASON or rated 1-5.",
                zhHans: "“\(name.prefix(20))”（\((value ?? "").prefix(20))）不是有效事件：opened 渠道、answered、"
                    + "closed [fulfilled|partly|unfulfilled]、ended 理由 或 rated 1-5。")
        }
        self.init(wish: wish, at: at, kind: kind)
    }
}
