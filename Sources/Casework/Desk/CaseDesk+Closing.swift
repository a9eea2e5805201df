public import MatchCore

/// How a wish ends, and what ends with it.
extension CaseDesk {
    /// Closes a wish: what is still open of it is cancelled; its waiting approval, its clocks and its places in queues end
    /// with it, the person's answer is noted, and a call back is due.
    ///
    /// - Parameter reason: for any outcome but `fulfilled` a declared reason to close, with a note of what the person was
    ///   told.
    ///
    /// Throws `insufficient` where what arrived does not bear the outcome out, `wrongState` while a claim is under way or,
    /// for `fulfilled`, before the approval; `reasonRequired` without the reason or its note.
    public func close(_ wish: RecordID, as outcome: WishOutcome, reason: Reason? = nil) throws {
        try require([.coordinator], to: LocalizedText(zhHans: "办结心愿", en: "close a wish"))
        let wishCase = try openCase(wish)
        let claims = try store.claims(ofWish: wish)
        guard !claims.contains(where: { !$0.claim.state.isEnded }) else {
            throw CaseworkError(
                .wrongState, "A claim on this wish is still under way. Finish or release it first.",
                zhHans: "该心愿仍有进行中的认领。请先完成或释放。")
        }
        try requireNotBefore(claims)
        try requireDelivery(to: wish, for: outcome)
        var reason = reason
        if outcome == .fulfilled {
            try requireApproved(wish)
            reason = reason ?? Reason("fulfilled")
        }
        guard let reason, outcome == .fulfilled || reason.note != nil else {
            throw CaseworkError(
                .reasonRequired,
                "A wish that is not fulfilled is closed with a reason and a note of what the person was told.",
                zhHans: "未实现的心愿办结时须填写理由代码，并备注如何答复申请人。")
        }
        if outcome != .fulfilled { try requireClosing(reason, of: wishCase) }
        try cancelOpen(of: wish, reason: reason)
        try finish(wishCase, as: outcome, reason: reason)
    }

    /// Ends a wish that was withdrawn or refused: what is promised is released, what is open is cancelled, and what waits
    /// for it ends.
    ///
    /// A wish that something was delivered to, or that was closed before, is closed in part or unfulfilled instead: it
    /// stays in the figures, whoever ends it.
    public func end(_ wish: RecordID, reason: Reason) throws {
        try require([.coordinator, .approver], to: LocalizedText(zhHans: "终止心愿", en: "end a wish"))
        var wishCase = try openCase(wish)
        let claims = try store.claims(ofWish: wish)
        guard !claims.contains(where: { [.inTransit, .received].contains($0.claim.state) }) else {
            throw CaseworkError(
                .wrongState, "Something is on its way to this person. Have it confirmed or returned first.",
                zhHans: "已有物资在途或已送达。请先确认或退回。")
        }
        try requireNotBefore(claims)
        if !isReplaying { try requireClosing(reason, of: wishCase) }
        let hasReceived = try hasReceived(wish)
        guard wishCase.round == 1, !hasReceived else {
            try release(claims, of: &wishCase, reason: reason)
            try cancelOpen(of: wish, reason: reason)
            return try finish(wishCase, as: hasReceived ? .partly : .unfulfilled, reason: reason)
        }
        try release(claims, of: &wishCase, reason: reason)
        try cancelOpen(of: wish, reason: reason)
        try leaveQueues(wish)
        try endApproval(of: wish, reason: reason)
        for clock in try store.clocks(of: wish) where clock.end == nil {
            _ = try system.step(clock, .cancel, reason: reason)
        }
        try closeInHousehold(wish)
        try write("wish/end", on: "wish", wish, reason: reason)
    }

    /// Throws `timeRunsBackwards` where the wish would end before the last step of one of its claims, also where a file says so.
    func requireNotBefore(_ claims: [KeptClaim]) throws {
        if let last = claims.map(\.claim.changedAt).max() { try desk(isReplaying: false).requireNot(before: last) }
    }

    /// Releases what is promised to a wish that ends.
    private func release(_ claims: [KeptClaim], of wishCase: inout WishCase, reason: Reason) throws {
        wishCase.state = .ended
        wishCase.changedAt = now
        // Closed first, so that nobody who waits is served with what comes free here.
        try store.save(wishCase)
        for kept in claims where !kept.claim.state.isEnded {
            _ = try system.step(kept.claim.id, .release, reason: reason)
        }
    }

    func hasReceived(_ wish: RecordID) throws -> Bool {
        try store.lines(ofWish: wish).contains { number in
            try store.balance(ofWish: LineReference(wish, number)).map { $0[.received] > 0 } ?? false
        }
    }

    /// Closes a wish once all its lines have arrived and every arrival is confirmed, at the moment of the last of them: people
    /// enter them in any order.
    func closeIfFulfilled(_ wish: RecordID) throws {
        guard let wishCase = try store.wishCase(wish), wishCase.state == .open else { return }
        for number in try store.lines(ofWish: wish) {
            guard let line = try store.balance(ofWish: LineReference(wish, number)), line.total != nil else { return }
            guard line[.open] == 0, line[.reserved] == 0, line[.inTransit] == 0 else { return }
        }
        let claims = try store.claims(ofWish: wish).map(\.claim)
        guard !claims.contains(where: { $0.state == .received }) else { return }
        // Sent back after the promise was made: somebody has to decide before it counts as served.
        guard try store.approval(ofWish: wish)?.isApproved ?? true else { return }
        let last = claims.map(\.changedAt).max() ?? now
        try desk(at: max(now, last)).finish(wishCase, as: .fulfilled, reason: Reason("fulfilled"))
    }

    func finish(_ open: WishCase, as outcome: WishOutcome, reason: Reason) throws {
        var wishCase = open
        wishCase.state = .closed
        wishCase.outcome = outcome
        wishCase.changedAt = now
        try store.save(wishCase)
        try leaveQueues(wishCase.wish)
        let owesWork = try outcome != .unfulfilled && owesWork(wishCase.wish)
        if !owesWork { try endApproval(of: wishCase.wish, reason: reason) }
        // What has arrived was decided, and is an answer: no clock runs on for either.
        let waiting = Set(try store.clocks(of: wishCase.wish).filter { $0.end == nil }.map(\.kind))
        if waiting.contains(.answer) { try system.take(.answered, wishCase) }
        if outcome == .fulfilled {
            if waiting.contains(.decision) { try system.take(.decided, wishCase) }
            if waiting.contains(.answer) {
                try write("wish/answer", on: "wish", wishCase.wish, reason: Reason("closed"))
            }
            try system.take(.closed, wishCase)
            try endClocks(of: wishCase.wish, reason: reason, papersToo: !owesWork)
        } else {
            // The reply that this is all there will be, whatever was answered before.
            try write("wish/answer", on: "wish", wishCase.wish, reason: reason)
            try endClocks(of: wishCase.wish, reason: reason, papersToo: !owesWork)
            try system.start(.callBack, for: wishCase)
        }
        try closeInHousehold(wishCase.wish)
        var changes: [FieldChange] = []
        if let code = Code(outcome.rawValue) { changes.append(FieldChange("outcome", before: nil, after: .code(code))) }
        try write("wish/close", on: "wish", wishCase.wish, reason: reason, changes)
    }

    private func endClocks(of wish: RecordID, reason: Reason, papersToo: Bool) throws {
        for clock in try store.clocks(of: wish)
        where clock.end == nil && clock.kind != .callBack && (papersToo || clock.kind != .papers) {
            _ = try system.step(clock, .cancel, reason: reason)
        }
    }

    /// Whether the approval leaves something to do once the help is there: the papers of the fast lane, an acceptance.
    private func owesWork(_ wish: RecordID) throws -> Bool {
        guard let approval = try store.approval(ofWish: wish) else { return false }
        return approval.isApproved && approval.owesWork
    }

    private func endApproval(of wish: RecordID, reason: Reason) throws {
        guard let approval = try store.approval(ofWish: wish), case .open = approval.status else { return }
        _ = try system.act(approval.id, .end(reason))
    }

    /// Who waited behind the wish is served, where it was what they waited for.
    private func leaveQueues(_ wish: RecordID) throws {
        let places = try store.queuePlaces(ofWish: wish)
        for place in places { try system.leave(place) }
        for place in places { try system.serveQueue(behind: place.offer) }
    }

    func cancelOpen(of wish: RecordID, reason: Reason) throws {
        for number in try store.lines(ofWish: wish) {
            let line = LineReference(wish, number)
            let left = try store.balance(ofWish: line)?[.open] ?? 0
            if left > 0 { try system.cancel(left, of: line, reason: reason) }
        }
    }

    /// Opens again what was cancelled as the wish was closed: whoever is not satisfied still needs it. What the person gave
    /// up before that stays cancelled.
    func restoreCancelled(of wish: RecordID) throws {
        let history = try store.history(of: [wish])
        guard let end = history.lastIndex(where: { $0.action == "wish/close" }) else { return }
        let begin = history[..<end].lastIndex { $0.action == "wish/reopen" } ?? history.startIndex
        let closing = history[end]
        // What was given up in the same minute has a reason of its own.
        for entry in history[begin..<end]
        where entry.action == "wish/cancel" && entry.at == closing.at && entry.reason == closing.reason {
            var told: [Code: Int64] = [:]
            for change in entry.changes { if case .integer(let value) = change.after { told[change.field] = value } }
            guard let number = told["line"], let quantity = told["cancelled"] else { continue }
            try store.restore(quantity, of: LineReference(wish, Int(number)))
            try system.write(
                "wish/restore", on: "wish", wish, reason: Reason("notSatisfied"),
                [
                    FieldChange("line", before: nil, after: .integer(number)),
                    FieldChange("open", before: nil, after: .integer(quantity)),
                ])
        }
    }

    private func requireDelivery(to wish: RecordID, for outcome: WishOutcome) throws {
        let lines = try store.lines(ofWish: wish).compactMap { try store.balance(ofWish: LineReference(wish, $0)) }
        let hasReceived = lines.contains { $0[.received] > 0 }
        let isLeft = lines.contains { $0[.open] > 0 || $0.total == nil }
        switch outcome {
        case .fulfilled where !hasReceived:
            throw CaseworkError(
                .insufficient,
                "Nothing of this wish has arrived, so it is not fulfilled. Close it as 'unfulfilled' with a reason and a note.",
                zhHans: "该心愿尚无任何送达，不能按已实现办结。请以 unfulfilled 办结，并填写理由代码和备注。")
        case .fulfilled where isLeft:
            throw CaseworkError(
                .insufficient,
                "Something of this wish is still open, so it is not fulfilled. Close it as 'partly' with a reason and a note.",
                zhHans: "该心愿仍有未满足的部分，不能按已实现办结。请以 partly 办结，并填写理由代码和备注。")
        case .partly where !hasReceived:
            throw CaseworkError(
                .insufficient, "Nothing of this wish has arrived. Close it as 'unfulfilled'.",
                zhHans: "该心愿尚无任何送达。请以 unfulfilled 办结。")
        case .unfulfilled where hasReceived:
            throw CaseworkError(
                .insufficient,
                "Something of this wish has arrived. Close it as 'partly', or 'fulfilled' if that is all.",
                zhHans: "该心愿已有送达。请以 partly 办结；如已全部满足请以 fulfilled 办结。")
        default: break
        }
    }

    private func requireApproved(_ wish: RecordID) throws {
        guard let approval = try store.approval(ofWish: wish), !approval.isApproved else { return }
        throw CaseworkError(
            .wrongState,
            "The wish waits for its approval at step \(approval.step?.id.text ?? "-"); it is fulfilled once that is given.",
            zhHans: "该心愿尚待审批，当前步骤：\(approval.step?.id.text ?? "-")；审批通过后才能按已实现办结。")
    }

    private func requireClosing(_ reason: Reason, of wishCase: WishCase) throws {
        try rules.reasons?.requireClosing(
            reason.code, besides: rules.paths[wishCase.lane]?.refusals.map(\.code) ?? [])
    }
}
