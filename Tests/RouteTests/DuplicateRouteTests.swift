import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

@Suite struct DuplicateRouteTests {
    /// Three requests by telephone, two from one number, confirmed as wishes.
    private func wishes(
        _ service: RouteService, areas: [String] = ["c11", "c11", "c2"], told: JSONValue? = nil
    ) async throws -> [String] {
        var wishes: [String] = []
        for (number, area) in areas.enumerated() {
            let taken = try await service.send(
                .post, "/v1/inbox",
                [
                    "channel": "phone", "words": "want 1 piece fan", "number": .text("N\(number)"),
                    "person": ["phone": number == 1 ? "13900000009" : "13900000001"],
                ], as: "intake", key: "t\(number)")
            #expect(taken.status == 201)
            var choice = JSONObject([("area", .text(area))])
            choice["person"] = told
            let confirmed = try await service.send(
                .post, "/v1/inbox/\(taken.text("id") ?? "")/confirm", .object(choice), as: "intake",
                key: "c\(number)")
            wishes.append(try #require(confirmed.text("wish")))
        }
        return wishes
    }

    @Test func whoAskedTwiceIsFoundJoinedAndToldApart() async throws {
        let service = try RouteService()
        let wishes = try await wishes(service)
        let list = try await service.send(.get, "/v1/duplicates")
        #expect(list.status == 200 && list.items.count == 1)
        let shown = try await service.send(.get, "/v1/duplicates/\(wishes[0])", as: "intake")
        guard case .list(let pairs)? = shown.json["pairs"], case .list(let members)? = shown.json["cluster"]?["members"]
        else { return }
        #expect(pairs.count == 1 && members.count == 2 && members.map { $0["handle"] } == ["N0", "N2"])
        #expect(shown.json["cluster"]?["isConfirmed"] == false)
        #expect(try await service.send(.get, "/v1/duplicates/\(wishes[1])").json["cluster"] == nil)

        let both: JSONValue = ["wishes": [.text(wishes[0]), .text(wishes[2])], "reason": "samePerson"]
        let joined = try await service.send(.post, "/v1/duplicates/join", both, as: "intake", key: "j")
        #expect(joined.status == 200 && joined.json["cluster"]?["isConfirmed"] == true)
        let apart = try await service.send(.post, "/v1/duplicates/apart", both, as: "coordinator", key: "a")
        #expect(apart.status == 200 && apart.json["cluster"] == nil)
        #expect(try await service.send(.get, "/v1/duplicates").items.isEmpty)
        let open = try await service.send(.post, "/v1/duplicates/reopen", both, as: "coordinator", key: "o")
        #expect(open.json["cluster"]?["isConfirmed"] == false)
    }

    @Test func aNameThatIsAddedLaterTakesNoSignAway() async throws {
        let service = try RouteService()
        let wishes = try await wishes(service, told: ["name": "甲某"])
        let shown = try await service.send(.get, "/v1/duplicates/\(wishes[0])", as: "intake")
        guard case .list(let pairs)? = shown.json["pairs"] else {
            Issue.record("no pairs: \(shown.json)")
            return
        }
        #expect(pairs.count == 1, "the telephone number still tells")
    }

    @Test func aJudgementNeedsAReasonAndWishesThatAreThere() async throws {
        let service = try RouteService()
        let wishes = try await wishes(service)
        let none = "\(RecordID(high: 9, low: 9))"
        for (number, body) in [
            ["wishes": [.text(wishes[0]), .text(wishes[2])]], ["wishes": [.text(wishes[0])], "reason": "x"],
            ["wishes": [.text(wishes[0]), .text(wishes[0])], "reason": "x"],
            ["wishes": [.text(wishes[0]), .text(none)], "reason": "x"],
        ].enumerated() as EnumeratedSequence<[JSONValue]> {
            let refused = try await service.send(.post, "/v1/duplicates/join", body, as: "intake", key: "\(number)")
            #expect(refused.status == 422, "\(body)")
        }
        #expect(try await service.send(.get, "/v1/duplicates?until=2026-01-01T00:00:00Z").items.isEmpty)
        let backwards = "/v1/duplicates?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z"
        #expect(try await service.send(.get, backwards).status == 422)
        #expect(try await service.send(.get, "/v1/duplicates", as: "donor0").status == 403)
    }

    @Test func aTownIsWarnedOfADuplicateElsewhereAndSeesNothingOfIt() async throws {
        let service = try RouteService()
        let wishes = try await wishes(service)
        let shown = try await service.send(.get, "/v1/duplicates/\(wishes[0])", as: "town")
        guard case .list(let members)? = shown.json["cluster"]?["members"] else {
            Issue.record("no cluster: \(shown.json)")
            return
        }
        #expect(Set(members.map { $0["handle"] }) == ["N0", nil])
        // Nor what it asks for, and when: the signs are for who may read both.
        func why(_ answer: RouteService.Answer) -> JSONValue? {
            guard case .list(let pairs)? = answer.json["pairs"] else { return nil }
            return pairs.first?["why"]
        }
        let whole = try await service.send(.get, "/v1/duplicates/\(wishes[0])", as: "coordinator")
        #expect(why(shown) == "其中一项不在您负责的区划内。请与负责全部区划的同事核对。" && why(whole) != why(shown))
        #expect(try await service.send(.get, "/v1/duplicates/\(wishes[2])", as: "town").status == 404)
        let both: JSONValue = ["wishes": [.text(wishes[0]), .text(wishes[2])], "reason": "samePerson"]
        #expect(try await service.send(.post, "/v1/duplicates/join", both, as: "town", key: "j").status == 422)
        #expect(service.reports.isEmpty)
    }
}
