internal import Casework
internal import MatchCore

/// What the viewer sees, as the table of access says.
extension OperationContext {
    /// The parts of a record that the viewer sees; empty where even that it exists is none of its business.
    /// - Parameters:
    ///   - isOwn: whether it is the viewer's own: its party's, its wish, what it sent.
    ///   - isWithin: whether it lies in the areas that the viewer works in.
    func parts(
        of record: AccessRecord, at stage: AccessStage = .always, isOwn: Bool = false, isWithin: Bool = false
    ) -> AccessParts {
        AccessTable.standard.parts(
            of: record, at: stage, for: viewer.role,
            AccessStanding(
                isOwn: isOwn, isWithin: isWithin, isUnlimited: viewer.areas.isEmpty,
                isMachine: actor.id == CaseActor.system.id),
            purpose: viewer.purpose)
    }

    /// The same with what an opening shows the viewer of a holder, of a record that it may know of.
    func parts(_ parts: AccessParts, openedOf holder: RecordID) throws -> AccessParts {
        let isAsked = viewer.role == .admin && actor.id != CaseActor.system.id && viewer.purpose == .casework
        guard isAsked, parts.contains(.existence) else { return parts }
        let opened = try store.openings(of: [holder]).filter { $0.isOpen(to: actor.id, at: now) }
        return parts.union(AccessParts(opened.map(\.field.part)))
    }

    /// Whether the viewer may know of a record.
    func sees(_ record: AccessRecord, isOwn: Bool = false, isWithin: Bool = false) -> Bool {
        parts(of: record, isOwn: isOwn, isWithin: isWithin).contains(.existence)
    }

    /// What people call a wish, for whoever may know; nil for others.
    func handle(of wish: RecordID) throws -> String? {
        guard let wish = try registry.wish(wish), try sight(of: wish).parts.contains(.handle) else { return nil }
        return wish.key.handle
    }

    /// Of a wish, with the stage that it has for this viewer.
    func sight(of wish: RegisteredWish) throws -> WishSight {
        let id = wish.key.id
        let isApproved = try store.wishesBeforeApproval(among: [id]).isEmpty
        let stage: AccessStage =
            if let claimed = try stageOfClaims(on: id) {
                claimed
            } else if wish.state != "open" {
                .ended
            } else {
                isApproved ? .published : .beforeApproval
            }
        let parts = parts(
            of: .wish, at: stage, isOwn: viewer.actor.wish == id,
            isWithin: isInScope(area: wish.features.place.area))
        return WishSight(parts: parts, isApproved: isApproved)
    }

    /// How far the viewer's own party has come with a wish; nil where it holds nothing that was accepted.
    private func stageOfClaims(on wish: RecordID) throws -> AccessStage? {
        guard let party = actor.party else { return nil }
        // Who helps is told nothing more where the person has not agreed to that.
        guard try !store.holds(of: wish).contains(.sharing) else { return nil }
        var stage: AccessStage?
        for kept in try store.claims(ofWish: wish) {
            let claim = kept.claim
            guard claim.state != .proposed, !claim.state.isEnded else { continue }
            if claim.isBrought(by: actor, at: now) { return .carrying }
            if claim.party == party || claim.legs.contains(where: { $0.party == party }) { stage = .accepted }
        }
        return stage
    }
}

/// What one viewer sees of one wish.
struct WishSight {
    let parts: AccessParts
    let isApproved: Bool

    /// Whether the words may be read: those that nobody approved are no public wording.
    var showsText: Bool { parts.contains(isApproved ? .approvedWording : .wording) }

    /// By which words the wish is found: those that the viewer may read, and what names it elsewhere.
    func words(of wish: RegisteredWish) -> [String] {
        (parts.contains(.handle) ? [wish.key.handle] : []) + (showsText ? [wish.features.text] : [])
    }
}

extension Claim {
    /// Whether the actor is the one who has to find the door, for as long as the lease runs.
    fileprivate func isBrought(by actor: CaseActor, at now: Moment) -> Bool {
        guard lease.map({ !$0.isOver(at: now) }) ?? true else { return false }
        switch actor.role {
        case .carrier:
            return [.accepted, .inTransit].contains(state) && hasLeg(.carrier, of: actor.party)
        case .fitter:
            return hasLeg(.fitter, of: actor.party)
        case .donor:
            // Where nobody else carries, the donor brings it.
            return party == actor.party && [.accepted, .inTransit].contains(state)
                && !legs.contains { $0.kind == .carrier }
        default: return false
        }
    }

    private func hasLeg(_ kind: Leg.Kind, of party: RecordID?) -> Bool {
        legs.contains { $0.kind == kind && $0.party == party && !$0.isDone }
    }
}
