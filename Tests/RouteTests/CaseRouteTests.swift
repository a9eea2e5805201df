import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

@Suite struct CaseRouteTests {
    private func open(_ service: RouteService, _ number: Int, as role: String = "intake") async throws
        -> RouteService.Answer
    {
        try await service.send(
            .post, "/v1/cases", ["wish": .text("\(RouteService.wishes[number])"), "channel": "phone"], as: role,
            key: "open\(number)")
    }

    private func step(
        _ service: RouteService, _ step: String, _ body: JSONValue = [:], as role: String = "coordinator",
        key: String? = nil
    ) async throws -> RouteService.Answer {
        try await service.send(
            .post, "/v1/cases/\(RouteService.wishes[0])/\(step)", body, as: role,
            key: key ?? "\(step) \(role)".filter(\.isLetter))
    }

    @Test func aCaseIsAnsweredClosedRatedAndOpenedAgain() async throws {
        let service = try RouteService()
        let opened = try await open(service, 0)
        #expect(opened.status == 201 && opened.text("state") == "open" && opened.text("area") == "c11")
        #expect(opened.header("Location") == "/v1/cases/\(RouteService.wishes[0])")
        #expect(try await open(service, 0, as: "coordinator").status == 409)
        #expect(try await step(service, "rate", ["stars": 5]).status == 409, "only a closed case is rated")
        #expect(try await step(service, "answer", ["note": "三日内送达"]).status == 200)
        #expect(try await step(service, "close", as: "intake").status == 403)
        #expect(try await step(service, "close", key: "early").problem == "insufficient-balance", "nothing has come")
        let bare = try await step(service, "close", ["outcome": "unfulfilled"], key: "bareClose")
        #expect(bare.status == 422, "why, and what the person was told")
        let closed = try await step(
            service, "close", ["outcome": "unfulfilled", "reason": "notDeliverable", "note": "已告知"])
        #expect(closed.text("state") == "closed" && closed.text("outcome") == "unfulfilled")
        #expect(try await step(service, "rate", ["stars": 6], key: "six").status == 422)
        let rated = try await step(service, "rate", ["stars": 2, "words": "坏了"], as: "recipient")
        #expect(rated.status == 200 && rated.text("state") == "open" && rated.json["round"] == 2)
        #expect(try await step(service, "end", key: "bare").status == 422, "an end needs a reason")
        let ended = try await step(service, "end", ["reason": "withdrawnByApplicant"], key: "end")
        #expect(
            ended.text("state") == "closed" && ended.text("outcome") == "unfulfilled",
            "what was closed before stays in the figures")
        #expect(try await step(service, "answer", key: "late").status == 409)
    }

    @Test func theListIsFilteredAndComesInPages() async throws {
        let service = try RouteService()
        for number in 0..<3 { #expect(try await open(service, number).status == 201) }
        _ = try await step(
            service, "close", ["outcome": "unfulfilled", "reason": "notDeliverable", "note": "已告知"])
        var seen: [JSONValue] = []
        var address = "/v1/cases?limit=1"
        for _ in 0..<5 {
            let page = try await service.send(.get, address)
            seen += page.items.compactMap { $0["wish"] }
            guard let next = page.text("next") else { break }
            address = "/v1/cases?limit=1&cursor=\(next)"
        }
        #expect(seen.count == 3 && Set(seen).count == 3)
        for (query, count) in [
            ("state=open", 2), ("state=closed", 1), ("area=c1", 2), ("area=c2", 1), ("lane=microProject", 0),
            ("channel=phone", 3), ("channel=web", 0),
        ] {
            #expect(try await service.send(.get, "/v1/cases?\(query)").items.count == count, "\(query)")
        }
        #expect(try await service.send(.get, "/v1/cases?state=new").status == 422)
    }

    @Test func aCaseIsSeenWhereItIsOnesOwn() async throws {
        let service = try RouteService()
        for number in 0..<3 { _ = try await open(service, number) }
        #expect(try await service.send(.get, "/v1/cases", as: "town").items.count == 2)
        #expect(try await service.send(.get, "/v1/cases/\(RouteService.wishes[2])", as: "town").status == 404)
        let own = try await service.send(.get, "/v1/cases", as: "recipient")
        #expect(own.items.map { $0["wish"] } == [.text("\(RouteService.wishes[0])")])
        #expect(try await service.send(.get, "/v1/cases/\(RouteService.wishes[1])", as: "recipient").status == 404)
        #expect(try await service.send(.get, "/v1/cases", as: "donor0").status == 403)
        let foreign = try await service.send(
            .post, "/v1/cases/\(RouteService.wishes[2])/answer", [:], as: "town", key: "a")
        #expect(foreign.status == 404)
        let none = try await service.send(
            .post, "/v1/cases", ["wish": .text("\(RecordID(high: 9, low: 9))"), "channel": "phone"], key: "n")
        #expect(none.status == 404)
        #expect(service.reports.isEmpty)
    }
}
