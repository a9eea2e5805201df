public import MatchCore

/// One move of a claim's quantity, on the offer's line and on the wish's line at once.
///
/// Only a claim makes moves, so that no quantity moves without a step, an actor and a time behind it. A store
/// writes both sides in one transaction, or neither.
public struct LedgerMove: Hashable, Sendable {
    public let kind: Kind
    public let claim: RecordID
    public let offerLine: RecordID
    public let wishLine: RecordID
    /// In the lines' unit; always above 0.
    public let quantity: Int64

    init(_ kind: Kind, _ claim: RecordID, offerLine: RecordID, wishLine: RecordID, quantity: Int64) {
        self.kind = kind
        self.claim = claim
        self.offerLine = offerLine
        self.wishLine = wishLine
        self.quantity = quantity
    }

    /// Every move there is, with the parts it takes from and gives to on both lines.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case reserve, free, dispatch, receive
        /// What had been handed over before the program began to keep the ledger.
        case handedOver
        case returnFromTransit, loseInTransit, returnReceived, loseReceived

        public var offer: (from: OfferPart, to: OfferPart) {
            switch self {
            case .reserve: (.available, .reserved)
            case .free: (.reserved, .available)
            case .dispatch: (.reserved, .inTransit)
            case .receive: (.inTransit, .received)
            case .handedOver: (.available, .received)
            case .returnFromTransit: (.inTransit, .available)
            case .loseInTransit: (.inTransit, .withdrawn)
            case .returnReceived: (.received, .available)
            case .loseReceived: (.received, .withdrawn)
            }
        }

        public var wish: (from: WishPart, to: WishPart) {
            switch self {
            case .reserve: (.open, .reserved)
            case .free: (.reserved, .open)
            case .dispatch: (.reserved, .inTransit)
            case .receive: (.inTransit, .received)
            case .handedOver: (.open, .received)
            case .returnFromTransit, .loseInTransit: (.inTransit, .open)
            case .returnReceived, .loseReceived: (.received, .open)
            }
        }
    }
}
