public import MatchCore

/// What a party has done in a stretch of time, as the history tells it: only what arrived, was confirmed and was kept counts.
/// What came back, fit or unfit, or was lost, was not given.
public struct PartyDeeds: Hashable, Sendable {
    /// What was delivered of one category.
    public struct Share: Hashable, Sendable {
        /// Nil where nobody classified it.
        public let category: String?
        public let unit: Unit
        public let quantity: Int64
        public let claims: Int
    }

    public let party: RecordID
    /// The moments whose confirmations count. What was confirmed then and came back since does not.
    public let window: ClosedRange<Moment>
    /// By category and unit.
    public let shares: [Share]
    /// Confirmed claims on the party's own offers.
    public let claims: Int
    /// Wishes they were for.
    public let wishes: Int
    /// Confirmed claims of others of which the party carried or fitted a part: work that was done, whatever became of the
    /// goods afterwards.
    public let carried: Int
    public let fitted: Int
    /// The first and the last confirmation.
    public let first: Moment?
    public let last: Moment?
    /// The end of the history it was read from: with it, a certificate can be checked.
    public let head: ChainHead

    /// All that was delivered in one unit: volunteer minutes, pieces, fen. At most `Int64.max`.
    public func total(_ unit: Unit) -> Int64 {
        shares.filter { $0.unit == unit }.reduce(0) { sum, share in
            let (total, overflow) = sum.addingReportingOverflow(share.quantity)
            return overflow ? .max : total
        }
    }

    /// Whether there is anything to thank for.
    public var isEmpty: Bool { claims + carried + fitted == 0 }

    /// Reads the deeds of a party from the history.
    ///
    /// - Parameter limit: of claims that are looked at; throws `notCovered` where there are more, for a certificate must
    ///   not be short.
    public init(
        of party: RecordID, in window: ClosedRange<Moment>, from store: any CaseTransaction, limit: Int = 20_000
    )
        throws
    {
        let own = try store.claims(ClaimFilter(party: party), limit: limit + 1)
        let helped = try store.claims(withLegOf: party, limit: limit + 1)
        guard own.count <= limit, helped.count <= limit else {
            throw CaseworkError(
                .notCovered, "The party has more than \(limit) claims. Choose a shorter stretch of time.",
                zhHans: "该主体的认领超过 \(limit) 项。请缩短时段。")
        }
        var shares: [Key: (quantity: Int64, claims: Int)] = [:]
        var wishes: Set<RecordID> = []
        var moments: [Moment] = []
        var claims = 0
        for (kept, done) in try Self.gifts(among: own, store) where window.contains(done.at) {
            guard let line = try store.balance(ofOffer: kept.offer) else { continue }
            let key = Key(category: line.category ?? "", unit: line.unit.rawValue)
            let (sum, overflow) = (shares[key]?.quantity ?? 0).addingReportingOverflow(done.quantity)
            shares[key] = (overflow ? .max : sum, (shares[key]?.claims ?? 0) + 1)
            wishes.insert(kept.wish.record)
            moments.append(done.at)
            claims += 1
        }
        var legs: [Leg.Kind: Int] = [:]
        for kept in helped {
            guard let done = try ClaimTrace(of: kept, store).confirmedAt, window.contains(done) else { continue }
            for leg in kept.claim.legs where leg.party == party { legs[leg.kind, default: 0] += 1 }
            moments.append(done)
        }
        self.party = party
        self.window = window
        self.shares = shares.sorted { $0.key < $1.key }.map { key, value in
            Share(
                category: key.category.isEmpty ? nil : key.category, unit: Unit(rawValue: key.unit) ?? .piece,
                quantity: value.quantity, claims: value.claims)
        }
        self.claims = claims
        self.wishes = wishes.count
        (carried, fitted) = (legs[.carrier] ?? 0, legs[.fitter] ?? 0)
        (first, last) = (moments.min(), moments.max())
        head = try store.chainHead()
    }

    private struct Key: Hashable, Comparable {
        let category: String
        let unit: UInt8

        static func < (left: Key, right: Key) -> Bool { (left.unit, left.category) < (right.unit, right.category) }
    }

    /// What was confirmed and kept: when, and how much of it. A part that was split off later was confirmed with the claim
    /// that it was a part of.
    private static func gifts(among claims: [KeptClaim], _ store: any CaseTransaction) throws -> [(
        claim: KeptClaim, done: (at: Moment, quantity: Int64)
    )] {
        let traces = try claims.map { try ClaimTrace(of: $0, store) }
        return zip(claims, traces).compactMap { claim, trace in
            guard trace.isKept, let at = trace.confirmation(among: traces) else { return nil }
            return (claim, (at, trace.quantity))
        }
    }
}
