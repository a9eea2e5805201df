public import MatchCore

/// What is sealed of people, as a store keeps it: who read it, all there is of one person, and its end.
public protocol PersonStoring {
    /// Notes that somebody was shown a sealed field; it is on record when the transaction has ended, or the transaction
    /// fails. In one that only reads it is written right behind it.
    func note(_ read: SealedRead)
    /// Who was shown something of these holders, the latest first.
    func reads(of holders: [RecordID], limit: Int) throws -> [SealedRead]

    func insert(_ opening: SealOpening) throws
    /// Keeps who agreed to an opening, and until when it lasts; one that was agreed to before stays as it is.
    func approve(_ opening: SealOpening) throws
    func opening(_ id: RecordID) throws -> SealOpening?
    /// The newest first, at most `limit`, older than the one with this id where one is named.
    func openings(before id: RecordID?, limit: Int) throws -> [SealOpening]
    /// All that were ever asked for of these holders.
    func openings(of holders: [RecordID]) throws -> [SealOpening]

    /// Everything that is kept of a person, by the id of a wish, a household, one of its members, a party, an inbound
    /// record, or somebody who works for the program; nil where the id is none of these.
    func personFile(_ id: RecordID) throws -> PersonFile?

    /// Destroys the keys of a person and takes away what was sealed under them. The ledger and the history stay.
    ///
    /// Nothing can be sealed for these holders again.
    func erase(_ file: PersonFile, at moment: Moment) throws
    /// Whether the holder's content was taken away here.
    func isErased(_ holder: RecordID) throws -> Bool
    /// Takes away again what an older copy of the database still holds of those who were erased; returns whom it knew. What
    /// they still wait for is for ``CaseDesk/finishErasures(of:)``.
    func repeatErasures(at moment: Moment) throws -> [PersonFile.Holder]

    /// Inbound records that nobody has confirmed and that came in before a moment, the oldest first.
    func unconfirmedRecords(receivedBefore moment: Moment, limit: Int) throws -> [RecordID]
    /// Takes an inbound record away, with what is compared of it.
    func removeInboxRecord(_ id: RecordID) throws
    /// Destroys the keys of the queue for all that came in before a moment.
    func destroyQueueKeys(before moment: Moment) throws
    /// The wishes whose wording is not published: nobody has approved it though their lane asks for it, or it is held.
    ///
    /// - Parameter ids: the only ones to look at; nil for all.
    func wishesBeforeApproval(among ids: [RecordID]?) throws -> Set<RecordID>
}

/// The kinds of sealed fields, as the record of reads names them.
public enum SealedField: String, Hashable, Sendable, Codable, CaseIterable {
    /// What somebody said, word for word.
    case words
    /// A note on why something was done.
    case note
    /// A member's year of birth.
    case birthYear
    /// Hardships and benefits of a household, and why it is watched.
    case circumstance
    /// Where exactly somebody lives or something lies.
    case place
    /// The wording of a wish.
    case wording
    /// The name of a party.
    case name
    /// Everything, as it was handed out to the person.
    case file
}

/// That somebody was shown a sealed field: never what stood in it.
public struct SealedRead: Hashable, Sendable {
    public let at: Moment
    public let actor: RecordID
    public let role: Role
    /// Whose field it was.
    public let holder: RecordID
    public let field: SealedField

    public init(at: Moment, actor: RecordID, role: Role, holder: RecordID, field: SealedField) {
        self.at = at
        self.actor = actor
        self.role = role
        self.holder = holder
        self.field = field
    }
}

/// Everything that is kept of one person.
public struct PersonFile: Hashable, Sendable {
    /// A record that speaks of the person.
    public struct Holder: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
            case wish, household, member, party, inbox
            /// Somebody who works for the program: a name or a token's label is kept of them.
            case staff
        }

        public let kind: Kind
        public let id: RecordID

        public init(_ kind: Kind, _ id: RecordID) {
            self.kind = kind
            self.id = id
        }
    }

    /// One thing that is known.
    public struct Item: Hashable, Sendable {
        public let field: SealedField
        /// The record it stands in.
        public let record: RecordID
        public let text: String
        public let at: Moment?

        public init(_ field: SealedField, in record: RecordID, _ text: String, at: Moment? = nil) {
            self.field = field
            self.record = record
            self.text = text
            self.at = at
        }
    }

    public let id: RecordID
    public var holders: [Holder]
    /// Inbound records of its wishes.
    public var records: [RecordID] = []
    public var items: [Item] = []
    public var reads: [SealedRead] = []
    /// Openings of what is sealed of them, to people who do not see it otherwise.
    public var openings: [SealOpening] = []
    /// What they agreed to, refused or took back, the oldest first.
    public var consents: [Consent] = []

    public init(id: RecordID, holders: [Holder]) {
        self.id = id
        self.holders = holders
    }
}

extension CaseDesk {
    /// Everything that is kept of a person, for handing it out; that it was read is noted.
    public func personFile(_ id: RecordID) throws -> PersonFile {
        try require([.coordinator], to: LocalizedText(zhHans: "导出个人资料", en: "hand a person's file out"))
        guard let file = try store.personFile(id) else { throw unknownPerson(id) }
        for holder in file.holders {
            store.note(SealedRead(at: now, actor: actor.id, role: actor.role, holder: holder.id, field: .file))
        }
        return file
    }

    func unknownPerson(_ id: RecordID) -> CaseworkError {
        CaseworkError(
            .unknown, "There is no person, household, wish, party, inbound record or member of staff \(id).",
            zhHans: "没有人员、家庭、心愿、主体、受理记录或工作人员 \(id)。")
    }
}
