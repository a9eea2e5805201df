import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

/// What a person agrees to is done, and nothing else from the moment they say so.
@Suite struct ConsentRouteTests {
    private let wish = "\(RouteService.wishes[0])"

    private func say(
        _ service: RouteService, _ scopes: [JSONValue], _ isGiven: Bool, of person: String? = nil, key: String,
        _ more: JSONValue = [:]
    ) async throws -> RouteService.Answer {
        let body: JSONValue = ["scopes": .list(scopes), "isGiven": .flag(isGiven)]
        return try await service.send(
            .post, "/v1/persons/\(person ?? wish)/consents", body.with(more), as: "intake", key: key)
    }

    private func ranked(_ service: RouteService) async throws -> [JSONValue] {
        try await service.send(.get, "/v1/offers/\(RouteService.offers[0])/matches", as: "coordinator").items
    }

    @Test func whoTakesTheMatchingBackIsMatchedNoMore() async throws {
        let service = try RouteService()
        _ = try await service.send(
            .post, "/v1/cases", ["wish": .text(wish), "channel": "phone"], as: "intake", key: "o")
        let rules = try await service.send(.get, "/v1/cases/\(wish)/approval", as: "intake")
        let approval = try #require(rules.text("id"))
        for (act, role, body) in [
            ("revise", "coordinator", ["amount": 900, "reason": "estimate"]), ("pass", "intake", [:]),
            ("approve", "approver0", [:]),
        ] as [(String, String, JSONValue)] {
            let done = try await service.send(.post, "/v1/approvals/\(approval)/\(act)", body, as: role, key: act)
            #expect(done.status == 200, "\(act): \(done.json)")
        }
        let claim = try await service.send(
            .post, "/v1/claims", ["offer": .text("\(RouteService.offers[0])"), "wish": .text(wish), "quantity": 2],
            as: "coordinator", key: "c")
        let id = try #require(claim.text("id"))
        #expect(try await service.send(.get, "/v1/wishes/\(wish)", as: "donor1").status == 200)
        let taken = try await say(service, ["matching"], false, key: "w")
        #expect(taken.status == 200 && taken.json["released"] == 1 && taken.json["underWay"] == 0, "\(taken.json)")
        #expect(try await service.send(.get, "/v1/claims/\(id)", as: "coordinator").text("state") == "released")
        #expect(try await service.send(.get, "/v1/wishes/\(wish)", as: "donor1").status == 404)
        let offer = try await service.send(.get, "/v1/offers/\(RouteService.offers[0])", as: "coordinator")
        #expect("\(offer.json)".contains("10"))
        let again = try await service.send(
            .post, "/v1/claims", ["offer": .text("\(RouteService.offers[0])"), "wish": .text(wish), "quantity": 2],
            as: "coordinator", key: "d")
        #expect(again.status == 409)
        #expect(try await ranked(service).allSatisfy { !"\($0)".contains(wish) })
        let back = try await say(service, ["matching"], true, key: "y")
        #expect(back.status == 200)
        #expect(try await service.send(.get, "/v1/wishes/\(wish)", as: "donor1").status == 200)
        let file = try await service.send(.get, "/v1/persons/\(wish)/consents", as: "auditor")
        guard case .list(let said)? = file.json["said"] else { return }
        #expect(said.map { $0["isGiven"] } == [false, true] && said.allSatisfy { $0["version"] == "unwritten" })
        #expect(try await say(service, ["matching"], true, of: "\(RecordID(high: 9, low: 9))", key: "z").status == 404)
        #expect(try await service.send(.get, "/v1/persons/\(wish)/consents", as: "donor0").status == 403)
        #expect(service.reports == [])
    }

    /// What a family said before holds for a wish from the moment that it is filed under them.
    @Test func whatTheHouseholdSaidHoldsForAWishThatIsFiledLater() async throws {
        let service = try RouteService()
        let household = try #require(
            try await service.send(.post, "/v1/households", ["area": "c11"], as: "intake", key: "h").text("id"))
        #expect(try await say(service, ["publication"], false, of: household, key: "p").status == 200)
        let seen = "/v1/wishes/\(wish)"
        #expect(try await service.send(.get, seen, as: "donor1").status == 200)
        let filed = try await service.send(
            .post, "/v1/households/\(household)/wishes", ["wish": .text(wish)], as: "intake", key: "f")
        #expect(filed.status == 200)
        #expect(try await service.send(.get, seen, as: "donor1").status == 404)
    }

    @Test func aProgramThatAsksForConsentDoesNothingWithout() async throws {
        var rules = try SampleRules.rules()
        rules.consent = ConsentRules(
            version: "2", required: [.publication, .sensitive], childUnder: 14, relations: CodeList([]))
        let service = try RouteService(rules: rules)
        let body: JSONValue = [
            "text": "一台电风扇", "hardship": 3, "groups": ["elders"], "place": ["area": "c11"],
            "lines": [["category": "fan", "quantity": 1]],
        ]
        let id = try #require(try await service.send(.post, "/v1/wishes", body, as: "intake", key: "1").text("id"))
        #expect(try await service.send(.get, "/v1/wishes/\(id)", as: "donor0").status == 404)
        let held = try await service.send(.get, "/v1/persons/\(id)/consents", as: "coordinator")
        #expect("\(held.json)".contains("publication") && "\(held.json)".contains("sensitive"))
        #expect(try await say(service, ["publication"], true, of: id, key: "2").status == 200)
        #expect(try await service.send(.get, "/v1/wishes/\(id)", as: "donor0").status == 200)
        // Wishes of before the rule are looked at with the next run of the clocks.
        #expect(try await service.send(.get, "/v1/wishes/\(wish)", as: "donor0").status == 200)
        #expect(try await service.send(.post, "/v1/clocks/run", [:], key: "run").status == 200)
        #expect(try await service.send(.get, "/v1/wishes/\(wish)", as: "donor0").status == 404)
        #expect(try await service.send(.get, "/v1/wishes/\(id)", as: "donor0").status == 200)
    }

    @Test func forAChildAGuardianAgrees() async throws {
        let service = try RouteService()
        let body: JSONValue = [
            "channel": "hotline12345", "words": "I want 1 piece fan", "person": ["name": "小某", "birthYear": 2014],
        ]
        let id = try #require(try await service.send(.post, "/v1/inbox", body, as: "intake", key: "1").text("id"))
        let alone = try await say(service, ["publication"], true, of: id, key: "2")
        #expect(alone.status == 409, "\(alone.json)")
        let nobody: JSONValue = ["giver": "guardian"]
        #expect(try await say(service, ["publication"], true, of: id, key: "3", nobody).status == 422)
        let mother: JSONValue = ["giver": "guardian", "relation": "mother"]
        #expect(try await say(service, ["publication"], true, of: id, key: "4", mother).status == 200)
        // A child may say no.
        #expect(try await say(service, ["publication"], false, of: id, key: "5").status == 200)
        // What was said of the record holds for the wish that it becomes.
        let confirmed = try await service.send(
            .post, "/v1/inbox/\(id)/confirm", ["area": "c11", "wording": "a fan"], as: "intake", key: "6")
        let wish = try #require(confirmed.text("wish"))
        let held = try await service.send(.get, "/v1/persons/\(wish)/consents", as: "intake")
        #expect("\(held.json)".contains("publication"), "\(held.json)")
        #expect(try await service.send(.get, "/v1/retention", as: "coordinator").status == 200)
    }
}
