/// What is best, for each block, in the records of the parties that offer.
public final class TrustSummaries: Sendable {
    /// Bits of `facts`.
    public static let verified: UInt8 = 1
    public static let notVerified: UInt8 = 2
    public static let notLookedAt: UInt8 = 4
    /// Some party has no claim that ended.
    public static let noClaims: UInt8 = 8
    public static let neverConfirmed: UInt8 = 16
    /// Some party's trust is not stated from outside, and nothing else is known of it (or it is not in the snapshot).
    public static let nothingKnown: UInt8 = 32
    /// Some party's trust is not stated, so that its record counts.
    public static let byRecord: UInt8 = 64

    /// −1 where no trust is stated.
    public let greatestStated: Column<Int32>
    /// Over the parties whose record counts.
    public let facts: Column<UInt8>
    /// The greatest share of claims delivered, in millionths rounded up; −1 where no claim has ended.
    public let greatestDelivered: Column<Int32>
    /// Milliseconds since 1970; `Int64.min` where none ever confirmed.
    public let latestConfirmed: Column<Int64>

    init(_ party: Column<Int32>, _ parties: PartyColumns, _ layout: BlockLayout) {
        let facts = parties.trustFacts
        greatestStated = layout.map { rows in
            rows.reduce(-1) { party.base[$1] < 0 ? $0 : max($0, parties.statedTrust[Int(party.base[$1])]) }
        }
        self.facts = layout.map { rows in
            rows.reduce(0) { bits, row in
                let number = Int(party.base[row])
                return bits | (number < 0 ? TrustSummaries.nothingKnown : facts[number])
            }
        }
        greatestDelivered = layout.map { rows in
            rows.reduce(-1) { greatest, row in
                let number = Int(party.base[row])
                return number < 0 ? greatest : max(greatest, parties.deliveredShare(of: number))
            }
        }
        latestConfirmed = layout.map { rows in
            rows.reduce(.min) { latest, row in
                let number = Int(party.base[row])
                return number < 0 ? latest : max(latest, parties.lastConfirmed[number])
            }
        }
    }
}

extension PartyColumns {
    /// The facts of each party as bits of ``TrustSummaries``; 0 where its trust is stated.
    var trustFacts: [UInt8] {
        (0..<count).map { party in
            if statedTrust[party] >= 0 { return 0 }
            let isVerified = isVerified[party]
            let hasClaims = claimsDelivered[party] >= 0 && claimsEnded[party] > 0
            let isConfirmed = lastConfirmed[party] != .min
            if isVerified < 0, !hasClaims, !isConfirmed { return TrustSummaries.nothingKnown }
            var bits = TrustSummaries.byRecord
            bits |=
                isVerified < 0
                ? TrustSummaries.notLookedAt
                : isVerified == 1 ? TrustSummaries.verified : TrustSummaries.notVerified
            if !hasClaims { bits |= TrustSummaries.noClaims }
            if !isConfirmed { bits |= TrustSummaries.neverConfirmed }
            return bits
        }
    }

    /// Millionths, rounded up; −1 before the first claim has ended.
    func deliveredShare(of party: Int) -> Int32 {
        let (ended, delivered) = (claimsEnded[party], claimsDelivered[party])
        guard ended > 0, delivered >= 0 else { return -1 }
        let share = (Int64(min(ended, delivered)) * 1_000_000 + Int64(ended) - 1) / Int64(ended)
        return Int32(truncatingIfNeeded: share)
    }
}
