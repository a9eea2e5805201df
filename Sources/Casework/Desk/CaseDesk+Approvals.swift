public import MatchCore

extension CaseDesk {
    /// Makes an act on an approval case, with what follows: a decision ends the clock for it, a refusal ends the wish, the
    /// fast lane starts the clock for the papers.
    public func act(_ id: RecordID, _ act: ApprovalAct) throws -> ApprovalCase {
        guard let before = try store.approval(id) else {
            throw unknown(LocalizedText(zhHans: "审批个案", en: "approval case"), id)
        }
        let after = try before.applying(act, by: actor, at: now, calendar: rules.calendar)
        let isPublishing = if case .pass = act { before.step?.kind == .publication } else { false }
        if isPublishing { try requirePublishable(after.request.wish) }
        try store.save(after)
        try append(
            .approvalAct(act, before: before, after: after, by: actor, at: now, program: store.programCode()))
        let wish = after.request.wish
        // What the fast lane owes is owed after the help has arrived as well.
        switch after.status {
        case .completed, .revoked, .ended: try meetPapers(of: wish, ended: after.status)
        case .open, .refused: break
        }
        guard let wishCase = try store.wishCase(wish), wishCase.state == .open else { return after }
        if after.isApproved, !before.isApproved {
            try decide(wishCase, "wish/approve")
            if !isPublishing { try holdWording(of: wish) }
            try system.serveQueues(of: wish)
        }
        if after.isFast, !before.isFast { try system.start(.papers, for: wishCase) }
        // What was already handed over on the fast lane stays handed over, even where the case says that it was wrong.
        if case .refused(let refusal) = after.status {
            try decide(wishCase, "wish/refuse")
            try system.end(wish, reason: refusal.reason)
        }
        return after
    }

    func openApproval(of wishCase: WishCase, along path: ApprovalPath, amount: Int64?) throws {
        let approval = try ApprovalCase(
            id: newID(),
            request: ApprovalCase.Request(
                wish: wishCase.wish, category: wishCase.category, urgency: wishCase.urgency, amount: amount,
                groups: rules.categories.groups(of: wishCase.category)),
            path: path, at: now)
        try store.save(approval)
        try write(
            "approval/open", on: "approval", approval.id,
            [
                FieldChange("wish", before: nil, after: .record(wishCase.wish)),
                FieldChange("path", before: nil, after: .code(path.id)),
                FieldChange("pathVersion", before: nil, after: .integer(Int64(path.version))),
            ] + (amount.map { [FieldChange("amount", before: nil, after: .integer($0))] } ?? []))
    }

    /// Puts a wish that was opened again before its lane's way, where it had been closed before anybody approved it. What
    /// was approved stays approved.
    func reopenApproval(of wishCase: WishCase) throws {
        guard let past = try store.approval(ofWish: wishCase.wish), case .ended = past.status, !past.isApproved,
            let path = rules.paths[wishCase.lane]
        else { return }
        try openApproval(of: wishCase, along: path, amount: past.request.amount)
        try system.start(.decision, for: wishCase)
    }

    private func decide(_ wishCase: WishCase, _ action: Code) throws {
        let isWaiting = try store.clocks(of: wishCase.wish).contains { $0.kind == .decision && $0.end == nil }
        if isWaiting { try system.take(.decided, wishCase) }
        try write(action, on: "wish", wishCase.wish)
    }

    private func meetPapers(of wish: RecordID, ended status: ApprovalCase.Status) throws {
        // Papers that nobody will hand in any more are not handed in: their clock ends with the wish's other clocks.
        if case .ended = status { return }
        for clock in try store.clocks(of: wish) where clock.kind == .papers && clock.end == nil {
            _ = try system.step(clock, .meet, reason: nil)
        }
    }
}
