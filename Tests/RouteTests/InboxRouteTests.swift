import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

@Suite struct InboxRouteTests {
    private func take(
        _ service: RouteService, _ words: String, number: String? = nil, as role: String = "intake", key: String
    ) async throws -> RouteService.Answer {
        var body = JSONObject([("channel", "hotline12345"), ("words", .text(words))])
        if let number { body["number"] = .text(number) }
        return try await service.send(.post, "/v1/inbox", .object(body), as: role, key: key)
    }

    @Test func whatComesInIsKeptWordForWordAndOnce() async throws {
        let service = try RouteService()
        let taken = try await take(service, "I want 2 piece fan soon", number: "N-1", key: "1")
        #expect(taken.status == 201)
        let id = try #require(taken.text("id"))
        #expect(taken.header("Location") == "/v1/inbox/\(id)")
        #expect(taken.header("Cache-Control") == "no-store")
        let again = try await take(service, "I want 2 piece fan soon", number: "N-1", key: "2")
        #expect(again.status == 201 && again.text("id") == id)
        #expect(try await take(service, "something else", number: "N-1", key: "8").status == 409)
        #expect(try await service.send(.get, "/v1/inbox", as: "auditor").items.count == 1)
        #expect(try await take(service, "", key: "3").status == 422)
        #expect(try await take(service, "x", as: "donor0", key: "4").status == 403)
        #expect(try await take(service, "x", as: "auditor", key: "5").status == 403)
        let word: JSONValue = ["channel": "pigeon", "words": "x"]
        #expect(try await service.send(.post, "/v1/inbox", word, key: "6").status == 422)
    }

    @Test func aProposalSaysWhyAndAPersonConfirmsIt() async throws {
        let service = try RouteService()
        let id = try #require(try await take(service, "old, I want 2 piece fan soon", key: "1").text("id"))
        let proposal = try await service.send(.get, "/v1/inbox/\(id)/proposal", as: "intake")
        #expect(proposal.status == 200)
        guard case .list(let candidates)? = proposal.json["candidates"] else { return }
        #expect(candidates.first?["category"] == "fan")
        #expect(proposal.json["quantity"]?["value"] == 2 && proposal.json["urgency"]?["value"] == "urgent")
        let confirmed = try await service.send(
            .post, "/v1/inbox/\(id)/confirm", ["area": "c11", "wording": "两台风扇"], as: "intake", key: "2")
        #expect(confirmed.status == 200)
        #expect(confirmed.text("state") == "open" && confirmed.text("area") == "c11")
        let wish = try #require(confirmed.text("wish"))
        let shown = try await service.send(.get, "/v1/wishes/\(wish)")
        #expect(shown.text("text") == "两台风扇" && shown.text("urgency") == "urgent")
        #expect(try await service.send(.get, "/v1/inbox/\(id)").text("wish") == wish)
        let twice = try await service.send(.post, "/v1/inbox/\(id)/confirm", [:], as: "intake", key: "3")
        #expect(twice.status == 409)
        // Another request of the same person is linked to the wish that is there.
        let other = try #require(try await take(service, "again", key: "4").text("id"))
        let linked = try await service.send(
            .post, "/v1/inbox/\(other)/confirm", ["wish": .text(wish)], as: "intake", key: "5")
        #expect(linked.status == 200 && linked.text("wish") == wish)
        for body: JSONValue in [
            ["area": "nowhere"], ["category": "nothing"], ["wish": .text("\(RecordID(high: 9, low: 9))")],
        ] {
            let third = try #require(try await take(service, "x", key: "t\(body)".filter(\.isLetter)).text("id"))
            let refused = try await service.send(
                .post, "/v1/inbox/\(third)/confirm", body, as: "intake", key: "r\(third)")
            #expect(refused.status == 422, "\(body)")
        }
    }

    /// Sealed words are not shown empty, which would say that nothing was said, and are not to be read off a proposal
    /// that quotes them.
    @Test func whoeverMayNotReadTheWordsSeesNeitherThemNorWhatQuotesThem() async throws {
        let service = try RouteService()
        let id = try #require(try await take(service, "old, I want 2 piece fan soon", key: "1").text("id"))
        let record = try await service.send(.get, "/v1/inbox/\(id)")
        #expect(record.status == 200 && record.json["words"] == nil && record.text("channel") == "hotline12345")
        let listed = try await service.send(.get, "/v1/inbox")
        #expect(listed.items.count == 1 && listed.items.allSatisfy { $0["words"] == nil })
        let address = "/v1/inbox/\(id)/proposal"
        let refused = try await service.send(.get, address)
        let absent = try await service.send(.get, "/v1/inbox/\(RecordID(high: 9, low: 9))/proposal")
        #expect(refused.status == 404 && refused.text("detail") == absent.text("detail"))
        #expect(try await service.send(.get, address, as: "intake").text("words") == "old, I want 2 piece fan soon")

        // An opening of the words opens both.
        let asked = try await service.send(
            .post, "/v1/openings", ["holder": .text(id), "field": "words", "minutes": 60, "reason": "checked"], key: "2"
        )
        #expect(asked.status == 201)
        let approved = try await service.send(
            .post, "/v1/openings/\(try #require(asked.text("id")))/approve", [:], as: "auditor", key: "3")
        #expect(approved.status == 200)
        #expect(try await service.send(.get, "/v1/inbox/\(id)").text("words") == "old, I want 2 piece fan soon")
        #expect(try await service.send(.get, address).text("words") == "old, I want 2 piece fan soon")
    }

    @Test func theListIsFilteredAndComesInPages() async throws {
        let service = try RouteService()
        for number in 0..<5 {
            let body: JSONValue = [
                "channel": number == 0 ? "fair" : "phone", "words": "x", "event": number < 2 ? "spring" : "autumn",
            ]
            #expect(try await service.send(.post, "/v1/inbox", body, as: "intake", key: "\(number)").status == 201)
        }
        for state in ["", "&state=waiting"] {
            var seen: [JSONValue] = []
            var cursor = ""
            for _ in 0..<5 {
                let page = try await service.send(.get, "/v1/inbox?limit=2\(state)\(cursor)")
                seen += page.items.compactMap { $0["id"] }
                guard let next = page.text("next") else { break }
                cursor = "&cursor=\(next)"
            }
            #expect(seen.count == 5 && Set(seen).count == 5)
        }
        #expect(try await service.send(.get, "/v1/inbox?state=confirmed").items.isEmpty)
        #expect(try await service.send(.get, "/v1/inbox?channel=fair").items.count == 1)
        #expect(try await service.send(.get, "/v1/inbox?event=spring").items.count == 2)
        #expect(try await service.send(.get, "/v1/inbox?since=2026-01-05T01:30:00Z").items.count == 5)
        #expect(try await service.send(.get, "/v1/inbox?since=2026-01-05T01:30:01Z").items.isEmpty)
        #expect(try await service.send(.get, "/v1/inbox?cursor=61").status == 422)
    }

    @Test func anotherSystemSeesWhatItSentAndATownItsOwn() async throws {
        let service = try RouteService()
        let own = try #require(try await take(service, "a", number: "A", as: "integration", key: "1").text("id"))
        let foreign = try #require(try await take(service, "want fan", number: "B", key: "2").text("id"))
        let list = try await service.send(.get, "/v1/inbox", as: "integration")
        #expect(list.items.map { $0["id"] } == [.text(own)])
        #expect(try await service.send(.get, "/v1/inbox/\(foreign)", as: "integration").status == 404)
        #expect(try await take(service, "a", number: "B", as: "integration", key: "3").status == 409)
        #expect(try await service.send(.get, "/v1/inbox", as: "recipient").status == 403)

        // Who works in c1 confirms for c1 only, and does not see what became of the others.
        for (area, status) in [("c2", 422), ("", 422), ("c11", 200)] {
            let body: JSONValue = area.isEmpty ? [:] : ["area": .text(area)]
            let made = try await service.send(.post, "/v1/inbox/\(foreign)/confirm", body, as: "town", key: "c\(area)")
            #expect(made.status == status, "\(area)")
        }
        let elsewhere = try await service.send(
            .post, "/v1/inbox/\(own)/confirm", ["area": "c2", "category": "fan"], as: "intake", key: "e")
        #expect(elsewhere.status == 200)
        #expect(try await service.send(.get, "/v1/inbox/\(own)", as: "town").status == 404)
        #expect(service.reports.isEmpty)
    }
}
