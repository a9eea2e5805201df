internal import Casework
internal import Exchange
internal import MatchCore

/// What files say of persons: words that come in, and what is compared to find duplicates.
extension RecordIntake {
    /// Admits a wish with what the file says of the person; returns what is doubtful: its wording, and that it has ended.
    ///
    /// A wording that names the person, somebody of their household or of staff enters and is held back from publication.
    mutating func admit(
        _ wish: Wish, unsaid: Set<WishField>, site: SiteMention, _ hints: PersonHints, names: [String]
    ) throws -> (outcome: SaveOutcome, doubts: [(field: String, text: LocalizedText)]) {
        let check: WordingCheck
        if let known = wordingCheck {
            check = known
        } else {
            check = try desk.wordingCheck()
            wordingCheck = check
        }
        var admitted = try registrar.admitting(wish, unsaid: unsaid, site: site, check: check.knowing(names))
        try keep(hints, of: wish, admitted.outcome.id)
        if case .unchanged(let id) = admitted.outcome, !names.isEmpty {
            // The file may tell the name for the first time.
            admitted.findings = try desk.reviewNames(of: id, besides: names)
        }
        var doubts: [(field: String, text: LocalizedText)] = []
        if !admitted.findings.isEmpty { doubts.append(("text", Self.isHeld(admitted.findings))) }
        if admitted.isLeft { doubts.append(("externalID", Self.hasEnded(wish.key))) }
        return (admitted.outcome, doubts)
    }

    private static func isHeld(_ findings: [MaskingFinding]) -> LocalizedText {
        let places = findings.places
        return LocalizedText.both(
            "文字中有 \(findings.count) 处不宜发布：\(places.zhHans)。该心愿暂不发布，请修改文字或核查后放行：almoner wish wording 心愿。",
            "Not to be published: \(places.en). The wish is held back until its wording is changed, or somebody has let it pass: "
                + "almoner wish wording WISH.")
    }

    /// Keeps what is compared of a person to find duplicates; the words themselves go no further.
    func keep(_ hints: PersonHints, of wish: Wish, _ id: RecordID) throws {
        try check(hints)
        let at = wish.submitted.map { Moment(milliseconds: $0.milliseconds) } ?? desk.now
        let categories = Set(wish.lines.compactMap { $0.category.flatMap { Code($0) } })
        if let traits = blind?.traits(of: hints, record: id, receivedAt: at, categories: categories) {
            try desk.keep(traits)
        }
    }

    /// Throws `malformed` for a year of birth that cannot be one.
    private func check(_ hints: PersonHints) throws {
        try PersonHints.check(
            birthYear: hints.birthYear, thisYear: desk.rules.calendar.zone.date(at: desk.now).year)
    }

    func enterInbound(_ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks) throws -> [Entered] {
        let name = record.text("channel") ?? ""
        guard let channel = Channel(rawValue: name) else {
            let known = Channel.allCases.map(\.rawValue)
            remarks.faults.append(
                (
                    "channel",
                    LocalizedText.both(
                        "“\(name)”不是渠道，可用：\(known.joined(separator: "、"))。",
                        "'\(name)' is no channel: \(known.joined(separator: ", ")).")
                ))
            return []
        }
        let event = record.text("event").flatMap { Code($0) }
        if event == nil, let text = record.text("event") {
            remarks.faults.append(
                (
                    "event",
                    LocalizedText.both("“\(text)”不是有效代码。", "'\(text)' is no code: 1 to 64 letters, digits or . - _ /.")
                ))
            return []
        }
        let words = record.text("words") ?? ""
        try check(builder.hints(record))
        let received = record.timestamp("receivedAt").map { Moment(milliseconds: $0) }
        let (kept, isNew) = try desk.taking(
            words, channel: channel, externalID: record.text("externalID"), event: event, receivedAt: received)
        if let blind { try desk.keep(builder.hints(record), saidIn: kept, by: blind) }
        return [Entered(isNew ? .created : .unchanged, kept.id)]
    }

    func enterPerson(_ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks) throws -> [Entered] {
        let name = record.text("externalID") ?? ""
        let found =
            try known(record, .wish).map { [$0.key.id] } ?? transaction.ids(of: .wish, externalID: name, limit: 2)
        guard found.count == 1, let blind, let wish = try RegistryReader(transaction).wish(found[0]) else {
            remarks.faults.append(("externalID", LocalizedText.both("没有心愿“\(name)”。", "There is no wish '\(name)'.")))
            return []
        }
        let hints = builder.hints(record)
        try check(hints)
        let named = try desk.reviewNames(of: found[0], besides: builder.names(record))
        if !named.isEmpty { remarks.warnings.append(("beneficiary.name", Self.isHeld(named))) }
        let before = try transaction.traits(of: found[0])
        let at = wish.features.submitted.map { Moment(milliseconds: $0.milliseconds) } ?? desk.now
        guard
            let traits = blind.traits(
                of: hints, record: found[0], receivedAt: before?.receivedAt ?? at,
                categories: try desk.categories(ofWish: found[0]))
        else { return [Entered(.unchanged, found[0])] }
        let kept = try desk.keep(traits)
        return [Entered(before == nil ? .created : before == kept ? .unchanged : .changed, found[0])]
    }
}
