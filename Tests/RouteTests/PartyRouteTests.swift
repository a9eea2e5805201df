import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

/// Who registers, is confirmed, and offers.
@Suite struct PartyRouteTests {
    private static let ifMatch = HTTPField.Name("If-Match")!

    private func register(_ service: RouteService, _ name: String = "Grocer") async throws -> (
        id: String, token: String
    ) {
        let made = try await service.send(
            .post, "/v1/parties", ["name": .text(name), "kind": "enterprise"], as: nil, key: "r-\(name)")
        #expect(made.status == 201)
        let party = try #require(made.json["party"])
        guard case .text(let id)? = party["record"]?["id"], let token = made.text("token") else {
            throw Problem.notFound
        }
        #expect(party["state"] == "unconfirmed" && party["isConfirmationDue"] == true)
        #expect(made.header("Location") == "/v1/parties/\(id)")
        return (id, token)
    }

    private let offer: JSONValue = ["text": "十台电风扇", "lines": [["category": "fan", "quantity": 10]]]

    @Test(arguments: ["parties", "offers?party=\(RouteService.parties[1])", "claims?party=\(RouteService.parties[1])"])
    func aCursorThatNoListGaveOutIsRefusedWhateverTheViewerSees(_ list: String) async throws {
        let service = try RouteService()
        let sign = list.contains("?") ? "&" : "?"
        for token in ["admin", "donor0"] {
            let answer = try await service.send(.get, "/v1/\(list)\(sign)cursor=0", as: token)
            #expect(answer.status == 422 && answer.problem == "invalid-input", "\(token) \(answer.json)")
        }
    }

    @Test func aDonorRegistersIsConfirmedAndOffers() async throws {
        let service = try RouteService()
        let (id, token) = try await register(service)
        let code = try await service.send(.post, "/v1/parties/\(id)/code", [:], as: "coordinator", key: "1")
        #expect(code.status == 201)
        // Read aloud: in small letters, with other blanks.
        let spoken = try #require(code.text("code")).lowercased().replacing("-", with: " ")
        let confirmed = try await service.send(
            .post, "/v1/parties/\(id)/confirm", ["code": .text(spoken)], as: token, key: "2")
        #expect(confirmed.status == 200 && confirmed.json["state"] == "active")
        let made = try await service.send(.post, "/v1/offers", offer, as: token, key: "3")
        #expect(made.status == 201 && made.json["party"] == .text(id))
        #expect(made.json["record"]?["source"] == "web")
        let again = try await service.send(
            .post, "/v1/parties/\(id)/confirm", ["code": .text(spoken)], as: token, key: "4")
        #expect(again.status == 409)
    }

    @Test func theTokenIsKeptByNobody() async throws {
        let service = try RouteService()
        let (_, token) = try await register(service)
        let kept = try service.store.blockingRead { try $0.accessKeys(before: nil, limit: 10) }
        #expect(kept.count == 1 && !"\(kept)".contains(token))
        #expect(try await service.send(.get, "/v1/parties", as: token).items.count == 1)
        #expect(try await service.send(.get, "/v1/parties", as: token + "x").status == 401)
    }

    @Test func aWrongCodeConfirmsNothing() async throws {
        let service = try RouteService()
        let (id, token) = try await register(service)
        let (other, _) = try await register(service, "Baker")
        let confirm = "/v1/parties/\(id)/confirm"
        #expect(
            try await service.send(.post, confirm, ["code": "0000-0000-0000-0000"], as: token, key: "1").status == 422)
        #expect(try await service.send(.post, confirm, [:], as: token, key: "2").status == 422)
        let code = try await service.send(.post, "/v1/parties/\(other)/code", [:], key: "3")
        let foreign = try #require(code.json["code"])
        #expect(try await service.send(.post, confirm, ["code": foreign], as: token, key: "4").status == 422)
        #expect(
            try await service.send(.post, "/v1/parties/\(other)/confirm", ["code": foreign], as: token, key: "5").status
                == 404)
        // A new code ends the one before.
        let first = try #require(try await service.send(.post, "/v1/parties/\(id)/code", [:], key: "6").json["code"])
        _ = try await service.send(.post, "/v1/parties/\(id)/code", [:], key: "7")
        #expect(try await service.send(.post, confirm, ["code": first], as: token, key: "8").status == 422)
        #expect(try await service.send(.get, "/v1/parties/\(id)").json["state"] == "unconfirmed")
    }

    @Test func whatAnUnconfirmedPartyOffersIsKeptAndNeitherMatchedNorClaimed() async throws {
        let service = try RouteService()
        let (id, token) = try await register(service)
        let made = try await service.send(.post, "/v1/offers", offer, as: token, key: "1")
        guard made.status == 201, case .text(let kept)? = made.json["record"]?["id"] else {
            Issue.record("not kept")
            return
        }
        let wish = RouteService.wishes[0]
        let claim: JSONValue = ["offer": .text(kept), "wish": .text("\(wish)"), "quantity": 1]
        #expect(try await service.send(.post, "/v1/claims", claim, key: "2").status == 409)
        #expect(
            try await service.send(.post, "/v1/wishes/\(wish)/pledges", ["quantity": 1], as: token, key: "3").status
                == 409)
        func matched() async throws -> Bool {
            let answer = try await service.send(.get, "/v1/wishes/\(wish)/matches?limit=20")
            #expect(answer.status == 200)
            return "\(answer.json)".contains(kept)
        }
        #expect(try await !matched())
        let due = try await service.send(.get, "/v1/parties?state=unconfirmed", as: "coordinator")
        #expect(due.items.map { $0["isConfirmationDue"] } == [true])
        let confirmed = try await service.send(
            .post, "/v1/parties/\(id)/confirm", ["reason": "visit"], as: "coordinator", key: "4")
        #expect(confirmed.json["isConfirmationDue"] == false)
        #expect(try await matched())
        #expect(try await service.send(.post, "/v1/claims", claim, key: "5").status == 201)
    }

    @Test func aGuestSaysNothingThatIsForStaffToSay() async throws {
        let service = try RouteService()
        for (number, member) in [
            ("source", "hotline" as JSONValue), ("externalID", "P0"), ("isIdentityVerified", true),
        ]
        .enumerated() {
            var body = JSONObject([("name", "X")])
            body[member.0] = member.1
            let refused = try await service.send(.post, "/v1/parties", .object(body), as: nil, key: "\(number)")
            #expect(refused.status == 422)
        }
        #expect(try await service.send(.get, "/v1/parties", as: nil).status == 401)
        #expect(try await service.send(.post, "/v1/parties", ["name": "X"], as: "donor0", key: "d").status == 403)
        let staff = try await service.send(
            .post, "/v1/parties", ["name": "X", "source": "t", "externalID": "P9"], as: "integration", key: "s")
        #expect(staff.status == 201 && staff.json["token"] == nil && staff.json["party"]?["state"] == "active")
        let again = try await service.send(
            .post, "/v1/parties", ["name": "Y", "source": "t", "externalID": "P9"], as: "integration", key: "t")
        #expect(again.status == 409)
    }

    @Test func aChangeNamesTheVersionThatItMeans() async throws {
        let service = try RouteService()
        let address = "/v1/parties/\(RouteService.parties[0])"
        let tag = try #require(try await service.send(.get, address, as: "coordinator").header("ETag"))
        #expect(try await service.send(.patch, address, ["name": "New"], as: "coordinator").status == 428)
        let changed = try await service.send(
            .patch, address, ["name": "New", "isIdentityVerified": true], as: "coordinator",
            headers: [Self.ifMatch: tag])
        #expect(changed.status == 200 && changed.json["name"] == "New" && changed.json["isIdentityVerified"] == true)
        #expect(changed.json["kind"] == "fund", "what is left out stays")
        let stale = try await service.send(
            .patch, address, ["name": "Old"], as: "coordinator", headers: [Self.ifMatch: tag])
        #expect(stale.status == 412)
        let taken = try await service.send(
            .patch, address, ["isIdentityVerified": .null], as: "coordinator",
            headers: [Self.ifMatch: try #require(changed.header("ETag"))])
        #expect(taken.status == 200 && taken.json["isIdentityVerified"] == nil && taken.json["name"] == "New")
        #expect(
            try await service.send(.patch, address, ["name": "X"], as: "donor0", headers: [Self.ifMatch: "*"]).status
                == 403)
    }

    @Test func aPausedPartyIsNotClaimedAndAClosedOneOffersNothing() async throws {
        let service = try RouteService()
        let address = "/v1/parties/\(RouteService.parties[0])"
        let claim: JSONValue = [
            "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 1,
        ]
        #expect(try await service.send(.post, "\(address)/pause", [:], key: "1").json["state"] == "paused")
        #expect(try await service.send(.post, "/v1/claims", claim, key: "2").status == 409)
        #expect(try await service.send(.post, "\(address)/resume", [:], key: "3").json["state"] == "active")
        #expect(try await service.send(.post, "/v1/claims", claim, key: "4").status == 201)
        #expect(try await service.send(.post, "\(address)/close", [:], key: "5").json["state"] == "closed")
        #expect(try await service.send(.post, "\(address)/resume", [:], key: "6").status == 409)
        #expect(try await service.send(.post, "/v1/offers", offer, as: "donor0", key: "7").status == 409)
    }

    @Test func aPartyReadsItsOwnDeedsAlone() async throws {
        let service = try RouteService()
        let own = try await service.send(.get, "/v1/parties/\(RouteService.parties[0])/deeds", as: "donor0")
        #expect(own.status == 200 && own.json["claims"] == 0 && own.json["name"] == "Fund 0")
        #expect(
            try await service.send(.get, "/v1/parties/\(RouteService.parties[1])/deeds", as: "donor0").status == 404)
    }
}
