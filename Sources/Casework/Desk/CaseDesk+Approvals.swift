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
        try follow(after, from: before, act, isPublishing: isPublishing)
        guard before.isApproved, !after.isApproved else { return after }
        // What had been decided stood, whatever the wish became meanwhile.
        try rereadApproval(of: wish)
        return try store.approval(id) ?? after
    }

    /// Draws what follows for the wish from where its approval stands now.
    ///
    /// - Parameter act: what somebody did; nil where what is asked for has changed.
    func follow(
        _ after: ApprovalCase, from before: ApprovalCase, _ act: ApprovalAct? = nil, isPublishing: Bool = false
    ) throws {
        try keepTime(of: after, from: before, act)
        let wish = after.request.wish
        guard let wishCase = try store.wishCase(wish), wishCase.state == .open else { return }
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
    }

    /// Starts the clock of the visit that is to be made now, or of the notice that is to be taken down, and ends that of the
    /// step before. Where the program sets no limit for it, there is none.
    private func keepTime(of after: ApprovalCase, from before: ApprovalCase?, _ act: ApprovalAct? = nil) throws {
        let (left, reached) = (before?.timedStep, after.timedStep)
        guard left != reached else { return }
        let wish = after.request.wish
        if let left {
            let isDone =
                switch act {
                case .pass?, .takeDownNotice?: true
                default: false
                }
            for clock in try store.clocks(of: wish) where clock.kind == left.kind && clock.end == nil {
                _ = try system.step(
                    clock, isDone ? .meet : .cancel, reason: isDone ? nil : act?.reason ?? Reason("stepLeft"))
            }
        }
        guard let reached, let wishCase = try store.wishCase(wish), wishCase.state == .open,
            try rules.clocks.limit(for: reached.kind, of: context(wishCase)) != nil
        else { return }
        try system.start(reached.kind, for: wishCase, after: reached.lead)
    }

    func openApproval(
        of wishCase: WishCase, along path: ApprovalPath, amount: Int64?, isStated: Bool = false
    ) throws {
        let approval = try ApprovalCase(
            id: newID(),
            request: ApprovalCase.Request(
                wish: wishCase.wish, category: wishCase.category, urgency: wishCase.urgency, amount: amount,
                groups: rules.categories.groups(of: wishCase.category), isStated: isStated),
            path: path, at: now)
        try store.save(approval)
        try write(
            "approval/open", on: "approval", approval.id,
            [
                FieldChange("wish", before: nil, after: .record(wishCase.wish)),
                FieldChange("path", before: nil, after: .code(path.id)),
                FieldChange("pathVersion", before: nil, after: .integer(Int64(path.version))),
            ] + (amount.map { [FieldChange("amount", before: nil, after: .integer($0))] } ?? []))
        try keepTime(of: approval, from: nil)
    }

    /// Puts a wish that was opened again before its lane's way, where it had been closed before anybody approved it. What
    /// was approved stays approved.
    func reopenApproval(of wishCase: WishCase) throws {
        guard let past = try store.approval(ofWish: wishCase.wish) else { return }
        // What was left to do after the help had arrived is left to do in time again.
        if case .open = past.status { return try keepTime(of: past, from: nil) }
        guard case .ended = past.status, !past.isApproved, let path = rules.paths[wishCase.lane] else { return }
        try openApproval(
            of: wishCase, along: path, amount: past.request.amount, isStated: past.request.isStated)
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
