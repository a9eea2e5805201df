import Casework
import HTTPTypes
import MatchCore
import Operations
import Synchronization
import Testing
import Wire

/// Keys are given downwards only, and sealed fields are opened by two.
@Suite struct AuthorityRouteTests {
    private func grant(
        _ service: RouteService, _ body: JSONValue, as token: String, key: String
    ) async throws -> RouteService.Answer {
        try await service.send(.post, "/v1/keys", body, as: token, key: key)
    }

    private func token(_ answer: RouteService.Answer) throws -> String { try #require(answer.text("token")) }

    private func id(_ answer: RouteService.Answer) throws -> String {
        guard case .text(let id)? = answer.json["key"]?["id"] else { throw Problem.notFound }
        return id
    }

    @Test func aTownsAdminGivesNoMoreThanTheTown() async throws {
        let service = try RouteService()
        let made = try await grant(
            service, ["label": "town", "role": "admin", "areas": ["c1"], "expires": "2026-02-01T00:00:00Z"],
            as: "admin", key: "1")
        #expect(made.status == 201)
        let town = try token(made)
        for (number, body)
            in ([
                ["label": "x", "role": "coordinator"], ["label": "x", "role": "coordinator", "areas": ["c"]],
                ["label": "x", "role": "coordinator", "areas": ["c2"]],
                ["label": "x", "role": "coordinator", "areas": ["c11", "c2"]],
                [
                    "label": "x", "role": "approver", "areas": ["c1"], "approvalLevel": "city", "approvalLimit": 5,
                ],
                ["label": "x", "role": "intake", "areas": ["c11"], "expires": "2026-03-01T00:00:00Z"],
            ] as [JSONValue]).enumerated()
        {
            let refused = try await grant(service, body, as: town, key: "r\(number)")
            #expect([403, 422].contains(refused.status), "\(body): \(refused.json)")
        }
        let below = try await grant(
            service, ["label": "window", "role": "coordinator", "areas": ["c11"]], as: town, key: "2")
        #expect(
            below.status == 201 && below.json["key"]?["expires"] == "2026-02-01T00:00:00.000Z", "no longer than its own"
        )
        // The town sees the keys below it, and not those above or beside it.
        let beside = try await grant(
            service, ["label": "beside", "role": "intake", "areas": ["c2"]], as: "admin", key: "3")
        let listed = try await service.send(.get, "/v1/keys", as: town)
        #expect(Set(listed.items.map { $0["label"] }) == ["town", "window"])
        #expect(try await service.send(.get, "/v1/keys/\(id(beside))", as: town).status == 404)
        #expect(
            try await service.send(.post, "/v1/keys/\(id(beside))/revoke", [:], as: town, key: "4").status == 404)
        #expect(
            try await service.send(.post, "/v1/keys/\(id(below))/revoke", ["reason": "left"], as: town, key: "5").status
                == 200)
        #expect(try await service.send(.get, "/v1/areas", as: try token(below)).status == 401, "at once")
    }

    @Test func aCoordinatorGivesItsHelpersAccessAndNobodyAboveIt() async throws {
        let service = try RouteService()
        let made = try await grant(
            service, ["label": "desk", "role": "coordinator", "areas": ["c1"]], as: "admin", key: "1")
        let desk = try token(made)
        for (number, role) in ["coordinator", "auditor", "admin", "integration"].enumerated() {
            let body: JSONValue = ["label": "x", "role": .text(role), "areas": ["c1"]]
            #expect(try await grant(service, body, as: desk, key: "r\(number)").status == 403, "\(role)")
        }
        let helper = try await grant(
            service, ["label": "helper", "role": "intake", "areas": ["c11"]], as: desk, key: "2")
        #expect(helper.status == 201)
        #expect(try await service.send(.get, "/v1/wishes", as: try token(helper)).items.count == 2)
        #expect(try await service.send(.get, "/v1/keys", as: desk).items.count == 1)
        #expect(
            try await grant(
                service, ["label": "x", "role": "intake", "areas": ["c11"]], as: try token(helper), key: "3"
            ).status == 403)
    }

    @Test func aPurposeNarrowsWhatIsSeenAndDone() async throws {
        let service = try RouteService()
        func make(_ purpose: String) async throws -> String {
            try token(
                try await grant(
                    service, ["label": "x", "role": "coordinator", "purpose": .text(purpose)], as: "admin", key: purpose
                ))
        }
        let first = "/v1/wishes/\(RouteService.wishes[0])"
        let whole = try await service.send(.get, first, as: try await make("casework"))
        #expect(whole.json["hardship"] == 3 && whole.json["record"]?["externalID"] == "W0")
        let matching = try await service.send(.get, first, as: try await make("matching"))
        #expect(matching.status == 200 && matching.json["hardship"] == nil && matching.json["groups"] == nil)
        #expect(matching.json["record"]?["externalID"] == nil && matching.json["text"] == "一台电风扇")
        let oversight = try await make("oversight")
        #expect(try await service.send(.get, first, as: oversight).json["hardship"] == 3)
        let ended = try await service.send(.post, "\(first)/end", ["reason": "withdrawn"], as: oversight, key: "e")
        #expect(ended.status == 403)
        let statistics = try await make("statistics")
        #expect(try await service.send(.get, first, as: statistics).status == 404)
        #expect(try await service.send(.get, "/v1/figures", as: statistics).status == 200)
    }

    /// Nobody is a second person with what the first one has given them.
    @Test func whoAskedForAnOpeningGivesNobodyTheAccessToAgree() async throws {
        let service = try RouteService()
        let taken = try await service.send(
            .post, "/v1/inbox", ["channel": "hotline12345", "words": "SAIDWORDS"], as: "intake", key: "1")
        let record = try #require(taken.text("id"))
        let asking: JSONValue = ["holder": .text(record), "field": "words", "minutes": 30, "reason": "checked"]
        let opening = try #require(
            try await service.send(.post, "/v1/openings", asking, as: "admin", key: "2").text("id"))
        func key(_ role: String, as token: String) async throws -> String {
            try self.token(
                try await grant(
                    service, ["label": "x", "role": .text(role)], as: token, key: "\(role)-of-\(token.count)"))
        }
        let helper = try await key("admin", as: "admin")
        for (number, token) in [
            helper, try await key("coordinator", as: "admin"), try await key("auditor", as: helper),
        ].enumerated() {
            let answer = try await service.send(
                .post, "/v1/openings/\(opening)/approve", [:], as: token, key: "a\(number)")
            #expect([403, 409].contains(answer.status), "\(answer.json)")
        }
        #expect(try await service.send(.get, "/v1/inbox/\(record)", as: "admin").json["words"] == nil)
        let other = try await key("coordinator", as: "admin-two")
        let agreed = try await service.send(.post, "/v1/openings/\(opening)/approve", [:], as: other, key: "b")
        #expect(agreed.status == 200, "\(agreed.json)")
        #expect(try await service.send(.get, "/v1/inbox/\(record)", as: "admin").json["words"] == "SAIDWORDS")
    }

    @Test func anAdminReadsWhatWasSaidWithASecondPersonsWordAndForATime() async throws {
        let now = Clock()
        let service = try RouteService(clock: { now.moment })
        let taken = try await service.send(
            .post, "/v1/inbox", ["channel": "hotline12345", "words": "SAIDWORDS"], as: "intake", key: "1")
        let record = try #require(taken.text("id"))
        func words() async throws -> JSONValue? { try await service.send(.get, "/v1/inbox/\(record)").json["words"] }
        #expect(try await words() == nil)
        let asking: JSONValue = ["holder": .text(record), "field": "words", "minutes": 30, "reason": "checked"]
        #expect(try await service.send(.post, "/v1/openings", asking, as: "coordinator", key: "2").status == 403)
        let asked = try await service.send(.post, "/v1/openings", asking, key: "3")
        #expect(asked.status == 201)
        let opening = try #require(asked.text("id"))
        #expect(try await words() == nil, "nobody has agreed yet")
        let own = try await service.send(.post, "/v1/openings/\(opening)/approve", [:], key: "4")
        #expect(own.status == 403 || own.status == 409, "\(own.json)")
        #expect(try await words() == nil)
        let agreed = try await service.send(.post, "/v1/openings/\(opening)/approve", [:], as: "auditor", key: "5")
        #expect(agreed.status == 200)
        #expect(try await words() == "SAIDWORDS")
        now.advance(minutes: 31)
        #expect(try await words() == nil, "the time is over")
        let file = try await service.send(.get, "/v1/persons/\(record)/file", as: "coordinator")
        guard case .list(let openings)? = file.json["openings"], case .list(let reads)? = file.json["reads"] else {
            Issue.record("\(file.json)")
            return
        }
        #expect(openings.count == 1 && openings[0]["approvedBy"] != nil)
        #expect(reads.contains { $0["role"] == "admin" && $0["field"] == "words" })
        #expect(
            try await service.send(.get, "/v1/persons/\(record)/file").status == 404, "the file takes an opening, too")
    }
}

private final class Clock: Sendable {
    private let minutes = Mutex<Int64>(0)
    var moment: Moment { RouteService.now.adding(milliseconds: minutes.withLock { $0 } * 60_000) }
    func advance(minutes more: Int64) { minutes.withLock { $0 += more } }
}
