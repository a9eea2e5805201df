import HTTPTypes
import MatchCore
import Operations
import Testing
import Wire

/// A program that publishes a vote as its order.
@Suite struct VotedOrderRouteTests {
    private static func scorers(_ weights: [(String, Int64)]) -> JSONValue {
        .list(weights.map { ["scorer": .text($0.0), "weight": .integer($0.1)] })
    }

    private static func publish(
        _ profile: String, _ content: JSONValue, in service: RouteService, key: String
    ) async throws -> RouteService.Answer {
        let begun = try await service.send(
            .post, "/v1/profiles/\(profile)/drafts", ["draft": .text(key), "content": content], key: "begin-\(key)")
        guard begun.status == 201 else { return begun }
        return try await service.send(
            .post, "/v1/profiles/\(profile)/drafts/\(key)/publish", ["reason": "vote"], key: "publish-\(key)")
    }

    private static func content(_ scorers: JSONValue, vote: JSONValue? = nil) -> JSONValue {
        var members: [(String, JSONValue)] = [("title", ["zh-Hans": "甲", "en": "x"]), ("scorers", scorers)]
        if let vote { members.append(("vote", vote)) }
        return .object(JSONObject(members))
    }

    private static func vote(_ donors: String = "donors@1") -> JSONValue {
        [
            "top": 5,
            "voices": [
                ["name": "coordinators", "profile": "coordinators@1"],
                ["name": "donors", "profile": .text(donors), "votes": 3],
            ],
        ]
    }

    private static func prepared() async throws -> RouteService {
        let service = try RouteService()
        // The second offer's party is the one that was asked less.
        let coordinators = content(scorers([("CategoryFit", 100), ("Proximity", 50)]))
        let donors = content(scorers([("QuantityFit", 100), ("Trust", 10)]))
        #expect(try await publish("coordinators", coordinators, in: service, key: "k1").status == 200)
        #expect(try await publish("donors", donors, in: service, key: "k2").status == 200)
        return service
    }

    @Test func theListsAreTheVotesAndAreRecomputedUnderTheRevisionsOfAllVoices() async throws {
        let service = try await Self.prepared()
        let mine = Self.scorers([("CategoryFit", 100), ("Urgency", 100)])
        let published = try await Self.publish(
            "default", Self.content(mine, vote: Self.vote()), in: service, key: "k3")
        #expect(published.status == 200, "\(published.json)")
        let shown = try await service.send(.get, "/v1/profiles/default")
        #expect(shown.json["content"]?["vote"]?["voices"] != nil, "\(shown.json)")

        let wish = RouteService.wishes[0]
        let asked = try await service.send(.get, "/v1/wishes/\(wish)/matches?explain=true")
        #expect(asked.status == 200, "\(asked.json)")
        let operation = try #require(OperationList.all.first { $0.facts.id == "matches.forWish" })
        #expect(operation.answer.faults(in: asked.json) == [])
        let line = try #require(asked.items.first)
        #expect(line["voices"] == ["coordinators=coordinators@1", "donors=donors@1*3"], "\(line)")
        guard case .list(let candidates)? = line["candidates"] else {
            Issue.record("no candidates: \(line)")
            return
        }
        #expect(candidates.count == 2)
        for (place, candidate) in candidates.enumerated() {
            let vote = try #require(candidate["explanation"]?["vote"])
            #expect(vote["place"] == .integer(Int64(place + 1)) && vote["candidates"] == 2, "\(vote)")
            #expect(candidate["halfPoints"] == vote["halfPoints"])
            #expect(candidate["explanation"]?["profile"] == "default@2")
        }
        // Two voices, four votes: of two candidates 2 half-points a vote are given.
        func half(_ place: Int) -> Int64 {
            if case .integer(let number)? = candidates[place]["halfPoints"] { number } else { -1 }
        }
        #expect(half(0) + half(1) == 8 && half(0) >= half(1))

        // The explanation of one pair tells the same of the vote.
        for offer in RouteService.offers {
            let pair = try await service.send(.get, "/v1/wishes/\(wish)/matches/\(offer)")
            let told = try #require(pair.items.first?["explanation"])
            let listed = candidates.first { $0["explanation"]?["offer"] == told["offer"] }
            #expect(told["vote"] != nil && told["vote"] == listed?["explanation"]?["vote"], "\(told)")
            #expect(pair.items.first?["notPutAmong"] == nil)
        }

        for (number, wish) in RouteService.wishes.enumerated() {
            let kept = try await service.send(.post, "/v1/wishes/\(wish)/matches", [:], key: "match\(number)")
            #expect(kept.status == 200, "\(kept.json)")
        }
        let verified = try await service.send(.get, "/v1/matches/verification?deep=true")
        #expect(verified.json["explanations"] == 6 && verified.json["differing"] == 0, "\(verified.json)")
        #expect(verified.json["skipped"] == [])

        // What a preview says of it, and what cannot be asked of a vote.
        let plain = Self.content(mine)
        let preview = try await service.send(
            .post, "/v1/tuning/preview", ["draft": ["name": "plain.yaml", "content": plain]])
        #expect(preview.status == 200 && preview.json["lines"] == 3, "\(preview.json)")
        let replay = try await service.send(
            .post, "/v1/tuning/backtest", ["profile": ["name": "default"], "against": ["name": "donors"]])
        #expect(replay.status == 409 && "\(replay.json)".contains("次序由投票决定"), "\(replay.json)")
        // Plans are made by totals, and go on to be made.
        #expect(
            try await service.send(.post, "/v1/profiles/default/rollback", ["reason": "end"], key: "b").status == 200)
        let after = try await service.send(.get, "/v1/wishes/\(wish)/matches?explain=true")
        #expect(after.items.first?["voices"] == nil)
    }

    @Test func whatWasNotPutToTheVoteSaysSo() async throws {
        let service = try await Self.prepared()
        // Both voices say the same, and each puts its first one only.
        let vote: JSONValue = [
            "top": 1,
            "voices": [
                ["name": "a", "profile": "coordinators@1"], ["name": "b", "profile": "coordinators@1"],
            ],
        ]
        let published = try await Self.publish(
            "default", Self.content(Self.scorers([("CategoryFit", 100)]), vote: vote), in: service, key: "k3")
        #expect(published.status == 200, "\(published.json)")
        let wish = RouteService.wishes[0]
        var told: [JSONValue?] = []
        for offer in RouteService.offers {
            let pair = try await service.send(.get, "/v1/wishes/\(wish)/matches/\(offer)")
            let item = try #require(pair.items.first)
            #expect((item["notPutAmong"] == nil) == (item["explanation"]?["vote"] != nil), "\(item)")
            told.append(item["notPutAmong"])
        }
        #expect(told.contains(1) && told.contains(nil), "\(told)")
    }

    @Test func aVoiceSpeaksByARevisionThatIsPublishedAndIsNoVoteItself() async throws {
        let service = try await Self.prepared()
        let mine = Self.scorers([("CategoryFit", 100)])
        let missing = try await Self.publish(
            "default", Self.content(mine, vote: Self.vote("donors@7")), in: service, key: "k3")
        #expect(missing.status == 422 && "\(missing.json)".contains("donors@7"), "\(missing.json)")
        let nameless = try await Self.publish(
            "default", Self.content(mine, vote: Self.vote("donors")), in: service, key: "k4")
        #expect(nameless.status == 422 && "\(nameless.json)".contains("已发布的版次"), "\(nameless.json)")
        #expect(
            try await Self.publish(
                "joined", Self.content(mine, vote: Self.vote()), in: service, key: "k5"
            ).status == 200)
        let nested = try await Self.publish(
            "default", Self.content(mine, vote: Self.vote("joined@1")), in: service, key: "k6")
        #expect(nested.status == 409 && "\(nested.json)".contains("本身就是投票"), "\(nested.json)")
    }
}
