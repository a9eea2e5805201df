import Casework
import HTTPTypes
import MatchCore
import Testing
import Wire

@Suite struct HouseholdRouteTests {
    private func open(_ service: RouteService, _ area: String, key: String) async throws -> String {
        let opened = try await service.send(
            .post, "/v1/households", ["area": .text(area)], as: "intake", key: "o\(key)")
        #expect(opened.status == 201)
        let id = try #require(opened.text("id"))
        #expect(opened.header("Location") == "/v1/households/\(id)")
        return id
    }

    @Test func aFileHoldsMembersHardshipsBenefitsVisitsAndWishes() async throws {
        let service = try RouteService()
        let id = try await open(service, "c11", key: "1")
        let person = RecordID(high: 7, low: 1)
        let steps: [(path: String, body: JSONValue)] = [
            ("members", ["person": .text("\(person)"), "birthYear": 1940]),
            ("hardships", ["code": "illness", "reason": "visit", "note": "住院"]),
            ("benefits", ["code": "minimumLiving"]),
            ("calls", ["calls": 2]), ("visits", [:]), ("wishes", ["wish": .text("\(RouteService.wishes[0])")]),
        ]
        for step in steps {
            let made = try await service.send(
                .post, "/v1/households/\(id)/\(step.path)", step.body, as: "coordinator", key: step.path)
            #expect(made.status == 200, "\(step.path): \(made.json)")
        }
        let file = try await service.send(.get, "/v1/households/\(id)", as: "auditor")
        func list(_ name: String) -> [JSONValue] { if case .list(let list)? = file.json[name] { list } else { [] } }
        #expect(list("members").first?["birthYear"] == 1940 && list("hardships").first?["code"] == "illness")
        #expect(list("benefits").first?["until"] == nil && list("wishes").count == 1)
        #expect(file.text("lastVisit") == "2026-01-05T01:30:00.000Z" && file.text("grade") == "green")

        let ended = try await service.send(
            .post, "/v1/households/\(id)/hardships/end", ["code": "illness"], as: "intake", key: "e")
        guard case .list(let hardships)? = ended.json["hardships"] else { return }
        #expect(hardships.first?["until"] != nil)
        let left = try await service.send(
            .post, "/v1/households/\(id)/members/\(person)/leave", as: "intake", key: "l")
        #expect(left.status == 200)
        let gone = try await service.send(
            .post, "/v1/households/\(id)/members/\(person)/leave", as: "intake", key: "l2")
        #expect(gone.status == 404)
        // A wish is in one file.
        let other = try await open(service, "c11", key: "2")
        let twice = try await service.send(
            .post, "/v1/households/\(other)/wishes", ["wish": .text("\(RouteService.wishes[0])")], as: "intake",
            key: "w")
        #expect(twice.status == 409)
    }

    @Test func theListIsFilteredByColourAndAreaAndComesInPages() async throws {
        let service = try RouteService()
        for (number, area) in ["c11", "c1", "c2", "c2", "c2"].enumerated() {
            _ = try await open(service, area, key: "\(number)")
        }
        var seen: [JSONValue] = []
        var address = "/v1/households?limit=2"
        for _ in 0..<5 {
            let page = try await service.send(.get, address)
            seen += page.items.compactMap { $0["id"] }
            guard let next = page.text("next") else { break }
            address = "/v1/households?limit=2&cursor=\(next)"
        }
        #expect(seen.count == 5 && Set(seen).count == 5)
        #expect(try await service.send(.get, "/v1/households?area=c1").items.count == 2)
        #expect(try await service.send(.get, "/v1/households?grade=green", as: "coordinator").items.count == 5)
        #expect(try await service.send(.get, "/v1/households?grade=red", as: "coordinator").items.isEmpty)
        #expect(try await service.send(.get, "/v1/households?area=nowhere").status == 422)
        #expect(try await service.send(.get, "/v1/households", as: "town").items.count == 2)
    }

    /// What an admin does not see is left out, and told by no other way: not by a filter, an order, a cursor or the history.
    @Test func whatIsMadeOfHardshipsFollowsThem() async throws {
        let service = try RouteService()
        var ids: [String] = []
        for (number, area) in ["c11", "c2", "c2"].enumerated() {
            ids.append(try await open(service, area, key: "\(number)"))
        }
        let member: JSONValue = ["person": .text("\(RecordID(high: 7, low: 1))"), "birthYear": 1940]
        _ = try await service.send(.post, "/v1/households/\(ids[0])/members", member, as: "intake", key: "m")
        for (number, code) in ["illness", "disability", "unemployment"].enumerated() {
            let noted = try await service.send(
                .post, "/v1/households/\(ids[0])/hardships", ["code": .text(code)], as: "intake", key: "h\(number)")
            #expect(noted.status == 200)
        }
        let sealed = ["grade", "because", "since", "visitDue", "members", "hardships", "benefits"]
        func members(_ json: JSONValue) -> Set<String> {
            guard case .object(let object) = json else { return [] }
            return Set(object.members.map(\.name))
        }
        let address = "/v1/households/\(ids[0])"
        let whole = members(try await service.send(.get, address, as: "coordinator").json)
        #expect(whole.isSuperset(of: sealed))
        let held = members(try await service.send(.get, address, as: "admin").json)
        #expect(held.isDisjoint(with: sealed) && held.isSuperset(of: ["id", "area", "wishes"]))

        let refused = try await service.send(.get, "/v1/households?grade=red", as: "admin")
        #expect(refused.status == 403)
        var listed: [String] = []
        var next: String? = "/v1/households?limit=1"
        while let address = next {
            let page = try await service.send(.get, address, as: "admin")
            #expect(page.items.allSatisfy { members($0).isDisjoint(with: sealed) })
            listed += page.items.compactMap { if case .text(let id)? = $0["id"] { id } else { nil } }
            next = page.text("next").map { "/v1/households?limit=1&cursor=\($0)" }
        }
        #expect(listed == ids.sorted())

        func actions(_ role: String) async throws -> [JSONValue] {
            try await service.send(.get, "/v1/history/\(ids[0])", as: role).items.compactMap { $0["action"] }
        }
        let graded: JSONValue = "household/grade"
        #expect(try await actions("coordinator").contains(graded))
        let seen = try await actions("admin")
        #expect(seen.contains("household/open") && !seen.contains(graded) && !seen.contains("household/visitDue"))

        // An opening shows what it opens.
        let asked = try await service.send(
            .post, "/v1/openings", ["holder": .text(ids[0]), "field": "circumstance", "reason": "checked"], as: "admin",
            key: "a")
        let opening = try #require(asked.text("id"), "\(asked.json)")
        #expect(
            try await service.send(.post, "/v1/openings/\(opening)/approve", as: "coordinator", key: "b").status == 200)
        let opened = members(try await service.send(.get, address, as: "admin").json)
        #expect(opened.isSuperset(of: ["grade", "hardships"]) && !opened.contains("members"))
        #expect(try await actions("admin").contains(graded))
    }

    @Test func nobodyElseSeesAFile() async throws {
        let service = try RouteService()
        let id = try await open(service, "c2", key: "1")
        for role in ["donor0", "recipient", "carrier", "integration"] {
            #expect(try await service.send(.get, "/v1/households/\(id)", as: role).status == 403, "\(role)")
        }
        #expect(try await service.send(.get, "/v1/households/\(id)", as: nil).status == 401)
        #expect(try await service.send(.get, "/v1/households/\(id)", as: "town").status == 404)
        #expect(try await service.send(.post, "/v1/households/\(id)/visits", as: "town", key: "v").status == 404)
        let elsewhere = try await service.send(.post, "/v1/households", ["area": "c2"], as: "town", key: "o")
        #expect(elsewhere.status == 422)
        let auditor = try await service.send(.post, "/v1/households/\(id)/visits", as: "auditor", key: "a")
        #expect(auditor.status == 403)
        for (path, body) in [
            ("calls", ["calls": 0]), ("members", ["person": "nobody"]), ("hardships", ["code": "a b"]),
            ("wishes", ["wish": .text("\(RecordID(high: 9, low: 9))")]),
        ] as [(String, JSONValue)] {
            let refused = try await service.send(
                .post, "/v1/households/\(id)/\(path)", body, as: "intake", key: "r\(path)")
            #expect(refused.status == 422, "\(path)")
        }
        #expect(service.reports.isEmpty)
    }
}
