public import CaseRecords
public import MatchCore

/// What casework needs of a store inside one transaction. Everything belongs to the one program that the
/// transaction was opened for. Storage implements it; errors are those of the store.
public protocol CaseTransaction: AnyObject, LedgerStoring, ClaimStoring, HistoryStoring, WishCaseStoring, ClockStoring,
    HouseholdStoring, IntakeStoring, ApprovalStoring, DutyStoring, TokenStoring, KeyUseStoring, ProfileStoring,
    PastMatchStoring, CodeStoring, PersonStoring, RightsStoring, ChangeStoring, RecordAuditing, AccountStoring,
    WordStoring
{
    /// The program as a code. Throws `malformed` where its name is none.
    func programCode() throws -> Code

    /// Runs the body so that it can fail alone: where it throws, what it did is undone, and the error is passed on.
    func attempt<Result>(_ body: () throws -> Result) throws -> Result

    // MARK: What others remember

    /// Counts the transactions that touched what matching works on and had been reported as committed when this one
    /// began, which sees all of them and perhaps more. Nil where others may change the registry unseen.
    var registryVersion: UInt64? { get }

    /// In a transaction that writes, the same for all that is in the registry as it is when asked: one that waited for its turn
    /// has seen more than it knew of when it asked for it.
    var registryVersionNow: UInt64? { get }

    /// The log that the version is one of: versions of another say nothing here. Nil where there is no version.
    var registryLog: (any AnyObject & Sendable)? { get }

    /// What was touched after a version that another transaction had, until this one's.
    func registryTouches(after version: UInt64) -> RegistryTouches

    /// The looks at sealed fields that were noted in this transaction so far.
    var notedReads: Set<SealedRead> { get }

    // MARK: Parties

    /// Inserts, or updates the record with the same source and external id; an equal one is left alone.
    func save(_ party: PartyRecord) throws -> SaveOutcome
    func party(_ id: RecordID) throws -> PartyRecord?
    func party(source: String, externalID: String) throws -> PartyRecord?
    func forEachParty(_ body: (PartyRecord) throws -> Void) throws
    /// What matching looks at of each party, in the same order; names stay sealed.
    func forEachPartyFeatures(_ body: (PartyState, Party) throws -> Void) throws
    /// Those that exist, in no particular order.
    func parties(_ ids: [RecordID]) throws -> [PartyRecord]
    func parties(_ query: RecordQuery, limit: Int) throws -> [PartyRecord]
    /// Confirms, pauses, opens or closes a party; what a file says of it later leaves that as it is.
    func setState(_ state: PartyState, ofParty party: RecordID) throws

    // MARK: Offers

    /// As for parties. A changed quantity is pledged on top or withdrawn from what is available; throws
    /// `checkViolation` where more than that would have to go.
    func save(_ offer: OfferRecord) throws -> SaveOutcome
    func offer(_ id: RecordID) throws -> OfferRecord?
    func offer(source: String, externalID: String) throws -> OfferRecord?
    func forEachOffer(_ body: (OfferRecord) throws -> Void) throws
    /// Opens, pauses or withdraws an offer; what a file says of it later leaves that as it is.
    func setState(_ state: OfferState, of offer: RecordID) throws
    /// Those that exist, in no particular order.
    func offers(_ ids: [RecordID]) throws -> [OfferRecord]
    func offers(_ query: RecordQuery, limit: Int) throws -> [OfferRecord]

    // MARK: Wishes

    func save(_ wish: WishRecord) throws -> SaveOutcome
    func wish(_ id: RecordID) throws -> WishRecord?
    func wish(source: String, externalID: String) throws -> WishRecord?
    func forEachWish(_ body: (WishRecord) throws -> Void) throws
    /// Those that exist, in no particular order.
    func wishes(_ ids: [RecordID]) throws -> [WishRecord]
    func wishes(_ query: RecordQuery, limit: Int) throws -> [WishRecord]

    // MARK: Names that people type

    /// Ids of the records of a kind whose external id is this, in any source, at most `limit`.
    func ids(of kind: RecordKind, externalID: String, limit: Int) throws -> [RecordID]
    /// Some external ids of a kind, for "did you mean": those that begin with the same letters first.
    func externalIDs(of kind: RecordKind, near text: String, limit: Int) throws -> [String]
    func count(of kind: RecordKind) throws -> Int

    // MARK: Distances

    /// Notes the distance between two sites, in place of one that was noted before.
    func save(_ distance: SiteDistance) throws -> SaveKind
    func forEachDistance(_ body: (SiteDistance) throws -> Void) throws

    /// Notes the name by which distance tables know the place of an offer or a wish; nil takes it away, and then its
    /// external id is that name.
    func setSite(_ site: String?, of kind: RecordKind, _ id: RecordID) throws
    func site(of kind: RecordKind, _ id: RecordID) throws -> String?
    func forEachSite(of kind: RecordKind, _ body: (_ site: String, _ id: RecordID) throws -> Void) throws

    // MARK: Matches

    /// Puts the suggestions for a wish line in place of those that were stored for it.
    func replaceMatches(wish: RecordID, line: Int, with matches: [MatchRecord]) throws
    /// Every stored match, or those of one wish, by wish, line and rank; a row that cannot be read, or that does not
    /// have the digest it was stored with, comes as a fault.
    func forEachMatch(wish: RecordID?, _ body: (StoredMatch) throws -> Void) throws
}

/// What happened to a saved record.
public enum SaveOutcome: Sendable, Hashable {
    case created(RecordID)
    case changed(RecordID)
    case unchanged(RecordID)

    public var id: RecordID {
        switch self {
        case .created(let id), .changed(let id), .unchanged(let id): id
        }
    }

    public var kind: SaveKind {
        switch self {
        case .created: .created
        case .changed: .changed
        case .unchanged: .unchanged
        }
    }
}

/// What saving did.
public enum SaveKind: Sendable, Hashable {
    case created
    case changed
    case unchanged
}

/// How far it is from one site to another: a row of a distance table, whatever is offered or wished for there.
public struct SiteDistance: Sendable, Hashable {
    public var offerSite: String
    public var wishSite: String
    /// 0…2,002,000,000.
    public var centimetres: Int32
    public var missing: DistanceTable.Missing

    public init(offerSite: String, wishSite: String, centimetres: Int32, missing: DistanceTable.Missing) {
        self.offerSite = offerSite
        self.wishSite = wishSite
        self.centimetres = centimetres
        self.missing = missing
    }
}

/// The kinds of records that people name.
public enum RecordKind: String, Sendable, Codable, CaseIterable {
    case party
    case offer
    case wish
}

/// A stored match as it is read back.
public enum StoredMatch: Sendable {
    case intact(MatchRecord)
    /// Altered or damaged: where it stands, and what is wrong with it.
    case faulty(place: String, fault: String)
}

/// A store that runs transactions for one program.
///
/// The blocking forms are for the command line; never call them from asynchronous code.
public protocol CaseStore: Sendable {
    func read<Result: Sendable>(_ body: @escaping @Sendable (any CaseTransaction) throws -> Result) async throws
        -> Result
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseTransaction) throws -> Result
    ) async throws -> Result
    func blockingRead<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result
    func blockingWrite<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result

    /// Reads on the calling thread, which may serve many others, so the body has to be short: a record or a few by their
    /// ids. Waits for nobody; nil where the answer would take waiting, and then `read` gives it.
    func pointRead<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result?

    /// A number that differs from any earlier one as soon as a transaction has changed keys and was reported as
    /// committed, so that a key may be remembered as long as the number stays. Nil where others may change keys
    /// unseen, and each has to be read for every request.
    var keysVersion: UInt64? { get }

    /// Rings when the feed of changes may have grown; nil where nobody tells.
    var bell: ChangeBell? { get }

    /// Counts the transactions that touched what matching works on, as ``CaseTransaction/registryVersion`` does: what is
    /// read from now on sees all of them. Nil where others may change the registry unseen.
    var registryVersion: UInt64? { get }

    /// What was touched after the one version and until the other.
    func registryTouches(after earlier: UInt64, through later: UInt64) -> RegistryTouches

    /// Whether all these looks are on record, so that what they saw may be shown again without a commit.
    func areOnRecord(_ reads: Set<SealedRead>) -> Bool
}

extension CaseStore {
    public var keysVersion: UInt64? { nil }
    public var bell: ChangeBell? { nil }

    public var registryVersion: UInt64? { nil }

    public func registryTouches(after earlier: UInt64, through later: UInt64) -> RegistryTouches {
        var everything = RegistryTouches()
        everything.insertEverything()
        return everything
    }

    public func areOnRecord(_ reads: Set<SealedRead>) -> Bool { reads.isEmpty }

    public func pointRead<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result? { nil }
}
