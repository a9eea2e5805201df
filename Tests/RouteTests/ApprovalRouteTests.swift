import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

@Suite struct ApprovalRouteTests {
    private let wish = RouteService.wishes[0]

    /// Opens the case of the first wish and returns its approval.
    private func open(_ service: RouteService) async throws -> String {
        let opened = try await service.send(
            .post, "/v1/cases", ["wish": .text("\(wish)"), "channel": "phone"], as: "intake", key: "open")
        #expect(opened.status == 201)
        let approval = try await service.send(.get, "/v1/cases/\(wish)/approval", as: "intake")
        #expect(approval.status == 200 && approval.text("step") == "screening")
        return try #require(approval.text("id"))
    }

    private func act(
        _ service: RouteService, _ approval: String, _ act: String, _ body: JSONValue = [:],
        as role: String = "coordinator", key: String
    ) async throws -> RouteService.Answer {
        try await service.send(.post, "/v1/approvals/\(approval)/\(act)", body, as: role, key: key)
    }

    @Test func aRequestGoesThroughItsStepsToPublication() async throws {
        let service = try RouteService()
        let id = try await open(service)
        // It costs something, so a conference and a notice are needed.
        let revised = try await act(service, id, "revise", ["amount": 60_000, "reason": "estimate"], key: "0")
        #expect(revised.status == 200 && revised.json["amount"] == 60_000)
        #expect(try await act(service, id, "pass", as: "intake", key: "1").text("step") == "conference")
        #expect(try await act(service, id, "approve", as: "approver0", key: "early").status == 409)
        let known: JSONValue = ["person": .text("\(RecordID(high: 7, low: 1))"), "vote": "for"]
        let people: JSONValue = [known, ["name": "陈某（居民代表）", "vote": "for"]]
        let said: JSONValue = ["finding": "同意", "reasons": "确有困难"]
        for (number, body) in [
            ["participants": people, "votesFor": 1], ["participants": [known]], ["participants": [known, known]],
            ["participants": [["name": "甲"], ["name": "乙"]]],
            ["participants": [["name": "甲"], ["name": "乙"]], "votesFor": 2, "votesAgainst": 1],
            ["participants": [["name": "甲", "vote": "for"], [:]]],
        ].enumerated() as EnumeratedSequence<[JSONValue]> {
            let wrong = try await act(service, id, "confer", body.with(said), key: "few\(number)")
            #expect(wrong.status == 422, "\(body)")
        }
        for (number, missing) in [["finding": "同意"], ["reasons": "确有困难"], ["finding": " ", "reasons": "x"]]
            .enumerated() as EnumeratedSequence<[JSONValue]>
        {
            let body = (["participants": people] as JSONValue).with(missing)
            #expect(try await act(service, id, "confer", body, key: "bare\(number)").status == 422, "\(missing)")
        }
        let conferred = try await act(
            service, id, "confer", (["participants": people] as JSONValue).with(said), key: "2")
        #expect(conferred.text("step") == "approval" && conferred.text("level") == "town")
        #expect(try await act(service, id, "approve", as: "approver", key: "none").status == 403)
        #expect(try await act(service, id, "approve", as: "coordinator", key: "role").status == 403)
        #expect(try await act(service, id, "approve", as: "approver0", key: "3").text("step") == "publicNotice")
        #expect(try await service.send(.get, "/v1/notices", as: nil).items.isEmpty)
        #expect(try await act(service, id, "put-up-notice", key: "4").status == 200)
        let notices = try await service.send(.get, "/v1/notices", as: nil)
        #expect(notices.items.count == 1 && notices.items[0]["amount"] == 60_000 && notices.items[0]["town"] == "c1")
        #expect(notices.items[0]["wish"] == nil)
        let objection = try await service.send(
            .post, "/v1/notices/\(id)/object", ["reason": "neighbour", "note": "另有隐情"], as: "donor0", key: "5")
        #expect(objection.status == 200)
        #expect(try await act(service, id, "take-down-notice", key: "soon").status == 409)
        let settled = try await act(service, id, "settle-objection", ["reason": "checked"], key: "6")
        #expect(settled.json["notice"]?["openObjections"] == 0)
        let shown = try await service.send(.get, "/v1/approvals/\(id)", as: "auditor")
        guard case .list(let acts)? = shown.json["acts"] else { return }
        #expect(acts.map { $0["act"] }.contains("approval/confer"))
        #expect(acts.contains { $0["words"] == "另有隐情" })
        let conference = try #require(acts.first { $0["act"] == "approval/confer" }?["conference"])
        #expect(conference["finding"] == "同意" && conference["reasons"] == "确有困难")
        #expect(conference["votesFor"] == 2 && conference["abstentions"] == 0)
        guard case .list(let took)? = conference["participants"] else { return }
        #expect(took.contains { $0["name"] == "陈某（居民代表）" && $0["vote"] == "for" })
        let story = try await service.send(.get, "/v1/wishes/\(wish)/story?limit=100", as: "auditor")
        guard let entry = story.items.first(where: { $0["action"] == "approval/confer" }),
            case .list(let changes)? = entry["changes"]
        else {
            Issue.record("the conference is not told")
            return
        }
        #expect(changes.contains { $0["after"]?["text"] == "陈某（居民代表）" })
        #expect(changes.contains { $0["after"]?["text"] == "确有困难" })
        // The person sees where it stands, and not who decided what.
        let own = try await service.send(.get, "/v1/cases/\(wish)/approval", as: "recipient")
        #expect(own.status == 200 && own.json["acts"] == [])
    }

    @Test func aRefusalSaysWhyAndWhatElseMayHelp() async throws {
        let service = try RouteService()
        let id = try await open(service)
        for (number, body) in [
            ["reason": "no", "alternatives": []], ["reason": "other", "alternatives": ["hotline"]], ["reason": "no"],
            ["reason": "no", "alternatives": ["money"]],
        ].enumerated() as EnumeratedSequence<[JSONValue]> {
            #expect(try await act(service, id, "refuse", body, key: "\(number)").status == 422, "\(body)")
        }
        let refused = try await act(
            service, id, "refuse", ["reason": "no", "alternatives": ["hotline"]], key: "yes")
        #expect(refused.status == 200 && refused.text("status") == "refused" && refused.json["step"] == nil)
        #expect(refused.json["refusal"]?["reason"]?["text"] == "不属于困难群众")
        let own = try await service.send(.get, "/v1/approvals/\(id)", as: "recipient")
        guard case .list(let alternatives)? = own.json["refusal"]?["alternatives"] else { return }
        #expect(alternatives.first?["text"] == "可拨打热线")
        #expect(try await service.send(.get, "/v1/cases/\(wish)").text("state") == "ended")
        #expect(try await act(service, id, "pass", key: "late").status == 409)
    }

    @Test func aStaleApprovalIsNotOverwritten() async throws {
        let service = try RouteService()
        let id = try await open(service)
        let tag = try #require(try await service.send(.get, "/v1/approvals/\(id)", as: "intake").header("ETag"))
        #expect(try await act(service, id, "pass", as: "intake", key: "1").status == 200)
        let match = try #require(HTTPField.Name("If-Match"))
        let stale = try await service.send(
            .post, "/v1/approvals/\(id)/approve", as: "approver0", key: "2", headers: [match: tag])
        #expect(stale.status == 412)
        #expect(
            try await act(
                service, id, "send-back", ["step": "screening", "reason": "papers"], as: "approver0", key: "3"
            ).text("step") == "screening")
        #expect(try await act(service, id, "approve-fast", ["reason": "fire"], as: "approver0", key: "4").status == 409)
    }

    @Test func whatIsNotOnesOwnIsNotThere() async throws {
        let service = try RouteService()
        let id = try await open(service)
        #expect(try await service.send(.get, "/v1/approvals", as: "town").items.count == 1)
        #expect(try await service.send(.get, "/v1/approvals?step=screening").items.count == 1)
        #expect(try await service.send(.get, "/v1/approvals?step=approval").items.isEmpty)
        #expect(try await service.send(.get, "/v1/approvals?status=refused").items.isEmpty)
        let opened = try await service.send(
            .post, "/v1/cases", ["wish": .text("\(RouteService.wishes[2])"), "channel": "phone"], key: "other")
        #expect(opened.status == 201)
        let other = try await service.send(.get, "/v1/cases/\(RouteService.wishes[2])/approval")
        let foreign = try #require(other.text("id"))
        for role in ["town", "recipient"] {
            #expect(try await service.send(.get, "/v1/approvals/\(foreign)", as: role).status == 404, "\(role)")
            #expect(try await service.send(.get, "/v1/approvals", as: role).items.map { $0["id"] } == [.text(id)])
        }
        #expect(try await act(service, foreign, "pass", as: "town", key: "p").status == 404)
        #expect(try await service.send(.get, "/v1/approvals", as: "donor0").status == 403)
        let standing = try await service.send(
            .post, "/v1/notices/\(id)/object", ["reason": "x"], as: "donor0", key: "o")
        #expect(standing.status == 404, "no notice stands")
        // Who sees the case is told what is missing, and what can be done instead.
        let told = try await service.send(
            .post, "/v1/notices/\(id)/object", ["reason": "neighbour"], as: "coordinator", key: "t")
        #expect(told.status == 409, "\(told.json)")
        #expect(told.text("detail")?.contains("没有公示") == true && told.text("detail")?.contains("sendBack") == true)
        #expect(service.reports.isEmpty)
    }
}

extension JSONValue {
    /// Both objects' members in one.
    func with(_ other: JSONValue) -> JSONValue {
        guard case .object(var object) = self, case .object(let rest) = other else { return self }
        for member in rest.members { object[member.name] = member.value }
        return .object(object)
    }
}
