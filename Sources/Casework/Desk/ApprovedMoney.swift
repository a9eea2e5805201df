internal import CaseRecords
internal import MatchCore

/// The money that was approved for a wish, and what of it is promised or was handed over, in fen.
struct ApprovedMoney {
    let approved: Int64
    let promised: Int64

    /// What may still be claimed of all the wish's lines of money together.
    var left: Int64 { max(0, approved - promised) }

    /// Nil for a wish that was approved elsewhere, and before the approval.
    init?(of wish: RecordID, in store: any CaseTransaction) throws {
        guard let approval = try store.approval(ofWish: wish), approval.isApproved,
            let approved = approval.request.amount
        else { return nil }
        var promised: Int64 = 0
        for number in try store.lines(ofWish: wish) {
            guard let state = try store.balance(ofWish: LineReference(wish, number)), state.unit == .fen else {
                continue
            }
            for part in [WishPart.reserved, .inTransit, .received] {
                let (sum, overflows) = promised.addingReportingOverflow(state[part])
                promised = overflows ? .max : sum
            }
        }
        self.approved = approved
        self.promised = promised
    }
}

extension CaseTransaction {
    /// Nil as well for a line that is no money.
    func approvedMoney(for line: LineReference) throws -> ApprovedMoney? {
        guard try balance(ofWish: line)?.unit == .fen else { return nil }
        return try ApprovedMoney(of: line.record, in: self)
    }

    /// What may still be claimed of a wish's line: what is open of it, and of money no more than what was approved leaves.
    func claimable(_ line: LineReference) throws -> Int64 {
        let open = try balance(ofWish: line)?[.open] ?? 0
        return try approvedMoney(for: line).map { min(open, $0.left) } ?? open
    }

    /// Whether a wish still wants what would be of use to it.
    func isWaiting(_ place: QueuePlace) throws -> Bool {
        guard try wish(place.wish.record)?.state == .open else { return false }
        return try claimable(place.wish) >= place.place.least
    }

    /// Whether what is of use to a place can still come free: what was delivered or withdrawn does not.
    func canStillCome(for place: QueuePlace) throws -> Bool {
        guard let balance = try balance(ofOffer: place.offer) else { return false }
        return balance[.available] + balance[.reserved] + balance[.inTransit] >= place.place.least
    }

    /// Those whom nobody may claim past, in their turn: not those who wait for their approval as well, or for more than can
    /// still come.
    func inTurn(for offer: LineReference) throws -> [QueuePlace] {
        try queue(for: offer).filter { place in
            try isWaiting(place) && canStillCome(for: place)
                && approval(ofWish: place.wish.record)?.isApproved ?? true
        }
    }
}
