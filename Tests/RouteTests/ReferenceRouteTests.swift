import Casework
import HTTPTypes
import MatchCore
import Operations
import Testing
import WebAPI
import Wire

/// Codes, scorers, keys, and work over everything.
@Suite struct ReferenceRouteTests {
    /// The codes that a list gives a guest.
    private func codes(_ service: RouteService, _ address: String) async throws -> [JSONValue?] {
        try await service.send(.get, address, as: nil).items.map { $0["code"] }
    }

    @Test func areasComeInTheOrderOfTheirTreeAndToAnyDepth() async throws {
        let service = try RouteService()
        #expect(try await codes(service, "/v1/areas") == ["c", "c1", "c11", "c2"])
        #expect(try await codes(service, "/v1/areas?depth=0") == ["c"])
        #expect(try await codes(service, "/v1/areas?within=c1") == ["c1", "c11"])
        let page = try await service.send(.get, "/v1/areas?limit=3", as: nil)
        let next = try #require(page.text("next"))
        #expect(try await codes(service, "/v1/areas?limit=3&cursor=\(next)") == ["c2"])
        let one = try await service.send(.get, "/v1/areas/c", as: nil)
        #expect(one.json["children"] == ["c1", "c2"])
        let none = try #require(HTTPField.Name("If-None-Match"))
        let tag = try #require(one.header("ETag"))
        #expect(try await service.send(.get, "/v1/areas/c", as: nil, headers: [none: tag]).status == 304)
        #expect(try await service.send(.get, "/v1/areas/x", as: nil).status == 404)
        #expect(try await service.send(.get, "/v1/areas?within=x", as: nil).status == 422)
        #expect(try await codes(service, "/v1/categories?within=home") == ["home", "fan"])
        let scorer = try await service.send(.get, "/v1/scorers/Proximity", as: nil)
        #expect(scorer.status == 200 && scorer.json["parameters"] != nil)
    }

    @Test func onlyAdminsHaveToDoWithKeysAndATokenIsSaidOnce() async throws {
        let service = try RouteService()
        let wanted: JSONValue = ["label": "desk", "role": "coordinator", "areas": ["c1"]]
        #expect(try await service.send(.post, "/v1/keys", wanted, as: "coordinator", key: "k").status == 403)
        let made = try await service.send(.post, "/v1/keys", wanted, key: "k")
        guard made.status == 201, case .text(let id)? = made.json["key"]?["id"] else {
            Issue.record("\(made.status) \(made.json)")
            return
        }
        let token = try #require(made.text("token"))
        #expect(made.header("Location") == "/v1/keys/\(id)")
        let shown = try await service.send(.get, "/v1/keys/\(id)")
        #expect(shown.json["label"] == "desk" && shown.json["token"] == nil)
        #expect(try await service.send(.get, "/v1/keys").items.contains { $0["id"] == .text(id) })
        #expect(try await service.send(.get, "/v1/wishes", as: token).items.count == 2)
        let revoked = try await service.send(.post, "/v1/keys/\(id)/revoke", ["reason": "left"], key: "r")
        #expect(revoked.status == 200 && revoked.json["revoked"] != nil)
        #expect(try await service.send(.get, "/v1/wishes", as: token).status == 401)
    }

    @Test(
        arguments: [
            ["label": "x", "role": "coordinator", "party": "00000000-0000-0001-0000-000000000001"],
            ["label": "x", "role": "donor"], ["label": "x", "role": "approver"],
            ["label": "x", "role": "admin", "approvalLevel": "city", "approvalLimit": 5],
        ] as [JSONValue])
    func aKeyHoldsWhatItsRoleNeedsAndTheDocumentSaysSo(body: JSONValue) async throws {
        let refused = try await RouteService().send(.post, "/v1/keys", body, key: "k")
        #expect(refused.status == 422)
        #expect(refused.json["errors"] != nil, "where it is: \(refused.json)")
        let schema = try #require(OperationList.all.first { $0.facts.id == "keys.create" }).input
        #expect(!schema.faults(in: body).isEmpty)
    }

    @Test func nobodyLocksThemselvesOut() async throws {
        let service = try RouteService()
        let made = try await service.send(.post, "/v1/keys", ["label": "own", "role": "admin"], key: "k")
        guard case .text(let id)? = made.json["key"]?["id"], let token = made.text("token") else { return }
        let refused = try await service.send(.post, "/v1/keys/\(id)/revoke", [:], as: token, key: "r")
        #expect(refused.status == 409)
        #expect(try await service.send(.get, "/v1/keys", as: token).status == 200)
    }

    @Test func suggestionsOfAllWishesAreMadePageByPageAndAddUp() async throws {
        let service = try RouteService()
        let first = try await service.send(.post, "/v1/matches", ["limit": 2], as: "coordinator", key: "k")
        #expect(first.status == 200 && first.items.count == 2)
        let next = try #require(first.text("next"))
        let rest = try await service.send(
            .post, "/v1/matches", ["limit": 2, "cursor": .text(next)], as: "coordinator", key: "k2")
        #expect(rest.items.count == 1 && rest.text("next") == nil)
        let found = try await service.send(.get, "/v1/matches/verification?deep=true", as: "auditor")
        #expect(found.json["explanations"] != 0 && found.json["differing"] == 0)
    }

    @Test func aPlanIsAppliedOnlyAsItWasShown() async throws {
        let service = try RouteService()
        let shown = try await service.send(.post, "/v1/allocations", [:], as: "coordinator")
        #expect(shown.status == 200 && shown.json["isApplied"] == false)
        #expect(shown.json["proof"] == nil && shown.json["isCut"] == false)
        guard case .list(let outcomes)? = shown.json["outcomes"] else {
            Issue.record("\(shown.json)")
            return
        }
        #expect(outcomes.map { $0["goal"] } == ["critical", "areas", "served", "score"])
        #expect(outcomes[0]["proved"] == true && outcomes[0]["value"] == outcomes[0]["bound"])
        #expect(outcomes.allSatisfy { $0["value"] != nil && $0["greedy"] != nil })
        let digest = try #require(shown.text("digest"))
        let body: JSONValue = ["digest": .text(digest)]
        #expect(try await service.send(.post, "/v1/allocations/apply", body, as: "auditor", key: "a").status == 403)
        let other: JSONValue = ["digest": .text(String(repeating: "0", count: 64))]
        #expect(
            try await service.send(.post, "/v1/allocations/apply", other, as: "coordinator", key: "b").status == 409)
        #expect(try await service.send(.get, "/v1/claims").items.isEmpty)
        let applied = try await service.send(.post, "/v1/allocations/apply", body, as: "coordinator", key: "c")
        guard applied.status == 200, case .list(let claims)? = applied.json["claims"] else {
            Issue.record("\(applied.json)")
            return
        }
        #expect(try await service.send(.get, "/v1/claims").items.count == claims.count && !claims.isEmpty)
    }
}
