public import MatchCore

extension Claim {
    /// Returns the claim after one step, and the moves the ledger has to make in the same transaction.
    ///
    /// Throws, and nothing has changed, when the state, the role, the reason, the lease or a leg forbids it.
    /// A step that is sent again finds the state already left and throws `wrongState`: it can't move a quantity twice.
    public func applying(
        _ step: ClaimStep, by actor: CaseActor, at moment: Moment, reason: Reason? = nil
    ) throws -> (claim: Claim, moves: [LedgerMove]) {
        let rule = ClaimRule.rule(for: step.kind)
        try admit(step.kind, rule, by: actor, at: moment, leg: step.leg, reason: reason)
        var claim = self
        var moves: [LedgerMove] = []
        switch step {
        case .accept:
            try requireLease(at: moment)
            claim.lease = Lease(end: moment.adding(hours: terms.dispatchHours))
        case .decline, .release:
            claim.lease = nil
            moves = [move(.free)]
        case .expire:
            try requireLeaseOver(at: moment)
            claim.lease = nil
            moves = [move(.free)]
        case .renew:
            claim.lease = try renewedLease(at: moment)
        case .dispatch:
            try requireLease(at: moment)
            try requireLeg(.carrier) { $0.party != nil }
            claim.lease = nil
            moves = [move(.dispatch)]
        case .receive:
            moves = [move(.receive)]
        case .confirm:
            try requireLeg(.fitter) { $0.isDone }
        case .giveBack(let condition):
            let wasReceived = state == .received || state == .confirmed
            switch condition {
            case .usable: moves = [move(wasReceived ? .returnReceived : .returnFromTransit)]
            case .unfit, .lost: moves = [move(wasReceived ? .loseReceived : .loseInTransit)]
            }
        case .agree(let kind, let party):
            try claim.takeOn(kind, party, by: actor)
        case .leave(let kind):
            try claim.changeLeg(kind) { leg in
                // Goods on the road have a carrier: who gave them up is a matter for `giveBack`.
                guard leg.party != nil, !leg.isDone,
                    !(kind == .carrier && self.state != .accepted && self.state != .proposed)
                else { return false }
                leg.party = nil
                return true
            }
        case .finish(let kind):
            try claim.changeLeg(kind) { leg in
                guard leg.party != nil, !leg.isDone else { return false }
                leg.isDone = true
                return true
            }
        }
        claim.state = rule.to ?? state
        claim.version += 1
        claim.changedAt = moment
        return (claim, moves)
    }

    /// Returns the claim less `quantity`, and a second claim of that quantity in the same state and lease.
    ///
    /// So a part can arrive, be returned or released alone. No quantity moves: together they hold what was held.
    public func splitting(
        _ quantity: Int64, into id: RecordID, by actor: CaseActor, at moment: Moment, reason: Reason?
    ) throws -> (claim: Claim, part: Claim) {
        try admit(.split, ClaimRule.rule(for: .split), by: actor, at: moment, leg: nil, reason: reason)
        guard quantity > 0, quantity < self.quantity else {
            throw CaseworkError(
                .quantity, "Of \(self.quantity), 1 to \(self.quantity - 1) can be split off, not \(quantity).",
                zhHans: "该认领共 \(self.quantity)，可拆出 1 至 \(self.quantity - 1)，不能拆出 \(quantity)。")
        }
        var claim = self
        claim.quantity -= quantity
        claim.version += 1
        claim.changedAt = moment
        let part = Claim(
            id: id, offerLine: offerLine, wishLine: wishLine, wish: wish, party: party, quantity: quantity,
            state: state, terms: terms, lease: lease, legs: legs, version: 1, changedAt: moment)
        return (claim, part)
    }

    private func admit(
        _ kind: ClaimStep.Kind, _ rule: ClaimRule, by actor: CaseActor, at moment: Moment, leg: Leg.Kind?,
        reason: Reason?
    ) throws {
        guard rule.from.contains(state) else {
            throw CaseworkError(
                .wrongState,
                "Claim \(id) is \(state.name.en): nobody can \(kind.name.en) it any more, or yet. Read it again.",
                zhHans: "认领 \(id) 处于“\(state.name.zhHans)”，不能执行“\(kind.name.zhHans)”。请刷新后再试。")
        }
        guard moment >= changedAt else {
            throw CaseworkError(
                .timeRunsBackwards, "The step's time lies before the last change. Check the host's clock.",
                zhHans: "操作时间早于上次变更时间。请检查主机时钟。")
        }
        // Who has confirmed owns it: only they, and staff, can say that it is not good after all.
        if state == .confirmed, [.donor, .carrier].contains(actor.role) {
            throw CaseworkError(
                .roleNotAllowed,
                "Claim \(id) is confirmed; the recipient or staff takes it back, not a \(actor.role.name.en).",
                zhHans: "认领 \(id) 已确认收到；只能由受助人或工作人员登记退回。")
        }
        try rule.admit(actor, on: self, leg: leg, reason: reason)
    }

    private func requireLease(at moment: Moment) throws {
        guard let lease, !lease.isOver(at: moment) else {
            throw CaseworkError(
                .lease, "The lease of claim \(id) is over. Propose it again.",
                zhHans: "认领 \(id) 的租期已满。请重新发起。")
        }
    }

    private func requireLeaseOver(at moment: Moment) throws {
        guard let lease, lease.isOver(at: moment) else {
            throw CaseworkError(
                .lease, "The lease of claim \(id) still runs; release it with a reason instead.",
                zhHans: "认领 \(id) 的租期未满；如需结束请填写理由后释放。")
        }
    }

    private func renewedLease(at moment: Moment) throws -> Lease {
        try requireLease(at: moment)
        let used = lease?.renewals ?? 0
        guard used < terms.renewals else {
            throw CaseworkError(
                .lease, "The lease has been renewed \(used) times, the most allowed. Release the claim or move on.",
                zhHans: "租期已续 \(used) 次，达到上限。请释放认领或继续下一步。")
        }
        let hours = state == .proposed ? terms.answerHours : terms.dispatchHours
        let end = moment.adding(hours: hours)
        // A renewal that adds nothing would only use one up.
        if let lease, end <= lease.end {
            throw CaseworkError(
                .lease,
                "The lease of claim \(id) already runs as long as a renewal made now would (\(hours) hours). Renew it "
                    + "nearer to its end.",
                zhHans: "认领 \(id) 的租期不短于现在续期所得（\(hours) 小时），续期无效。请临近到期时再续。")
        }
        return Lease(end: end, renewals: used + 1)
    }

    private func requireLeg(_ kind: Leg.Kind, _ isReady: (Leg) -> Bool) throws {
        guard let leg = legs.first(where: { $0.kind == kind }), !isReady(leg) else { return }
        throw CaseworkError(
            .legMissing, "The \(kind.rawValue) of claim \(id) is not ready. Find one, or have the work finished.",
            zhHans: "认领 \(id) 的\(kind == .carrier ? "承运" : "安装")环节尚未落实。请先安排或完成。")
    }

    private mutating func takeOn(_ kind: Leg.Kind, _ party: RecordID, by actor: CaseActor) throws {
        guard Leg.Kind(actor.role) == nil || actor.party == party else {
            throw CaseworkError(
                .notYours, "A volunteer takes a leg on for their own party only.",
                zhHans: "志愿者只能以本方名义承接该环节。")
        }
        // That somebody is needed besides may show later than the proposal, or nobody could say so then, as in a queue.
        if Leg.Kind(actor.role) == nil, !legs.contains(where: { $0.kind == kind }),
            kind == .fitter || state == .proposed || state == .accepted
        {
            legs.append(Leg(kind))
        }
        try changeLeg(kind) { leg in
            guard leg.party == nil else { return false }
            leg.party = party
            return true
        }
    }

    private mutating func changeLeg(_ kind: Leg.Kind, _ change: (inout Leg) -> Bool) throws {
        guard let index = legs.firstIndex(where: { $0.kind == kind }), change(&legs[index]) else {
            throw CaseworkError(
                .legMissing, "Claim \(id) has no \(kind.rawValue) leg that this step fits. Read it again.",
                zhHans: "认领 \(id) 没有适用此操作的\(kind == .carrier ? "承运" : "安装")环节。请刷新后再试。")
        }
    }
}

extension ClaimStep {
    /// The leg the step speaks of.
    var leg: Leg.Kind? {
        switch self {
        case .agree(let kind, _), .leave(let kind), .finish(let kind): kind
        default: nil
        }
    }
}
