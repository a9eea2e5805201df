internal import CaseRecords
public import MatchCore

extension CaseDesk {
    /// Keeps what came in, word for word. The same channel and number again give the record that is there.
    public func take(
        _ words: String, channel: Channel, externalID: String? = nil, event: Code? = nil, receivedAt: Moment? = nil
    ) throws -> InboxRecord {
        try taking(words, channel: channel, externalID: externalID, event: event, receivedAt: receivedAt).record
    }

    /// As ``take(_:channel:externalID:event:receivedAt:)``, and says whether the record was not there before.
    public func taking(
        _ words: String, channel: Channel, externalID: String? = nil, event: Code? = nil, receivedAt: Moment? = nil
    ) throws -> (record: InboxRecord, isNew: Bool) {
        try require([.intake, .coordinator, .integration], to: LocalizedText(zhHans: "受理", en: "take a request in"))
        if let receivedAt, receivedAt > clock.adding(milliseconds: Self.tolerance) {
            throw CaseworkError(
                .notInTime, "A request cannot have been received later than now. Check the time.",
                zhHans: "受理时间不能晚于现在。请核对。")
        }
        let record = try InboxRecord(
            id: newID(), channel: channel, externalID: externalID, event: event, words: words,
            receivedAt: receivedAt ?? now, takenBy: actor.id)
        let kept = try store.take(record)
        guard kept.words == record.words else {
            throw CaseworkError(
                .wrongState,
                "Number \(externalID ?? "") of this channel was taken before, with other words (record \(kept.id)). "
                    + "Take this one under a number of its own, or without one.",
                zhHans: "此渠道的编号 \(externalID ?? "") 已登记过，内容不同（记录 \(kept.id)）。请换编号或不带编号重新登记。")
        }
        if kept.id == record.id {
            try write(
                "inbox/take", on: "inbox", record.id,
                [
                    FieldChange("channel", before: nil, after: .code(channel.code)),
                    FieldChange("received", before: nil, after: .moment(record.receivedAt)),
                ] + (event.map { [FieldChange("event", before: nil, after: .code($0))] } ?? []))
            try system.startAnswer(to: record)
        }
        return (kept, kept.id == record.id)
    }

    /// Links an inbound record to a wish that a person confirmed; opens the wish's case where it has none. Its clocks have
    /// run since the request came in: a record that waits in the inbox is a person who waits.
    public func confirm(_ record: RecordID, as wish: RecordID, level: AreaLevel = .village) throws -> WishCase {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "确认分类", en: "confirm a classification"))
        let inbound = try waiting(record)
        try requireNot(before: inbound.receivedAt)
        try store.link(record, toWish: wish, at: now)
        try write("inbox/link", on: "inbox", record, [FieldChange("wish", before: nil, after: .record(wish))])
        // The wish has clocks of its own.
        for clock in try store.clocks(of: record) where clock.end == nil {
            _ = try system.step(clock, .meet, reason: nil)
        }
        let submitted = try store.wish(wish)?.features.submitted.map { Moment(milliseconds: $0.milliseconds) }
        let since = max(inbound.receivedAt, submitted ?? inbound.receivedAt)
        let wishCase =
            try store.wishCase(wish)
            ?? (since < now ? desk(at: since) : self).open(wish, channel: inbound.channel, level: level)
        if let said = try store.traits(of: record) {
            try keep(said.of(wish, categories: categories(ofWish: wish)))
        }
        // What was said as it came in holds for the wish.
        try settleConsents(of: wish)
        return wishCase
    }

    /// Keeps what of a request is compared to find duplicates: what is told now, and what was kept before where nothing is
    /// told of it now. The same again changes nothing.
    ///
    /// Returns what is kept from now on.
    @discardableResult
    public func keep(_ traits: IntakeTraits) throws -> IntakeTraits {
        let before = try store.traits(of: traits.record)
        let after = before.map { traits.filled(from: $0) } ?? traits
        if before != after { try store.save(after) }
        return after
    }

    /// Keeps what can be compared of the person under an inbound record; with it the wish that is confirmed later gets it.
    /// What is told now goes before what was kept, and that before what the words say.
    public func keep(_ hints: PersonHints, saidIn record: InboxRecord, by index: BlindIndex) throws {
        try PersonHints.check(birthYear: hints.birthYear, thisYear: rules.calendar.zone.date(at: clock).year)
        guard try !hints.isEmpty || store.traits(of: record.id) == nil else { return }
        func traits(of hints: PersonHints) -> IntakeTraits? {
            index.traits(of: hints, record: record.id, receivedAt: record.receivedAt, categories: [])
        }
        let known = [traits(of: hints), try store.traits(of: record.id), traits(of: PersonHints(saidIn: record.words))]
            .compactMap { $0 }
        guard let first = known.first else { return }
        try keep(known.dropFirst().reduce(first) { $0.filled(from: $1) })
    }

    /// What a wish asks for, as far as it was classified.
    public func categories(ofWish wish: RecordID) throws -> Set<Code> {
        Set(try store.wish(wish)?.features.lines.compactMap { $0.category.flatMap { Code($0) } } ?? [])
    }

    /// The cluster that holds a wish, by what people have decided so far; nil where it stands alone.
    public func cluster(of wish: RecordID) throws -> DuplicateCluster? {
        var known: [RecordID: IntakeTraits] = [:]
        var waiting = [wish]
        // The wish's neighbours, theirs, and so on; a cluster beyond this size is one for `clusters`.
        while let next = waiting.popLast(), known.count < 500 {
            guard known[next] == nil, let traits = try store.traits(of: next) else { continue }
            known[next] = traits
            waiting += try duplicates(of: next).flatMap { [$0.pair.first, $0.pair.second] }
        }
        let pairs = DuplicateSearch(rules: rules.duplicates).pairs(in: Array(known.values))
        return try store.duplicateBook().clusters(of: pairs).first { $0.members.contains(wish) }
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

    /// Joins two requests, tells them apart, or opens the pair again. The history of each tells it: whoever reads the story of
    /// either looks for the other.
    public func judge(_ pair: RecordPair, _ verdict: DuplicateBook.Verdict, reason: Reason?) throws {
        var book = DuplicateBook()
        try book.judge(pair, verdict, by: actor, at: now, reason: reason)
        for judgement in book.judgements {
            try store.append(judgement, id: newID())
            for (wish, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
                try write(
                    Code("duplicate/\(verdict.rawValue)") ?? "duplicate/judge", on: "wish", wish, reason: reason,
                    [FieldChange("other", before: nil, after: .record(other))])
            }
        }
    }
}
