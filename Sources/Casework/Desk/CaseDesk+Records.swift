internal import CaseRecords
public import MatchCore

/// Offers and wishes that come in one by one, and what is changed of them.
extension CaseDesk {
    /// Registers an offer: a donor for its own party, staff for any that is not closed.
    public func register(_ offer: Offer, received: Timestamp?, admission: Admission) throws -> RecordID {
        try require(
            [.donor, .intake, .coordinator, .integration], to: LocalizedText(zhHans: "登记资源", en: "register an offer"))
        if actor.role == .donor, actor.party != offer.party {
            throw CaseworkError(.notYours, "A donor offers for its own party.", zhHans: "捐赠方只能登记本方资源。")
        }
        try refuseClosed(try partyRecord(offer.party))
        if let externalID = offer.key.externalID,
            let known = try store.offer(source: offer.key.source, externalID: externalID)
        {
            throw Self.known(known.key)
        }
        return try Registrar(transaction: store, admission: admission, desk: self).admit(offer, received: received).id
    }

    /// Puts what is said of an offer in the place of what was said before; lines say what is pledged in all. More than
    /// before is pledged on top, and who waits for it is served; less is withdrawn from what is available.
    ///
    /// Throws `insufficient` where less than that is available, `wrongState` for an offer that was withdrawn.
    public func change(_ offer: Offer, admission: Admission) throws {
        try require([.donor, .coordinator, .integration], to: LocalizedText(zhHans: "变更资源", en: "change an offer"))
        guard let stored = try store.offer(offer.key.id) else {
            throw unknown(LocalizedText(zhHans: "资源", en: "offer"), offer.key.id)
        }
        if actor.role == .donor, actor.party != stored.features.party {
            throw CaseworkError(.notYours, "This offer is another party's.", zhHans: "该资源属于其他主体。")
        }
        guard stored.state != .withdrawn else {
            throw CaseworkError(
                .wrongState, "The offer is withdrawn. Register a new one if there is more to give.",
                zhHans: "该资源已撤回。如有新的资源请另行登记。")
        }
        for (line, balance) in zip(stored.features.lines, stored.balances) {
            guard let said = offer.lines.first(where: { $0.number == line.number }) else { continue }
            if said.available != balance.pledged, try store.budget(of: LineReference(offer.key.id, line.number)) != nil
            {
                throw CaseworkError(
                    .wrongState,
                    "Line \(line.number) is a fund's budget; what it comes to is set with it: fund budget set --amount.",
                    zhHans: "第 \(line.number) 条明细是资金预算；金额请用 fund budget set --amount 设定。")
            }
            if said.unit != line.unit || said.category != line.category {
                let claimed = balance.reserved + balance.inTransit + balance.received
                if let error = another(line.number, claimed: claimed, gone: balance.withdrawn, .withdrawn) {
                    throw error
                }
            }
            if let error = tooLow(
                line.number, from: balance.pledged ?? 0, to: said.available ?? 0, free: balance.available)
            {
                throw error
            }
        }
        try Registrar(transaction: store, admission: admission, desk: self).admit(offer, received: stored.received)
    }

    /// Registers a wish and opens its case: its clocks start, and its approval, where its lane has a path.
    public func register(_ wish: Wish, channel: Channel, level: AreaLevel, admission: Admission) throws -> RecordID {
        try require(
            [.intake, .coordinator, .integration], to: LocalizedText(zhHans: "登记心愿", en: "register a wish"))
        if let externalID = wish.key.externalID,
            let known = try store.wish(source: wish.key.source, externalID: externalID)
        {
            throw Self.knownWish(known.key)
        }
        let id = try Registrar(transaction: store, admission: admission, desk: self).admit(wish).id
        // The person waits since they asked, whenever it is entered.
        let submitted = wish.submitted.map { Moment(milliseconds: $0.milliseconds) } ?? now
        _ = try (submitted < now ? desk(at: submitted) : self).open(id, channel: channel, level: level)
        return id
    }

    /// Puts what is said of an open wish in the place of what was said before; lines say what is wanted in all.
    ///
    /// What is settled of it stays, as for a file that is imported again.
    public func change(_ wish: Wish, admission: Admission, because reason: Reason? = nil) throws {
        try change(wish, admission: admission, because: reason, isAccepted: false)
    }

    /// Puts another wording in the place of a wish's; with a reason, one in which something was found.
    ///
    /// Throws ``WordingRefusal`` where the wish is published and something was found that nobody may let pass, or no reason
    /// is given.
    public func word(_ wish: RecordID, _ wording: String, reason: Reason?, admission: Admission) throws {
        guard let stored = try store.wish(wish) else { throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish) }
        var said = stored.asWanted
        said.text = wording
        try change(said, admission: admission, because: nil, isAccepted: reason != nil)
        if let reason { try acceptWording(of: wish, reason: reason) }
    }

    private func change(_ wish: Wish, admission: Admission, because reason: Reason?, isAccepted: Bool) throws {
        try require(
            [.intake, .coordinator, .integration], to: LocalizedText(zhHans: "变更心愿", en: "change a wish"))
        guard let stored = try store.wish(wish.key.id) else {
            throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish.key.id)
        }
        if let settled = try settled(wish, over: stored, on: .hand).first { throw settled.error }
        guard stored.state == .open else {
            throw CaseworkError(
                .wrongState,
                "The wish is closed; it stays as it is. Register another, or have it opened again: case rate WISH 1.",
                zhHans: "该心愿已办结，不能更改。请另行登记，或先重新打开：case rate 心愿 1。")
        }
        if !isAccepted, wish.text != stored.features.text, try store.approval(ofWish: wish.key.id)?.isApproved ?? true {
            let findings = try findings(in: wish.text, of: wish.key.id)
            if !findings.isEmpty { throw WordingRefusal(findings) }
        }
        try Registrar(transaction: store, admission: admission, desk: self).admit(wish, because: reason, after: stored)
    }

    /// Makes the code with which a person looks their own wish up; an earlier one opens nothing from now on.
    public func issueLookUp(of wish: RecordID, random: inout some RandomNumberGenerator) throws -> SpokenCode {
        try require([.intake, .coordinator], to: LocalizedText(zhHans: "发放查询码", en: "hand out a look-up code"))
        guard try store.wish(wish) != nil else { throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish) }
        let code = SpokenCode(.lookUp, random: &random)
        try store.save(KeptCode(kind: .lookUp, subject: wish, hash: code.hash, issuedAt: now, expiresAt: nil))
        try write("wish/code", on: "wish", wish)
        return code
    }

    /// Why a line may not come to so little; nil where it may.
    func tooLow(_ line: Int, from before: Int64, to after: Int64, free: Int64) -> CaseworkError? {
        guard before - after > free else { return nil }
        return CaseworkError(
            .insufficient, "Line \(line) has \(free) free; it can be lowered to \(before - free) at least.",
            zhHans: "第 \(line) 条明细可用 \(free)，最低可改为 \(before - free)。")
    }

    /// How a part of a line was given up, of which the line is counted still.
    enum GivenUp { case cancelled, withdrawn }

    /// Why a line may not become another thing; nil where nothing of it is claimed or was given up.
    func another(_ line: Int, claimed: Int64, gone: Int64, _ givenUp: GivenUp) -> CaseworkError? {
        guard claimed == 0 else {
            return CaseworkError(
                .wrongState, "Something of line \(line) is claimed; its category and unit stay. Add another line.",
                zhHans: "第 \(line) 条明细已有认领，类目和单位不可更改。请另加明细。")
        }
        guard gone != 0 else { return nil }
        let (en, zhHans) = givenUp == .cancelled ? ("cancelled", "取消") : ("withdrawn", "撤回")
        return CaseworkError(
            .wrongState,
            "\(gone) of line \(line) was \(en) and stands in its balance; its category and unit stay. Add another line.",
            zhHans: "第 \(line) 条明细已\(zhHans) \(gone)，计入台账，类目和单位不可更改。请另加明细。")
    }
}
