import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Operations
import Storage
import Synchronization
import WebAPI
import Wire

/// A store in a file with one offer of a quantity, many small offers, and one wish; and the routes over it.
struct TownStore {
    let store: SQLCaseStore
    let database: any Database
    let tokens: TokenDirectory
    let router: APIRouter
    /// An admin's.
    let token: String

    static let now = Moment(milliseconds: 1_767_576_600_000)
    static let party = RecordID(high: 1, low: 1)
    static let offer = RecordID(high: 2, low: 1)
    static let wish = RecordID(high: 3, low: 1)

    /// Opens a file; makes and fills it where it is new.
    init(path: String, capacity: Int64 = 1, token known: String? = nil) throws {
        try self.init(at: .sqlite(path: path), capacity: capacity, token: known)
    }

    /// Opens the database; fills it where it is new.
    init(
        at address: DatabaseAddress, capacity: Int64 = 1, token known: String? = nil,
        clock: @escaping @Sendable () -> Moment = { now }
    ) throws {
        let database = try address.open(.create)
        self.database = database
        try Schema.migrate(database, at: 0)
        let isNew = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        let store = SQLCaseStore(
            database: database, program: "p", vault: try TestDatabase.vault(for: database),
            sealing: database is any SharedDatabase ? .apart : .inTransaction)
        self.store = store
        let identifiers = Mutex(IdentifierSource(random: SystemRandomNumberGenerator()))
        let rules = try SampleRules.rules()
        let reference = ReferenceData(
            areas: try AreaTree([
                Area(code: "c", parent: nil, level: "town", name: LocalizedText(zhHans: "镇", en: "town"))
            ]),
            categories: try CategoryTree([
                Category(code: "fan", parent: nil, name: LocalizedText(zhHans: "风扇", en: "fan"))
            ]))
        let room = OperationRoom(
            rules: { _ in rules }, reference: reference, matching: NoMatching(),
            office: OfficeMeans(
                proposer: { throw Problem(.unavailable, "No intake here.", zhHans: "此处不受理。") }, blindIndex: { nil },
                historyKey: { nil }), clock: clock,
            newID: { moment in identifiers.withLock { $0.next(at: Timestamp(milliseconds: moment.milliseconds)) } })
        tokens = TokenDirectory(store: store, now: clock)
        router = APIRouter(store: store, room: room, authentication: tokens, idempotency: SealedAnswers(salt: [7]))
        if isNew {
            try store.blockingWrite { transaction in
                let desk = try room.context(in: transaction, for: Viewer(actor: .system)).desk()
                let registrar = Registrar(
                    transaction: transaction,
                    admission: Admission(areas: reference.areas, categories: reference.categories), desk: desk)
                try registrar.admit(
                    Party(id: Self.party, kind: .fund), key: RecordKey(source: "t", externalID: "P", id: Self.party),
                    name: "Fund")
                try registrar.admit(
                    Offer(
                        key: RecordKey(source: "t", externalID: "O", id: Self.offer), party: Self.party,
                        place: Place(area: "c"), text: "电风扇",
                        lines: [OfferLine(category: "fan", available: capacity)]))
                try registrar.admit(
                    Wish(
                        key: RecordKey(source: "t", externalID: "W", id: Self.wish), hardship: 3,
                        place: Place(area: "c"), groups: ["elders"], text: "电风扇",
                        lines: [WishLine(category: "fan", quantity: 500)]))
            }
        }
        token = try known ?? Self.newKey(.admin, in: store).token.text
    }

    static func newKey(_ role: Role, in store: SQLCaseStore, expires: Moment? = nil) throws -> (
        key: AccessKey, token: AccessToken
    ) {
        try store.blockingWrite { transaction in
            var random = SystemRandomNumberGenerator()
            var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
            let desk = CaseDesk(
                rules: try SampleRules.rules(), store: transaction, actor: .system, now: now,
                newID: { identifiers.next(at: Timestamp(milliseconds: now.milliseconds)) })
            return try desk.createKey(
                AccessGrant(label: "test", role: role, expiresAt: expires), random: &random)
        }
    }

    /// The request line, headers and body of a proposal.
    func proposal(quantity: Int = 1, key: String) -> String {
        let body = #"{"offer":"\#(Self.offer)","wish":"\#(Self.wish)","quantity":\#(quantity)}"#
        return "POST /v1/claims HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
            + "Idempotency-Key: \(key)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            + body
    }

    var claims: Int {
        get throws { try store.blockingRead { try $0.claims(ofWish: Self.wish).count } }
    }
}

struct NoMatching: RegistryViewing {
    var descriptors: [ScorerDescriptor] { [] }

    func snapshot(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> FamilyRanker? { nil }

    func plan(of reference: String, in store: any CaseTransaction) throws -> Recomputation.PlanFinding { .missing }

    func view(
        by profile: String, at now: Moment, in store: any CaseTransaction, for eyes: RegistrySnapshot.Eyes
    ) throws -> MatchingView? { nil }

    func registry(in store: any CaseTransaction) throws -> Registry {
        throw Problem(.unavailable, "No matching here.", zhHans: "此处不匹配。")
    }

    var scorers: [any Scorer.Type] { [] }
    var utcOffsetSeconds: Int { 28_800 }
}

/// An answer's status, problem and body.
struct Answered: Sendable, Hashable {
    let status: Int
    let body: String

    init(_ text: String?) {
        status = Int((text ?? "").dropFirst(9).prefix(3)) ?? 0
        body = (text ?? "").components(separatedBy: "\r\n\r\n").dropFirst().joined()
    }

    /// All answers to the same bytes sent on as many connections at once.
    static func all(_ requests: [String], port: Int) async throws -> [Answered] {
        try await withThrowingTaskGroup(of: Answered.self) { group in
            for request in requests {
                group.addTask { Answered(try await exchange(request, port: port, seconds: 30)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
