public import MatchCore

/// Where a claim stands.
public enum ClaimState: String, Hashable, Sendable, Codable, CaseIterable {
    case proposed, accepted, inTransit, received, confirmed
    case declined, expired, released, returned

    /// Whether nothing is under way any more. No step leads out of these states, but that what was confirmed and turns out
    /// not to be good can be given back while its wish is open again.
    public var isEnded: Bool {
        switch self {
        case .confirmed, .declined, .expired, .released, .returned: true
        case .proposed, .accepted, .inTransit, .received: false
        }
    }

    /// Where the ledger holds the claim's quantity on the offer's line; nil when the claim holds nothing any more.
    public var holding: OfferPart? {
        switch self {
        case .proposed, .accepted: .reserved
        case .inTransit: .inTransit
        case .received, .confirmed: .received
        case .declined, .expired, .released, .returned: nil
        }
    }

    /// What people call the state.
    public var name: LocalizedText {
        switch self {
        case .proposed: LocalizedText(zhHans: "待答复", en: "proposed")
        case .accepted: LocalizedText(zhHans: "已接受", en: "accepted")
        case .inTransit: LocalizedText(zhHans: "在途", en: "in transit")
        case .received: LocalizedText(zhHans: "已送达", en: "received")
        case .confirmed: LocalizedText(zhHans: "已确认", en: "confirmed")
        case .declined: LocalizedText(zhHans: "已婉拒", en: "declined")
        case .expired: LocalizedText(zhHans: "已到期", en: "expired")
        case .released: LocalizedText(zhHans: "已释放", en: "released")
        case .returned: LocalizedText(zhHans: "已退回", en: "returned")
        }
    }
}
