internal import CaseRecords
public import MatchCore

extension CaseDesk {
    /// How long a code that confirms a party holds.
    public static let confirmationDays: Int64 = 14

    /// Registers a party: by staff as one that is known, by anybody else as one that somebody has yet to confirm.
    public func register(_ party: Party, key: RecordKey, name: String, admission: Admission) throws -> RecordID {
        try require(
            [.guest, .intake, .coordinator, .integration], to: LocalizedText(zhHans: "登记主体", en: "register a party"))
        if let externalID = key.externalID, let known = try store.party(source: key.source, externalID: externalID) {
            throw Self.known(known.key)
        }
        return try Registrar(transaction: store, admission: admission, desk: self)
            .admit(party, key: key, name: name, isConfirmed: actor.role != .guest).id
    }

    /// Puts what is said of a party in the place of what was said before.
    public func change(_ party: Party, key: RecordKey, name: String, admission: Admission) throws {
        try require([.coordinator, .integration], to: LocalizedText(zhHans: "更改主体", en: "change a party"))
        try refuseClosed(try partyRecord(key.id))
        try Registrar(transaction: store, admission: admission, desk: self).admit(party, key: key, name: name)
    }

    /// Makes the code with which a party confirms itself; an earlier one opens nothing from now on.
    public func issueConfirmation(of party: RecordID, random: inout some RandomNumberGenerator) throws -> (
        code: SpokenCode, until: Moment
    ) {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "发放确认码", en: "hand out a confirmation code"))
        try requireUnconfirmed(try partyRecord(party))
        let code = SpokenCode(.confirmation, random: &random)
        let until = now.adding(milliseconds: Self.confirmationDays * Moment.day)
        try store.save(
            KeptCode(kind: .confirmation, subject: party, hash: code.hash, issuedAt: now, expiresAt: until))
        try write("party/code", on: "party", party, [FieldChange("expires", before: nil, after: .moment(until))])
        return (code, until)
    }

    /// Confirms a party that registered itself: by itself with the code, by a coordinator with a reason. From now on its
    /// offers are matched.
    public func confirm(party: RecordID, code: SpokenCode? = nil, reason: Reason? = nil) throws {
        try require([.donor, .coordinator], to: LocalizedText(zhHans: "确认主体", en: "confirm a party"))
        let record = try partyRecord(party)
        try requireUnconfirmed(record)
        if actor.role == .donor {
            guard actor.party == party else {
                throw CaseworkError(.notYours, "This is another party.", zhHans: "这是其他主体。")
            }
            guard let code, let kept = try store.code(.confirmation, of: party), kept.hash == code.hash,
                kept.isValid(at: now)
            else {
                throw CaseworkError(
                    .malformed, "This code is wrong, was used or is too old. Ask the coordinator for another.",
                    zhHans: "确认码错误、已使用或已过期。请向协调员重新领取。")
            }
        }
        try store.removeCode(.confirmation, of: party)
        try set(.active, of: record, action: "party/confirm", reason: reason)
    }

    /// Pauses an active party: nothing of it is matched or claimed until it is resumed. What was claimed goes on.
    public func pause(party: RecordID, reason: Reason?) throws {
        try set(.paused, of: party, from: .active, reason: reason)
    }

    /// Opens a paused party again.
    public func resume(party: RecordID, reason: Reason?) throws {
        try set(.active, of: party, from: .paused, reason: reason)
    }

    /// Closes a party for good: its offers are matched no more, and it makes no new ones. What was claimed goes on.
    public func close(party: RecordID, reason: Reason?) throws {
        try require([.coordinator], to: LocalizedText(zhHans: "关闭主体", en: "close a party"))
        let record = try partyRecord(party)
        try refuseClosed(record)
        try store.removeCode(.confirmation, of: party)
        try set(.closed, of: record, action: "party/state", reason: reason)
    }

    // MARK: What they share

    func partyRecord(_ party: RecordID) throws -> PartyRecord {
        guard let record = try store.party(party) else {
            throw unknown(LocalizedText(zhHans: "主体", en: "party"), party)
        }
        return record
    }

    func refuseClosed(_ record: PartyRecord) throws {
        guard record.state != .closed else {
            throw CaseworkError(.wrongState, "The party is closed.", zhHans: "该主体已关闭。")
        }
    }

    /// What is said where an external id is taken.
    static func known(_ key: RecordKey) -> CaseworkError {
        CaseworkError(
            .wrongState, "\(key.source) has registered this external id already: it is \(key.id). Change that record.",
            zhHans: "来源 \(key.source) 已登记此外部编号：\(key.id)。请更改该记录。")
    }

    /// The same of a wish, which may lie where whoever asks works on none: so without its id.
    static func knownWish(_ key: RecordKey) -> CaseworkError {
        CaseworkError(
            .wrongState,
            "\(key.source) has registered a wish by this external id already. Where you work on it, find it by that id and change "
                + "it.",
            zhHans: "来源 \(key.source) 已登记此外部编号的心愿。如由您办理，请按该编号查找并更改。")
    }

    private func requireUnconfirmed(_ record: PartyRecord) throws {
        guard record.state == .unconfirmed else {
            throw CaseworkError(
                .wrongState, "The party is \(record.state.rawValue); there is nothing to confirm.",
                zhHans: "该主体状态为 \(record.state.rawValue)，无须确认。")
        }
    }

    private func set(_ state: PartyState, of party: RecordID, from expected: PartyState, reason: Reason?) throws {
        try require([.coordinator], to: LocalizedText(zhHans: "变更主体状态", en: "pause or resume a party"))
        let record = try partyRecord(party)
        guard record.state == expected else {
            throw CaseworkError(
                .wrongState, "The party is \(record.state.rawValue); this takes one that is \(expected.rawValue).",
                zhHans: "该主体状态为 \(record.state.rawValue)，须为 \(expected.rawValue)。")
        }
        try set(state, of: record, action: "party/state", reason: reason)
    }

    private func set(_ state: PartyState, of record: PartyRecord, action: Code, reason: Reason?) throws {
        try store.setState(state, ofParty: record.key.id)
        try write(
            action, on: "party", record.key.id, reason: reason,
            [
                FieldChange(
                    "state", before: Code(record.state.rawValue).map { .code($0) },
                    after: Code(state.rawValue).map { .code($0) })
            ])
        guard state == .active else { return }
        // Who waited for one of its offers is served with what is there.
        var query = RecordQuery(party: record.key.id)
        query.state = OfferState.open.rawValue
        for offer in try store.offers(query, limit: 1_000) {
            for line in offer.features.lines {
                try system.serveQueue(behind: LineReference(offer.key.id, line.number))
            }
        }
    }
}
