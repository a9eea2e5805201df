public import MatchCore

/// Spoken codes, as a store keeps them: by their hash, one of a kind for a record at most.
public protocol CodeStoring {
    /// Keeps a code in the place of an earlier one of its kind and record.
    func save(_ code: KeptCode) throws
    func code(_ kind: KeptCode.Kind, of subject: RecordID) throws -> KeptCode?
    func code(_ kind: KeptCode.Kind, hash: [UInt8]) throws -> KeptCode?
    /// Ends a code; nothing happens where there is none.
    func removeCode(_ kind: KeptCode.Kind, of subject: RecordID) throws
}

/// A code that was issued: what it opens, and until when.
public struct KeptCode: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Confirms a party that registered itself; used once.
        case confirmation
        /// Opens a wish to the person who made it.
        case lookUp
    }

    public let kind: Kind
    /// The party or the wish.
    public let subject: RecordID
    /// SHA-256 of the code.
    public let hash: [UInt8]
    public let issuedAt: Moment
    /// Nil for a code without an end.
    public let expiresAt: Moment?

    public init(kind: Kind, subject: RecordID, hash: [UInt8], issuedAt: Moment, expiresAt: Moment?) {
        self.kind = kind
        self.subject = subject
        self.hash = hash
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    /// Whether it opens anything at a moment.
    public func isValid(at moment: Moment) -> Bool { expiresAt.map { moment < $0 } ?? true }
}
