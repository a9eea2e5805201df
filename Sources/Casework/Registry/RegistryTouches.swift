public import MatchCore

/// Which records transactions touched of what matching works on: those that are to be read again.
public struct RegistryTouches: Sendable, Hashable {
    public private(set) var parties: Set<RecordID> = []
    public private(set) var offers: Set<RecordID> = []
    public private(set) var wishes: Set<RecordID> = []
    /// The newest revision of some profile.
    public private(set) var hasProfiles = false
    /// Too much to name: the registry is to be read anew.
    public private(set) var isEverything = false

    /// Beyond so many records reading everything costs less than reading each.
    public static let greatestCount = 4_096

    public init() {}

    public var isEmpty: Bool { count == 0 && !hasProfiles && !isEverything }

    /// How many records are named.
    public var count: Int { parties.count + offers.count + wishes.count }

    public mutating func insert(_ kind: RecordKind, _ id: RecordID) {
        guard !isEverything else { return }
        switch kind {
        case .party: parties.insert(id)
        case .offer: offers.insert(id)
        case .wish: wishes.insert(id)
        }
        if count > Self.greatestCount { insertEverything() }
    }

    public mutating func insertProfiles() { hasProfiles = true }

    public mutating func insertEverything() {
        (parties, offers, wishes) = ([], [], [])
        (isEverything, hasProfiles) = (true, true)
    }

    public mutating func formUnion(_ other: RegistryTouches) {
        hasProfiles = hasProfiles || other.hasProfiles
        guard !isEverything else { return }
        if other.isEverything { return insertEverything() }
        parties.formUnion(other.parties)
        offers.formUnion(other.offers)
        wishes.formUnion(other.wishes)
        if count > Self.greatestCount { insertEverything() }
    }
}
