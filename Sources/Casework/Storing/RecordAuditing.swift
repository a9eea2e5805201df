public import MatchCore

/// The rows of a program as they stand, to compare with what the history tells of them.
public protocol RecordAuditing {
    func forEachOfferLine(_ body: (LineReference, LineState<OfferPart>) throws -> Void) throws
    func forEachWishLine(_ body: (LineReference, LineState<WishPart>) throws -> Void) throws
    func forEachClock(_ body: (AuditedRow<ServiceClock>) throws -> Void) throws
    func forEachApproval(_ body: (AuditedRow<ApprovalCase>) throws -> Void) throws
    func forEachNote(_ body: (AuditedNote) throws -> Void) throws
    func forEachInbound(_ body: (AuditedInbound) throws -> Void) throws
    /// Each offer with its state.
    func forEachOfferState(_ body: (RecordID, Code) throws -> Void) throws
    /// Each party with its state.
    func forEachPartyState(_ body: (RecordID, Code) throws -> Void) throws
    /// Each household with who lives there and the wishes in its file.
    func forEachHouseholdFile(
        _ body: (_ household: RecordID, _ members: Set<RecordID>, _ wishes: Set<RecordID>) throws -> Void) throws
    /// What the figures are made of: the rows of one wish after another's.
    func forEachMeasure(_ body: (_ wish: RecordID, _ rows: [ToldMeasures.Row]) throws -> Void) throws
    func forEachMeasuredParty(_ body: (_ wish: RecordID, _ party: RecordID, _ joined: Moment) throws -> Void) throws
    /// The same of some wishes.
    func forEachMeasure(
        of wishes: [RecordID], _ body: (_ wish: RecordID, _ rows: [ToldMeasures.Row]) throws -> Void) throws
    func forEachMeasuredParty(
        of wishes: [RecordID], _ body: (_ wish: RecordID, _ party: RecordID, _ joined: Moment) throws -> Void) throws
    /// Who was erased, as the key store knows it: a backup of before is erased again when it is restored, and its history
    /// tells nothing of that.
    func erasedHolders() throws -> Set<RecordID>
    /// The entries that wait for their seal, in their order.
    func forEachWaiting(_ body: (HistoryEntry) throws -> Void) throws
}

/// A record that is kept whole in one column, with what is kept of it beside that.
public struct AuditedRow<Record: Hashable & Sendable>: Hashable, Sendable {
    public let record: Record
    /// Whether the columns beside it, by which lists are made, say the same.
    public let agrees: Bool

    public init(_ record: Record, agrees: Bool) {
        self.record = record
        self.agrees = agrees
    }
}

/// Words that are kept apart from the history, without the words.
public struct AuditedNote: Hashable, Sendable {
    public enum Words: Hashable, Sendable {
        /// Their digest; nil for those that were kept before there were any.
        case kept(Code?)
        /// Taken away: with the person, or by somebody.
        case gone
        /// They are no longer what was sealed.
        case unreadable
    }

    public let id: RecordID
    /// What they are about, and whose they are.
    public let about: Set<RecordID>
    public let words: Words

    public init(id: RecordID, about: Set<RecordID>, words: Words) {
        self.id = id
        self.about = about
        self.words = words
    }
}

/// An inbound record without its words.
public struct AuditedInbound: Hashable, Sendable {
    public let id: RecordID
    public let wish: RecordID?
    /// They have no digest.
    public let words: AuditedNote.Words

    public init(id: RecordID, wish: RecordID?, words: AuditedNote.Words) {
        self.id = id
        self.wish = wish
        self.words = words
    }
}
