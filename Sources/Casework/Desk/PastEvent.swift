public import MatchCore

/// Something that happened to a wish before it came into the program: a row of a history that is imported.
public struct PastEvent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case opened(Channel)
        case answered
        case closed
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
            case "closed": .closed
            case "ended": Code(value ?? "withdrawnByApplicant").map { .ended($0) }
            case "rated": value.flatMap { Int($0) }.flatMap { (1...5).contains($0) ? .rated($0) : nil }
            default: nil
            }
        guard let kind else {
            throw CaseworkError(
                .malformed,
                "'\(name.prefix(20))' with '\((value ?? "").prefix(20))' is no event: opened CHANNEL, answered, closed, "
                    + "ended REASON or rated 1-5.",
                zhHans: "“\(name.prefix(20))”（\((value ?? "").prefix(20))）不是有效事件：opened 渠道、answered、closed、"
                    + "ended 理由 或 rated 1-5。")
        }
        self.init(wish: wish, at: at, kind: kind)
    }
}

extension CaseDesk {
    /// Makes a past event happen at its own time, by the same rules as today's; the history says that it was imported.
    public func replay(_ event: PastEvent) throws {
        try require([.integration], to: LocalizedText(zhHans: "导入历史", en: "import histories"))
        let desk = CaseDesk(rules: rules, store: store, actor: .system, now: event.at, newID: newID)
        switch event.kind {
        case .opened(let channel): _ = try desk.open(event.wish, channel: channel, needsApproval: false)
        case .answered: try desk.answer(event.wish, reason: Reason("imported"))
        case .closed: try desk.close(event.wish, reason: Reason("imported"))
        case .ended(let reason): try desk.end(event.wish, reason: Reason(reason))
        case .rated(let stars): try desk.rate(event.wish, stars: stars)
        }
    }
}
