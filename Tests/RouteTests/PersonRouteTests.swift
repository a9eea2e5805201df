import Casework
import HTTPTypes
import MatchCore
import Storage
import Testing
import Wire

@Suite struct PersonRouteTests {
    private func take(_ service: RouteService, _ words: String, key: String) async throws -> String {
        let body: JSONValue = [
            "channel": "hotline12345", "words": .text(words), "person": ["phone": "13800001111"],
        ]
        return try #require(try await service.send(.post, "/v1/inbox", body, as: "intake", key: key).text("id"))
    }

    private func count(_ member: String, _ answer: RouteService.Answer) -> Int {
        guard case .list(let list)? = answer.json[member] else { return -1 }
        return list.count
    }

    @Test func everybodyWhoWasShownAFieldStandsInThePersonsFile() async throws {
        let service = try RouteService()
        let id = try await take(service, "I want 2 piece fan soon", key: "1")
        for role in ["auditor", "coordinator"] {
            #expect(try await service.send(.get, "/v1/inbox/\(id)", as: role).status == 200)
        }
        _ = try await service.send(.get, "/v1/inbox", as: "approver")
        let file = try await service.send(.get, "/v1/persons/\(id)/file", as: "coordinator")
        #expect(file.status == 200 && count("items", file) == 1)
        guard case .list(let reads)? = file.json["reads"] else { return }
        let roles = reads.compactMap { read -> String? in
            guard case .text(let role)? = read["role"], read["field"] == "words" else { return nil }
            return role
        }
        #expect(Set(roles) == ["intake", "auditor", "coordinator", "approver"])
        // Handing the file out is on record as well, and shows the next time.
        let again = try await service.send(.get, "/v1/persons/\(id)/file", as: "coordinator")
        guard case .list(let later)? = again.json["reads"] else { return }
        #expect(later.contains { $0["field"] == "file" })
        for role in ["donor0", "intake", "auditor", "integration"] {
            #expect(try await service.send(.get, "/v1/persons/\(id)/file", as: role).status == 403, "\(role)")
        }
        #expect(try await service.send(.get, "/v1/persons/\(RecordID(high: 9, low: 9))/file").status == 404)
    }

    /// How grave a hardship is, and the colour that follows from a family's file, are sealed like the words: who looked
    /// stands in what the person is handed out.
    @Test func whoReadsTheGradeStandsInThePersonsFile() async throws {
        let service = try RouteService()
        let wish = "\(RouteService.wishes[0])"
        func looks(_ id: String) async throws -> Set<String> {
            let file = try await service.send(.get, "/v1/persons/\(id)/file", as: "coordinator")
            guard case .list(let reads)? = file.json["reads"] else {
                Issue.record("\(file.json)")
                return []
            }
            return Set(
                reads.compactMap { read -> String? in
                    guard case .text(let role)? = read["role"], read["field"] == "circumstance" else { return nil }
                    return role
                })
        }
        let whole = try await service.send(.get, "/v1/persons/\(wish)/file", as: "coordinator")
        guard case .list(let items)? = whole.json["items"] else { return }
        #expect(items.contains { $0["field"] == "circumstance" && $0["text"] == "3/4" }, "\(whole.json)")
        guard case .list(let wishes)? = whole.json["wishes"] else {
            Issue.record("\(whole.json)")
            return
        }
        #expect(wishes.count == 1 && wishes[0]["id"] == .text(wish) && wishes[0]["lines"] != nil, "what they asked for")
        let opened = try await service.send(.post, "/v1/households", ["area": "c11"], as: "intake", key: "h")
        let household = try #require(opened.text("id"))
        for (role, isTold) in [
            ("donor0", false), ("carrier1", false), ("auditor", true), ("integration", true), ("admin", true),
        ] {
            _ = try await service.send(.get, "/v1/wishes/\(wish)", as: role)
            #expect(try await looks(wish).contains(String(role.prefix { !$0.isNumber })) == isTold, "\(role)")
        }
        // One that is of no hardship says nothing of it.
        _ = try await service.send(
            .patch, "/v1/wishes/\(RouteService.wishes[1])", ["hardship": .null], as: "coordinator", key: "n",
            headers: [HTTPField.Name("If-Match")!: "*"])
        _ = try await service.send(.get, "/v1/wishes/\(RouteService.wishes[1])", as: "auditor")
        #expect(try await !looks("\(RouteService.wishes[1])").contains("auditor"))

        for (role, isTold) in [("admin", false), ("integration", false), ("auditor", true), ("approver0", true)] {
            _ = try await service.send(.get, "/v1/households/\(household)", as: role)
            let name = String(role.prefix { !$0.isNumber })
            #expect(try await looks(household).contains(name) == isTold, "\(role)")
        }
    }

    @Test func whoIsErasedIsGone() async throws {
        let service = try RouteService()
        let id = try await take(service, "I want 2 piece fan soon", key: "1")
        let confirmed = try await service.send(
            .post, "/v1/inbox/\(id)/confirm", ["area": "c11", "wording": "two fans"], as: "intake", key: "2")
        let wish = try #require(confirmed.text("wish"))
        let phone: JSONValue = ["phone": "138 0000 1111"]
        #expect(count("records", try await service.send(.post, "/v1/persons/find", phone, as: "intake")) > 0)
        let none: JSONValue = [:]
        #expect(try await service.send(.post, "/v1/persons/\(wish)/erase", none, key: "3").status == 422)
        let why: JSONValue = ["reason": "personAsked"]
        #expect(
            try await service.send(.post, "/v1/persons/\(wish)/erase", why, as: "coordinator", key: "4").status == 403)
        let erased = try await service.send(.post, "/v1/persons/\(wish)/erase", why, key: "5")
        #expect(erased.status == 200 && count("holders", erased) == 1)
        #expect(try await service.send(.get, "/v1/inbox/\(id)").status == 404)
        #expect(try await service.send(.get, "/v1/wishes/\(wish)").text("text") == "")
        #expect(count("records", try await service.send(.post, "/v1/persons/find", phone, as: "intake")) == 0)
        // What is said of them now is refused, and the service goes on.
        let change: JSONValue = ["text": "again"]
        let changed = try await service.send(.patch, "/v1/wishes/\(wish)", change, key: "6")
        #expect([409, 412, 422, 428].contains(changed.status))
        #expect(service.reports == [])
    }

    /// What was promised to somebody who is erased goes back by the ordinary steps: every balance holds, and the history
    /// tells what stands.
    @Test func whatWasPromisedToThemGoesBack() async throws {
        let service = try RouteService()
        let wish = RouteService.wishes[1]
        var claims: [String] = []
        for (number, step) in ["", "accept", "dispatch"].enumerated() {
            let claim = try await service.send(
                .post, "/v1/claims",
                ["offer": .text("\(RouteService.offers[0])"), "wish": .text("\(wish)"), "quantity": 1],
                as: "coordinator", key: "c\(number)")
            let id = try #require(claim.text("id"))
            claims.append(id)
            let steps = ["", "accept", "dispatch"].dropFirst().prefix(number)
            for step in steps {
                let made = try await service.send(
                    .post, "/v1/claims/\(id)/\(step)", ["reason": "phone"], as: "coordinator", key: "\(step)\(number)")
                #expect(made.status == 200, "\(step): \(made.json)")
            }
            #expect(steps.last ?? "" == step)
        }
        let erased = try await service.send(
            .post, "/v1/persons/\(wish)/erase", ["reason": "personAsked"], key: "e")
        #expect(erased.status == 200, "\(erased.json)")
        #expect(erased.json["released"] == 2 && erased.json["underWay"] == 1 && erased.json["linesClosed"] == 1)
        for (id, state) in zip(claims, ["released", "released", "inTransit"]) {
            #expect(try await service.send(.get, "/v1/claims/\(id)", as: "coordinator").text("state") == state)
        }
        try service.store.blockingRead { store in
            let offered = try store.balance(ofOffer: LineReference(RouteService.offers[0], 1))
            #expect(offered?[.available] == 9 && offered?[.inTransit] == 1)
            let wanted = try store.balance(ofWish: LineReference(wish, 1))
            #expect(wanted?[.open] == 0 && wanted?[.cancelled] == 4 && wanted?[.inTransit] == 1)
        }
        #expect(try await service.send(.get, "/v1/wishes/\(wish)", as: "donor1").status == 404)
        // What is on its way arrives all the same.
        for step in ["receive", "confirm"] {
            let made = try await service.send(
                .post, "/v1/claims/\(claims[2])/\(step)", ["reason": "visit"], as: "coordinator", key: "\(step)2")
            #expect(made.status == 200, "\(step): \(made.json)")
        }
        let verified = try await service.send(.get, "/v1/audit/verification", as: "auditor")
        #expect(verified.status == 200 && "\(verified.json)".contains("true"), "\(verified.json)")
        // A party that is erased gives nothing any more, and takes back what it had promised.
        let party = RouteService.parties[1]
        let gone = try await service.send(.post, "/v1/persons/\(party)/erase", ["reason": "personAsked"], key: "p")
        #expect(gone.status == 200 && gone.json["linesClosed"] == 1, "\(gone.json)")
        #expect(try await service.send(.get, "/v1/offers/\(RouteService.offers[1])").text("state") == "withdrawn")
        #expect(service.reports == [])
    }

    @Test func whatWaitsIsFoundByItsWordsByThoseWhoSeeIt() async throws {
        let service = try RouteService()
        let id = try await take(service, "I want 2 piece fan soon", key: "1")
        let confirmed = try await service.send(
            .post, "/v1/inbox/\(id)/confirm", ["area": "c11", "wording": "canary words"], as: "intake", key: "2")
        for role in ["coordinator", "intake", "town", "admin"] {
            let found = try await service.send(.get, "/v1/wishes?text=canary", as: role)
            #expect(found.items.map { $0["text"] } == ["canary words"], "\(role)")
            #expect(try await service.send(.get, "/v1/wishes?text=canaries", as: role).items.isEmpty)
        }
        let named = try await service.send(.get, "/v1/names/wish?text=canary", as: "coordinator")
        #expect(named.text("id") == confirmed.text("wish"))
        // Who may not see it finds nothing, by these words or any other.
        #expect(try await service.send(.get, "/v1/wishes?text=canary", as: "donor0").items.isEmpty)
        let open = try await service.send(.get, "/v1/public/wishes", as: nil)
        #expect(open.items.allSatisfy { $0["text"] != "canary words" })
    }
}
