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

    init(_ parties: [Party], preferences: [PreparedPreference], numbers: [Int32]) {
        ids = parties.map(\.id)
        isVerified = Column(parties.map { $0.isIdentityVerified.map { $0 ? 1 : 0 } ?? -1 })
        claimsEnded = Column(parties.map { Int32(clamping: $0.claimsEnded ?? -1) })
        claimsDelivered = Column(parties.map { Int32(clamping: $0.claimsDelivered ?? -1) })
        lastConfirmed = Column(parties.map { $0.lastConfirmed?.milliseconds ?? .min })
        statedTrust = Column(parties.map { Int32(clamping: $0.statedTrust ?? -1) })
        fatigue = Column(parties.map { Int32(clamping: $0.fatigue ?? -1) })
        preference = Column(numbers)
        self.preferences = preferences
    }

    public var count: Int { ids.count }

    /// Bytes held, ids included and preferences aside.
    public var byteCount: Int {
        ids.count * MemoryLayout<RecordID>.stride + isVerified.byteCount + claimsEnded.byteCount
            + claimsDelivered.byteCount + lastConfirmed.byteCount + statedTrust.byteCount + fatigue.byteCount
            + preference.byteCount
    }
}

/// A donor's preference in numbers of the registry's vocabularies and trees.
public struct PreparedPreference: Sendable {
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
}
