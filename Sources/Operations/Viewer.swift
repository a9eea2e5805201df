public import Casework
public import MatchCore

/// Who looks at an answer: what a projection may show depends on nothing else.
public struct Viewer: Sendable, Hashable {
    public var actor: CaseActor
    /// Codes of the areas whose subtrees the viewer works in; empty: the whole program.
    public var areas: [String]
    /// What the viewer was given access for: it narrows what the role sees and does.
    public var purpose: AccessPurpose
    /// When the viewer's access ends; nil for one without an end.
    public var until: Moment?
    public var language: Language
    /// Whether a token has shown who the actor is, rather than somebody's word.
    public var isProven: Bool

    public init(
        actor: CaseActor, areas: [String] = [], purpose: AccessPurpose = .casework, until: Moment? = nil,
        language: Language = .zhHans, isProven: Bool = false
    ) {
        self.until = until
        self.isProven = isProven
        self.actor = actor
        self.areas = areas
        self.purpose = purpose
        self.language = language
    }

    public var role: Role { actor.role }

    /// What the viewer may give on to others.
    public var delegation: Delegation {
        Delegation(role: role, areas: areas, purpose: purpose, expiresAt: until)
    }

    /// Whether the viewer works for the program, rather than giving to it or asking of it: what may be said in a
    /// request depends on that. What is shown never does: that is for ``AccessTable`` to say.
    public var isStaff: Bool {
        switch role {
        case .intake, .coordinator, .approver, .auditor, .admin, .integration: true
        case .guest, .recipient, .donor, .carrier, .fitter: false
        }
    }

    /// Whether the viewer acts for this party.
    public func isParty(_ party: RecordID) -> Bool { actor.party == party }
}
