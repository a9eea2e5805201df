public import MatchCore

extension CaseDesk {
    /// Keeps what came in, word for word. The same channel and number again give the record that is there.
    public func take(
        _ words: String, channel: Channel, externalID: String? = nil, event: Code? = nil, receivedAt: Moment? = nil
    ) throws -> InboxRecord {
        try require([.intake, .coordinator, .integration], to: LocalizedText(zhHans: "受理", en: "take a request in"))
        let record = try InboxRecord(
            id: newID(), channel: channel, externalID: externalID, event: event, words: words,
            receivedAt: receivedAt ?? now, takenBy: actor.id)
        let kept = try store.take(record)
        if kept.id == record.id {
            try write(
                "inbox/take", on: "inbox", record.id,
                [
                    FieldChange("channel", before: nil, after: .code(channel.code)),
                    FieldChange("received", before: nil, after: .moment(record.receivedAt)),
                ])
        }
        return kept
    }

    /// Links an inbound record to a wish that a person confirmed; opens the wish's case where it has none.
    public func confirm(_ record: RecordID, as wish: RecordID, level: AreaLevel = .village) throws -> WishCase {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "确认分类", en: "confirm a classification"))
        guard let inbound = try store.inboxRecord(record) else {
            throw unknown(LocalizedText(zhHans: "受理记录", en: "inbound record"), record)
        }
        guard inbound.wish == nil else {
            throw CaseworkError(
                .wrongState, "The record belongs to wish \(inbound.wish?.description ?? "") already.",
                zhHans: "该记录已关联心愿 \(inbound.wish?.description ?? "")。")
        }
        try store.link(record, toWish: wish, at: now)
        try write("inbox/link", on: "inbox", record, [FieldChange("wish", before: nil, after: .record(wish))])
        return try store.wishCase(wish) ?? open(wish, channel: inbound.channel, level: level)
    }

    /// Requests that may be the same as this one, with why, strongest first. A warning: it blocks nothing.
    public func duplicates(of wish: RecordID) throws -> [DuplicatePair] {
        guard let traits = try store.traits(of: wish) else { return [] }
        let days = Int64(rules.duplicates.windowDays) * Moment.day
        let window = traits.receivedAt.adding(milliseconds: -days)...traits.receivedAt.adding(milliseconds: days)
        let near = try store.traits(sharingWith: traits, window: window, limit: 200)
        return DuplicateSearch(rules: rules.duplicates).pairs(in: Array(Set(near + [traits])))
            .filter { $0.pair.first == wish || $0.pair.second == wish }
    }

    /// The clusters among the requests received in a stretch of time, by what people have decided so far.
    public func clusters(receivedIn window: ClosedRange<Moment>, limit: Int = 20_000) throws -> [DuplicateCluster] {
        let requests = try store.traits(receivedIn: window, limit: limit)
        let pairs = DuplicateSearch(rules: rules.duplicates).pairs(in: requests)
        return try store.duplicateBook().clusters(of: pairs)
    }

    /// Joins two requests, tells them apart, or opens the pair again.
    public func judge(_ pair: RecordPair, _ verdict: DuplicateBook.Verdict, reason: Reason?) throws {
        var book = DuplicateBook()
        try book.judge(pair, verdict, by: actor, at: now, reason: reason)
        for judgement in book.judgements {
            try store.append(judgement, id: newID())
            try write(
                Code("duplicate/\(verdict.rawValue)") ?? "duplicate/judge", on: "wish", pair.first, reason: reason,
                [FieldChange("other", before: nil, after: .record(pair.second))])
        }
    }
}
