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
            try check(
                line.number, from: balance.pledged, to: said.available, free: balance.available,
                isSame: said.unit == line.unit && said.category == line.category)
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
            throw Self.known(known.key)
        }
        let id = try Registrar(transaction: store, admission: admission, desk: self).admit(wish).id
        // The person waits since they asked, whenever it is entered.
        let submitted = wish.submitted.map { Moment(milliseconds: $0.milliseconds) } ?? now
        _ = try (submitted < now ? desk(at: submitted) : self).open(id, channel: channel, level: level)
        return id
    }

    /// Puts what is said of an open wish in the place of what was said before; lines say what is wanted in all.
    ///
    /// What an approval looked at stays: its wording is a coordinator's to change, and it asks for no more than it did.
    public func change(_ wish: Wish, admission: Admission, because reason: Reason? = nil) throws {
        try change(wish, admission: admission, because: reason, isAccepted: false)
    }

    /// Puts another wording in the place of a wish's; with a reason, one in which something was found.
    ///
    /// Throws ``WordingRefusal`` where the wish is published and something was found that nobody may let pass, or no reason
    /// is given.
    public func word(_ wish: RecordID, _ wording: String, reason: Reason?, admission: Admission) throws {
        guard let stored = try store.wish(wish) else { throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish) }
        var said = stored.features
        for (index, balance) in stored.balances.enumerated() { said.lines[index].quantity = balance.wanted }
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
        guard stored.state == .open else {
            throw CaseworkError(.wrongState, "The wish is closed.", zhHans: "该心愿已办结。")
        }
        try requireLane(wish.lane, of: stored)
        let basis = try approvalBasis(of: stored)
        if case .here = basis, basis.isDecided, wish.text != stored.features.text {
            try require([.coordinator], to: LocalizedText(zhHans: "更改已核准的文字", en: "change an approved wording"))
        }
        try requireNoMore(WishRecord(new: wish), than: stored, by: basis)
        if !isAccepted, wish.text != stored.features.text, try store.approval(ofWish: wish.key.id)?.isApproved ?? true {
            let findings = try findings(in: wish.text, of: wish.key.id)
            if !findings.isEmpty { throw WordingRefusal(findings) }
        }
        for (line, balance) in zip(stored.features.lines, stored.balances) {
            guard let said = wish.lines.first(where: { $0.number == line.number }) else { continue }
            try check(
                line.number, from: balance.wanted, to: said.quantity, free: balance.open,
                isSame: said.unit == line.unit && said.category == line.category,
                isHeld: basis.isDecided && !(said.unit == line.unit && line.category == nil))
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

    /// A line that moves keeps what it counts, and gives up no more than what is free.
    private func check(
        _ line: Int, from before: Int64?, to after: Int64?, free: Int64, isSame: Bool, isHeld: Bool = false
    ) throws {
        try requireSame(line, from: before, free: free, isSame: isSame, isHeld: isHeld)
        let taken = (before ?? 0) - (after ?? 0)
        guard taken <= free else {
            throw CaseworkError(
                .insufficient, "Line \(line) has \(free) free; it can be lowered to \((before ?? 0) - free) at least.",
                zhHans: "第 \(line) 条明细可用 \(free)，最低可改为 \((before ?? 0) - free)。")
        }
    }

    /// Throws `wrongState` where another thing is said of a line that was approved, or of which something is not free.
    ///
    /// - Parameter isHeld: whether the thing was approved. What has no category yet may be given one.
    func requireSame(_ line: Int, from before: Int64?, free: Int64, isSame: Bool, isHeld: Bool) throws {
        guard !isSame else { return }
        guard !isHeld else {
            throw CaseworkError(
                .wrongState,
                "Line \(line) was approved as what it is; its category and unit stay. Register another wish.",
                zhHans: "第 \(line) 条明细已按现有类目和单位获批，不可更改。请另行登记心愿。")
        }
        guard before ?? 0 == free else {
            throw CaseworkError(
                .wrongState, "Something of line \(line) is claimed; its category and unit stay. Add another line.",
                zhHans: "第 \(line) 条明细已有认领，类目和单位不可更改。请另加明细。")
        }
    }
}
