import HTTPTypes
import MatchCore
import Operations
import Testing
import WebAPI
import Wire

/// How the routes behave, whatever they answer.
@Suite struct MannerTests {
    @Test func whatIsNotThereIs404AndWhatCannotBeDone405() async throws {
        let service = try RouteService()
        #expect(try await service.send(.get, "/v1/nothing").problem == "not-found")
        #expect(try await service.send(.get, "/v1/claims/not-an-id").status == 404)
        let wrong = try await service.send(.delete, "/v1/claims")
        #expect(wrong.status == 405 && wrong.header("Allow") == "GET, HEAD, POST, OPTIONS")
        let options = try await service.send(.options, "/v1/claims", as: nil)
        #expect(options.status == 204 && options.header("Allow") == "GET, HEAD, POST, OPTIONS")
        #expect(try await service.send(.options, "/v1/nothing").status == 404)
    }

    @Test func headAnswersWhatGetWould() async throws {
        let service = try RouteService()
        let address = "/v1/wishes/\(RouteService.wishes[0])"
        let get = try await service.send(.get, address)
        let head = try await service.send(.head, address)
        #expect(head.status == 200 && head.response.headers == get.response.headers)
        // The edge states its length and leaves it out.
        #expect(head.response.wholeBytes == get.response.wholeBytes)
    }

    @Test func whatDidNotChangeIsNotSentAgain() async throws {
        let service = try RouteService()
        let address = "/v1/wishes/\(RouteService.wishes[0])"
        let tag = try #require(try await service.send(.get, address).header("ETag"))
        let none = try #require(HTTPField.Name("If-None-Match"))
        for tags in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let again = try await service.send(.get, address, headers: [none: tags])
            #expect(again.status == 304 && again.header("ETag") == tag)
        }
        #expect(try await service.send(.get, address, headers: [none: "\"x\""]).status == 200)
    }

    @Test func problemsSpeakTheClientsLanguage() async throws {
        let service = try RouteService()
        for (accept, language) in [
            ("en", "en"), ("en-GB;q=0.8, zh-CN;q=0.5", "en"), ("zh", "zh-Hans"), ("fr", "zh-Hans"),
            ("zh;q=0.1, en;q=0.9", "en"),
        ] {
            let answer = try await service.send(.get, "/v1/nothing", headers: [.acceptLanguage: accept])
            #expect(answer.header("Content-Language") == language)
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect((answer.text("title") == "There is no such thing") == (language == "en"))
            #expect(answer.text("instance") == "/v1/nothing" && answer.text("requestID") == "r1")
        }
    }

    @Test func aProblemNamesTheAddressAsALinkCould() async throws {
        let service = try RouteService()
        let answer = await service.router.respond(
            to: APIRequest(method: .get, path: ["v1", "wishes", "轮 椅/\"1"], requestID: "r1"), body: { nil })
        let problem = try JSONValue(parsing: try await service.bytes(of: answer))
        #expect(problem["instance"] == "/v1/wishes/%E8%BD%AE%20%E6%A4%85%2F%221")
    }

    @Test func fieldsAreNamedOnceAndWhereThereAreAny() async throws {
        let service = try RouteService()
        let twice = try await service.send(.get, "/v1/wishes?fields=id&fields=text")
        #expect(twice.status == 422 && twice.problem == "invalid-input")
        #expect(try await service.send(.get, "/v1/exports/wishes?fields=id", as: "admin").status == 422)
    }

    @Test func onlyJSONIsTakenAndGiven() async throws {
        let service = try RouteService()
        let form = try await service.send(
            .post, "/v1/claims", [:], key: "k", headers: [.contentType: "application/x-www-form-urlencoded"])
        #expect(form.status == 415)
        let latin = try await service.send(
            .post, "/v1/claims", [:], key: "k", headers: [.contentType: "application/json; charset=latin1"])
        #expect(latin.status == 415)
        let plain = try await service.send(
            .post, "/v1/claims", [:], key: "k", headers: [.contentType: "application/json; charset=UTF-8"])
        #expect(plain.status == 422)
        #expect(try await service.send(.get, "/v1/wishes", headers: [.accept: "text/csv"]).status == 406)
        #expect(try await service.send(.get, "/v1/wishes", headers: [.accept: "text/html, */*;q=0.1"]).status == 200)
    }

    @Test func theGateStandsBeforeTheBody() async throws {
        let service = try RouteService()
        for body in ["{\"a\":1,\"a\":2}", "{\"wish\":\"\\u0000\"}", "{,}", "nul"] {
            let refused = try await service.send(
                .post, "/v1/claims", bytes: Array(body.utf8), key: "k",
                headers: [.authorization: "Bearer admin", .contentType: "application/json"])
            #expect(refused.status == 400 && refused.problem == "malformed-request")
        }
    }

    @Test func everyFaultOfAnInputIsNamed() async throws {
        let service = try RouteService()
        let refused = try await service.send(
            .post, "/v1/claims", ["offer": "x", "quantity": 0, "colour": "red"], key: "k",
            headers: [.acceptLanguage: "en"])
        guard case .list(let errors)? = refused.json["errors"] else { return }
        #expect(Set(errors.compactMap { $0["pointer"] }) == ["/offer", "/quantity", "/colour", "/wish"])
    }

    /// A fault is told where the request has it: of a GET in the query, of a body at its JSON pointer, also deep within.
    @Test func everyFaultIsToldWhereItStands() async throws {
        let service = try RouteService()
        func places(_ answer: RouteService.Answer) -> [JSONValue] {
            guard case .list(let errors)? = answer.json["errors"] else { return [] }
            return errors.compactMap { $0["pointer"] }
        }
        for (query, place) in [
            ("limit=0", "?limit"), ("limit=many", "?limit"), ("area=nowhere", "?area"), ("sort=nothing", "?sort"),
            ("cursor=zz", "?cursor"), ("colour=red", "?colour"), ("fields=phone", "?fields"),
            ("category=nothing", "?category"), ("changedSince=soon", "?changedSince"),
        ] {
            let refused = try await service.send(.get, "/v1/wishes?\(query)")
            #expect(refused.status == 422 && places(refused) == [.text(place)], "\(query): \(refused.json)")
        }
        let wish: JSONValue = [
            "text": "x", "place": ["area": "nowhere"], "skills": ["ok", "a|b"],
            "lines": [["category": "fan", "quantity": 1], ["category": "nothing", "quantity": 1]],
        ]
        let refused = try await service.send(
            .post, "/v1/wishes", wish, as: "coordinator", key: "w", headers: [.acceptLanguage: "en"])
        #expect(refused.status == 422)
        #expect(Set(places(refused)).isSubset(of: ["/place/area", "/skills/1", "/lines/1/category"]))
        #expect(!places(refused).isEmpty, "\(refused.json)")
        // A change has its lines in an order of its own.
        let changed = try await service.send(
            .patch, "/v1/wishes/\(RouteService.wishes[0])",
            ["lines": [["number": 2, "category": "fan", "quantity": 1], ["number": 1, "category": "nothing"]]],
            as: "coordinator", key: "p", headers: [HTTPField.Name("If-Match")!: "*"])
        #expect(changed.status == 422 && places(changed) == ["/lines/1/category"], "\(changed.json)")
        #expect(changed.text("detail")?.contains("1 fields") == false)
    }

    @Test func whatWasAnsweredBeforeSaysSo() async throws {
        let service = try RouteService()
        let party: JSONValue = ["name": "Fund", "kind": "fund"]
        let first = try await service.send(.post, "/v1/parties", party, key: "once")
        let again = try await service.send(.post, "/v1/parties", party, key: "once")
        #expect(first.status == 201 && first.header("Idempotency-Replayed") == nil)
        #expect(again.json == first.json && again.header("Idempotency-Replayed") == "true")
        let row = #"{"externalID":"Z1","name":"Z","kind":"fund"}"# + "\n"
        let entered = try await service.take("parties", row, key: "rows")
        let told = try await service.take("parties", row, key: "rows")
        let name = try #require(HTTPField.Name("Idempotency-Replayed"))
        #expect(entered.headers[name] == nil && told.headers[name] == "true")
    }

    @Test func blankIsNotGiven() async throws {
        let service = try RouteService()
        for name in ["", " ", "\t \u{3000}"] {
            let refused = try await service.send(
                .post, "/v1/parties", ["name": .text(name), "kind": "fund"], key: "k")
            #expect(refused.status == 422, "'\(name)'")
        }
    }

    @Test func fieldsLeaveOutTheRest() async throws {
        let service = try RouteService()
        let page = try await service.send(.get, "/v1/wishes?fields=text,state&limit=1")
        #expect(page.items == [["state": "open", "text": "一台电风扇"]])
        #expect(try await service.send(.get, "/v1/wishes?fields=phone").status == 422)
        let one = try await service.send(.get, "/v1/wishes/\(RouteService.wishes[0])?fields=state")
        #expect(one.json == ["state": "open"])
    }

    /// Who read a few members may change the record by the tag that came with them, and need not read them again.
    @Test func aChoiceOfFieldsHasATagThatServes() async throws {
        let service = try RouteService()
        let address = "/v1/offers/\(RouteService.offers[0])"
        let (ifMatch, ifNoneMatch) = (
            try #require(HTTPField.Name("If-Match")), try #require(HTTPField.Name("If-None-Match"))
        )
        let some = try await service.send(.get, address + "?fields=id,text,state")
        let tag = try #require(some.header("ETag"))
        #expect(try await service.send(.get, address).header("ETag") != tag)
        let again = try await service.send(.get, address + "?fields=id,text,state", headers: [ifNoneMatch: tag])
        #expect(again.status == 304)
        #expect(try await service.send(.get, address + "?fields=id", headers: [ifNoneMatch: tag]).status == 200)
        let change: JSONValue = ["text": "两台电风扇"]
        #expect(try await service.send(.patch, address, change, headers: [ifMatch: tag]).status == 200)
        #expect(try await service.send(.patch, address, change, headers: [ifMatch: tag]).status == 412)
    }

    @Test func aStepWithoutABodyMayNameItsTypeAllTheSame() async throws {
        let service = try RouteService()
        for type in [nil, "application/json"] as [String?] {
            var headers: HTTPFields = [.authorization: "Bearer admin"]
            headers[.contentType] = type
            let ran = try await service.send(.post, "/v1/clocks/run", bytes: [], key: type ?? "none", headers: headers)
            #expect(ran.status == 200, "\(type ?? "no type")")
        }
        let wrong = try await service.send(
            .post, "/v1/clocks/run", bytes: [], key: "xml",
            headers: [.authorization: "Bearer admin", .contentType: "text/xml"])
        #expect(wrong.status == 415)
    }

    @Test func wishesAreFilteredByAreaCategoryAndText() async throws {
        let service = try RouteService()
        #expect(try await service.send(.get, "/v1/wishes").items.count == 3)
        #expect(try await service.send(.get, "/v1/wishes?area=c1").items.count == 2)
        #expect(try await service.send(.get, "/v1/wishes?area=c").items.count == 3)
        #expect(try await service.send(.get, "/v1/wishes?category=home").items.count == 3)
        #expect(try await service.send(.get, "/v1/wishes?category=care").items.isEmpty)
        #expect(try await service.send(.get, "/v1/wishes?text=w1").items.count == 1)
        #expect(try await service.send(.get, "/v1/wishes?area=nowhere").problem == "invalid-input")
        let newest = try await service.send(.get, "/v1/wishes?sort=-created&limit=1")
        #expect(newest.items.first?["record"]?["externalID"] == "W2")
        // The coordinator of a town sees the wishes of that town.
        #expect(try await service.send(.get, "/v1/wishes", as: "town").items.count == 2)
        #expect(try await service.send(.get, "/v1/wishes/\(RouteService.wishes[2])", as: "town").status == 404)
    }

    @Test func aDonorSeesTheTownAndNothingOfThePerson() async throws {
        let service = try RouteService()
        let wish = try await service.send(.get, "/v1/wishes/\(RouteService.wishes[0])", as: "donor0").json
        #expect(wish["place"] == ["area": "c1"])
        #expect(wish["hardship"] == nil && wish["groups"] == nil)
        #expect(wish["text"] == "一台电风扇")
        #expect(try await service.send(.get, "/v1/offers", as: "donor0").items.count == 1)
        #expect(try await service.send(.get, "/v1/offers/\(RouteService.offers[1])", as: "donor0").status == 404)
        #expect(try await service.send(.get, "/v1/parties", as: "donor1").items.count == 1)
        #expect(try await service.send(.get, "/v1/parties/\(RouteService.parties[0])", as: "donor1").status == 404)
    }

    /// Every answer of every test above fits what the document says; here, one of each kind of address.
    @Test func answersFitTheirSchemas() async throws {
        let service = try RouteService()
        for (id, address) in [
            ("wishes.list", "/v1/wishes"), ("wishes.show", "/v1/wishes/\(RouteService.wishes[0])"),
            ("offers.list", "/v1/offers"), ("offers.show", "/v1/offers/\(RouteService.offers[0])"),
            ("parties.list", "/v1/parties"), ("parties.show", "/v1/parties/\(RouteService.parties[0])"),
        ] {
            let operation = try #require(OperationList.all.first { $0.facts.id == id })
            for token in ["admin", "donor0", "auditor"] {
                let answer = try await service.send(.get, address, as: token)
                #expect(answer.status == 200)
                #expect(operation.answer.faults(in: answer.json) == [])
            }
        }
    }
}
