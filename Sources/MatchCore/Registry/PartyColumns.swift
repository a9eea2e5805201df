/// The parties of a snapshot.
public final class PartyColumns: Sendable {
    public let ids: [RecordID]
    /// 1 verified, 0 not verified, −1 where nobody has looked.
    public let isVerified: Column<Int8>
    /// −1 before the first claim has ended.
    public let claimsEnded: Column<Int32>
    public let claimsDelivered: Column<Int32>
    /// Milliseconds since 1970; `Int64.min` where never confirmed.
    public let lastConfirmed: Column<Int64>
    /// 0…1,000,000; −1 where trust is not stated from outside.
    public let statedTrust: Column<Int32>
    /// 0…1,000,000; −1 where not known.
    public let fatigue: Column<Int32>
    /// Number in `preferences`.
    public let preference: Column<Int32>
    /// Distinct preferences; the first one is empty.
    public let preferences: [PreparedPreference]

    init(_ builder: PartyColumnsBuilder, groupPlanes: Int) {
        ids = builder.ids
        isVerified = Column(builder.isVerified)
        claimsEnded = Column(builder.claimsEnded)
        claimsDelivered = Column(builder.claimsDelivered)
        lastConfirmed = Column(builder.lastConfirmed)
        statedTrust = Column(builder.statedTrust)
        fatigue = Column(builder.fatigue)
        preference = Column(builder.preference)
        preferences = builder.preferences.map { $0.padded(to: groupPlanes) }
    }

    public var count: Int { ids.count }

    /// Roughly how much each party earns under usual profiles, 0…1,000,000: three parts of trust, two of rest. It moves how
    /// fast a ranking is, never what it answers.
    var merits: [Int32] {
        let (best, half) = (Int32(1_000_000), Int32(500_000))
        return (0..<count).map { party in
            let share = deliveredShare(of: party)
            let trust = statedTrust[party] >= 0 ? min(best, statedTrust[party]) : share >= 0 ? share : half
            let rest = fatigue[party] >= 0 ? max(0, best - fatigue[party]) : half
            return (3 * trust + 2 * rest) / 5
        }
    }

    /// Bytes held, ids included and preferences aside.
    public var byteCount: Int {
        ids.count * MemoryLayout<RecordID>.stride + isVerified.byteCount + claimsEnded.byteCount
            + claimsDelivered.byteCount + lastConfirmed.byteCount + statedTrust.byteCount + fatigue.byteCount
            + preference.byteCount
    }
}

/// A donor's preference in numbers of the registry's vocabularies and trees.
public struct PreparedPreference: Sendable, Hashable {
    /// Bits over the groups vocabulary, one number per plane.
    public let groups: [UInt32]
    public let excludedGroups: [UInt32]
    /// Numbers in the area tree; each stands for its subtree.
    public let areas: [Int32]
    public let excludedAreas: [Int32]
    /// Numbers in the category tree; each stands for its subtree.
    public let categories: [Int32]
    public let excludedCategories: [Int32]

    public var isEmpty: Bool {
        groups.allSatisfy { $0 == 0 } && excludedGroups.allSatisfy { $0 == 0 } && areas.isEmpty
            && excludedAreas.isEmpty && categories.isEmpty && excludedCategories.isEmpty
    }

    /// Whether the donor says whom it wants to help.
    public var statesWish: Bool { groups.contains { $0 != 0 } || !areas.isEmpty || !categories.isEmpty }

    /// The same with a bit for each word of a vocabulary that has grown.
    func padded(to planes: Int) -> PreparedPreference {
        guard groups.count < planes || excludedGroups.count < planes else { return self }
        func padded(_ bits: [UInt32]) -> [UInt32] {
            bits + Array(repeating: 0, count: max(0, planes - bits.count))
        }
        return PreparedPreference(
            groups: padded(groups), excludedGroups: padded(excludedGroups), areas: areas,
            excludedAreas: excludedAreas, categories: categories, excludedCategories: excludedCategories)
    }
}

/// Gathers parties; equal preferences are kept once.
struct PartyColumnsBuilder: Sendable {
    private(set) var ids: [RecordID] = []
    private(set) var isVerified: [Int8] = []
    private(set) var claimsEnded: [Int32] = []
    private(set) var claimsDelivered: [Int32] = []
    private(set) var lastConfirmed: [Int64] = []
    private(set) var statedTrust: [Int32] = []
    private(set) var fatigue: [Int32] = []
    private(set) var preference: [Int32] = []
    private(set) var preferences: [PreparedPreference] = []
    private var preferenceNumbers: [PreparedPreference: Int32] = [:]
    private var numbers: [RecordID: Int32] = [:]

    init() {
        _ = number(
            of: PreparedPreference(
                groups: [], excludedGroups: [], areas: [], excludedAreas: [], categories: [], excludedCategories: []))
    }

    /// Nil where the party is not here.
    func number(of id: RecordID) -> Int32? { numbers[id] }

    mutating func append(_ party: Party, _ prepared: PreparedPreference) {
        numbers[party.id] = Int32(ids.count)
        ids.append(party.id)
        isVerified.append(party.isIdentityVerified.map { $0 ? 1 : 0 } ?? -1)
        claimsEnded.append(Int32(clamping: party.claimsEnded ?? -1))
        claimsDelivered.append(Int32(clamping: party.claimsDelivered ?? -1))
        lastConfirmed.append(party.lastConfirmed?.milliseconds ?? .min)
        statedTrust.append(Int32(clamping: party.statedTrust ?? -1))
        fatigue.append(Int32(clamping: party.fatigue ?? -1))
        preference.append(number(of: prepared))
    }

    /// Takes over what another snapshot of the same lexicon knows of a party.
    mutating func append(_ party: Int, of other: PartyColumns) {
        numbers[other.ids[party]] = Int32(ids.count)
        ids.append(other.ids[party])
        isVerified.append(other.isVerified[party])
        claimsEnded.append(other.claimsEnded[party])
        claimsDelivered.append(other.claimsDelivered[party])
        lastConfirmed.append(other.lastConfirmed[party])
        statedTrust.append(other.statedTrust[party])
        fatigue.append(other.fatigue[party])
        let known = Int(other.preference[party])
        preference.append(known == 0 ? 0 : number(of: other.preferences[known]))
    }

    private mutating func number(of prepared: PreparedPreference) -> Int32 {
        if prepared.isEmpty, !preferences.isEmpty { return 0 }
        if let number = preferenceNumbers[prepared] { return number }
        let number = Int32(preferences.count)
        preferenceNumbers[prepared] = number
        preferences.append(prepared)
        return number
    }
}
