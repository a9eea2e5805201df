import AlmonerTesting
import Casework
import Exchange
import Foundation
import HTTPTypes
import MatchCore
import OpenID
import Operations
import Passwords
import ScorerCatalog
import Storage
import Synchronization
import WebAPI
import Wire

/// A service over a store in memory: two parties with an offer of ten pieces each, three wishes in two towns.
final class RouteService: Sendable {
    let router: APIRouter
    let store: SQLCaseStore
    let room: OperationRoom
    let keeper = MemoryKeeper()

    static let now = Moment(milliseconds: 1_767_576_600_000)  // Monday 2026-01-05, 9:30 in Shanghai
    static let parties = [RecordID(high: 1, low: 1), RecordID(high: 1, low: 2)]
    static let offers = [RecordID(high: 2, low: 1), RecordID(high: 2, low: 2)]
    static let wishes = [RecordID(high: 3, low: 1), RecordID(high: 3, low: 2), RecordID(high: 3, low: 3)]

    /// With layers the profile weighs places more where wishes are in the town c1.
    init(
        rules: CaseRules? = nil, layers: Bool = false, isEmpty: Bool = false,
        database: (any Database)? = nil, browsing: BrowsingBudget.Terms = BrowsingBudget.Terms(),
        share: RateShare = RateShare(),
        signIn: SignInRules = .standard, directorySecret: String? = nil,
        atomicRows: Int = StreamTerms.usualAtomicRows, seed: UInt64 = 7,
        clock: @escaping @Sendable () -> Moment = { now },
        stopwatch: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) throws {
        let database = try database ?? TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        store = SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database))
        let identifiers = Mutex(IdentifierSource(random: SeededRandom(seed: seed)))
        let rules = try rules ?? SampleRules.rules(paths: ["microWish": .sample()])
        let groups = (rules.groups?.groups ?? []).map { NamedCode(code: $0.code.text, name: $0.name) }
        let reference = ReferenceData(
            areas: try Self.areas(), categories: try Self.categories(), vocabularies: [.groups: groups])
        var making = OperationRoom(
            rules: { _ in rules }, reference: reference,
            matching: ServedRegistry(RegistrySnapshots(reference: reference, scorers: ScorerCatalog.all)),
            office: try Self.office(reference.categories), clock: clock,
            newID: { moment in
                identifiers.withLock { $0.next(at: Timestamp(milliseconds: moment.milliseconds)) }
            })
        making.signIn = SignInMeans(
            rules: signIn, passwords: Argon2Passwords(signIn.work),
            directory: signIn.directory.map { OpenIDDirectory($0, secret: directorySecret) })
        making.figures = ServedFigures()
        making.stopwatch = stopwatch
        let room = making
        self.room = room
        let failures = Failures()
        router = APIRouter(
            pages: [["openapi.json"]: try OpenAPIDocument().page, ["docs"]: try DocsPage().page],
            store: store, room: room,
            authentication: TableOfTokens(directory: TokenDirectory(store: store, now: clock)),
            idempotency: keeper,
            streams: StreamTerms(pause: .milliseconds(10), longest: .milliseconds(100), atomicRows: atomicRows),
            browsing: BrowsingBudget(browsing, share: share),
            report: { error, _ in failures.add("\(error)") })
        self.reported = failures
        guard !isEmpty else { return }
        try store.blockingWrite { store in
            let desk = room.context(in: store, for: Viewer(actor: .system))
            let registrar = Registrar(
                transaction: store, admission: Admission(areas: reference.areas, categories: reference.categories),
                desk: try desk.desk())
            for (number, party) in Self.parties.enumerated() {
                try registrar.admit(
                    Party(id: party, kind: .fund), key: RecordKey(source: "t", externalID: "P\(number)", id: party),
                    name: "Fund \(number)")
                try registrar.admit(
                    Offer(
                        key: RecordKey(source: "t", externalID: "O\(number)", id: Self.offers[number]), party: party,
                        place: Place(area: "c1"), text: "电风扇",
                        lines: [OfferLine(category: "fan", available: 10)]))
            }
            var profile = ScoringProfile(
                name: "default", revision: 1, title: LocalizedText(zhHans: "默认", en: "default"),
                entries: ScorerCatalog.all.map { ScoringProfile.Entry(scorer: $0.descriptor.id, weight: 100) })
            if layers {
                profile.layers = [
                    ProfileLayer(
                        scope: ProfileScope(.area, "c1"),
                        changes: [.init(scorer: "Proximity", weight: 9_000), .init(scorer: "Trust", isOff: true)])
                ]
            }
            try store.publish(profile, at: Timestamp(milliseconds: 0), reason: "test")
            for (number, wish) in Self.wishes.enumerated() {
                try registrar.admit(
                    Wish(
                        key: RecordKey(source: "t", externalID: "W\(number)", id: wish), hardship: 3,
                        place: Place(area: number == 2 ? "c2" : "c11"), groups: ["elders"], text: "一台电风扇",
                        lines: [WishLine(category: "fan", quantity: 5)]))
            }
        }
    }

    private let reported: Failures
    var reports: [String] { reported.all }

    private static func areas() throws -> AreaTree {
        func area(_ code: String, _ parent: String?) -> Area {
            Area(code: code, parent: parent, level: "town", name: LocalizedText(zhHans: code, en: code))
        }
        return try AreaTree([area("c", nil), area("c1", "c"), area("c11", "c1"), area("c2", "c")])
    }

    /// Words in which a fan can be asked for, and keys made of ones.
    private static func office(_ categories: CategoryTree) throws -> OfficeMeans {
        let words = try JSONDecoder().decode(
            IntakeWords.self,
            from: Data(
                #"""
                {"version": 1, "wanting": ["want"], "having": ["has"], "people": ["people"], "lanes": [],
                 "measures": {"piece": ["piece"], "minute": {"hour": 60}, "fen": {"yuan": 100}},
                 "urgencies": [{"grade": "urgent", "words": ["soon"]}], "groups": [{"group": "elders", "words": ["old"]}]}
                """#.utf8))
        let proposer = WishProposer(categories: categories, words: words)
        let secret = Array(repeating: UInt8(1), count: 32)
        return OfficeMeans(
            proposer: { proposer }, blindIndex: { try BlindIndex(secret: secret, program: "p") },
            historyKey: { try HistoryKey(seed: secret) },
            mapping: { kind in
                let folder = URL(filePath: #filePath).deletingLastPathComponent()
                let path = folder.appending(path: "../../Data/mappings/almoner-\(kind.rawValue).yaml").standardized
                guard let data = try? Data(contentsOf: path) else { return nil }
                return try Mapping(yaml: Array(data))
            })
    }

    private static func categories() throws -> CategoryTree {
        func category(_ code: String, _ parent: String?) -> MatchCore.Category {
            Category(code: code, parent: parent, name: LocalizedText(zhHans: code, en: code))
        }
        return try CategoryTree([category("home", nil), category("fan", "home"), category("care", nil)])
    }

    // MARK: Requests

    /// Sends a request; `as` names a token of ``TableOfTokens``, nil is a guest.
    func send(
        _ method: HTTPRequest.Method, _ address: String, _ body: JSONValue? = nil, as token: String? = "admin",
        key: String? = nil, headers: HTTPFields = [:], from client: String = "127.0.0.1"
    ) async throws -> Answer {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let body {
            headers[.contentType] = headers[.contentType] ?? "application/json"
            return try await send(
                method, address, bytes: try WireEncoder().encode(body), key: key, headers: headers, from: client)
        }
        return try await send(method, address, bytes: [], key: key, headers: headers, from: client)
    }

    func send(
        _ method: HTTPRequest.Method, _ address: String, bytes: [UInt8], key: String?, headers: HTTPFields,
        from client: String = "127.0.0.1"
    ) async throws -> Answer {
        var headers = headers
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        let halves = address.split(separator: "?", maxSplits: 1)
        let query: [(name: String, value: String)] = halves.dropFirst().flatMap { $0.split(separator: "&") }.map {
            pair in
            let sides = pair.split(separator: "=", maxSplits: 1)
            return (name: String(sides[0]), value: sides.count > 1 ? String(sides[1]) : "")
        }
        let response = await router.respond(
            to: APIRequest(
                method: method, path: halves[0].split(separator: "/").map(String.init), query: query, headers: headers,
                body: bytes, remoteAddress: client, requestID: "r1"))
        guard let answered = response.wholeBytes else { return Answer(response: response, json: .null) }
        return Answer(response: response, json: answered.isEmpty ? .null : try JSONValue(parsing: answered))
    }

    struct Answer {
        let response: APIResponse
        let json: JSONValue
        var status: Int { response.status.code }
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { response.headers[$0] } }
        /// The last part of the problem's type.
        var problem: String? {
            guard case .text(let type)? = json["type"] else { return nil }
            return type.split(separator: "/").last.map(String.init)
        }
        func text(_ name: String) -> String? { if case .text(let text)? = json[name] { text } else { nil } }
        var items: [JSONValue] { if case .list(let items)? = json["items"] { items } else { [] } }
    }
}

private final class Failures: Sendable {
    private let list = Mutex<[String]>([])
    func add(_ text: String) { list.withLock { $0.append(text) } }
    var all: [String] { list.withLock { $0 } }
}

/// The tokens of the tests: a role, or a role with the number of a party or wish.
/// Every other token is one that the service itself gave out.
struct TableOfTokens: Authenticating {
    let directory: TokenDirectory

    func caller(for bearer: String?, request: APIRequest) async throws -> Caller {
        guard let bearer else { return .guest }
        let id = RecordID(high: 8, low: UInt64(bearer.utf8.count))
        switch bearer {
        case "donor0": return Caller(actor: CaseActor(id: id, role: .donor, party: RouteService.parties[0]), key: id)
        case "donor1": return Caller(actor: CaseActor(id: id, role: .donor, party: RouteService.parties[1]), key: id)
        case "carrier1":
            return Caller(actor: CaseActor(id: id, role: .carrier, party: RouteService.parties[1]), key: id)
        case "recipient":
            return Caller(actor: CaseActor(id: id, role: .recipient, wish: RouteService.wishes[0]), key: id)
        case "approver0", "approver10":
            return Caller(
                actor: CaseActor(
                    id: id, role: .approver, authority: ApprovalAuthority(level: .city, limit: 1_000_000_000)), key: id)
        case "admin-two": return Caller(actor: CaseActor(id: id, role: .admin), key: id)
        case "town": return Caller(actor: CaseActor(id: id, role: .coordinator), areas: ["c1"], key: id)
        default:
            guard let role = Role(rawValue: bearer) else {
                return try await directory.caller(for: bearer, request: request)
            }
            return Caller(actor: CaseActor(id: id, role: role), key: id)
        }
    }
}

/// Keys in memory. What a transaction undoes is not undone here, so it holds nothing before an answer is kept.
final class MemoryKeeper: IdempotencyKeeping {
    private let kept = Mutex<[String: (fingerprint: [UInt8], answer: KeptAnswer)]>([:])

    private func name(_ use: IdempotentUse) -> String { "\(use.scope) \(use.route) \(use.key)" }

    func take(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> IdempotencyFinding {
        guard let found = kept.withLock({ $0[name(use)] }) else { return .fresh }
        return found.fingerprint == use.fingerprint ? .answered(found.answer) : .reused
    }

    func isAnswered(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> Bool {
        kept.withLock { $0[name(use)] } != nil
    }

    func renew(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> Bool { true }

    func keep(_ answer: KeptAnswer, for use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws {
        kept.withLock { $0[name(use)] = (use.fingerprint, answer) }
    }

    func release(_ use: IdempotentUse, in store: any CaseTransaction) throws {
        kept.withLock { $0[name(use)] = nil }
    }
}
