public import MatchCore

/// Something that happened to a wish before it came into the program: a row of a history that is imported.
public struct PastEvent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case opened(Channel)
        case answered
        case delivered(Delivery)
        case closed(WishOutcome)
        case ended(Code)
        case rated(Int)
    }

    /// What somebody handed over then.
    public struct Delivery: Hashable, Sendable {
        /// Of the wish.
        public var line: Int
        /// Nil for all that was open of the line.
        public var quantity: Int64?
        /// Nil where the file does not say who gave it.
        public var party: RecordID?

        public init(line: Int = 1, quantity: Int64? = nil, party: RecordID? = nil) {
            self.line = line
            self.quantity = quantity
            self.party = party
        }
    }

    public let wish: RecordID
    public let at: Moment
    public let kind: Kind

    public init(wish: RecordID, at: Moment, kind: Kind) {
        self.wish = wish
        self.at = at
        self.kind = kind
    }

    /// Reads `opened`, `answered`, `delivered`, `closed`, `ended` or `rated` with its value: a channel, a reason, 1 to 5.
    ///
    /// - Parameter delivery: what a `delivered` says; ignored for every other.
    /// Throws `malformed` for another name or a value that does not fit.
    public init(
        wish: RecordID, at: Moment, name: String, value: String?, delivery: Delivery = Delivery()
    ) throws {
        let kind: Kind? =
            switch name {
            case "opened": Channel(rawValue: value ?? Channel.importFile.rawValue).map { .opened($0) }
            case "answered": .answered
            case "delivered": .delivered(delivery)
            case "closed": WishOutcome(rawValue: value ?? WishOutcome.fulfilled.rawValue).map { .closed($0) }
            case "ended": Code(value ?? "withdrawnByApplicant").map { .ended($0) }
            case "rated": value.flatMap { Int($0) }.flatMap { (1...5).contains($0) ? .rated($0) : nil }
            default: nil
            }
        guard let kind else {
            throw CaseworkError(
                .malformed,
                "'\(name.prefix(20))' with '\((value ?? "").prefix(20))' is no event: opened CHANNEL, answered, "
                    + "delivered, closed [fulfilled|partly|unfulfilled], ended REASON or rated 1-5.",
                zhHans: "“\(name.prefix(20))”（\((value ?? "").prefix(20))）不是有效事件：opened 渠道、answered、"
                    + "delivered、closed [fulfilled|partly|unfulfilled]、ended 理由 或 rated 1-5。")
        }
        self.init(wish: wish, at: at, kind: kind)
    }
}
