import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

/// What a donor and a carrier see of a wish, from its draft to its end.
@Suite struct DonorViewTests {
    private func wish(_ service: RouteService) throws -> RecordID {
        let id = RecordID(high: 3, low: 40)
        try service.store.blockingWrite { store in
            let context = service.room.context(in: store, for: Viewer(actor: .system))
            let registrar = Registrar(
                transaction: store,
                admission: Admission(
                    areas: service.room.reference.areas, categories: service.room.reference.categories),
                desk: try context.desk())
            try registrar.admit(
                Wish(
                    key: RecordKey(source: "t", externalID: "W40", id: id), hardship: 3,
                    place: Place(point: GeoPoint(latitude: 22.8171, longitude: 113.6739), area: "c11"),
                    groups: ["elders"], languages: ["yue"], hours: WeeklyHours("mon-fri 9-17"), text: "一台电风扇",
                    lines: [WishLine(category: "fan", quantity: 5)]))
        }
        return id
    }

    @Test func itGrowsWithTheClaimAndEndsWithIt() async throws {
        let service = try RouteService(rules: try SampleRules.rules())
        let id = try wish(service)
        let opened = try await service.send(
            .post, "/v1/cases", ["wish": .text("\(id)"), "channel": "phone"], as: "coordinator", key: "case")
        try #require(opened.status == 201, "\(opened.json)")
        func seen(_ token: String) async throws -> JSONValue {
            try await service.send(.get, "/v1/wishes/\(id)", as: token).json
        }
        func isOfPublic(_ wish: JSONValue) -> Bool {
            wish["place"] == ["area": "c1"] && wish["hours"] == nil && wish["languages"] == nil
                && wish["hardship"] == nil && wish["text"] == "一台电风扇" && wish["record"]?["externalID"] == nil
        }
        #expect(isOfPublic(try await seen("donor0")))
        let claim = try await service.send(
            .post, "/v1/claims",
            [
                "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(id)"), "quantity": 1,
                "legs": ["carrier"],
            ], as: "coordinator", key: "1")
        let made = try #require(claim.text("id"))
        #expect(isOfPublic(try await seen("donor0")), "a proposal opens nothing")
        func step(_ name: String, _ body: JSONValue = [:], as token: String) async throws {
            let answer = try await service.send(
                .post, "/v1/claims/\(made)/\(name)", body, as: token, key: "\(name)\(token)")
            try #require(answer.status == 200, "\(name): \(answer.json)")
        }
        try await step("accept", as: "donor0")
        let accepted = try await seen("donor0")
        #expect(
            accepted["place"]?["area"] == "c11" && accepted["hours"] != nil
        )
        #expect(accepted["place"]?["latitude"] == .decimal("22.815"), "rounded: \(accepted)")
        #expect(accepted["hardship"] == nil && accepted["record"]?["externalID"] == nil)
        #expect(isOfPublic(try await seen("donor1")), "another donor sees what everybody sees")
        #expect(isOfPublic(try await seen("carrier1")), "nobody carries yet")
        try await step("legs/carrier/agree", as: "carrier1")
        let carrying = try await seen("carrier1")
        #expect(carrying["place"]?["latitude"] == .decimal("22.8171"), "the carrier finds the door: \(carrying)")
        #expect(try await seen("donor0")["place"]?["latitude"] == .decimal("22.815"))
        let reads = try service.store.blockingRead { try $0.reads(of: [id], limit: 100) }
        #expect(reads.contains { $0.role == .carrier && $0.field == .place }, "and that is on record")
        try await step("dispatch", as: "donor0")
        try await step("legs/carrier/finish", as: "carrier1")
        #expect(try await seen("carrier1")["place"]?["latitude"] == .decimal("22.815"), "the work is done")
        try await step("receive", as: "coordinator")
        try await step("confirm", ["reason": "visit"], as: "coordinator")
        #expect(isOfPublic(try await seen("donor0")), "over")
        let ended = try await service.send(
            .post, "/v1/wishes/\(id)/end", ["reason": "withdrawn"], as: "coordinator", key: "end")
        #expect(ended.status == 200)
        for token in ["donor0", "donor1", "carrier1"] {
            #expect(try await service.send(.get, "/v1/wishes/\(id)", as: token).status == 404, "\(token)")
        }
        let own = try await service.send(.get, "/v1/claims/\(made)", as: "donor0")
        #expect(own.json["state"] == "confirmed" && own.json["quantity"] == 1, "its own pledge stays")
    }

    @Test func aDonorsOrderIsMadeOfWhatIsPublished() async throws {
        let service = try RouteService()
        _ = try wish(service)
        let ranked = try await service.send(
            .get, "/v1/offers/\(RouteService.offers[0])/matches?explain=true", as: "donor0")
        guard case .list(let candidates)? = ranked.items.first?["candidates"] else { return }
        #expect(candidates.count == 4)
        for candidate in candidates {
            #expect(candidate["total"] == nil && candidate["explanation"] == nil)
            #expect(candidate["record"]?["externalID"] == nil && candidate["record"]?["source"] == "")
        }
        let staff = try await service.send(.get, "/v1/offers/\(RouteService.offers[0])/matches", as: "coordinator")
        guard case .list(let full)? = staff.items.first?["candidates"] else { return }
        #expect(full.count == 4 && full.allSatisfy { $0["total"] != nil })
    }

    @Test func ofSeveralNodesEachShowsItsPart() async throws {
        let share = RateShare()
        share.set(nodes: 3, rank: 0, isNew: false)
        let service = try RouteService(browsing: BrowsingBudget.Terms(guest: 9, party: 9), share: share)
        #expect(try await service.send(.get, "/v1/public/wishes", as: nil).items.count == 3)
        #expect(try await service.send(.get, "/v1/public/wishes", as: nil).status == 429)
    }

    /// Whoever likes may register one party after the other, and has more addresses of IPv6 than anybody can count.
    @Test func partiesOfOneAddressHaveNoBudgetWithoutEnd() async throws {
        let service = try RouteService(browsing: BrowsingBudget.Terms(guest: 3, party: 3))
        func look(_ token: String?, from client: String) async throws -> Int {
            let path = token == nil ? "/v1/public/wishes" : "/v1/wishes"
            return try await service.send(.get, path, as: token, from: client).status
        }
        var answers: [Int] = []
        for number in 0..<6 {
            let party: JSONValue = ["name": .text("Party \(number)"), "kind": "donor"]
            let made = try await service.send(.post, "/v1/parties", party, as: nil, key: "\(number)", from: "10.0.0.1")
            let token = try #require(made.text("token"))
            answers.append(try await look(token, from: "10.0.0.1"))
        }
        #expect(answers == [200, 200, 200, 200, 429, 429])
        #expect(try await look("donor0", from: "10.0.0.2") == 200)
        #expect(try await look(nil, from: "2001:db8:0:1::1") == 200)
        #expect(try await look(nil, from: "2001:db8:0:1::2") == 429, "the same network")
        #expect(try await look(nil, from: "2001:db8:0:2::1") == 200)
    }

    @Test func browsingHasItsBudgetByDay() async throws {
        let service = try RouteService(browsing: BrowsingBudget.Terms(guest: 5, party: 7))
        func look(_ token: String?) async throws -> RouteService.Answer {
            try await service.send(.get, token == nil ? "/v1/public/wishes" : "/v1/wishes", as: token)
        }
        #expect(try await look(nil).items.count == 3)
        #expect(try await look(nil).status == 200)
        let tired = try await look(nil)
        #expect(tired.status == 429 && tired.header("Retry-After") != nil)
        for _ in 0..<3 { #expect(try await look("donor0").status == 200) }
        #expect(try await look("donor0").status == 429)
        #expect(try await look("donor1").status == 200, "another party has its own")
        for _ in 0..<5 { #expect(try await look("coordinator").status == 200) }
    }
}
