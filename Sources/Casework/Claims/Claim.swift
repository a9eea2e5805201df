public import MatchCore

/// A lease on a quantity of one offer line for one wish line.
public struct Claim: Hashable, Sendable {
    public let id: RecordID
    public let offerLine: RecordID
    public let wishLine: RecordID
    /// The wish the line belongs to: what a recipient's look-up code opens.
    public let wish: RecordID
    /// Whose offer it is.
    public let party: RecordID
    /// In the lines' unit (pieces, minutes, fen); always above 0.
    public internal(set) var quantity: Int64
    public internal(set) var state: ClaimState
    public let terms: LeaseTerms
    /// Set while the claim is proposed or accepted, nil afterwards.
    public internal(set) var lease: Lease?
    public internal(set) var legs: [Leg]
    /// Counts the steps made; a store compares it so that two people's steps never overwrite each other.
    public internal(set) var version: Int
    public internal(set) var changedAt: Moment

    /// A claim as a store gives it back.
    public init(
        id: RecordID, offerLine: RecordID, wishLine: RecordID, wish: RecordID, party: RecordID, quantity: Int64,
        state: ClaimState, terms: LeaseTerms, lease: Lease?, legs: [Leg], version: Int, changedAt: Moment
    ) {
        self.id = id
        self.offerLine = offerLine
        self.wishLine = wishLine
        self.wish = wish
        self.party = party
        self.quantity = quantity
        self.state = state
        self.terms = terms
        self.lease = lease
        self.legs = legs
        self.version = version
        self.changedAt = changedAt
    }

    /// Proposes a claim: it holds its quantity from now, for the lease's answer time.
    ///
    /// - Parameter legs: who is needed besides the donor; one leg of a kind at most.
    public static func proposing(
        _ id: RecordID, offerLine: RecordID, wishLine: RecordID, wish: RecordID, party: RecordID, quantity: Int64,
        legs: [Leg.Kind] = [], terms: LeaseTerms, by actor: CaseActor, at moment: Moment, reason: Reason? = nil
    ) throws -> (claim: Claim, moves: [LedgerMove]) {
        guard quantity > 0 else {
            throw CaseworkError(
                .quantity, "A claim on \(quantity) holds nothing; claim at least 1.",
                zhHans: "认领数量为 \(quantity)；至少应为 1。")
        }
        guard Set(legs).count == legs.count else {
            throw CaseworkError(
                .malformed, "A claim takes one carrier and one fitter at most; split it for more.",
                zhHans: "一次认领最多需要一名承运人和一名安装人；如需更多请拆分。")
        }
        let claim = Claim(
            id: id, offerLine: offerLine, wishLine: wishLine, wish: wish, party: party, quantity: quantity,
            state: .proposed, terms: terms, lease: Lease(end: moment.adding(hours: terms.answerHours)),
            legs: legs.map { Leg($0) }, version: 1, changedAt: moment)
        try ClaimRule.rule(for: .propose).admit(actor, on: claim, leg: nil, reason: reason)
        return (claim, [claim.move(.reserve)])
    }

    func move(_ kind: LedgerMove.Kind) -> LedgerMove {
        LedgerMove(kind, id, offerLine: offerLine, wishLine: wishLine, quantity: quantity)
    }
}
