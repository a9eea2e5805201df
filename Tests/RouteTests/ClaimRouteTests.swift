import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

@Suite struct ClaimRouteTests {
    private func proposal(_ quantity: JSONValue = 2, offer: Int = 0, wish: Int = 0) -> JSONValue {
        [
            "offer": .text("\(RouteService.offers[offer])"), "wish": .text("\(RouteService.wishes[wish])"),
            "quantity": quantity,
        ]
    }

    @Test func aClaimGoesFromProposalToConfirmation() async throws {
        let service = try RouteService()
        let proposed = try await service.send(.post, "/v1/claims", proposal(), key: "k1")
        #expect(proposed.status == 201)
        let claim = try #require(proposed.text("id"))
        #expect(proposed.header("Location") == "/v1/claims/\(claim)")
        #expect(proposed.header("ETag") == "\"1\"")
        #expect(proposed.header("Cache-Control") == "no-store")
        var key = 2
        for (step, state) in [
            ("accept", "accepted"), ("dispatch", "inTransit"), ("receive", "received"), ("confirm", "confirmed"),
        ] {
            let made = try await service.send(
                .post, "/v1/claims/\(claim)/\(step)", ["reason": "visit", "note": "电话确认"], key: "k\(key)")
            #expect(made.status == 200)
            #expect(made.text("state") == state)
            key += 1
        }
        let shown = try await service.send(.get, "/v1/claims/\(claim)")
        #expect(shown.json["version"] == 5)
        let offer = try await service.send(.get, "/v1/offers/\(RouteService.offers[0])")
        guard case .list(let lines)? = offer.json["lines"] else { return }
        #expect(lines[0]["available"] == 8 && lines[0]["received"] == 2 && lines[0]["reserved"] == 0)
    }

    @Test func theSameKeyMakesOneEffect() async throws {
        let service = try RouteService()
        let first = try await service.send(.post, "/v1/claims", proposal(), key: "once")
        let again = try await service.send(.post, "/v1/claims", proposal(), key: "once")
        #expect(first.status == 201 && again.status == 201)
        #expect(first.json == again.json)
        #expect(again.header("Location") == first.header("Location"))
        #expect(try await service.send(.get, "/v1/claims").items.count == 1)
        let other = try await service.send(.post, "/v1/claims", proposal(3), key: "once")
        #expect(other.status == 422 && other.problem == "idempotency-key-reused")
        let elsewhere = try await service.send(.post, "/v1/claims", proposal(3), as: "coordinator", key: "once")
        #expect(elsewhere.status == 201)
    }

    @Test func aRefusalIsKeptForItsKeyAndLeavesNothing() async throws {
        let service = try RouteService()
        for _ in 0..<2 {
            let refused = try await service.send(.post, "/v1/claims", proposal(6), key: "k")
            #expect(refused.status == 409 && refused.problem == "insufficient-balance")
        }
        #expect(try await service.send(.get, "/v1/claims").items.isEmpty)
    }

    @Test func aChangeNeedsAKey() async throws {
        let service = try RouteService()
        let missing = try await service.send(.post, "/v1/claims", proposal())
        #expect(missing.status == 400 && missing.problem == "idempotency-key-missing")
        let bad = try await service.send(.post, "/v1/claims", proposal(), key: "a b")
        #expect(bad.status == 400 && bad.problem == "malformed-request")
    }

    /// A reason that the program does not declare is at fault itself, and the answer says so.
    @Test(arguments: ["accept", "decline", "release", "split"])
    func aReasonThatIsNoneIsPointedAt(step: String) async throws {
        var rules = try SampleRules.rules(paths: ["microWish": .sample()])
        rules.reasons = ReasonBook(
            closings: CodeList([.init(code: "gone", text: LocalizedText(zhHans: "已无需", en: "no longer needed"))]),
            steps: CodeList([.init(code: "visit", text: LocalizedText(zhHans: "走访", en: "a visit"))]))
        let service = try RouteService(rules: rules)
        let proposed = try await service.send(.post, "/v1/claims", proposal(), key: "k1")
        let claim = try #require(proposed.text("id"))
        var body = JSONObject([("reason", "nosuch")])
        if step == "split" { body["quantity"] = 1 }
        let refused = try await service.send(.post, "/v1/claims/\(claim)/\(step)", .object(body), key: "k2")
        #expect(refused.status == 422 && refused.problem == "invalid-input", "\(refused.json)")
        guard case .list(let errors)? = refused.json["errors"] else {
            Issue.record("no errors: \(refused.json)")
            return
        }
        #expect(errors.map { $0["pointer"] } == ["/reason"], "\(errors)")
    }

    @Test func aStaleVersionIsNotOverwritten() async throws {
        let service = try RouteService()
        let claim = try #require(try await service.send(.post, "/v1/claims", proposal(), key: "1").text("id"))
        let match = try #require(HTTPField.Name("If-Match"))
        let stale = try await service.send(
            .post, "/v1/claims/\(claim)/accept", ["reason": "phone"], key: "2", headers: [match: "\"7\""])
        #expect(stale.status == 412 && stale.problem == "precondition-failed")
        let current = try await service.send(
            .post, "/v1/claims/\(claim)/accept", ["reason": "phone"], key: "3", headers: [match: "\"1\""])
        #expect(current.status == 200)
    }

    @Test(arguments: [
        (JSONValue.integer(0), "/quantity"), (-1, "/quantity"), (.decimal("0.1"), "/quantity"),
        (9_007_199_254_740_993, "/quantity"), (.integer(.max), "/quantity"), ("1", "/quantity"), (.null, "/quantity"),
    ])
    func aQuantityThatCannotBeHeldIsRefused(quantity: JSONValue, place: String) async throws {
        let service = try RouteService()
        let refused = try await service.send(.post, "/v1/claims", proposal(quantity), key: "k")
        #expect(refused.status == 422)
        guard case .list(let errors)? = refused.json["errors"] else {
            Issue.record("no errors")
            return
        }
        #expect(errors.first?["pointer"] == .text(place))
    }

    @Test func aDonorSeesItsOwnClaimsOnly() async throws {
        let service = try RouteService()
        let own = try #require(try await service.send(.post, "/v1/claims", proposal(), key: "1").text("id"))
        let other = try #require(
            try await service.send(.post, "/v1/claims", proposal(1, offer: 1), key: "2").text("id"))
        let list = try await service.send(.get, "/v1/claims", as: "donor0")
        #expect(list.items.map { $0["id"] } == [.text(own)])
        let absent = "00000000-0000-7000-8000-00000000dead"
        var answers: [JSONValue] = []
        for id in [other, absent] {
            let shown = try await service.send(.get, "/v1/claims/\(id)", as: "donor0")
            let accepted = try await service.send(.post, "/v1/claims/\(id)/accept", [:], as: "donor0", key: "a\(id)")
            #expect(shown.status == 404 && accepted.status == 404)
            answers.append(shown.json["detail"] ?? .null)
            answers.append(accepted.json["detail"] ?? .null)
        }
        // The same words for "not there" and "not yours".
        #expect(Set(answers).count == 1)
        let accepted = try await service.send(.post, "/v1/claims/\(own)/accept", [:], as: "donor0", key: "own")
        #expect(accepted.status == 200)
    }

    @Test func aRecipientIsNotToldWhoGives() async throws {
        let service = try RouteService()
        let claim = try #require(try await service.send(.post, "/v1/claims", proposal(), key: "1").text("id"))
        let shown = try await service.send(.get, "/v1/claims/\(claim)", as: "recipient")
        #expect(shown.status == 200 && shown.json["party"] == nil)
        let foreign = try #require(
            try await service.send(.post, "/v1/claims", proposal(1, wish: 1), key: "2").text("id"))
        #expect(try await service.send(.get, "/v1/claims/\(foreign)", as: "recipient").status == 404)
    }

    @Test func rolesThatMayNotAskAreTold() async throws {
        let service = try RouteService()
        let guest = try await service.send(.get, "/v1/claims", as: nil)
        #expect(guest.status == 401 && guest.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
        #expect(try await service.send(.get, "/v1/claims", as: "no-such-token").status == 401)
        let auditor = try await service.send(.post, "/v1/claims", proposal(), as: "auditor", key: "k")
        #expect(auditor.status == 403 && auditor.problem == "forbidden")
    }

    @Test func aClaimIsSplitAndItsLegsAreTakenOn() async throws {
        let service = try RouteService()
        var body = proposal(4)
        if case .object(var object) = body {
            object["legs"] = ["carrier"]
            body = .object(object)
        }
        let claim = try #require(try await service.send(.post, "/v1/claims", body, key: "1").text("id"))
        let split = try await service.send(
            .post, "/v1/claims/\(claim)/split", ["quantity": 1, "reason": "twoTrips"], key: "2")
        #expect(split.json["claim"]?["quantity"] == 3 && split.json["part"]?["quantity"] == 1)
        let agreed = try await service.send(
            .post, "/v1/claims/\(claim)/legs/carrier/agree",
            ["party": .text("\(RouteService.parties[1])"), "reason": "phone"], key: "3")
        #expect(agreed.status == 200)
        let none = try await service.send(.post, "/v1/claims/\(claim)/legs/rider/agree", [:], key: "4")
        #expect(none.status == 404)
    }

    @Test func twoHundredProposalsForOnePieceMakeOneClaim() async throws {
        let service = try RouteService()
        // Nine of ten are gone; twenty more ask for the last one on another wish each time.
        _ = try await service.send(.post, "/v1/claims", proposal(5), key: "a")
        _ = try await service.send(.post, "/v1/claims", proposal(4, wish: 1), key: "b")
        let statuses = await withTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask {
                    (try? await service.send(.post, "/v1/claims", self.proposal(1, wish: 2), key: "c\(number)").status)
                        ?? 0
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [201: 1, 409: 199])
        #expect(service.reports.isEmpty)
    }

    @Test func ofTwoHundredProposalsForOneWholeLineOneIsTaken() async throws {
        let service = try RouteService()
        let wish = RecordID(high: 3, low: 9)
        try service.store.blockingWrite { store in
            let room = service.room
            let registrar = Registrar(
                transaction: store,
                admission: Admission(areas: room.reference.areas, categories: room.reference.categories),
                desk: try room.context(in: store, for: Viewer(actor: .system)).desk())
            try registrar.admit(
                Wish(
                    key: RecordKey(source: "t", externalID: "whole", id: wish), hardship: 3, place: Place(area: "c11"),
                    text: "一台电风扇", lines: [WishLine(category: "fan", quantity: 1, isWhole: true)]))
        }
        let statuses = await withTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                let body: JSONValue = [
                    "offer": .text("\(RouteService.offers[number % 2])"), "wish": .text("\(wish)"), "quantity": 1,
                ]
                group.addTask { (try? await service.send(.post, "/v1/claims", body, key: "w\(number)").status) ?? 0 }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        // That it is gone, and not that it is to be claimed as a whole of nothing.
        #expect(statuses == [201: 1, 409: 199])
    }

    @Test func theListIsFilteredAndComesInPages() async throws {
        let service = try RouteService()
        for number in 0..<5 {
            let made = try await service.send(.post, "/v1/claims", proposal(1, wish: number % 3), key: "\(number)")
            #expect(made.status == 201)
        }
        var seen: [JSONValue] = []
        var address = "/v1/claims?limit=2"
        for _ in 0..<5 {
            let page = try await service.send(.get, address)
            seen += page.items.compactMap { $0["id"] }
            guard let next = page.text("next") else { break }
            #expect(page.header("Link")?.contains("cursor=\(next)>; rel=\"next\"") == true)
            address = "/v1/claims?limit=2&cursor=\(next)"
        }
        #expect(seen.count == 5 && Set(seen).count == 5)
        #expect(try await service.send(.get, "/v1/claims?wish=\(RouteService.wishes[2])").items.count == 1)
        #expect(try await service.send(.get, "/v1/claims?state=accepted").items.isEmpty)
        #expect(try await service.send(.get, "/v1/claims?state=new").status == 422)
        #expect(try await service.send(.get, "/v1/claims?cursor=zz").status == 422)
        #expect(try await service.send(.get, "/v1/claims?colour=red").status == 422)
    }
}
