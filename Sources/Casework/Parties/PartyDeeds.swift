public import MatchCore

/// What a party has done in a stretch of time, as the history tells it: only what arrived and was confirmed counts.
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
    /// The moments whose confirmations count.
    public let window: ClosedRange<Moment>
    /// By category and unit.
    public let shares: [Share]
    /// Confirmed claims on the party's own offers.
    public let claims: Int
    /// Wishes they were for.
    public let wishes: Int
    /// Confirmed claims of others of which the party carried or fitted a part.
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

    /// Reads the deeds of a party from the history, as it stood at the end of the window.
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
        for kept in own {
            guard let done = try Self.confirmation(of: kept.claim.id, in: window, store),
                let line = try store.balance(ofOffer: kept.offer)
            else { continue }
            let key = Key(category: line.category ?? "", unit: line.unit.rawValue)
            let (sum, overflow) = (shares[key]?.quantity ?? 0).addingReportingOverflow(done.quantity)
            shares[key] = (overflow ? .max : sum, (shares[key]?.claims ?? 0) + 1)
            wishes.insert(kept.wish.record)
            moments.append(done.at)
            claims += 1
        }
        var legs: [Leg.Kind: Int] = [:]
        for kept in helped {
            guard let done = try Self.confirmation(of: kept.claim.id, in: window, store) else { continue }
            for leg in kept.claim.legs where leg.party == party { legs[leg.kind, default: 0] += 1 }
            moments.append(done.at)
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

    /// When a claim was confirmed within the window, and of how much; nil where it was not.
    private static func confirmation(of claim: RecordID, in window: ClosedRange<Moment>, _ store: any CaseTransaction)
        throws -> (at: Moment, quantity: Int64)?
    {
        var quantity: Int64?
        for entry in try store.history(of: [claim]) where entry.at <= window.upperBound {
            for change in entry.changes where change.field == "quantity" {
                if case .integer(let value) = change.after { quantity = value }
            }
            guard entry.action == "claim/confirm" else { continue }
            return window.contains(entry.at) ? quantity.map { (entry.at, $0) } : nil
        }
        return nil
    }
}
