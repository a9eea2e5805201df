public import MatchCore

/// Inbound records, what is compared to find duplicates, and people's judgements, as a store keeps them.
public protocol IntakeStoring {
    /// Keeps an inbound record; returns the one that is there already under the same channel and external id.
    func take(_ record: InboxRecord) throws -> InboxRecord
    func inboxRecord(_ id: RecordID) throws -> InboxRecord?
    func link(_ record: RecordID, toWish wish: RecordID, at moment: Moment) throws
    /// Records that nobody has finished, the oldest first; or those of one wish.
    func waitingRecords(limit: Int) throws -> [InboxRecord]
    func inboxRecords(ofWish wish: RecordID) throws -> [InboxRecord]

    func save(_ traits: IntakeTraits) throws
    func traits(of wish: RecordID) throws -> IntakeTraits?
    /// Requests that share an identity, phone, name or address with this one and were received near it.
    func traits(sharingWith traits: IntakeTraits, window: ClosedRange<Moment>, limit: Int) throws -> [IntakeTraits]
    func traits(receivedIn window: ClosedRange<Moment>, limit: Int) throws -> [IntakeTraits]

    func append(_ judgement: DuplicateBook.Judgement, id: RecordID) throws
    /// Everything people decided, in the order they did.
    func duplicateBook() throws -> DuplicateBook
}
