import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

/// What a request that is sent again is answered: that it was done, and the record as the one who asks may see it now.
@Suite struct ReplayTests {
    private func replayed(_ answer: RouteService.Answer) -> Bool { answer.header("Idempotency-Replayed") == "true" }

    @Test func itIsTheRecordAsItIsNow() async throws {
        let service = try RouteService()
        let claim: JSONValue = [
            "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 1,
        ]
        func propose() async throws -> RouteService.Answer {
            try await service.send(.post, "/v1/claims", claim, as: "coordinator", key: "p")
        }
        let first = try await propose()
        let id = try #require(first.text("id"))
        #expect(first.status == 201 && !replayed(first))
        let again = try await propose()
        #expect(again.status == 201 && replayed(again) && again.json == first.json)
        #expect(again.header("Location") == first.header("Location"))
        #expect(again.header("ETag") == first.header("ETag"))
        let accepted = try await service.send(.post, "/v1/claims/\(id)/accept", [:], as: "donor0", key: "a")
        #expect(accepted.status == 200)
        let later = try await propose()
        #expect(later.status == 201 && later.text("id") == id && later.text("state") == "accepted")
        // Its tag is the present one: a change under it goes through.
        let shown = try await service.send(.get, "/v1/claims/\(id)", as: "coordinator")
        #expect(later.header("ETag") == shown.header("ETag"))
        let claims = try await service.send(.get, "/v1/claims", as: "coordinator")
        #expect(claims.items.count == 1)
        let other = try await service.send(
            .post, "/v1/claims", claim.with(["quantity": 2]), as: "coordinator", key: "p")
        #expect(other.status == 422)
    }

    @Test func whoMaySeeItNoMoreIsToldNothing() async throws {
        let service = try RouteService()
        let wish: JSONValue = [
            "text": "一台电风扇 CANARY", "place": ["area": "c11"], "lines": [["category": "fan", "quantity": 1]],
        ]
        func register() async throws -> RouteService.Answer {
            try await service.send(.post, "/v1/wishes", wish, as: "town", key: "w")
        }
        let first = try await register()
        let id = try #require(first.text("id"))
        #expect(first.status == 201 && first.text("text")?.contains("CANARY") == true)
        #expect(try await register().json == first.json)
        let moved = try await service.send(
            .patch, "/v1/wishes/\(id)", ["place": ["area": "c2"]], as: "coordinator", key: "m",
            headers: [HTTPField.Name("If-Match")!: "*"])
        try #require(moved.status == 200)
        let later = try await register()
        #expect(later.status == 404 && !"\(later.json)".contains("CANARY"))
    }

    @Test func whatIsShownOnceIsGivenAgainToWhoeverAskedForIt() async throws {
        let service = try RouteService()
        let key: JSONValue = ["label": "k", "role": "intake"]
        let first = try await service.send(.post, "/v1/keys", key, as: "admin", key: "k")
        let again = try await service.send(.post, "/v1/keys", key, as: "admin", key: "k")
        #expect(first.status == 201 && again.json == first.json && replayed(again))
        #expect(again.text("token") != nil)
        let other = try await service.send(.post, "/v1/keys", key, as: "admin-two", key: "k")
        #expect(other.status == 201 && other.text("token") != first.text("token"))
    }

    @Test func theTokenOfAKeyThatWasRevokedIsNotShownAgain() async throws {
        let service = try RouteService()
        let key: JSONValue = ["label": "k", "role": "intake"]
        func make() async throws -> RouteService.Answer {
            try await service.send(.post, "/v1/keys", key, as: "admin", key: "k")
        }
        let first = try await make()
        let token = try #require(first.text("token"))
        guard case .text(let id)? = first.json["key"]?["id"] else { return }
        #expect(try await make().text("token") == token)
        let revoked = try await service.send(
            .post, "/v1/keys/\(id)/revoke", ["reason": "left"], as: "admin", key: "r")
        try #require(revoked.status == 200, "\(revoked.json)")
        let later = try await make()
        #expect(later.status == 409 && later.problem == "conflict", "\(later.json)")
        #expect(!"\(later.json)".contains(token) && "\(later.json)".contains("吊销"))
        // The key that another makes is another key.
        let other = try await service.send(.post, "/v1/keys", key, as: "admin", key: "k2")
        #expect(other.status == 201 && other.text("token") != token)
    }
}
