import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Synchronization
import Testing
import Wire

@Suite struct ClockRouteTests {
    private func open(_ service: RouteService, _ number: Int) async throws {
        let opened = try await service.send(
            .post, "/v1/cases", ["wish": .text("\(RouteService.wishes[number])"), "channel": "phone"], key: "o\(number)"
        )
        #expect(opened.status == 201)
    }

    @Test func aClockIsPausedResumedExtendedAndMet() async throws {
        let service = try RouteService()
        try await open(service, 0)
        let list = try await service.send(.get, "/v1/clocks?wish=\(RouteService.wishes[0])&kind=answer", as: "intake")
        #expect(list.items.count == 1 && list.items[0]["due"] == "2026-01-06T01:30:00.000Z")
        guard case .text(let id)? = list.items.first?["id"] else { return }
        func step(_ step: String, _ body: JSONValue = [:], as role: String = "intake") async throws
            -> RouteService.Answer
        { try await service.send(.post, "/v1/clocks/\(id)/\(step)", body, as: role, key: "\(step)\(role)") }
        #expect(try await step("pause", as: "coordinator").status == 422, "a pause needs a reason")
        let paused = try await step("pause", ["reason": "awaitsPapers"])
        #expect(paused.status == 200 && paused.json["isPaused"] == true && paused.json["due"] == nil)
        #expect(try await step("resume").json["isPaused"] == false)
        #expect(try await step("extend", ["more": 0, "reason": "x"], as: "coordinator").status == 422)
        let asked = try await step("extend", ["more": 2, "reason": "flood"])
        #expect(asked.json["request"]?["more"] == 2)
        #expect(try await step("grant", as: "coordinator").status == 403)
        #expect(try await step("meet").text("outcome") == "met")
        #expect(try await step("cancel", ["reason": "late"], as: "coordinator").status == 409)
        #expect(try await service.send(.get, "/v1/clocks/\(id)", as: "recipient").text("outcome") == "met")
    }

    @Test func whatWasOverdueIsToldForAnyMoment() async throws {
        let time = Mutex(RouteService.now)
        let service = try RouteService(clock: { time.withLock { $0 } })
        for number in 0..<3 { try await open(service, number) }
        #expect(try await service.send(.get, "/v1/clocks/overdue").items.isEmpty)
        let later = "/v1/clocks/overdue?asOf=2026-01-07T00:00:00Z"
        // Nobody knows what will have been done by then.
        let ahead = try await service.send(.get, later)
        #expect(ahead.status == 422 && ahead.text("detail")?.contains("晚于现在") == true, "\(ahead.json)")
        time.withLock { $0 = Moment(milliseconds: 1_767_744_000_000) }  // 2026-01-07, 8:00 in Shanghai
        #expect(try await service.send(.get, later).items.count == 3)
        // The same instant with its offset, also where the plus is not written as %2B and has become a space.
        for moment in ["2026-01-07T08:00:00+08:00", "2026-01-07T08:00:00 08:00", "2026-01-06T16:00:00-08:00"] {
            let same = try await service.send(.get, "/v1/clocks/overdue?asOf=\(moment)")
            #expect(same.items.count == 3, "\(moment): \(same.json)")
        }
        for moment in ["2026-01-07T08:00:00", "2026-01-07 08:00:00", "20260107", "1767744000000"] {
            let refused = try await service.send(.get, "/v1/clocks/overdue?asOf=\(moment)")
            #expect(refused.status == 422 && "\(refused.json)".contains("+08:00"), "\(moment)")
        }
        #expect(try await service.send(.get, later + "&area=c1").items.count == 2)
        #expect(try await service.send(.get, later, as: "town").items.count == 2)
        let first = try await service.send(.get, later + "&limit=2")
        let next = try #require(first.text("next"))
        #expect(first.items.count == 2)
        #expect(try await service.send(.get, later + "&limit=2&cursor=\(next)").items.count == 1)
        #expect(try await service.send(.get, "/v1/clocks/overdue?asOf=today").status == 422)
        #expect(try await service.send(.get, "/v1/clocks/overdue", as: "donor0").status == 403)
    }

    @Test func theListComesInPagesAndInOnesOwnAreas() async throws {
        let service = try RouteService()
        for number in 0..<3 { try await open(service, number) }
        let all = try await service.send(.get, "/v1/clocks")
        var seen: [JSONValue] = []
        var address = "/v1/clocks?limit=2"
        for _ in 0..<20 {
            let page = try await service.send(.get, address)
            seen += page.items.compactMap { $0["id"] }
            guard let next = page.text("next") else { break }
            address = "/v1/clocks?limit=2&cursor=\(next)"
        }
        #expect(seen.count == all.items.count && Set(seen).count == seen.count && seen.count >= 9)
        #expect(try await service.send(.get, "/v1/clocks?kind=answer", as: "town").items.count == 2)
        let foreign = try await service.send(.get, "/v1/clocks?wish=\(RouteService.wishes[2])", as: "town")
        #expect(foreign.items.isEmpty)
        let own = try await service.send(.get, "/v1/clocks", as: "recipient")
        #expect(!own.items.isEmpty && own.items.allSatisfy { $0["subject"] == .text("\(RouteService.wishes[0])") })
    }

    @Test func anAdminHasTheDueWorkDone() async throws {
        let service = try RouteService()
        try await open(service, 0)
        #expect(try await service.send(.post, "/v1/clocks/run", as: "coordinator", key: "1").status == 403)
        let ran = try await service.send(.post, "/v1/clocks/run", key: "2")
        #expect(ran.status == 200 && ran.json["isComplete"] == true && ran.json["tasks"] == [])
        let ahead: JSONValue = ["until": "2026-03-01T00:00:00Z"]
        #expect(try await service.send(.post, "/v1/clocks/run", ahead, key: "a").status == 409)
        let shown = try await service.send(
            .post, "/v1/clocks/run", ["until": "2026-03-01T00:00:00Z", "dryRun": true], key: "d")
        guard case .list(let planned)? = shown.json["planned"] else { return }
        #expect(shown.json["tasks"] == [] && planned.contains { $0["task"] == "lapse" })
        #expect(try await service.send(.get, "/v1/clocks/overdue").items.isEmpty)
        let bare = try await service.send(.post, "/v1/clocks/run", ["acceptJump": true], key: "3")
        #expect(bare.status == 422)
        // No code of the list, and nothing that asks for one.
        let stray = try await service.send(.post, "/v1/clocks/run", ["reason": "no such reason"], key: "4")
        #expect(stray.status == 422 && stray.text("detail") != nil, "\(stray.json)")
        #expect(service.reports.isEmpty)
    }

    @Test func aDryRunListsWhatTheRunThenDoes() async throws {
        let time = Mutex(RouteService.now)
        let service = try RouteService(clock: { time.withLock { $0 } })
        for number in 0..<3 { try await open(service, number) }
        time.withLock { $0 = Moment(milliseconds: 1_767_744_000_000) }  // 2026-01-07, 8:00 in Shanghai
        let shown = try await service.send(.post, "/v1/clocks/run", ["dryRun": true], key: "1")
        let ran = try await service.send(.post, "/v1/clocks/run", key: "2")
        #expect(shown.json["done"] == nil && ran.json["planned"] == nil)
        #expect(shown.json["planned"] == ran.json["done"])
        guard case .list(let done)? = ran.json["done"] else {
            Issue.record("\(ran.json)")
            return
        }
        #expect(done.contains { $0["task"] == "lapse" })
    }

    @Test func anyoneSeesTheCalendarAndAnAdminLoadsANotice() async throws {
        let service = try RouteService()
        let shown = try await service.send(.get, "/v1/calendar?year=2026", as: nil)
        guard case .list(let days)? = shown.json["days"] else { return }
        #expect(days.count == 6 && days[0]["date"] == "2026-02-15" && days[0]["kind"] == "holiday")
        try await open(service, 0)
        let notice: JSONValue = [
            "days": [["date": "2026-01-06", "kind": "holiday"], ["date": "2026-01-07", "kind": "holiday"]]
        ]
        #expect(
            try await service.send(.post, "/v1/calendar/notices", notice, as: "coordinator", key: "1").status == 403)
        let loaded = try await service.send(.post, "/v1/calendar/notices", notice, key: "2")
        #expect(loaded.status == 200 && loaded.json["revision"] == 2)
        guard case .integer(let moved)? = loaded.json["moved"] else { return }
        #expect(moved > 0)
        for (number, day) in ["2026-01-09", "0001-01-01"].enumerated() {
            let bad: JSONValue = ["days": [["date": .text(day), "kind": "workday"]]]
            #expect(try await service.send(.post, "/v1/calendar/notices", bad, key: "b\(number)").status == 422)
        }
        #expect(service.reports.isEmpty)
    }

    @Test func aFundHasBudgetsOfItsOwn() async throws {
        let service = try RouteService()
        // The offers here are goods: only money has a budget.
        let address = "/v1/offers/\(RouteService.offers[0])/lines/1/budget"
        let days: JSONValue = ["from": "2026-01-01", "until": "2026-06-30"]
        #expect(try await service.send(.put, address, days, as: "donor0").status == 422)
        #expect(try await service.send(.put, address, days, as: "donor1").status == 404)
        #expect(try await service.send(.put, address, days, as: "intake").status == 403)
        let backwards: JSONValue = ["from": "2026-06-30", "until": "2026-01-01"]
        #expect(try await service.send(.put, address, backwards).status == 422)

        let fund = try service.addFund(lines: 2)
        for (line, from, until) in [(1, "2026-01-01", "2026-06-30"), (2, "2026-07-01", "2026-12-31")] {
            let made = try await service.send(
                .put, "/v1/offers/\(fund)/lines/\(line)/budget", ["from": .text(from), "until": .text(until)],
                as: "donor0")
            #expect(made.status == 200 && made.json["available"] == 100_000)
        }
        let shared = try await service.send(
            .put, "/v1/offers/\(fund)/lines/2/budget", ["from": "2026-06-30", "until": "2026-12-31"], as: "donor0")
        #expect(shared.status == 422)
        let first = try await service.send(.get, "/v1/budgets?limit=1", as: "donor0")
        #expect(first.items.map { $0["line"] } == [1])
        let next = try #require(first.text("next"))
        #expect(
            try await service.send(.get, "/v1/budgets?limit=1&cursor=\(next)", as: "donor0").items.map { $0["line"] }
                == [2])
        #expect(try await service.send(.get, "/v1/budgets", as: "donor1").items.isEmpty)
        #expect(try await service.send(.get, "/v1/budgets?offer=\(RouteService.offers[0])").items.isEmpty)
        #expect(service.reports.isEmpty)
    }
}

extension RouteService {
    /// A fund of the first party, with 1,000 yuan a line.
    func addFund(lines: Int) throws -> RecordID {
        let fund = RecordID(high: 2, low: 9)
        try store.blockingWrite { store in
            let context = room.context(in: store, for: Viewer(actor: .system))
            _ = try Registrar(
                transaction: store,
                admission: Admission(areas: context.reference.areas, categories: context.reference.categories),
                desk: try context.desk()
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "FUND", id: fund), party: Self.parties[0], text: "基金",
                    lines: (1...lines).map { OfferLine(number: $0, category: nil, available: 100_000, unit: .fen) }))
        }
        return fund
    }
}
