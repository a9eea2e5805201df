import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

@Suite struct WishRouteTests {
    private let ifMatch = HTTPField.Name("If-Match")!
    private let first = "/v1/wishes/\(RouteService.wishes[0])"

    private func draft(_ externalID: String = "9", area: String = "c11") -> JSONValue {
        [
            "text": "两台电风扇", "urgency": "urgent", "hardship": 3, "source": "hotline", "channel": "hotline12345",
            "externalID": .text(externalID), "groups": ["elders"],
            "place": ["area": .text(area), "latitude": .decimal("22.8"), "longitude": .decimal("113.6")],
            "lines": [["category": "fan", "quantity": 2], ["category": "care", "quantity": 60, "unit": "minute"]],
        ]
    }

    private func line(_ answer: RouteService.Answer, _ index: Int = 0) -> JSONValue {
        guard case .list(let lines)? = answer.json["lines"], index < lines.count else { return .null }
        return lines[index]
    }

    private func id(_ answer: RouteService.Answer) throws -> String {
        guard case .text(let id)? = answer.json["record"]?["id"] else { throw Problem.notFound }
        return id
    }

    @Test func aWishIsRegisteredWithItsClocksRunning() async throws {
        let service = try RouteService()
        let made = try await service.send(.post, "/v1/wishes", draft(), as: "intake", key: "1")
        #expect(made.status == 201 && line(made, 1)["wanted"] == 60 && line(made)["open"] == 2)
        let again = try await service.send(.post, "/v1/wishes", draft(), as: "integration", key: "2")
        #expect(again.status == 409)
        #expect(try !"\(again.json)".contains(id(made)), "it may lie where whoever asks works on none")
        #expect(try await service.send(.post, "/v1/wishes", draft("x"), as: "donor0", key: "3").status == 403)
        let wish = try #require(RecordID(try id(made)))
        let clocks = try service.store.blockingRead { try $0.clocks(of: wish) }
        #expect(clocks.contains { $0.kind == .answer && $0.end == nil })
        // The coordinator of one town registers nothing in another.
        #expect(try await service.send(.post, "/v1/wishes", draft("y", area: "c2"), as: "town", key: "4").status == 422)
        #expect(try await service.send(.post, "/v1/wishes", draft("y", area: "c1"), as: "town", key: "5").status == 201)
    }

    @Test func whatIsWantedIsChangedAndCancelled() async throws {
        let service = try RouteService()
        func change(_ body: JSONValue) async throws -> RouteService.Answer {
            try await service.send(.patch, first, body, as: "intake", headers: [ifMatch: "*"])
        }
        let claim: JSONValue = [
            "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[0])"), "quantity": 2,
        ]
        #expect(try await service.send(.post, "/v1/claims", claim, key: "1").status == 201)
        let more = try await change([
            "lines": [["number": 1, "quantity": 7]], "hardship": .null, "urgency": "critical",
        ])
        #expect(line(more)["wanted"] == 7 && line(more)["open"] == 5 && line(more)["reserved"] == 2)
        #expect(more.json["hardship"] == nil && more.json["urgency"] == "critical")
        #expect(try await change(["lines": [["number": 1, "quantity": 1]]]).problem == "insufficient-balance")
        let cancel = "\(first)/lines/1/cancel"
        let part = try await service.send(.post, cancel, ["reason": "bought", "quantity": 2], as: "intake", key: "2")
        #expect(line(part)["cancelled"] == 2 && line(part)["open"] == 3)
        #expect(
            try await service.send(.post, cancel, ["reason": "bought", "quantity": 4], as: "intake", key: "3").problem
                == "insufficient-balance")
        #expect(line(try await service.send(.post, cancel, ["reason": "bought"], key: "4"))["open"] == 0)
        #expect(
            try await service.send(.post, "\(first)/lines/9/cancel", ["reason": "bought"], key: "5").status == 404)
    }

    @Test func aClosedWishIsRatedAndOpenedAgain() async throws {
        let service = try RouteService()
        let address = "/v1/wishes/\(try id(try await service.send(.post, "/v1/wishes", draft(), key: "1")))"
        #expect(try await service.send(.post, "\(address)/close", [:], key: "2").status == 409, "nothing has arrived")
        let closed = try await service.send(
            .post, "\(address)/close", ["outcome": "unfulfilled", "reason": "helped", "note": "已告知"], key: "3")
        #expect(closed.json["state"] == "closed")
        #expect(
            try await service.send(.patch, address, ["text": "x"], headers: [ifMatch: "*"]).status == 409)
        let rated = try await service.send(.post, "\(address)/rating", ["stars": 1, "words": "未送达"], key: "4")
        #expect(rated.json["state"] == "open")
        let ended = try await service.send(.post, "\(address)/end", ["reason": "withdrawn"], key: "5")
        #expect(ended.json["state"] == "closed")
    }

    @Test func aPledgeMakesOfferAndClaimAndACoordinatorApproves() async throws {
        let service = try RouteService()
        let made = try await service.send(.post, "\(first)/pledges", ["quantity": 2], as: "donor0", key: "1")
        #expect(made.status == 201 && made.json["state"] == "proposed")
        let claim = try #require(made.text("id"))
        let offer = try #require(made.text("offer"))
        #expect(
            try await service.send(.get, "/v1/offers/\(offer)", as: "donor0").json["record"]?["source"] == "pledge")
        #expect(line(try await service.send(.get, first))["reserved"] == 2)
        let own = try await service.send(.post, "/v1/claims/\(claim)/accept", [:], as: "donor0", key: "2")
        #expect(own.status == 403, "who pledged does not approve")
        let approved = try await service.send(
            .post, "/v1/claims/\(claim)/accept", ["reason": "pledge"], as: "coordinator", key: "3")
        #expect(approved.json["state"] == "accepted")
        #expect(
            try await service.send(.post, "\(first)/pledges", ["quantity": 4], as: "donor1", key: "4").status == 409)
        #expect(try await service.send(.get, "/v1/offers", as: "donor1").items.count == 1, "nothing of it is left")
        #expect(
            try await service.send(
                .post, "\(first)/pledges", ["quantity": 1, "party": .text("\(RouteService.parties[0])")], as: "donor1",
                key: "5"
            ).status == 404)
    }

    @Test func wherePledgesNeedNobodyTheyAreAcceptedAtOnce() async throws {
        var rules = try SampleRules.rules()
        rules.pledges.approvedLanes = ["microProject"]
        let service = try RouteService(rules: rules)
        let made = try await service.send(.post, "\(first)/pledges", ["quantity": 2], as: "donor0", key: "1")
        #expect(made.status == 201 && made.json["state"] == "accepted")
    }

    @Test func ofTwoHundredPledgesForTheLastPieceOneHolds() async throws {
        let service = try RouteService()
        _ = try await service.send(
            .post, "\(first)/lines/1/cancel", ["reason": "bought", "quantity": 4], as: "intake", key: "c")
        let statuses = await withTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask {
                    (try? await service.send(
                        .post, self.first + "/pledges", ["quantity": 1], as: "donor\(number % 2)", key: "p\(number)"
                    ).status) ?? 0
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [201: 1, 409: 199])
        let offers = try await service.send(.get, "/v1/offers?limit=200")
        #expect(offers.items.count == 3 && service.reports.isEmpty)
    }

    // MARK: Look-up

    @Test func aPersonLooksTheirOwnWishUpAndConfirms() async throws {
        let service = try RouteService()
        let issued = try await service.send(.post, "\(first)/code", [:], as: "intake", key: "1")
        #expect(issued.status == 201)
        let code = try #require(issued.text("code"))
        // 28 symbols of 5 bits each, none of them I, L, O or U.
        #expect(code.filter { $0 != "-" }.count == 28 && !code.contains { "ILOU".contains($0) })
        let claim = try #require(
            try await service.send(.post, "\(first)/pledges", ["quantity": 5], as: "donor0", key: "2").text("id"))
        for (number, step) in ["accept", "dispatch"].enumerated() {
            let made = try await service.send(
                .post, "/v1/claims/\(claim)/\(step)", ["reason": "phone"], as: "coordinator", key: "s\(number)")
            #expect(made.status == 200)
        }
        let spoken = code.lowercased().replacing("-", with: " ").replacing("0", with: "o").replacing("1", with: "l")
        let shown = try await service.send(.post, "/v1/lookup", ["code": .text(spoken)], as: nil)
        #expect(shown.status == 200 && shown.json["wish"]?["record"]?["externalID"] == "W0")
        #expect(shown.header("Cache-Control") == "no-store")
        guard case .list(let claims)? = shown.json["claims"], case .list(let steps)? = shown.json["steps"] else {
            Issue.record("neither claims nor steps")
            return
        }
        #expect(claims.map { $0["state"] } == ["inTransit"] && claims[0]["party"] == nil, "who gives is not told")
        #expect(steps.map { $0["step"] } == ["claim/propose", "claim/accept", "claim/dispatch"])
        #expect(shown.json["wish"]?["hardship"] == nil && shown.json["wish"]?["groups"] == nil)
        let confirmed = try await service.send(
            .post, "/v1/lookup/confirm", ["code": .text(code), "claim": .text(claim)], as: nil, key: "3")
        #expect(confirmed.status == 200)
        #expect(try await service.send(.get, "/v1/claims/\(claim)").json["state"] == "confirmed")
    }

    @Test func aPersonSaysHowContentTheyAre() async throws {
        let service = try RouteService()
        let address = "/v1/wishes/\(try id(try await service.send(.post, "/v1/wishes", draft(), key: "1")))"
        let code = try #require(try await service.send(.post, "\(address)/code", [:], key: "2").json["code"])
        let due = try await service.send(.post, "/v1/lookup", ["code": code], as: nil)
        guard case .list(let waiting)? = due.json["due"] else { return }
        #expect(waiting.contains { $0["kind"] == "answer" && $0["due"] != nil })
        let early = try await service.send(.post, "/v1/lookup/rating", ["code": code, "stars": 5], as: nil, key: "3")
        #expect(early.status == 409)
        _ = try await service.send(
            .post, "\(address)/close", ["outcome": "unfulfilled", "reason": "helped", "note": "已告知"], key: "4")
        let rated = try await service.send(.post, "/v1/lookup/rating", ["code": code, "stars": 2], as: nil, key: "5")
        #expect(rated.status == 200 && rated.json["wish"]?["state"] == "open")
    }

    @Test func noOtherCodeOpensAnything() async throws {
        let service = try RouteService()
        let old = try #require(try await service.send(.post, "\(first)/code", [:], key: "1").json["code"])
        let code = try #require(try await service.send(.post, "\(first)/code", [:], key: "2").json["code"])
        for text in [old, "1", "0000-0000-0000-0000-0000-0000-0000", "'; --"] {
            #expect(try await service.send(.post, "/v1/lookup", ["code": text], as: nil).status == 404)
        }
        #expect(try await service.send(.post, "/v1/lookup", ["code": code], as: nil).status == 200)
        #expect(try await service.send(.post, "\(first)/code", [:], as: "donor0", key: "3").status == 403)
        #expect(
            try await service.send(.post, "/v1/wishes/\(RouteService.wishes[2])/code", [:], as: "town", key: "4").status
                == 404)
        // A claim of another wish is not this person's to confirm.
        let other = try #require(
            try await service.send(
                .post, "/v1/wishes/\(RouteService.wishes[1])/pledges", ["quantity": 1], as: "donor0", key: "5"
            ).text("id"))
        let refused = try await service.send(
            .post, "/v1/lookup/confirm", ["code": code, "claim": .text(other)], as: nil, key: "6")
        #expect(refused.status == 404)
        let kept = try service.store.blockingRead { try $0.code(.lookUp, of: RouteService.wishes[0]) }
        guard case .text(let text) = code else { return }
        #expect(kept?.hash == SpokenCode(text, .lookUp)?.hash && !"\(String(describing: kept))".contains(text))
    }

    // MARK: What everybody may read

    @Test func thePublicSeesApprovedWordingCategoryAndTown() async throws {
        let service = try RouteService(rules: try SampleRules.rules(paths: ["microWish": .sample]))
        let made = try await service.send(.post, "/v1/wishes", draft(), as: "intake", key: "1")
        let waiting = try id(made)
        let list = try await service.send(.get, "/v1/public/wishes", as: nil)
        #expect(list.status == 200 && list.header("Cache-Control")?.hasPrefix("public") == true)
        #expect(list.items.count == 3, "what waits for its approval is not published")
        #expect(!list.items.contains { $0["id"] == .text(waiting) })
        #expect(try await service.send(.get, "/v1/wishes/\(waiting)", as: "donor0").status == 404)
        #expect(
            try await service.send(.post, "/v1/wishes/\(waiting)/pledges", ["quantity": 1], as: "donor0", key: "2")
                .status == 404)
        let claim: JSONValue = [
            "offer": .text("\(RouteService.offers[0])"), "wish": .text(waiting), "quantity": 1,
        ]
        #expect(try await service.send(.post, "/v1/claims", claim, as: "donor0", key: "3").status == 404)
        guard case .object(let one)? = list.items.first else { return }
        #expect(Set(one.members.map(\.name)) == ["id", "lane", "town", "text", "lines"])
        #expect(one["town"] == "c1", "a village is told as its town")
        // Nobody narrows a wish down to its village by asking for one after the other.
        #expect(try await service.send(.get, "/v1/public/wishes?area=c1", as: nil).items.count == 2)
        #expect(try await service.send(.get, "/v1/public/wishes?area=c11", as: nil).items.count == 2)
        #expect(try await service.send(.get, "/v1/wishes?area=c11", as: "donor0").items.count == 2)
        #expect(try await service.send(.get, "/v1/wishes?text=W1", as: "donor0").items.isEmpty)
        #expect(
            try await service.send(.get, first, as: "donor0").json["record"]
                == ["id": .text("\(RouteService.wishes[0])"), "source": ""])
        let figures = try await service.send(.get, "/v1/public/figures", as: nil)
        #expect(figures.status == 200 && figures.json["all"]?["wishes"] == 0, "one is too few to tell of")
        #expect(try await service.send(.get, "/v1/public/figures?fields=all,all", as: nil).status == 422)
    }

    @Test func anApprovedWordingIsACoordinatorsToChange() async throws {
        let service = try RouteService(rules: try SampleRules.rules(paths: ["microWish": .sample]))
        let wish = try id(try await service.send(.post, "/v1/wishes", draft(), key: "1"))
        let address = "/v1/wishes/\(wish)"
        let approval = try await service.send(.get, "/v1/cases/\(wish)/approval", as: "intake")
        #expect(approval.json["amount"] == nil, "nobody has named a price")
        let revised = try await service.send(
            .post, "/v1/approvals/\(approval.text("id") ?? "")/revise", ["amount": 50_000, "reason": "estimate"],
            as: "intake",
            key: "amount")
        #expect(revised.json["amount"] == 50_000)
        let more: JSONValue = ["lines": [["number": 1, "estimatedPriceFen": 100_000]]]
        #expect(
            try await service.send(.patch, address, more, as: "intake", headers: [ifMatch: "*"]).status == 409,
            "it asks for no more than was put before approval")
        #expect(
            try await service.send(.patch, address, ["text": "新"], as: "intake", headers: [ifMatch: "*"]).status == 200,
            "not approved yet")
    }

    @Test func answersFitTheirSchemas() async throws {
        let service = try RouteService()
        let code = try #require(try await service.send(.post, "\(first)/code", [:], key: "c").json["code"])
        let requests: [(String, HTTPRequest.Method, String, JSONValue?)] = [
            ("parties.register", .post, "/v1/parties", ["name": "X"]),
            ("parties.deeds", .get, "/v1/parties/\(RouteService.parties[0])/deeds", nil),
            ("wishes.create", .post, "/v1/wishes", draft()),
            (
                "wishes.pledge", .post, "\(first)/pledges",
                ["quantity": 1, "party": .text("\(RouteService.parties[0])")]
            ),
            ("lookup.show", .post, "/v1/lookup", ["code": code]),
            ("public.wishes", .get, "/v1/public/wishes", nil), ("public.figures", .get, "/v1/public/figures", nil),
        ]
        for (id, method, address, body) in requests {
            let operation = try #require(OperationList.all.first { $0.facts.id == id })
            let answer = try await service.send(method, address, body, key: "k-\(id)")
            #expect(answer.status == operation.facts.status, "\(id)")
            #expect(operation.answer.faults(in: answer.json) == [], "\(id)")
        }
    }
}
