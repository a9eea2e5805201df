public import MatchCore

/// What someone does with a case on its path.
public enum ApprovalAct: Hashable, Sendable, Codable {
    /// Passes a screening, a visit, a publication or an acceptance. The note says where the finding or the approved
    /// wording stands; only a screening can do without.
    case pass(note: RecordID?)
    case approve
    /// Approves first; the papers follow.
    case approveFast(Reason)
    /// Ends the request: with a reason of the path's list, and at least one thing of its list that may help instead.
    case refuse(Reason, alternatives: [Code])
    /// Goes back to an earlier step.
    case sendBack(to: Code, Reason)
    /// Changes the amount and begins anew: what was approved was another amount.
    case revise(amount: Int64, Reason)
    case confer(Conference)
    case putUpNotice
    /// Anyone may object while the notice stands.
    case object(Reason)
    /// An objection was looked into and does not hold. One that holds leads to `sendBack` or `refuse`.
    case settleObjection(Reason)
    /// The notice has stood its days.
    case takeDownNotice
    /// The wish was closed or ended: nobody waits for a decision any more. The program's own act.
    case end(Reason)
}
