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
        let both = "/v1/profiles/default/resolved?wish=\(RouteService.wishes[0])&area=c11"
        #expect(try await service.send(.get, both).status == 422, "a wish has its own area")
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
}
