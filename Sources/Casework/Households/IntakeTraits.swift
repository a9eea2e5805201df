public import MatchCore

/// A keyed hash of a phone number, a name, an address or an identity number: it can be compared and not read.
public struct BlindKey: Hashable, Comparable, Sendable {
    public let value: UInt128

    public init(_ value: UInt128) {
        self.value = value
    }

    public static func < (left: BlindKey, right: BlindKey) -> Bool { left.value < right.value }
}

/// What of a request is compared to find duplicates. No personal text; nil is not known, and never counts as the same.
public struct IntakeTraits: Hashable, Sendable {
    public let record: RecordID
    public let receivedAt: Moment
    public var identity: BlindKey?
    public var phone: BlindKey?
    public var name: BlindKey?
    /// The door, as against the street.
    public var address: BlindKey?
    public var street: Code?
    public var birthYear: Int?
    public var categories: Set<Code>

    public init(record: RecordID, receivedAt: Moment, categories: Set<Code>) {
        self.record = record
        self.receivedAt = receivedAt
        self.categories = categories
    }
}
