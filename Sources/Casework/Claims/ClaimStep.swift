public import MatchCore

/// A step in the life of a claim that already exists. (A claim begins with `Claim.proposing`.)
public enum ClaimStep: Hashable, Sendable {
    case accept
    case decline
    case dispatch
    case receive
    case confirm
    case renew
    case expire
    case release
    case giveBack(Condition)
    /// A carrier or fitter takes on its leg; a coordinator may note it for the party.
    case agree(Leg.Kind, party: RecordID)
    /// A carrier or fitter gives its leg up again.
    case leave(Leg.Kind)
    /// The work of the leg is done.
    case finish(Leg.Kind)

    /// What became of goods that came back.
    public enum Condition: String, Hashable, Sendable, Codable, CaseIterable {
        /// Can be offered again.
        case usable
        case unfit, lost
    }

    /// The step's name, as the table of rules and the history know it.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case propose, accept, decline, dispatch, receive, confirm, renew, expire, release, giveBack, split
        case agree, leave, finish
    }

    public var kind: Kind {
        switch self {
        case .accept: .accept
        case .decline: .decline
        case .dispatch: .dispatch
        case .receive: .receive
        case .confirm: .confirm
        case .renew: .renew
        case .expire: .expire
        case .release: .release
        case .giveBack: .giveBack
        case .agree: .agree
        case .leave: .leave
        case .finish: .finish
        }
    }
}
