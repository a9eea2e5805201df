public import MatchCore

/// Who offers, as the store keeps it.
public struct PartyRecord: Sendable, Hashable {
    public var key: RecordKey
    public var name: String
    public var state: PartyState
    /// What the matcher sees.
    public var features: Party

    public init(key: RecordKey, name: String, state: PartyState = .active, features: Party) {
        self.key = key
        self.name = name
        self.state = state
        self.features = features
    }
}

public enum PartyState: String, Sendable, Hashable, CaseIterable {
    /// Registered over the network and not yet confirmed: its offers are not matched.
    case unconfirmed
    case active
    case paused
    case closed
}
