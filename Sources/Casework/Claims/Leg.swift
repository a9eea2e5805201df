public import MatchCore

/// A part of a claim that someone other than the donor does: carrying the goods, or fitting them in the home.
public struct Leg: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Has to agree before the goods set off.
        case carrier
        /// Has to finish before the recipient's confirmation.
        case fitter

        init?(_ role: Role) {
            switch role {
            case .carrier: self = .carrier
            case .fitter: self = .fitter
            default: return nil
            }
        }
    }

    public let kind: Kind
    /// Who took the leg on; nil while nobody has.
    public internal(set) var party: RecordID?
    public internal(set) var isDone: Bool

    public init(_ kind: Kind, party: RecordID? = nil, isDone: Bool = false) {
        self.kind = kind
        self.party = party
        self.isDone = isDone
    }
}
