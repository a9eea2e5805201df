internal import CaseRecords
public import MatchCore

extension CaseDesk {
    /// Proposes a claim: the quantity is held on both lines from now, for the lease's answer time.
    ///
    /// Throws when the offer or the wish is not open, the units differ, the lane's approval is missing, the fund has no
    /// budget for today, or either line holds less.
    public func propose(
        offer: LineReference, wish: LineReference, quantity: Int64, legs: [Leg.Kind] = [], reason: Reason? = nil
    ) throws -> KeptClaim {
        guard let offered = try store.offer(offer.record) else {
            throw unknown(LocalizedText(zhHans: "资源", en: "offer"), offer.record)
        }
        guard let wished = try store.wish(wish.record) else {
            throw unknown(LocalizedText(zhHans: "心愿", en: "wish"), wish.record)
        }
        try requireOpen(offered)
        try requireOpen(wished)
        if let received = offered.received { try requireNot(before: Moment(milliseconds: received.milliseconds)) }
        if let opened = try store.wishCase(wish.record)?.receivedAt { try requireNot(before: opened) }
        try requireSameUnit(offer, wish)
        if let line = wished.features.lines.first(where: { $0.number == wish.number }), line.isWhole,
            let whole = line.quantity, whole != quantity
        {
            throw CaseworkError(
                .quantity, "Line \(wish.number) goes to one offer as a whole: claim \(whole).",
                zhHans: "第 \(wish.number) 条明细须由一方整体认领：请认领 \(whole)。")
        }
        if let budget = try store.budget(of: offer) {
            let today = rules.calendar.zone.date(at: now)
            guard budget.days.contains(today) else {
                throw CaseworkError(
                    .notCovered, "The fund's budget on line \(offer.number) does not cover \(today).",
                    zhHans: "该基金第 \(offer.number) 条的预算期不包含 \(today)。")
            }
        }
        let (claim, moves) = try Claim.proposing(
            newID(), offerLine: offer.id, wishLine: wish.id, wish: wish.record, party: offered.features.party,
            quantity: quantity, legs: legs, terms: rules.leases, by: actor, at: now, reason: reason)
        let kept = KeptClaim(claim: claim, offer: offer, wish: wish, madeAt: now)
        try make(moves, of: kept)
        try store.insert(kept)
        try append(
            .claimStep(
                .propose, before: nil, after: claim, by: actor, at: now, reason: reason,
                program: store.programCode()))
        return kept
    }

    /// Makes one step of a claim, with everything that follows from it: the moves, the queue, the wish's closing.
    public func step(_ id: RecordID, _ step: ClaimStep, reason: Reason? = nil) throws -> KeptClaim {
        var kept = try claim(id)
        let before = kept.claim
        if case .accept = step { try requireApproval(of: kept) }
        let (after, moves) = try before.applying(step, by: actor, at: now, reason: reason)
        try replace(before, with: after)
        kept.claim = after
        try make(moves, of: kept)
        try append(
            .claimStep(
                step.kind, before: before, after: after, by: actor, at: now, reason: reason,
                program: store.programCode()))
        switch step {
        case .accept: try noteParty(of: kept)
        case .confirm: try system.closeIfFulfilled(kept.wish.record)
        default: break
        }
        if moves.contains(where: { $0.kind.offer.to == .available }) { try system.serveQueue(behind: kept.offer) }
        return kept
    }

    /// Splits a part off a claim, so that it can arrive, be returned or be released alone.
    public func split(_ id: RecordID, _ quantity: Int64, reason: Reason?) throws -> (claim: KeptClaim, part: KeptClaim)
    {
        var kept = try claim(id)
        let before = kept.claim
        let (claim, part) = try before.splitting(quantity, into: newID(), by: actor, at: now, reason: reason)
        try replace(before, with: claim)
        kept.claim = claim
        let keptPart = KeptClaim(claim: part, offer: kept.offer, wish: kept.wish, madeAt: now)
        try store.insert(keptPart)
        let program = try store.programCode()
        for (old, new) in [(before as Claim?, claim), (nil, part)] {
            try append(
                .claimStep(.split, before: old, after: new, by: actor, at: now, reason: reason, program: program))
        }
        return (kept, keptPart)
    }

    /// Puts a wish line into the queue behind an offer line; being there already changes nothing.
    public func join(offer: LineReference, wish: LineReference, quantity: Int64, least: Int64) throws -> QueuePlace {
        try require([.donor, .coordinator, .integration], to: LocalizedText(zhHans: "排队", en: "queue for an offer"))
        try requireSameUnit(offer, wish)
        let open = try store.balance(ofWish: wish)?[.open] ?? 0
        guard quantity <= open else {
            throw CaseworkError(
                .quantity, "The wish's line still wants \(open); it cannot queue for \(quantity).",
                zhHans: "该心愿明细尚缺 \(open)，不能排队等候 \(quantity)。")
        }
        let place = QueuePlace(
            place: try ClaimQueue.Place(
                id: newID(), wishLine: wish.id, quantity: quantity, least: least, since: now), offer: offer, wish: wish)
        if try store.join(place) {
            try write(
                "wish/queue", on: "wish", wish.record,
                [
                    FieldChange("offerLine", before: nil, after: .record(offer.id)),
                    FieldChange("quantity", before: nil, after: .integer(quantity)),
                ])
        }
        return try store.queue(for: offer).first { $0.wish == wish } ?? place
    }

    /// Proposes to those who wait, in their order, what is available. Nobody is overtaken.
    func serveQueue(behind offer: LineReference) throws {
        let waiting = try store.queue(for: offer)
        guard !waiting.isEmpty else { return }
        for kept in waiting {
            let available = try store.balance(ofOffer: offer)?[.available] ?? 0
            let open = try store.balance(ofWish: kept.wish)?[.open] ?? 0
            let isOpen = try store.wish(kept.wish.record)?.state == .open
            guard isOpen, open >= kept.place.least else {
                // Served elsewhere, or closed: nobody waits here any more.
                try store.leaveQueue(kept.place.id)
                continue
            }
            let quantity = min(available, open, kept.place.quantity)
            guard quantity >= kept.place.least else { return }
            let proposed = try? store.attempt {
                try propose(offer: offer, wish: kept.wish, quantity: quantity, reason: Reason("queue"))
            }
            // An offer that was closed meanwhile keeps its queue for the day it opens again.
            guard proposed != nil else { return }
            try store.leaveQueue(kept.place.id)
        }
    }

    /// Takes back what is still available on an offer line.
    public func withdraw(_ quantity: Int64, from offer: LineReference, reason: Reason) throws {
        guard let record = try store.offer(offer.record) else {
            throw unknown(LocalizedText(zhHans: "资源", en: "offer"), offer.record)
        }
        try require([.donor, .coordinator], to: LocalizedText(zhHans: "撤回资源", en: "withdraw an offer"))
        if actor.role == .donor, actor.party != record.features.party {
            throw CaseworkError(
                .notYours, "This offer is another party's. Ask its coordinator.", zhHans: "该资源属于其他主体。请联系协调员。")
        }
        try store.withdraw(quantity, from: offer)
        try write(
            "offer/withdraw", on: "offer", offer.record, reason: reason,
            [
                FieldChange("line", before: nil, after: .integer(Int64(offer.number))),
                FieldChange("withdrawn", before: nil, after: .integer(quantity)),
            ])
    }

    /// Cancels what is still open on a wish line.
    public func cancel(_ quantity: Int64, of wish: LineReference, reason: Reason) throws {
        try require([.coordinator, .intake], to: LocalizedText(zhHans: "取消需求", en: "cancel what a wish asks for"))
        try store.cancel(quantity, of: wish)
        try write(
            "wish/cancel", on: "wish", wish.record, reason: reason,
            [
                FieldChange("line", before: nil, after: .integer(Int64(wish.number))),
                FieldChange("cancelled", before: nil, after: .integer(quantity)),
            ])
    }

    func claim(_ id: RecordID) throws -> KeptClaim {
        guard let kept = try store.claim(id) else { throw unknown(LocalizedText(zhHans: "认领", en: "claim"), id) }
        return kept
    }

    private func make(_ moves: [LedgerMove], of kept: KeptClaim) throws {
        for move in moves { try store.move(move.quantity, move.kind, offer: kept.offer, wish: kept.wish) }
    }

    private func replace(_ before: Claim, with after: Claim) throws {
        guard try store.update(after, from: before.version) else {
            throw CaseworkError(
                .wrongState, "Claim \(before.id) was changed by somebody else meanwhile. Read it again.",
                zhHans: "认领 \(before.id) 已被他人更改。请刷新后再试。")
        }
    }

    private func noteParty(of kept: KeptClaim) throws {
        try write(
            "wish/join", on: "wish", kept.wish.record,
            [
                FieldChange("party", before: nil, after: .record(kept.claim.party)),
                FieldChange("claim", before: nil, after: .record(kept.claim.id)),
            ])
    }

    private func requireOpen(_ offer: OfferRecord) throws {
        guard offer.state == .open, try store.party(offer.features.party)?.state == .active else {
            throw CaseworkError(
                .wrongState, "The offer is \(offer.state.rawValue), or its party is not active. Choose another offer.",
                zhHans: "该资源状态为 \(offer.state.rawValue)，或其主体未启用。请改选其他资源。")
        }
    }

    private func requireOpen(_ wish: WishRecord) throws {
        guard wish.state == .open else {
            throw CaseworkError(
                .wrongState, "The wish is closed; open it again first.", zhHans: "该心愿已办结；如需继续请先重新打开。")
        }
        guard let approval = try store.approval(ofWish: wish.key.id), !approval.isApproved else { return }
        throw CaseworkError(
            .wrongState, "The wish waits for its approval at step \(approval.step?.id.text ?? "-").",
            zhHans: "该心愿尚待审批，当前步骤：\(approval.step?.id.text ?? "-")。")
    }

    private func requireSameUnit(_ offer: LineReference, _ wish: LineReference) throws {
        guard let offered = try store.balance(ofOffer: offer), let wished = try store.balance(ofWish: wish) else {
            throw CaseworkError(
                .unknown, "Line \(offer.number) of the offer or line \(wish.number) of the wish does not exist.",
                zhHans: "资源第 \(offer.number) 条或心愿第 \(wish.number) 条明细不存在。")
        }
        guard offered.unit == wished.unit else {
            throw CaseworkError(
                .quantity, "The offer counts in \(offered.unit.code), the wish in \(wished.unit.code).",
                zhHans: "资源以 \(offered.unit.code) 计，心愿以 \(wished.unit.code) 计。")
        }
    }
}
