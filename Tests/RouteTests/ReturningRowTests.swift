import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

/// What a program exported comes back: the same records, and no second supply.
@Suite struct ReturningRowTests {
    /// A donor and offers without external ids, as they come over HTTP: open, withdrawn, and with two lines of which one is
    /// reserved in part.
    private func registered(_ service: RouteService) async throws -> (donor: String, offers: [String]) {
        let party = try await service.send(
            .post, "/v1/parties", ["name": "李姐", "kind": "enterprise"], as: nil, key: "p")
        guard case .text(let donor)? = party.json["party"]?["record"]?["id"], let token = party.text("token") else {
            throw Problem.notFound
        }
        let code = try await service.send(.post, "/v1/parties/\(donor)/code", [:], as: "coordinator", key: "code")
        let confirmed = try await service.send(
            .post, "/v1/parties/\(donor)/confirm", ["code": code.json["code"] ?? .null], as: token, key: "yes")
        #expect(confirmed.status == 200, "\(confirmed.json)")
        var offers: [String] = []
        for number in 0..<3 {
            var lines: [JSONValue] = [["category": "fan", "quantity": 10]]
            if number == 2 { lines.append(["category": "care", "quantity": 60, "unit": "minute"]) }
            let made = try await service.send(
                .post, "/v1/offers",
                ["text": "电风扇", "place": ["area": "c1"], "lines": .list(lines)],
                as: token, key: "o\(number)")
            guard case .text(let id)? = made.json["record"]?["id"] else { throw Problem.notFound }
            offers.append(id)
        }
        let withdrawn = try await service.send(
            .post, "/v1/offers/\(offers[1])/withdraw", [:], as: token, key: "w")
        #expect(withdrawn.status == 200, "\(withdrawn.json)")
        let claim = try await service.send(
            .post, "/v1/claims",
            ["offer": .text(offers[2]), "wish": .text("\(RouteService.wishes[0])"), "quantity": 1],
            as: "coordinator", key: "c")
        #expect(claim.status == 201, "\(claim.json)")
        return (donor, offers)
    }

    private func export(_ service: RouteService, _ kind: String) async throws -> String {
        let answer = try await service.send(.get, "/v1/exports/\(kind)")
        #expect(answer.status == 200)
        return String(decoding: try await service.bytes(of: answer.response), as: UTF8.self)
    }

    /// The rows that name one of these.
    private func rows(_ text: String, of names: [String]) -> String {
        text.split(separator: "\n").filter { line in names.contains { line.contains("\"externalID\":\"\($0)\"") } }
            .map { $0 + "\n" }.joined()
    }

    private func counts(_ service: RouteService) async throws -> [Int] {
        try await service.store.read { store in try RecordKind.allCases.map { try store.count(of: $0) } }
    }

    @Test(arguments: ["", "?mode=partial"]) func whatHasNoExternalIDIsTheSameRecordAgain(_ mode: String) async throws {
        let service = try RouteService()
        let (donor, offers) = try await registered(service)
        let before = try await counts(service)
        var shown: [JSONValue] = []
        for id in offers { shown.append(try await service.send(.get, "/v1/offers/\(id)").json) }
        let head = try await service.store.read { try $0.chainHead() }
        for (kind, names) in [("parties", [donor]), ("offers", offers)] {
            let mine = rows(try await export(service, kind), of: names)
            let (answer, said) = try await service.load(kind + mode, mine, key: kind)
            #expect(answer.status == 200, "\(said)")
            #expect(said.last?["summary"]?["created"] == 0 && said.last?["summary"]?["changed"] == 0, "\(said)")
            #expect(said.last?["summary"]?["unchanged"] == .integer(Int64(names.count)), "\(said)")
        }
        #expect(try await counts(service) == before)
        #expect(try await service.store.read { try $0.chainHead() } == head)
        for (id, was) in zip(offers, shown) { #expect(try await service.send(.get, "/v1/offers/\(id)").json == was) }
        #expect(shown[1]["state"] == "withdrawn")
    }

    @Test func aChangedRowChangesThatRecordAndAnEndedOneNever() async throws {
        let service = try RouteService()
        let (_, offers) = try await registered(service)
        let before = try await counts(service)
        let mine = rows(try await export(service, "offers"), of: offers)
            .replacing("\"quantity\":\"10\"", with: "\"quantity\":\"12\"")
        let (answer, said) = try await service.load("offers", mine, key: "k")
        #expect(answer.status == 200 && said.last?["summary"]?["changed"] == 2, "\(said)")
        #expect(said.last?["summary"]?["warnings"] == 1, "\(said)")
        #expect(try await counts(service) == before)
        let ended = try await service.send(.get, "/v1/offers/\(offers[1])")
        #expect(ended.json["state"] == "withdrawn")
        let other = try await service.send(.get, "/v1/offers/\(offers[2])")
        guard case .list(let lines)? = other.json["lines"] else { return }
        #expect(lines[0]["pledged"] == 12 && lines[0]["available"] == 11, "\(lines)")
    }

    @Test func wishesComeBackToo() async throws {
        let service = try RouteService()
        let made = try await service.send(
            .post, "/v1/wishes",
            ["text": "一台电风扇", "place": ["area": "c11"], "lines": [["category": "fan", "quantity": 1]]],
            as: "coordinator", key: "w")
        let id = try #require(made.text("id"), "\(made.json)")
        let before = try await counts(service)
        let mine = rows(try await export(service, "wishes"), of: [id])
        let (answer, said) = try await service.load("wishes", mine, key: "k")
        #expect(answer.status == 200 && said.last?["summary"]?["unchanged"] == 1, "\(said)")
        #expect(try await counts(service) == before)
    }

    /// Into another program: the parties first, then what they offer, to the byte.
    @Test func anotherProgramTakesThemOnceItKnowsTheParties() async throws {
        let service = try RouteService()
        _ = try await registered(service)
        let (parties, offers) = (try await export(service, "parties"), try await export(service, "offers"))
        // Its ids are its own.
        let other = try RouteService(isEmpty: true, seed: 8)
        let (refused, said) = try await other.load("offers", offers, key: "early")
        #expect(refused.status == 422, "\(said)")
        #expect("\(said)".contains("Import the parties first"), "\(said)")
        #expect(try await counts(other) == [0, 0, 0])
        for (kind, rows) in [("parties", parties), ("offers", offers)] {
            let (answer, said) = try await other.load(kind, rows, key: kind)
            #expect(answer.status == 200, "\(said)")
            #expect(
                try await export(other, kind).split(separator: "\n").sorted() == rows.split(separator: "\n").sorted())
        }
        let there = try await counts(other)
        let (again, lines) = try await other.load("offers", offers, key: "again")
        #expect(again.status == 200 && lines.last?["summary"]?["created"] == 0, "\(lines)")
        #expect(try await counts(other) == there)
    }

    @Test func aPartyThatNobodyKnowsIsNotInvented() async throws {
        let service = try RouteService()
        let before = try await counts(service)
        let row = """
            {"externalID":"N1","party":"00000000-0000-0000-0000-0000000000aa","kind":"goods","category":"fan","quantity":3}

            """
        let (answer, said) = try await service.load("offers?mode=partial", row, key: "k")
        #expect(answer.status == 200 && said.first?["outcome"] == "refused", "\(said)")
        #expect("\(said)".contains("There is no party"), "\(said)")
        #expect(try await counts(service) == before)
    }
}
