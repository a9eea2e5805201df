public import MatchCore

/// The history, as a store keeps it. Entries are only ever added.
public protocol HistoryStoring {
    /// Adds an entry in this transaction, and brings what is computed from it up to date.
    func append(_ entry: HistoryEntry) throws
    /// The entries about some records, in their order.
    func history(of subjects: [RecordID]) throws -> [HistoryEntry]
    /// When the last step on a record was made, by the time of the step; entries with these actions count for nothing.
    func lastStep(on subject: RecordID, besides actions: Set<Code>) throws -> Moment?
    /// Calls the body with each sealed entry after a number, in order. An entry that cannot be read comes as nil.
    func forEachSealed(after number: Int64, _ body: (_ number: Int64, SealedEntry?) throws -> Bool) throws
    /// The end of the chain.
    func chainHead() throws -> ChainHead
    /// The head as it was at a number; nil where the chain does not reach it.
    func chainHead(at number: Int64) throws -> ChainHead?
    /// What is written and not yet sealed.
    func tail(asOf moment: Moment) throws -> HistoryTail
    /// Whether anything is written and not yet sealed.
    func hasTail() throws -> Bool
    /// Seals up to `limit` waiting entries; returns how many. One sealer works on a program at a time.
    func seal(limit: Int) throws -> Int

    /// Keeps words apart from the history, so that they can be sealed and taken away; returns their digest, 64 digits.
    ///
    /// The digest is made with a random salt that is sealed with the words: it shows that they are the same, and says
    /// nothing of them once the person's key is destroyed.
    @discardableResult
    func save(_ note: Note) throws -> Code
    func note(_ id: RecordID) throws -> Note?
}

/// Words that someone wrote: a reason, a finding, an approved wording. The history refers to them by id.
public struct Note: Hashable, Sendable {
    public let id: RecordID
    /// What they are: `reason`, `finding`, `wording`.
    public let kind: Code
    /// What they are about.
    public let subject: RecordID
    /// Nil once they were taken away.
    public let words: String?
    public let madeAt: Moment
    public let madeBy: RecordID

    public init(id: RecordID, kind: Code, subject: RecordID, words: String?, madeAt: Moment, madeBy: RecordID) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.words = words
        self.madeAt = madeAt
        self.madeBy = madeBy
    }
}
