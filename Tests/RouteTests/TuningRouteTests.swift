import HTTPTypes
import MatchCore
import Operations
import Testing
import Wire

/// Tuning over HTTP: what a draft would change, what the past says of it, how a trial stands. Nothing of it publishes.
@Suite struct TuningRouteTests {
    private static let drafts = "/v1/profiles/default/drafts"
    private static let draft = drafts + "/draft"

    private static func ifMatch(_ tag: String?) -> HTTPFields {
        var fields = HTTPFields()
        if let tag { fields[.ifMatch] = tag }
        return fields
    }

    @Test func aPreviewSaysWhoCameIntoTheListsAndWhoLeft() async throws {
        let service = try RouteService()
        _ = try await service.send(.post, Self.drafts, [:], key: "k1")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        _ = try await service.send(
            .patch, Self.draft,
            [
                "changes": [
                    "Rule.weight=9000",
                    #"Rule.rules=[{"when": {"party.verified": true}, "points": 400000}, {"when": {"offer.quantity": {"atLeast": 9}}, "points": 1}]"#,
                ]
            ], headers: Self.ifMatch(tag))
        let body: JSONValue = ["draft": ["name": "default:draft"], "top": 1]
        let preview = try await service.send(.post, "/v1/tuning/preview", body)
        #expect(preview.status == 200)
        let operation = try #require(OperationList.all.first { $0.facts.id == "tuning.preview" })
        #expect(operation.answer.faults(in: preview.json) == [])
        let wish: JSONValue = .text("\(RouteService.wishes[0])")
        let lists = try await service.send(
            .post, "/v1/tuning/preview/lists", ["draft": ["name": "default:draft"], "wish": wish, "top": 2])
        #expect(lists.status == 200)
        let shown = try #require(OperationList.all.first { $0.facts.id == "tuning.lists" })
        #expect(shown.answer.faults(in: lists.json) == [])
        guard case .list(let before)? = lists.items.first?["before"],
            case .list(let after)? = lists.items.first?["after"]
        else {
            Issue.record("\(lists.json)")
            return
        }
        #expect(before.count == 2 && after.count == 2)
        #expect(lists.items.first?["draft"] == "draft of default (from revision 1)")
    }

    /// A draft by which only the layer of the town c1 differs.
    private static func layered(_ service: RouteService) async throws {
        _ = try await service.send(.post, drafts, [:], key: "begin")
        let tag = try await service.send(.get, draft).header("ETag")
        let changed = try await service.send(
            .patch, draft, ["layer": "area:c1", "changes": ["Urgency.weight=9000"]], headers: ifMatch(tag))
        #expect(changed.status == 200)
    }

    @Test func aPreviewScoresEachWishUnderItsOwnLayers() async throws {
        let service = try RouteService()
        try await Self.layered(service)
        let preview = try await service.send(.post, "/v1/tuning/preview", ["draft": ["name": "default:draft"]])
        #expect(preview.status == 200 && preview.json["lines"] == 3 && preview.json["open"] == 3)
        let operation = try #require(OperationList.all.first { $0.facts.id == "tuning.preview" })
        #expect(operation.answer.faults(in: preview.json) == [])
        func profiles(of wish: Int) async throws -> [String] {
            let answer = try await service.send(
                .post, "/v1/tuning/preview/explanations",
                ["draft": ["name": "default:draft"], "wish": .text("\(RouteService.wishes[wish])")])
            #expect(answer.status == 200)
            return answer.items.compactMap {
                if case .text(let text)? = $0["explanation"]?["profile"] { text } else { nil }
            }
        }
        #expect(Set(try await profiles(of: 0)) == ["default@1", "draft of default (from revision 1)+area:c1"])
        #expect(Set(try await profiles(of: 2)) == ["default@1", "draft of default (from revision 1)"])
        #expect(
            try await service.send(.post, "/v1/tuning/preview", ["draft": ["name": "default:draft"]], as: "town").status
                == 403, "a token for some areas does not see the whole program")
        #expect(try await service.send(.post, "/v1/tuning/preview", ["draft": ["name": "nobody"]]).status == 404)
    }

    @Test func voicesVoteUnderTheirOwnProfiles() async throws {
        let service = try RouteService()
        let vote = try await service.send(
            .post, "/v1/tuning/votes",
            [
                "wish": .text("\(RouteService.wishes[0])"),
                "voices": [
                    ["name": "coordinators", "profile": ["name": "default"]],
                    ["name": "donors", "profile": ["name": "default@1"], "votes": 2],
                ],
            ])
        #expect(vote.status == 200 && vote.items.count == 2)
        #expect(vote.items.first?["points"] == 3 || vote.items.first?["points"] == .decimal("1.5"))
        let voices = try #require(OperationList.all.first { $0.facts.id == "tuning.voices" })
        #expect(voices.answer.faults(in: vote.json) == [])
        let all = try await service.send(
            .post, "/v1/tuning/votes",
            ["voices": [["name": "a", "profile": [:]], ["name": "b", "profile": ["name": "default"]]]])
        #expect(all.items.count == 6, "two offers for each of three wishes")
        #expect(all.json["lines"] == 3 && all.json["open"] == 3)
        #expect(
            try await service.send(
                .post, "/v1/tuning/votes",
                ["voices": [["name": "a", "profile": [:]], ["name": "b", "profile": [:]]]],
                as: "town"
            ).status == 403)
    }

    @Test func whatIsSentAlongIsNotCalledByAKeptName() async throws {
        let service = try RouteService()
        let content: JSONValue = [
            "title": ["zh-Hans": "甲", "en": "x"], "scorers": [["scorer": "Trust", "weight": 1]],
        ]
        func preview(_ name: String) async throws -> RouteService.Answer {
            try await service.send(
                .post, "/v1/tuning/preview", ["draft": ["name": .text(name), "content": content]])
        }
        for name in ["default", "default@1"] {
            let refused = try await preview(name)
            #expect(refused.status == 422 && "\(refused.json)".contains("/draft/name"), "\(refused.json)")
        }
        #expect(try await preview("friday.yaml").json["draft"] == "friday.yaml")
        let twice = try await service.send(
            .post, "/v1/tuning/votes",
            ["voices": [["name": "a", "profile": [:]], ["name": "a", "profile": ["name": "default@1"]]]])
        #expect(twice.status == 422 && "\(twice.json)".contains("/voices/1/name"), "\(twice.json)")
    }

    @Test func theProgramsOwnPastIsReplayedUnderLayers() async throws {
        let service = try RouteService()
        for (number, wish) in RouteService.wishes.enumerated() {
            _ = try await service.send(.post, "/v1/wishes/\(wish)/matches", [:], key: "match\(number)")
            let claim = try await service.send(
                .post, "/v1/claims",
                ["offer": .text("\(RouteService.offers[1])"), "wish": .text("\(wish)"), "quantity": 2],
                key: "claim\(number)")
            #expect(claim.status == 201)
        }
        try await Self.layered(service)
        func ask(_ path: String, _ body: JSONValue) async throws -> JSONValue {
            let answer = try await service.send(.post, "/v1/tuning/\(path)", body)
            #expect(answer.status == 200, "\(path) \(answer.json)")
            let operation = OperationList.all.first { $0.facts.path == "/v1/tuning/\(path)" }
            #expect(operation?.answer.faults(in: answer.json) == [])
            return answer.json
        }
        let draft: JSONValue = ["name": "default:draft"]
        let test = try await ask("backtest", ["profile": draft, "draws": 100])
        #expect(test["decisions"] == 3 && test["second"] == "default:draft")
        #expect(
            try await service.send(.post, "/v1/tuning/shadow", ["draft": draft, "horizon": 50]).status == 422,
            "a horizon without a share says nothing")
        for slip in [
            ["reasons": [["reason": "tooFar", "scorers": ["Nope"]]]],
            ["reasons": [["reason": "tooFr", "scorers": []]]],
            ["bounds": [["scorer": "Nope", "low": 1, "high": 2]]], ["folds": 100_000],
        ] as [JSONValue] {
            #expect(try await service.send(.post, "/v1/tuning/learning", slip).status == 422, "\(slip)")
        }
        let shadow = try await ask("shadow", ["draft": draft, "share": 50, "seed": 7])
        #expect(shadow["lists"] == 3 && shadow["trial"]?["verdict"] == "goOn")
        let whole = try await ask("learning", [:])
        #expect(whole["verdict"] == "cannotTell" && whole["decisions"] == 3 && whole["elsewhere"] == 0)
        // Two of the three wishes lie in the town c1.
        let town = try await ask("learning", ["layer": "area:c1"])
        #expect(town["decisions"] == 2 && town["elsewhere"] == 1 && town["layer"] == "area:c1")
        #expect(try await ask("learning", ["profile": draft])["decisions"] == 1, "the draft's layer holds for two")
        #expect(
            try await service.send(.post, "/v1/tuning/learning", ["layer": "area:nowhere"]).status == 422)
    }

    @Test func withoutAPastThereIsNothingToReplay() async throws {
        let service = try RouteService()
        for (path, body) in [
            ("backtest", ["profile": ["name": "default"]]), ("learning", [:]),
            ("shadow", ["draft": ["name": "default"]]),
        ] as [(String, JSONValue)] {
            #expect(try await service.send(.post, "/v1/tuning/\(path)", body).status == 404, "\(path)")
        }
        let bad = try await service.send(.post, "/v1/tuning/learning", ["positionBias": "9"])
        #expect(bad.status == 422)
        #expect(
            try await service.send(.post, "/v1/tuning/backtest", ["profile": [:], "draws": 1_000_000]).status == 422)
    }

    @Test func aSplitIsADraftOfLayers() async throws {
        let service = try RouteService()
        _ = try await service.send(.post, Self.drafts, [:], key: "begin")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        _ = try await service.send(
            .patch, Self.draft, ["changes": ["Urgency.weight=9000"]], headers: Self.ifMatch(tag))
        func split(seed: UInt64) async throws -> RouteService.Answer {
            try await service.send(
                .post, "/v1/tuning/split",
                ["draft": ["name": "default:draft"], "share": 50, "seed": .integer(Int64(seed))])
        }
        func seed(_ one: Bool, _ two: Bool) throws -> UInt64 {
            try #require(
                (UInt64(1)...100).first {
                    let split = AreaSplit(seed: $0, percent: 50)
                    return split.servesDraft("c1") == one && split.servesDraft("c2") == two
                })
        }
        // With nobody on one of the sides the trial would never end.
        for side in [true, false] {
            let refused = try await split(seed: seed(side, side))
            #expect(refused.status == 422 && "\(refused.json)".contains("/share"), "\(side)")
        }
        let split = try await split(seed: seed(true, false))
        #expect(split.status == 200)
        guard case .list(let layers)? = split.json["content"]?["layers"] else {
            Issue.record("no layers")
            return
        }
        #expect(layers.map { $0["scope"] } == ["area:c1"])
    }

    /// Suggestions for a wish, and a claim on the first of them that came to nothing.
    private static func decline(_ wish: Int, in service: RouteService) async throws {
        let record = RouteService.wishes[wish]
        _ = try await service.send(.post, "/v1/wishes/\(record)/matches", [:], key: "match\(wish)")
        let claim = try await service.send(
            .post, "/v1/claims",
            ["offer": .text("\(RouteService.offers[1])"), "wish": .text("\(record)"), "quantity": 2],
            key: "claim\(wish)")
        let id = try #require(claim.text("id"))
        let declined = try await service.send(
            .post, "/v1/claims/\(id)/decline", ["reason": "tooFar"], as: "donor1", key: "decline\(wish)")
        #expect(declined.status == 200, "\(declined.json)")
    }

    @Test func aTrialIsReadAsItWasStatedAndCountsItsOwnListsOnly() async throws {
        let service = try RouteService()
        // Chosen from before the trial began, in an area that the draft is to serve.
        try await Self.decline(0, in: service)
        _ = try await service.send(.post, Self.drafts, [:], key: "begin")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        _ = try await service.send(
            .patch, Self.draft, ["changes": ["Urgency.weight=9000"]], headers: Self.ifMatch(tag))
        let seed = try #require(
            (UInt64(1)...100).first {
                let split = AreaSplit(seed: $0, percent: 50)
                return split.servesDraft("c1") && !split.servesDraft("c2")
            })
        let split = try await service.send(
            .post, "/v1/tuning/split",
            ["draft": ["name": "default:draft"], "share": 50, "seed": .integer(Int64(seed)), "horizon": 40])
        let content = try #require(split.json["content"])
        let terms: JSONValue = ["share": 50, "seed": .integer(Int64(seed)), "horizon": 40]
        #expect(content["trial"] == terms)
        let begun = try await service.send(
            .post, Self.drafts, ["draft": "trial", "content": content], key: "trial")
        #expect(begun.status == 201, "\(begun.json)")
        let published = try await service.send(
            .post, Self.drafts + "/trial/publish", ["reason": "try"], key: "publish")
        #expect(published.status == 200, "\(published.json)")
        #expect(try await service.send(.get, "/v1/profiles/default@2").json["content"]?["trial"] == terms)
        // Nobody has decided anything under it yet, and every area is said to be on its side.
        let early = try await service.send(.post, "/v1/tuning/shadow", ["draft": ["name": "default:draft"]])
        #expect(early.json["trial"]?["draft"]?["ended"] == 0, "\(early.json)")
        for side in ["areasOfDraft", "areasOfPublished"] {
            #expect(early.json["trial"]?[side] != nil && early.json["trial"]?[side] != [], "\(side): \(early.json)")
        }
        try await Self.decline(1, in: service)
        try await Self.decline(2, in: service)

        func read(_ more: [(String, JSONValue)] = []) async throws -> RouteService.Answer {
            try await service.send(
                .post, "/v1/tuning/shadow",
                .object(JSONObject([("draft", ["name": "default:draft"])] + more)))
        }
        let trial = try #require(try await read().json["trial"])
        #expect(trial["statedIn"] == "default@2" && trial["horizon"] == 40 && trial["percent"] == 50)
        #expect(trial["draft"]?["ended"] == 1 && trial["published"]?["ended"] == 1, "\(trial)")
        #expect(trial["notOfTrial"] == 1, "a list from before the trial counted for it")
        for (name, value) in [("horizon", 4), ("share", 60), ("seed", 0)] as [(String, JSONValue)] {
            let other = try await read(name == "share" ? [(name, value)] : [("share", 50), (name, value)])
            #expect(other.status == 422 && "\(other.json)".contains("/\(name)"), "\(other.json)")
        }
        let operation = try #require(OperationList.all.first { $0.facts.id == "tuning.shadow" })
        #expect(operation.answer.faults(in: try await read().json) == [])

        // Rolling back ends it; what it came to is still read under the revision that stated it.
        _ = try await service.send(.post, "/v1/profiles/default/rollback", ["reason": "end"], key: "back")
        let after = try await read([("profile", ["name": "default@2"])])
        #expect(after.json["trial"] == trial)
        #expect(try await read().json["trial"] == nil, "no trial is on")
        let said = try await read([("share", 50), ("seed", .integer(Int64(seed)))])
        #expect(said.status == 200 && said.json["trial"] != nil && said.json["trial"]?["statedIn"] == nil)
    }

    @Test func theShadowCountsEveryListThatWasShown() async throws {
        let service = try RouteService()
        try await Self.layered(service)
        for (number, wish) in RouteService.wishes.enumerated() {
            _ = try await service.send(.post, "/v1/wishes/\(wish)/matches", [:], key: "match\(number)")
        }
        func shadow() async throws -> RouteService.Answer {
            try await service.send(.post, "/v1/tuning/shadow", ["draft": ["name": "default:draft"]])
        }
        let nobody = try await shadow()
        #expect(nobody.status == 200 && nobody.json["lists"] == 3 && nobody.json["decided"] == 0, "\(nobody.json)")
        #expect(nobody.json["pairs"] == 3, "two offers in each of the three lists")
        // Nothing was decided, so there is nothing to replay or learn of.
        let replay = try await service.send(.post, "/v1/tuning/backtest", ["profile": ["name": "default:draft"]])
        #expect(replay.status == 404 && "\(replay.json)".contains("尚无人从中选择"), "\(replay.json)")
        _ = try await service.send(
            .post, "/v1/claims",
            [
                "offer": .text("\(RouteService.offers[1])"), "wish": .text("\(RouteService.wishes[0])"),
                "quantity": 2,
            ], key: "claim")
        let one = try await shadow()
        #expect(one.json["lists"] == 3 && one.json["decided"] == 1)
        #expect(!"\(one.json)".contains("notDecided"), "what is counted is not left out")
    }

    @Test func theSameTermsAtAnotherTimeAreAnotherTrial() async throws {
        let service = try RouteService()
        _ = try await service.send(.post, Self.drafts, [:], key: "begin")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        _ = try await service.send(
            .patch, Self.draft, ["changes": ["Urgency.weight=9000"]], headers: Self.ifMatch(tag))
        let seed = try #require(
            (UInt64(1)...100).first {
                let split = AreaSplit(seed: $0, percent: 50)
                return split.servesDraft("c1") && !split.servesDraft("c2")
            })
        let split = try await service.send(
            .post, "/v1/tuning/split",
            ["draft": ["name": "default:draft"], "share": 50, "seed": .integer(Int64(seed)), "horizon": 40])
        let content = try #require(split.json["content"])
        func publish(_ name: String, _ content: JSONValue) async throws {
            _ = try await service.send(
                .post, Self.drafts, ["draft": .text(name), "content": content], key: "begin-\(name)")
            let published = try await service.send(
                .post, Self.drafts + "/\(name)/publish", ["reason": "try"], key: "publish-\(name)")
            #expect(published.status == 200, "\(published.json)")
        }
        func read() async throws -> JSONValue {
            let answer = try await service.send(
                .post, "/v1/tuning/shadow", ["draft": ["name": "default:draft"]])
            return try #require(answer.json["trial"], "\(answer.json)")
        }
        try await publish("first", content)
        try await Self.decline(0, in: service)
        let first = try await read()
        #expect(first["draft"]?["ended"] == 1 && first["published"]?["ended"] == 0 && first["notOfTrial"] == 0)
        #expect(first["difference"] == nil, "a side without an end says nothing: \(first)")
        // Published again with something else mended the trial goes on.
        guard case .object(var members) = content else { return }
        members = JSONObject(
            members.members.map { ($0.name, $0.name == "title" ? ["zh-Hans": "乙", "en": "again"] : $0.value) })
        try await publish("again", .object(members))
        #expect(try await read()["draft"]?["ended"] == 1)
        // Rolled back and begun anew it is another one, although its terms are the same to the letter.
        _ = try await service.send(
            .post, "/v1/profiles/default/rollback", ["reason": "end", "to": 1], key: "back")
        try await publish("second", content)
        try await Self.decline(2, in: service)
        let second = try await read()
        #expect(second["draft"]?["ended"] == 0 && second["published"]?["ended"] == 1, "\(second)")
        #expect(second["notOfTrial"] == 1, "a choice of the trial before counted for this one")
    }

    @Test func aTrialWithoutAreasAndAProfileWithoutWeightsAreNotPublished() async throws {
        let service = try RouteService()
        func faults(_ content: JSONValue) async throws -> String {
            let check = try await service.send(
                .post, "/v1/profile-checks", ["profile": ["content": content]],
                headers: [.acceptLanguage: "en"])
            #expect(check.status == 200)
            return check.json["isValid"] == true ? "none" : "\(check.json["faults"] ?? .null)"
        }
        let title: JSONValue = ["zh-Hans": "甲", "en": "x"]
        let trust: JSONValue = [["scorer": "Trust", "weight": 0]]
        #expect(try await faults(["title": title, "scorers": trust]).contains("every total would be 0"))
        let counted: JSONValue = [["scorer": "Trust", "weight": 1]]
        let layers: JSONValue = [["scope": "area:c1", "scorers": [["scorer": "Trust", "weight": 0]]]]
        #expect(
            try await faults(["title": title, "scorers": counted, "layers": layers]).contains(
                "layer area:c1: no scorer has a weight"))
        let trial: JSONValue = ["share": 20, "seed": 1, "horizon": 40]
        #expect(
            try await faults(["title": title, "scorers": counted, "trial": trial]).contains("no area has a layer"))
        #expect(try await faults(["title": title, "scorers": counted]) == "none")
        let vote: JSONValue = [
            "top": 5,
            "voices": [
                ["name": "a", "profile": "default@1", "votes": 1], ["name": "b", "profile": "staff@9", "votes": 1],
            ],
        ]
        #expect(
            try await faults(["title": title, "scorers": counted, "vote": vote]).contains(
                "speaks by staff@9, which is not published"))
    }
}
