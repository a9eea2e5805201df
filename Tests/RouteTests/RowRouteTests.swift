import AlmonerTesting
import Casework
import Exchange
import Foundation
import HTTPTypes
import MatchCore
import Operations
import Storage
import Synchronization
import Testing
import WebAPI
import Wire

/// Imports and exports: rows in, rows out.
@Suite struct RowRouteTests {
    private static let own = """
        {"externalID":"N1","party":"Q1","kind":"goods","line":1,"category":"fan","quantity":3,"unit":"piece","area":"c1"}
        {"externalID":"N2","party":"Q1","kind":"goods","line":"1","category":"fan","quantity":"4","text":"=1+1"}
        {"externalID":"N2","party":"Q1","kind":"goods","line":"2","category":"care","quantity":"5"}

        """

    private func offers(_ service: RouteService) async throws -> Set<String> {
        let answer = try await service.send(.get, "/v1/offers?limit=200")
        return Set(
            answer.items.compactMap {
                if case .text(let id)? = $0["record"]?["externalID"] { id } else { nil }
            })
    }

    @Test func everyRowHasItsResultAndTheLastLineTheSum() async throws {
        let service = try RouteService()
        let (answer, lines) = try await service.load("offers", Self.own, key: "k")
        #expect(answer.status == 200 && answer.header("Content-Type") == "application/x-ndjson")
        #expect(lines.dropLast().map { $0["row"] } == [1, 2, 3])
        #expect(lines.dropLast().allSatisfy { $0["outcome"] == "created" })
        #expect(lines[1]["ids"] == lines[2]["ids"] && lines[0]["ids"] != lines[1]["ids"])
        #expect(lines.last?["summary"]?["created"] == 2 && lines.last?["summary"]?["rows"] == 3)
        #expect(try await offers(service).isSuperset(of: ["N1", "N2"]))
    }

    @Test func whereEveryRowIsRefusedNothingIsStored() async throws {
        let service = try RouteService()
        let rows = #"{"externalID":"N1","party":"Q1","category":"nothing","quantity":3}"# + "\n"
        for mode in ["partial", "atomic"] {
            let (_, lines) = try await service.load("offers?mode=\(mode)", rows, key: mode)
            #expect(lines.last?["summary"]?["refused"] == 1 && lines.last?["summary"]?["isStored"] == false, "\(lines)")
        }
    }

    @Test func oneFaultKeepsAnAtomicImportOutAndAPartialOneTakesTheRest() async throws {
        let service = try RouteService()
        let rows =
            Self.own
            + "{\"externalID\":\"N3\",\"party\":\"Q1\",\"kind\":\"goods\",\"category\":\"nosuch\",\"quantity\":1}\n{,}\n{\"externalID\":\"N4\",\"colour\":\"red\"}\n"
        let (refused, said) = try await service.load("offers", rows, key: "k")
        #expect(refused.status == 422 && said.count == 7)
        #expect(said.last?["summary"]?["isStored"] == false && said.last?["summary"]?["refused"] == 3)
        #expect(said[3]["outcome"] == "refused" && said[3]["faults"] != nil)
        // Whoever reads row by row is told of no record that is not there.
        #expect(said.prefix(3).allSatisfy { $0["outcome"] == "notStored" && $0["ids"] == nil }, "\(said)")
        #expect(said.last?["summary"]?["created"] == 0)
        #expect(try await service.load("offers", rows, key: "k").1 == said)
        #expect(try await offers(service).isDisjoint(with: ["N1", "N2"]))
        let (kept, lines) = try await service.load("offers?mode=partial", rows, key: "k2")
        #expect(
            kept.status == 200 && lines.dropLast().map { $0["outcome"] }.suffix(3) == ["refused", "refused", "refused"])
        #expect(lines.last?["summary"]?["created"] == 2 && lines.last?["summary"]?["isStored"] == true)
        #expect(try await offers(service).isSuperset(of: ["N1", "N2"]))
    }

    @Test(arguments: ["offers", "offers?mode=partial"])
    func theSameKeyEntersTheSameRowsOnceAndSaysTheSame(_ path: String) async throws {
        let service = try RouteService()
        let (_, first) = try await service.load(path, Self.own, key: "k")
        let before = try await service.store.read { try $0.lastChange() }
        let (again, second) = try await service.load(path, Self.own, key: "k")
        #expect(again.status == 200 && first == second)
        #expect(try await service.store.read { try $0.lastChange() } == before)
        let (other, _) = try await service.load(path, Self.own + "{}\n", key: "k")
        #expect(other.status == 422)
        // Another key: the same records, which say the same.
        let (_, third) = try await service.load(path, Self.own, key: "k3")
        #expect(third.last?["summary"]?["unchanged"] == 2)
    }

    /// A partial import whose server died: what was entered is said again, the rest is entered.
    @Test func aPartialImportGoesOnWhereItBrokeOff() async throws {
        let service = try RouteService()
        let rows = (0..<1_200).map {
            "{\"externalID\":\"R\($0)\",\"party\":\"Q\",\"category\":\"fan\",\"quantity\":1}\n"
        }
        .joined()
        struct Gone: Error {}
        let response = try await service.take("offers?mode=partial", rows, key: "k")
        guard case .stream(let produce) = response.body else { return }
        await #expect(throws: Gone.self) { try await produce { _ in throw Gone() } }
        let entered = try await service.store.read { try $0.count(of: .offer) }
        #expect(entered == 502)
        let (answer, lines) = try await service.load("offers?mode=partial", rows, key: "k")
        #expect(answer.status == 200 && lines.count == 1_201)
        #expect(lines.last?["summary"]?["created"] == 1_200 && lines.last?["summary"]?["rows"] == 1_200)
        #expect(try await service.store.read { try $0.count(of: .offer) } == 1_202)
    }

    /// A node that stands still for longer than a key is held: another goes on with the same import and ends it. When the first
    /// wakes up, it says what the other said, and nothing is entered twice.
    @Test(arguments: [1, 3]) func anImportThatWasTakenOverSaysTheSame(partsBefore: Int) async throws {
        let seconds = Mutex<Int64>(0)
        let service = try RouteService(clock: {
            RouteService.now.adding(milliseconds: seconds.withLock { $0 } * 1_000)
        })
        let router = service.sealed()
        let rows = (0..<1_200).map {
            "{\"externalID\":\"R\($0)\",\"party\":\"Q\",\"category\":\"fan\",\"quantity\":1}\n"
        }
        .joined()
        @Sendable func take() async throws -> APIResponse {
            try await service.take("offers?mode=partial", rows, key: "k", on: router)
        }
        guard case .stream(let produce) = try await take().body else { return }
        let said = Mutex<[UInt8]>([])
        let others = Mutex<[UInt8]>([])
        let parts = Mutex(0)
        try await produce { lines in
            said.withLock { $0 += lines }
            let count = parts.withLock { parts in
                parts += 1
                return parts
            }
            guard count == partsBefore else { return }
            seconds.withLock { $0 += 16 }
            let bytes = try await service.bytes(of: try await take())
            others.withLock { $0 = bytes }
        }
        #expect(said.withLock { $0 } == others.withLock { $0 })
        #expect(try await service.store.read { try $0.count(of: .offer) } == 1_202)
        #expect(try await service.bytes(of: try await take()) == said.withLock { $0 })
    }

    @Test func aMapSaysWhatOtherColumnsMean() async throws {
        let service = try RouteService()
        let map = """
            {"kind":"offers","source":"town","fields":{"externalID":"编号","party.externalID":"主体","quantity":"数量",
            "category":{"column":"类目","translate":{"values":[{"name":"风扇","value":"fan"}]}}}}
            """
        let body = """
            --b\r\nContent-Disposition: form-data; name="map"\r\n\r\n\(map)\r\n--b\r\nContent-Disposition: form-data; \
            name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n编号,主体,数量,类目\r\nT1,甲,3,风扇\r\n\r\n--b--\r\n
            """
        let (answer, lines) = try await service.load(
            "offers", body, key: "k", type: "multipart/form-data; boundary=b")
        #expect(answer.status == 200 && lines.first?["row"] == 2 && lines.first?["outcome"] == "created", "\(lines)")
        #expect(try await offers(service).contains("T1"))
        for (broken, status) in [("--b\r\nnothing", 422), ("--b--\r\n", 422)] {
            let (refused, _) = try await service.load(
                "offers", broken, key: "k\(broken.count)", type: "multipart/form-data; boundary=b")
            #expect(refused.status == status)
        }
    }

    @Test func whatIsWrongBeforeTheFirstRowIsAProblem() async throws {
        let service = try RouteService()
        #expect(try await service.load("offers", Self.own, key: "k", as: "coordinator").0.status == 403)
        #expect(try await service.load("offers", Self.own, key: "k", as: "donor0").0.status == 403)
        #expect(try await service.load("offers", Self.own, key: nil).0.problem == "idempotency-key-missing")
        #expect(try await service.load("areas", Self.own, key: "k").0.status == 404)
        #expect(try await service.load("offers?mode=some", Self.own, key: "k").0.status == 422)
        #expect(try await service.load("offers", Self.own, key: "k", type: "application/json").0.status == 415)
        #expect(try await service.load("distances", "{}\n", key: "k").0.status == 422)
        #expect(try await service.load("offers", "party\nx\n", key: "k", type: "text/csv").0.status == 422)
    }

    @Test func aFileWithoutAMapNeedsOnlyTheColumnsThatMustBeFilled() async throws {
        let service = try RouteService()
        func load(_ rows: String) async throws -> (RouteService.Answer, [JSONValue]) {
            try await service.load("offers", rows, key: "k\(rows.utf8.count)", type: "text/csv")
        }
        let (answer, lines) = try await load("externalID,party,quantity,category\nC1,Q1,3,fan\n")
        #expect(answer.status == 200 && lines.first?["outcome"] == "created", "\(lines)")
        #expect(try await offers(service).contains("C1"))
        // A misspelt column is not passed over, and no map is blamed that nobody sent.
        let misspelt = try await load("externalID,party,quantitty,category\nC2,Q1,3,fan\n").0
        #expect(misspelt.status == 422 && "\(misspelt.json)".contains("quantity"))
        let lacking = try await load("party,category\nQ1,fan\n").0
        #expect(lacking.status == 422 && "\(lacking.json)".contains("externalID"))
        let twice = try await load("externalID,party,party,category\nC3,Q1,Q1,fan\n").0
        #expect(twice.status == 422)
        for answer in [misspelt, lacking, twice] { #expect(!"\(answer.json)".contains("Mapping, line")) }
    }

    // MARK: Out, and in again

    @Test(arguments: ["text/csv", "application/x-ndjson"], ["offers", "wishes", "parties"])
    func whatIsExportedComesInAgainToTheByte(_ type: String, _ kind: String) async throws {
        let service = try RouteService()
        _ = try await service.load("offers", Self.own, key: "k")
        func export(_ service: RouteService, _ kind: String) async throws -> [UInt8] {
            let answer = try await service.send(.get, "/v1/exports/\(kind)", headers: [.accept: type])
            #expect(answer.status == 200 && answer.header("Content-Type")?.hasPrefix(type) == true)
            return try await service.bytes(of: answer.response)
        }
        let (parties, rows) = (try await export(service, "parties"), try await export(service, kind))
        if type == "text/csv", kind == "offers" { #expect(String(decoding: rows, as: UTF8.self).contains(",'=1+1,")) }
        let other = try RouteService(isEmpty: true)
        for (kind, rows) in [("parties", parties), (kind, rows)] {
            let (answer, said) = try await other.load(
                kind, String(decoding: rows, as: UTF8.self), key: kind, type: type)
            #expect(answer.status == 200, "\(said)")
        }
        #expect(try await export(other, kind) == rows && rows.count > 100)
    }

    @Test func anExportShowsNobodyMoreThanALookAtTheRecordsDoes() async throws {
        let service = try RouteService()
        func rows(_ kind: String, as token: String?) async throws -> (Int, String) {
            let answer = try await service.send(.get, "/v1/exports/\(kind)", as: token)
            guard answer.status == 200 else { return (answer.status, "") }
            return (200, String(decoding: try await service.bytes(of: answer.response), as: UTF8.self))
        }
        let (_, town) = try await rows("wishes", as: "town")
        #expect(town.contains("W0") && town.contains("W1") && !town.contains("W2"))
        #expect(try await rows("wishes", as: "donor0").0 == 403)
        #expect(try await rows("wishes", as: nil).0 == 401)
        #expect(try await rows("secrets", as: "admin").0 == 404)
        _ = try await service.send(
            .post, "/v1/claims",
            [
                "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 2,
            ], as: "coordinator", key: "c")
        let (_, claims) = try await rows("claims", as: "auditor")
        #expect(claims.contains("\"state\":\"proposed\""))
    }

    @Test func storedSuggestionsAreExportedToWhoeverMayKnowOfTheirWish() async throws {
        let service = try RouteService()
        for (number, wish) in RouteService.wishes.enumerated() {
            let kept = try await service.send(
                .post, "/v1/wishes/\(wish)/matches", [:], as: "coordinator", key: "\(number)")
            #expect(kept.status == 200 || kept.status == 201)
        }
        func rows(as token: String) async throws -> [JSONValue] {
            let answer = try await service.send(.get, "/v1/exports/matches", as: token)
            #expect(answer.status == 200)
            return try await service.bytes(of: answer.response).split(separator: 0x0A).map {
                try JSONValue(parsing: Array($0))
            }
        }
        let all = try await rows(as: "coordinator")
        #expect(Set(all.compactMap { $0["wish"] }) == ["W0", "W1", "W2"])
        #expect(all.allSatisfy { $0["offer"] != nil && $0["total"] != nil && $0["profile"] == "default@1" })
        #expect(all.first?["rank"] == "1")
        // Whose token is for one town sees nothing of another's.
        #expect(try await rows(as: "town") == all.filter { $0["wish"] != "W2" })
        #expect(try await service.send(.get, "/v1/exports/matches", as: "donor0").status == 403)
    }

    @Test func anAlteredSuggestionIsMarkedAndSaysNothingElse() async throws {
        let database = try TestDatabase.empty()
        let service = try RouteService(database: database)
        _ = try await service.send(
            .post, "/v1/wishes/\(RouteService.wishes[0])/matches", [:], as: "coordinator", key: "1")
        func rows() async throws -> [JSONValue] {
            let answer = try await service.send(.get, "/v1/exports/matches", as: "coordinator")
            return try await service.bytes(of: answer.response).split(separator: 0x0A).map {
                try JSONValue(parsing: Array($0))
            }
        }
        let before = try await rows()
        #expect(!before.isEmpty && before.allSatisfy { $0["altered"] == nil })
        try database.blockingWrite { try $0.run("UPDATE suggestion SET total = 650001 WHERE place = 1") }
        let after = try await rows()
        #expect(after.count == before.count)
        #expect(after.filter { $0["altered"] == "yes" } == [["wish": "W0", "altered": "yes"]], "\(after)")
    }
}

extension RouteService {
    /// The same routes with keys that are kept in the store, as a server keeps them.
    func sealed() -> APIRouter {
        APIRouter(
            store: store, room: room,
            authentication: TableOfTokens(directory: TokenDirectory(store: store, now: room.clock)),
            idempotency: SealedAnswers(salt: [7]))
    }

    /// Sends the body of an import in two parts.
    func take(
        _ path: String, _ body: String, key: String?, as token: String = "admin", type: String = "application/x-ndjson",
        on other: APIRouter? = nil
    ) async throws -> APIResponse {
        var headers: HTTPFields = [.authorization: "Bearer \(token)", .contentType: type, .acceptLanguage: "en"]
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        let halves = path.split(separator: "?")
        let query = halves.dropFirst().map { text -> (name: String, value: String) in
            let sides = text.split(separator: "=").map(String.init)
            return (name: sides[0], value: sides[1])
        }
        let bytes = Array(body.utf8)
        let parts = BodyInParts([bytes.prefix(bytes.count / 2), bytes.dropFirst(bytes.count / 2)])
        return await (other ?? router).respond(
            to: APIRequest(
                method: .post, path: ["v1", "imports", String(halves[0])], query: query, headers: headers,
                requestID: "r1"), body: { await parts.next() })
    }

    func load(
        _ path: String, _ body: String, key: String?, as token: String = "admin", type: String = "application/x-ndjson"
    ) async throws -> (Answer, [JSONValue]) {
        let response = try await take(path, body, key: key, as: token, type: type)
        let bytes = try await bytes(of: response)
        if response.headers[.contentType] != "application/x-ndjson" {
            return (Answer(response: response, json: try JSONValue(parsing: bytes)), [])
        }
        let lines = try bytes.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
        return (Answer(response: response, json: .null), lines)
    }
}

private actor BodyInParts {
    private var parts: [ArraySlice<UInt8>]
    init(_ parts: [ArraySlice<UInt8>]) { self.parts = parts }
    func next() -> ArraySlice<UInt8>? { parts.isEmpty ? nil : parts.removeFirst() }
}
