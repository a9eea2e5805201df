public import Casework
public import MatchCore

/// Who looks at an answer: what a projection may show depends on nothing else.
public struct Viewer: Sendable, Hashable {
    public var actor: CaseActor
    /// Codes of the areas whose subtrees the viewer works in; empty: the whole program.
    public var areas: [String]
    public var language: Language
    /// Whether a token has shown who the actor is, rather than somebody's word.
    public var isProven: Bool

    public init(
        actor: CaseActor, areas: [String] = [], language: Language = .zhHans, isProven: Bool = false
    ) {
        self.isProven = isProven
        self.actor = actor
        self.areas = areas
        self.language = language
    }

    public var role: Role { actor.role }

    /// Whether the viewer works for the program, rather than giving to it or asking of it.
    public var isStaff: Bool {
        switch role {
        case .intake, .coordinator, .approver, .auditor, .admin, .integration: true
        case .guest, .recipient, .donor, .carrier, .fitter: false
        }
    }

    /// Whether the viewer acts for this party.
    public func isParty(_ party: RecordID) -> Bool { actor.party == party }
}
