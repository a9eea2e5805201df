internal import MatchCore

extension ClaimRule {
    /// Throws unless `actor` may make this rule's step on `claim`, with that reason.
    ///
    /// - Parameter leg: the leg the step speaks of; nil for a step on the claim as a whole.
    func admit(_ actor: CaseActor, on claim: Claim, leg: Leg.Kind?, reason: Reason?) throws {
        guard let standing = allowed[actor.role] else {
            let roles = allowed.keys.names
            throw CaseworkError(
                .roleNotAllowed, "\(actor.role.withArticle) cannot \(step.name.en) a claim. It takes: \(roles.en).",
                zhHans: "\(actor.role.name.zhHans)不能对认领执行“\(step.name.zhHans)”。可执行的角色：\(roles.zhHans)。")
        }
        guard holds(standing, actor, claim, leg) else {
            throw CaseworkError(
                .notYours, "This \(actor.role.name.en) has no part in claim \(claim.id). Ask its coordinator.",
                zhHans: "该\(actor.role.name.zhHans)与认领 \(claim.id) 无关。请联系协调员。")
        }
        let isNeeded =
            switch self.reason {
            case .never: false
            case .always: true
            case .onBehalf: standing == .any
            }
        guard !isNeeded || reason != nil else {
            throw CaseworkError(
                .reasonRequired,
                "To \(step.name.en) a claim in the role of \(actor.role.name.en) needs a reason. Give its code.",
                zhHans: "以\(actor.role.name.zhHans)身份执行“\(step.name.zhHans)”须填写理由代码。")
        }
    }

    private func holds(_ standing: Standing, _ actor: CaseActor, _ claim: Claim, _ leg: Leg.Kind?) -> Bool {
        switch standing {
        case .any: return true
        case .ownOffer: return actor.party == claim.party
        case .ownWish: return actor.wish == claim.wish
        case .ownLeg, .openLeg:
            // A carrier works on carrier legs only, a fitter on fitter legs.
            guard let kind = Leg.Kind(actor.role), leg ?? kind == kind, let party = actor.party else { return false }
            guard let found = claim.legs.first(where: { $0.kind == kind }) else { return false }
            return standing == .openLeg ? found.party == nil || found.party == party : found.party == party
        }
    }
}
