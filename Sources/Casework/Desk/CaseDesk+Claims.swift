internal import CaseRecords
public import MatchCore

extension CaseDesk {
    /// Proposes a claim: the quantity is held on both lines from now, for the lease's answer time.
    ///
    /// Throws when the offer or the wish is not open, the units differ, the lane's approval is missing, the fund has no
    /// budget for today, or either line holds less; `wrongState`, with the place in it, where others wait for the line.
    public func propose(
        offer: LineReference, wish: LineReference, quantity: Int64, legs: [Leg.Kind] = [], reason: Reason? = nil
    ) throws -> KeptClaim {
        try requireTurn(of: wish, for: offer)
        let kept = try hold(offer: offer, wish: wish, quantity: quantity, legs: legs, reason: reason)
        try settleQueues(of: wish, claimed: (offer, quantity))
        return kept
    }

    /// Makes the claim of whoever's turn it is.
    func hold(
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
            // Of a line of which nothing is open, the balance says so: it was taken.
            let whole = line.quantity, whole > 0, whole != quantity
        {
            throw CaseworkError(
                .quantity, "Line \(wish.number) goes to one offer as a whole: claim \(whole).",
                zhHans: "第 \(wish.number) 条明细须由一方整体认领：请认领 \(whole)。")
        }
        try requireBudget(of: offer)
        try requireApproved(quantity, of: wish)
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
        if case .giveBack = step, before.state == .confirmed { try requireStillOpen(kept) }
        let (after, moves) = try before.applying(step, by: actor, at: now, reason: reason)
        try replace(before, with: after)
        kept.claim = after
        try make(moves, of: kept)
        try append(
            .claimStep(
                step, before: before, after: after, by: actor, at: now, reason: reason, program: store.programCode()))
        switch step {
        case .accept: try noteParty(of: kept)
        case .confirm: try system.closeIfFulfilled(kept.wish.record)
        default: break
        }
        // What is delivered or lost comes no more: whoever waited for all of it holds nobody up from now on.
        if moves.contains(where: { [.available, .received, .withdrawn].contains($0.kind.offer.to) }) {
            try system.serveQueue(behind: kept.offer)
        }
        return kept
    }

    /// Splits a part off a claim, so that it can arrive, be returned or be released alone.
    public func split(_ id: RecordID, _ quantity: Int64, reason: Reason?) throws -> (claim: KeptClaim, part: KeptClaim)
    {
        var kept = try claim(id)
        let before = kept.claim
        if before.state == .confirmed { try requireStillOpen(kept) }
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
        try settleQueues(of: wish)
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

    func noteParty(of kept: KeptClaim) throws {
        try write(
            "wish/join", on: "wish", kept.wish.record,
            [
                FieldChange("party", before: nil, after: .record(kept.claim.party)),
                FieldChange("claim", before: nil, after: .record(kept.claim.id)),
            ])
    }

    /// What was confirmed can be taken back while the wish is open: what was delivered turned out not to be good.
    private func requireStillOpen(_ kept: KeptClaim) throws {
        guard try store.wish(kept.wish.record)?.state != .open else { return }
        throw CaseworkError(
            .wrongState,
            "Claim \(kept.claim.id) is confirmed and its wish is closed. Note first that the person is not satisfied, which "
                + "opens the wish again: case rate WISH 1 (or 2).",
            zhHans: "认领 \(kept.claim.id) 已确认且心愿已办结。请先登记不满意评价（case rate 心愿 1 或 2），心愿重新打开后再退回。")
    }

    func requireOpen(_ offer: OfferRecord) throws {
        guard offer.state == .open, try store.party(offer.features.party)?.state == .active else {
            throw CaseworkError(
                .wrongState, "The offer is \(offer.state.rawValue), or its party is not active. Choose another offer.",
                zhHans: "该资源\(offer.state == .open ? "的主体未启用" : offer.state == .paused ? "已暂停" : "已撤回")。请改选其他资源。")
        }
    }

    func requireOpen(_ wish: WishRecord) throws {
        guard wish.state == .open else {
            throw CaseworkError(
                .wrongState, "The wish is closed; open it again first.", zhHans: "该心愿已办结；如需继续请先重新打开。")
        }
        guard try !store.holds(of: wish.key.id).contains(.matching) else {
            throw CaseworkError(
                .wrongState,
                "The person has not agreed that anything is matched with this wish. Ask, and record the consent.",
                zhHans: "本人未同意（或已撤回同意）为该心愿配对。请征得同意并登记。")
        }
        guard let approval = try store.approval(ofWish: wish.key.id), !approval.isApproved else { return }
        throw CaseworkError(
            .wrongState, "The wish waits for its approval at step \(approval.step?.id.text ?? "-").",
            zhHans: "该心愿尚待审批，当前步骤：\(approval.step?.id.text ?? "-")。")
    }

    func requireSameUnit(_ offer: LineReference, _ wish: LineReference) throws {
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
