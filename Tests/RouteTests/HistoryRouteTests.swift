import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

@Suite struct HistoryRouteTests {
    private func open(_ service: RouteService, _ number: Int) async throws {
        let opened = try await service.send(
            .post, "/v1/cases", ["wish": .text("\(RouteService.wishes[number])"), "channel": "phone"], key: "o\(number)"
        )
        #expect(opened.status == 201)
    }

    @Test func whatHappenedToARecordIsToldInOrder() async throws {
        let service = try RouteService()
        try await open(service, 0)
        let answered = try await service.send(
            .post, "/v1/cases/\(RouteService.wishes[0])/answer", ["reason": "phone"], as: "intake", key: "a")
        #expect(answered.status == 200)
        let history = try await service.send(.get, "/v1/history/\(RouteService.wishes[0])", as: "auditor")
        #expect(history.items.map { $0["action"] } == ["wish/register", "wish/open", "wish/answer"])
        #expect(history.items.last?["reason"] == "phone" && history.items.last?["role"] == "intake")
        var seen: [JSONValue] = []
        var address = "/v1/wishes/\(RouteService.wishes[0])/story?limit=3"
        for _ in 0..<10 {
            let page = try await service.send(.get, address)
            seen += page.items.compactMap { $0["action"] }
            guard let next = page.text("next") else { break }
            address = "/v1/wishes/\(RouteService.wishes[0])/story?limit=3&cursor=\(next)"
        }
        #expect(seen.contains("clock/start") && seen.contains("approval/open") && seen.count > 5)
        #expect(seen.count == (try await service.send(.get, "/v1/wishes/\(RouteService.wishes[0])/story")).items.count)
    }

    @Test func aHistoryThatIsNotOnesOwnIsNotThere() async throws {
        let service = try RouteService()
        for number in [0, 2] { try await open(service, number) }
        #expect(try await service.send(.get, "/v1/history/\(RouteService.wishes[0])", as: "town").status == 200)
        #expect(try await service.send(.get, "/v1/history/\(RouteService.wishes[2])", as: "town").status == 404)
        #expect(try await service.send(.get, "/v1/wishes/\(RouteService.wishes[2])/story", as: "town").status == 404)
        #expect(try await service.send(.get, "/v1/history/\(RecordID(high: 9, low: 9))").status == 404)
        for role in ["donor0", "recipient", "integration"] {
            let refused = try await service.send(.get, "/v1/history/\(RouteService.wishes[0])", as: role)
            #expect(refused.status == 403, "\(role)")
        }
    }

    @Test func theChainHoldsAndItsHeadIsSigned() async throws {
        let service = try RouteService()
        try await open(service, 0)
        let head = try await service.send(.get, "/v1/audit/head", as: "auditor")
        #expect(head.status == 200 && head.text("program") == "p")
        guard case .integer(let number)? = head.json["number"], let hash = head.text("hash") else { return }
        try await open(service, 1)
        let verified = try await service.send(.get, "/v1/audit/verification?heads=\(number):\(hash)", as: "auditor")
        #expect(verified.status == 200 && verified.json["holds"] == true && verified.json["fault"] == nil)
        let forged = "\(number):" + String(repeating: "0", count: 64)
        let broken = try await service.send(.get, "/v1/audit/verification?heads=\(forged)", as: "auditor")
        #expect(broken.json["holds"] == false && broken.json["firstBad"] == .integer(number))
        let bad = String(repeating: "x", count: 70)
        #expect(try await service.send(.get, "/v1/audit/verification?heads=\(bad)", as: "auditor").status == 422)
        #expect(try await service.send(.get, "/v1/audit/head", as: "coordinator").status == 403)
    }

    @Test func everybodySeesTheFigures() async throws {
        let service = try RouteService()
        for number in 0..<3 { try await open(service, number) }
        let closed = try await service.send(
            .post, "/v1/cases/\(RouteService.wishes[0])/close",
            ["outcome": "unfulfilled", "reason": "notDeliverable", "note": "已告知"], key: "c")
        #expect(closed.status == 200)
        let all = try await service.send(.get, "/v1/figures", as: "auditor")
        try #require(all.items.count == 1)
        #expect(all.items.count == 1 && all.items[0]["wishes"] == 3 && all.items[0]["replied"]?["part"] == 1)
        #expect(all.items[0]["served"]?["whole"] == 1 && all.items[0]["served"]?["part"] == 0)
        let areas = try await service.send(.get, "/v1/figures?by=area&limit=1", as: "auditor")
        #expect(areas.items.map { $0["group"] } == ["area/c11"])
        let next = try #require(areas.text("next"))
        let more = try await service.send(.get, "/v1/figures?by=area&limit=1&cursor=\(next)", as: "auditor")
        #expect(more.items.map { $0["group"] } == ["area/c2"])
        let ahead = try await service.send(.get, "/v1/figures?asOf=2030-01-01T00:00:00Z", as: "auditor")
        #expect(ahead.status == 422 && "\(ahead.json)".contains("晚于现在"), "\(ahead.json)")
        let before = try await service.send(.get, "/v1/figures?asOf=2026-01-01T00:00:00Z", as: nil)
        #expect(before.items.allSatisfy { $0["wishes"] == 0 })
        // Three wishes are too few for everybody to see.
        #expect(try await service.send(.get, "/v1/figures", as: nil).items.isEmpty)
        #expect(try await service.send(.get, "/v1/figures?by=area", as: "donor0").items.isEmpty)
        #expect(try await service.send(.get, "/v1/figures?by=party", as: nil).status == 403)
        #expect(try await service.send(.get, "/v1/figures?by=party", as: "auditor").status == 200)
        #expect(try await service.send(.get, "/v1/figures?by=colour", as: nil).status == 422)
        #expect(service.reports.isEmpty)
    }
}
