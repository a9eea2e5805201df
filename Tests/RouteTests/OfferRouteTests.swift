import HTTPTypes
import MatchCore
import Operations
import Testing
import WebAPI
import Wire

@Suite struct OfferRouteTests {
    private let ifMatch = HTTPField.Name("If-Match")!
    private let mine = "/v1/offers/\(RouteService.offers[0])"

    private func change(_ service: RouteService, _ body: JSONValue, as token: String = "donor0") async throws
        -> RouteService.Answer
    { try await service.send(.patch, mine, body, as: token, headers: [ifMatch: "*"]) }

    private func line(_ answer: RouteService.Answer, _ index: Int = 0) -> JSONValue {
        guard case .list(let lines)? = answer.json["lines"], index < lines.count else { return .null }
        return lines[index]
    }

    @Test func anIntegrationRegistersAnOfferOnce() async throws {
        let service = try RouteService()
        let draft: JSONValue = [
            "party": .text("\(RouteService.parties[1])"), "kind": "service", "text": "上门维修", "source": "crm",
            "externalID": "7", "hours": "mon-fri 9-17",
            "place": ["area": "c11", "latitude": .decimal("22.8"), "longitude": .decimal("113.6")],
            "from": "2026-01-01", "lines": [["category": "care", "quantity": 600, "unit": "minute"]],
        ]
        let made = try await service.send(.post, "/v1/offers", draft, as: "integration", key: "1")
        #expect(made.status == 201)
        #expect(made.json["record"]?["externalID"] == "7" && line(made)["unit"] == "minute")
        let shown = try await service.send(.get, try #require(made.header("Location")), as: "integration")
        #expect(shown.json == made.json)
        #expect(try await service.send(.post, "/v1/offers", draft, as: "integration", key: "2").status == 409)
    }

    private static let impossible: [(JSONValue, String)] = [
        (["hours": "always"], "/hours"), (["hours": ","], "/hours"),
        (["place": ["latitude": .decimal("22.8")]], "/place/longitude"),
        (["place": ["area": "nowhere"]], "/place/area"),
        (["lines": [["category": "fan"], ["category": "nothing"]]], "/lines/1/category"),
        (["lines": [["category": "fan"], ["category": "fan", "quantity": 0]]], "/lines/1/quantity"),
        (["serviceAreas": ["c1", "nowhere"]], "/serviceAreas/1"), (["text": "  \u{3000}"], "/text"),
        (["from": "2026-02-01", "until": "2026-01-01"], "/until"), (["source": "pledge"], "/source"),
        (["lines": []], "/lines"), (["text": ""], "/text"),
    ]

    @Test(arguments: impossible)
    func whatCannotBeIsNamed(member: JSONValue, place: String) async throws {
        let service = try RouteService()
        var body = JSONObject([
            ("party", .text("\(RouteService.parties[0])")), ("text", "x"),
            ("lines", [["category": "fan", "quantity": 1]]),
        ])
        if case .object(let members) = member { for each in members.members { body[each.name] = each.value } }
        let refused = try await service.send(.post, "/v1/offers", .object(body), as: "coordinator", key: "1")
        #expect(refused.status == 422)
        guard case .list(let errors)? = refused.json["errors"] else { return }
        #expect(errors.first?["pointer"] == .text(place))
    }

    @Test func aChangedQuantityIsPledgedOnTopOrWithdrawn() async throws {
        let service = try RouteService()
        let claim: JSONValue = [
            "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 4,
        ]
        #expect(try await service.send(.post, "/v1/claims", claim, key: "1").status == 201)
        let more = try await change(service, ["lines": [["number": 1, "quantity": 12]]])
        #expect(line(more)["pledged"] == 12 && line(more)["available"] == 8 && line(more)["reserved"] == 4)
        let less = try await change(service, ["lines": [["number": 1, "quantity": 4]]])
        #expect(line(less)["pledged"] == 4 && line(less)["available"] == 0)
        let tooLittle = try await change(service, ["lines": [["number": 1, "quantity": 3]]])
        #expect(tooLittle.status == 409 && tooLittle.problem == "insufficient-balance")
        #expect(try await change(service, ["lines": [["number": 1, "unit": "fen"]]]).status == 409)
        let added = try await change(service, ["lines": [["number": 2, "category": "care", "quantity": 60]]])
        #expect(line(added, 1)["available"] == 60 && line(added)["reserved"] == 4)
        #expect(try await change(service, ["lines": [["number": 9, "category": "care"]]]).status == 422)
        #expect(try await change(service, ["lines": [["number": 3]]]).status == 422)
    }

    @Test func aMemberThatIsNullIsTakenAway() async throws {
        let service = try RouteService()
        let set = try await change(
            service, ["hours": "mon-fri 9-17", "until": "2026-12-31", "serviceRadiusMetres": 500])
        #expect(set.json["until"] == "2026-12-31" && set.json["serviceRadiusMetres"] == 500)
        let taken = try await change(service, ["hours": .null, "serviceRadiusMetres": .null])
        #expect(taken.status == 200 && taken.json["hours"] == nil && taken.json["serviceRadiusMetres"] == nil)
        #expect(taken.json["until"] == "2026-12-31" && taken.json["text"] == "电风扇")
        #expect(try await change(service, ["text": .null]).status == 422)
    }

    @Test func aDonorDoesAsItLikesWithItsOwnAlone() async throws {
        let service = try RouteService()
        for (number, step) in ["pause", "resume", "withdraw"].enumerated() {
            let other = try await service.send(.post, "\(mine)/\(step)", [:], as: "donor1", key: "o\(number)")
            #expect(other.status == 404)
        }
        #expect(try await change(service, ["text": "x"], as: "donor1").status == 404)
        let foreign: JSONValue = [
            "party": .text("\(RouteService.parties[1])"), "text": "x", "lines": [["category": "fan"]],
        ]
        #expect(try await service.send(.post, "/v1/offers", foreign, as: "donor0", key: "f").status == 404)
        #expect(try await service.send(.post, "\(mine)/pause", [:], as: "donor0", key: "1").json["state"] == "paused")
        #expect(try await service.send(.post, "\(mine)/pause", [:], as: "donor0", key: "2").status == 409)
        #expect(try await service.send(.post, "\(mine)/resume", [:], as: "donor0", key: "3").json["state"] == "open")
        let part = try await service.send(
            .post, "\(mine)/withdraw", ["line": 1, "quantity": 3], as: "donor0", key: "4")
        #expect(part.json["state"] == "open" && line(part)["withdrawn"] == 3 && line(part)["available"] == 7)
        #expect(
            try await service.send(.post, "\(mine)/withdraw", ["quantity": 8], as: "donor0", key: "5").problem
                == "insufficient-balance")
        #expect(try await service.send(.post, "\(mine)/withdraw", [:], as: "coordinator", key: "6").status == 422)
        let all = try await service.send(.post, "\(mine)/withdraw", [:], as: "donor0", key: "7")
        #expect(all.json["state"] == "withdrawn" && line(all)["available"] == 0)
        #expect(try await change(service, ["text": "x"]).status == 409)
    }

    @Test func aDonorSeesProposalsForItsOffersAndAnswersThem() async throws {
        let service = try RouteService()
        let claim: JSONValue = [
            "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 1,
        ]
        let made = try #require(try await service.send(.post, "/v1/claims", claim, key: "1").text("id"))
        let waiting = try await service.send(
            .get, "/v1/claims?state=proposed&offer=\(RouteService.offers[0])", as: "donor0")
        #expect(waiting.items.map { $0["id"] } == [.text(made)])
        let declined = try await service.send(
            .post, "/v1/claims/\(made)/decline", ["reason": "sold"], as: "donor0", key: "2")
        #expect(declined.json["state"] == "declined")
    }
}
