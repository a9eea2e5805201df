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
    /// Records that still wait by the time they were received, others by id.
    func inboxRecords(_ query: InboxQuery, limit: Int) throws -> [InboxRecord]

    func save(_ traits: IntakeTraits) throws
    func traits(of wish: RecordID) throws -> IntakeTraits?
    /// Requests that share an identity, phone, name or address with this one and were received near it.
    func traits(sharingWith traits: IntakeTraits, window: ClosedRange<Moment>, limit: Int) throws -> [IntakeTraits]
    func traits(receivedIn window: ClosedRange<Moment>, limit: Int) throws -> [IntakeTraits]

    func append(_ judgement: DuplicateBook.Judgement, id: RecordID) throws
    /// Everything people decided, in the order they did.
    func duplicateBook() throws -> DuplicateBook
}

/// Which inbound records are wanted; what is nil does not matter.
public struct InboxQuery: Hashable, Sendable {
    /// True for records that nobody has finished, the oldest first; false for those that belong to a wish.
    public var isWaiting: Bool?
    public var channel: Channel?
    public var event: Code?
    /// Only records received at or after this moment.
    public var since: Moment?
    /// Only records that this person took in.
    public var takenBy: RecordID?
    /// Only records that wait, or whose wish lies in these areas; nil for all.
    public var areas: [String]?
    /// Only records that stand behind this one.
    public var behind: InboxRecord.Place?

    public init(
        isWaiting: Bool? = nil, channel: Channel? = nil, event: Code? = nil, since: Moment? = nil,
        takenBy: RecordID? = nil, areas: [String]? = nil, behind: InboxRecord.Place? = nil
    ) {
        self.isWaiting = isWaiting
        self.channel = channel
        self.event = event
        self.since = since
        self.takenBy = takenBy
        self.areas = areas
        self.behind = behind
    }
}

extension InboxRecord {
    /// Where a record stands in a list.
    public typealias Place = TimedPlace

    public var place: Place { Place(receivedAt, id) }
}
