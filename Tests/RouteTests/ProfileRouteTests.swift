import Casework
import HTTPTypes
import MatchCore
import Operations
import Synchronization
import Testing
import Wire

/// Profiles over HTTP: an admin's evening, and what the others may see of it.
@Suite struct ProfileRouteTests {
    private static let drafts = "/v1/profiles/default/drafts"
    private static let draft = drafts + "/draft"

    private static func ifMatch(_ tag: String?) -> HTTPFields {
        var fields = HTTPFields()
        if let tag { fields[.ifMatch] = tag }
        return fields
    }

    private static func english(_ tag: String? = nil) -> HTTPFields {
        var fields = ifMatch(tag)
        fields[.acceptLanguage] = "en"
        return fields
    }

    @Test func aDraftIsBegunChangedUnderIfMatchPublishedAndRolledBack() async throws {
        let service = try RouteService()
        let begun = try await service.send(.post, Self.drafts, [:], key: "k1")
        #expect(begun.status == 201 && begun.header("Location") == Self.draft)
        let shown = try await service.send(.get, Self.draft)
        let tag = try #require(shown.header("ETag"))
        let change: JSONValue = ["changes": ["Proximity.decay=5000", "Trust.weight=900"]]
        #expect(try await service.send(.patch, Self.draft, change).status == 428)
        let changed = try await service.send(.patch, Self.draft, change, headers: Self.ifMatch(tag))
        #expect(changed.status == 200 && changed.json["state"]?["version"] == 2)
        #expect(try await service.send(.patch, Self.draft, change, headers: Self.ifMatch(tag)).status == 412)
        // A layer, and the whole content once more as it was read.
        let layered = try await service.send(
            .patch, Self.draft, ["layer": "area:c1", "changes": ["FairShare=off"]],
            headers: Self.ifMatch(changed.header("ETag")))
        #expect(layered.status == 200)
        let content = try #require(layered.json["content"])
        let same = try await service.send(
            .put, Self.draft, ["content": content], headers: Self.ifMatch(layered.header("ETag")))
        #expect(same.status == 200 && same.json["content"] == content && same.json["state"]?["version"] == 3)

        let diff = try await service.send(.get, "/v1/profile-differences?before=default&after=default:draft")
        #expect(diff.items.count == 3)
        #expect(
            try await service.send(.post, Self.draft + "/publish", [:], key: "k2").problem == "invalid-input",
            "no reason")
        let published = try await service.send(.post, Self.draft + "/publish", ["reason": "nearer"], key: "k3")
        #expect(published.status == 200 && published.json["published"]?["revision"] == 2)
        #expect(try await service.send(.get, Self.draft).status == 404)
        let resolved = try await service.send(.get, "/v1/profiles/default/resolved?area=c11")
        #expect(resolved.items.first?["reference"] == "default@2+area:c1")
        #expect(resolved.items.first?["switchedOff"] == [["scorer": "FairShare", "by": "area:c1"]])

        let back = try await service.send(
            .post, "/v1/profiles/default/rollback", ["note": "too near"], key: "k4")
        #expect(back.status == 200 && back.json["restores"] == 1 && back.json["revision"] == 3)
        let log = try await service.send(.get, "/v1/profiles/default/revisions")
        #expect(log.items.map { $0["revision"] } == [3, 2, 1] && log.items.first?["note"] == "too near")
        let old = try await service.send(.get, "/v1/profiles/default@2", as: "coordinator")
        #expect(old.status == 200 && old.json["reference"] == "default@2")
        #expect(service.reports == [])
    }

    @Test func twoPeoplePublishWhereTheProgramSaysSo() async throws {
        let service = try RouteService()
        #expect(
            try await service.send(.put, "/v1/profile-people", ["people": 2, "reason": "council"]).json["people"] == 2)
        _ = try await service.send(.post, Self.drafts, [:], key: "k1")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        _ = try await service.send(
            .patch, Self.draft, ["changes": ["Trust.weight=1"]], headers: Self.ifMatch(tag))
        let first = try await service.send(.post, Self.draft + "/publish", ["reason": "trust"], key: "k2")
        #expect(first.json["awaitsConfirmation"] != nil && first.json["published"] == nil)
        #expect(try await service.send(.get, "/v1/profiles/default").json["revision"] == 1)
        let again = try await service.send(.post, Self.draft + "/publish", ["reason": "trust"], key: "k3")
        #expect(again.status == 403, "the same person does not confirm itself")
        // What the second person has not seen it does not publish.
        let stale = try await service.send(
            .post, Self.draft + "/publish", ["reason": "trust"], as: "admin-two", key: "k4", headers: Self.ifMatch(tag))
        #expect(stale.status == 412)
        let seen = try await service.send(.get, Self.draft, as: "admin-two").header("ETag")
        let second = try await service.send(
            .post, Self.draft + "/publish", ["reason": "trust"], as: "admin-two", key: "k5", headers: Self.ifMatch(seen)
        )
        #expect(second.json["published"]?["revision"] == 2 && second.json["published"]?["confirmedBy"] != nil)
    }

    @Test func oneHolderAloneDoesNotLowerTheNumberOfPeople() async throws {
        let service = try RouteService()
        func set(_ people: Int64, as token: String = "admin") async throws -> RouteService.Answer {
            try await service.send(
                .put, "/v1/profile-people", ["people": .integer(people), "reason": "council"], as: token)
        }
        #expect(try await set(2).json["people"] == 2)
        let asked = try await set(1)
        #expect(asked.status == 200 && asked.json["people"] == 2 && asked.json["loweringProposedBy"] != nil)
        #expect(try await set(1).status == 403, "the same holder")
        #expect(try await service.send(.get, "/v1/profile-people").json["people"] == 2)
        let done = try await set(1, as: "admin-two")
        #expect(done.json["people"] == 1 && done.json["loweringProposedBy"] == nil)
        #expect(try await set(3).status == 422)
    }

    @Test func aDraftThatWasBegunAnewIsAnotherOne() async throws {
        let clock = Mutex(RouteService.now)
        let service = try RouteService(clock: { clock.withLock { $0 } })
        _ = try await service.send(.post, Self.drafts, [:], key: "k1")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        _ = try await service.send(.post, Self.draft + "/discard", [:], key: "k2")
        clock.withLock { $0 = Moment(milliseconds: $0.milliseconds + 60_000) }
        _ = try await service.send(.post, Self.drafts, [:], key: "k3")
        let refused = try await service.send(
            .patch, Self.draft, ["changes": ["Trust.weight=1"]], headers: Self.ifMatch(tag))
        #expect(refused.status == 412, "a change of the discarded draft reached another one")
    }

    @Test func rulesAreHeldAgainstTheProgramsCodes() async throws {
        let service = try RouteService()
        _ = try await service.send(.post, Self.drafts, [:], key: "k1")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        func change(_ rules: String) async throws -> RouteService.Answer {
            try await service.send(
                .patch, Self.draft, ["changes": [.text("Rule.rules=\(rules)")]], headers: Self.english(tag))
        }
        let unknown = try await change(#"[{"when": {"wish.category": "fam", "wish.hardship": 9}, "points": 5}]"#)
        #expect(unknown.status == 422)
        let said = "\(unknown.json)"
        #expect(
            said.contains("row 1") && said.contains("there is no category") && said.contains("did you mean"), "\(said)")
        let group = try await change(#"[{"when": {"wish.groups": "elders"}, "points": 0}]"#)
        #expect(group.status == 422 && "\(group.json)".contains("0 does nothing"), "\(group.json)")
        let malformed = try await change("[{")
        #expect(malformed.status == 422 && "\(malformed.json)".contains("list in JSON"), "\(malformed.json)")
        #expect(try await service.send(.get, Self.draft).json["state"]?["version"] == 1, "nothing was changed")
        let right = try await change(#"[{"when": {"wish.category": "fan"}, "points": 5}]"#)
        #expect(right.status == 200 && right.json["state"]?["version"] == 2, "\(right.json)")
        let check = try await service.send(
            .post, "/v1/profile-checks",
            [
                "profile": [
                    "content": [
                        "title": ["zh-Hans": "甲", "en": "x"],
                        "scorers": [
                            [
                                "scorer": "Rule", "weight": 1,
                                "parameters": [
                                    "rules": [
                                        ["when": ["wish.category": "fam"], "points": 1],
                                        ["when": ["offer.area": "nowhere"], "points": 0],
                                    ]
                                ],
                            ]
                        ],
                    ]
                ]
            ])
        guard case .list(let faults)? = check.json["faults"] else {
            Issue.record("no faults")
            return
        }
        #expect(faults.count == 3, "\(faults)")
    }

    @Test func revisionsAndDraftsAreRankedByWhereTheyExist() async throws {
        let service = try RouteService()
        let matches = "/v1/wishes/\(RouteService.wishes[0])/matches"
        _ = try await service.send(.post, Self.drafts, [:], key: "k1")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        _ = try await service.send(
            .patch, Self.draft, ["changes": ["Urgency.weight=9000"]], headers: Self.english(tag))
        let old = try await service.send(.get, matches + "?profile=default@1")
        #expect(old.status == 200 && old.items.first?["profile"] == "default@1")
        let draft = try await service.send(.get, matches + "?profile=default:draft")
        #expect(draft.status == 200 && draft.items.first?["profile"] == "draft of default (from revision 1)")
        // Twice, since a server remembers what it ranked by: a draft that was changed is read anew.
        let next = try await service.send(.get, Self.draft).header("ETag")
        _ = try await service.send(.patch, Self.draft, ["changes": ["Trust=off"]], headers: Self.ifMatch(next))
        let explained = try await service.send(.get, matches + "?profile=default:draft&explain=true")
        #expect(!"\(explained.items)".contains("\"Trust\""), "an older draft was ranked by")
        // What is kept names a revision.
        let kept = try await service.send(
            .post, matches, ["profile": "default:draft"], key: "k2", headers: Self.english())
        #expect(kept.status == 422 && "\(kept.json)".contains("name a revision"), "\(kept.json)")
        #expect(try await service.send(.post, matches, ["profile": "default@1"], key: "k3").status == 200)
        #expect(
            try await service.send(.post, "/v1/matches", ["profile": "default:draft"], key: "k4").status == 422)
        // A donor may not even learn that there is one.
        let offer = "/v1/offers/\(RouteService.offers[0])/matches?profile="
        let seen = try await service.send(.get, offer + "default:draft", as: "donor0")
        #expect(seen.status == 422 && !"\(seen.json)".contains("draft"), "\(seen.json)")
        #expect(try await service.send(.get, offer + "default@1", as: "donor0").status == 200)
        let plan = try await service.send(.post, "/v1/allocations", ["profile": "default:draft"])
        #expect(plan.status == 200, "\(plan.json)")
        guard case .text(let digest)? = plan.json["digest"] else { return }
        let applied = try await service.send(
            .post, "/v1/allocations/apply", ["profile": "default:draft", "digest": .text(digest)], key: "k5",
            headers: Self.english())
        #expect(applied.status == 422 && "\(applied.json)".contains("name a revision"))
        let none = try await service.send(.get, matches + "?profile=default@7", headers: Self.english())
        #expect(none.status == 422 && "\(none.json)".contains("the newest is 1"))
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

    @Test func faultsNameParameterAndRange() async throws {
        let service = try RouteService()
        _ = try await service.send(.post, Self.drafts, [:], key: "k1")
        let tag = try await service.send(.get, Self.draft).header("ETag")
        let refused = try await service.send(
            .patch, Self.draft, ["changes": ["Trust.weight=5", "Proximity.decay=5"]], headers: Self.ifMatch(tag))
        #expect(refused.status == 422)
        guard case .list(let errors)? = refused.json["errors"] else {
            Issue.record("no errors")
            return
        }
        #expect("\(errors)".contains("changes") && "\(errors)".contains("100…1000000"), "\(errors)")
        #expect(try await service.send(.get, Self.draft).json["state"]?["version"] == 1, "nothing was changed")
        let check = try await service.send(
            .post, "/v1/profile-checks",
            [
                "profile": [
                    "content": [
                        "title": ["zh-Hans": "甲", "en": "x"],
                        "scorers": [["scorer": "Proximity", "weight": 1, "parameters": ["decay": 5]]],
                        "layers": [["scope": "area:nowhere", "scorers": [["scorer": "Nobody", "weight": 1]]]],
                    ]
                ]
            ])
        #expect(check.status == 200 && check.json["isValid"] == false)
        guard case .list(let faults)? = check.json["faults"] else { return }
        #expect(faults.count == 3, "\(faults)")
    }

    @Test(arguments: ["coordinator", "auditor"])
    func staffReadAndOnlyAdminsChange(role: String) async throws {
        let service = try RouteService()
        #expect(try await service.send(.get, "/v1/profiles", as: role).items.count == 1)
        #expect(try await service.send(.post, Self.drafts, [:], as: role, key: "k").status == 403)
        #expect(
            try await service.send(.post, "/v1/profiles/default/rollback", ["reason": "x"], as: role, key: "k").status
                == 403)
        #expect(try await service.send(.get, "/v1/profiles", as: "donor0").status == 403)
        #expect(try await service.send(.get, "/v1/profiles/none", as: role).status == 404)
    }

    // MARK: Tuning

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
        let split = try await service.send(
            .post, "/v1/tuning/split", ["draft": ["name": "default:draft"], "share": 100])
        #expect(split.status == 200)
        guard case .list(let layers)? = split.json["content"]?["layers"] else {
            Issue.record("no layers")
            return
        }
        #expect(layers.map { $0["scope"] } == ["area:c1", "area:c2"])
    }
}
