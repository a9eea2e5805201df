import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import Wire

/// What is personal in a wording stops before anybody reads it.
@Suite struct WordingRouteTests {
    private func wish(_ service: RouteService, _ text: String, key: String) async throws -> String {
        let made = try await service.send(
            .post, "/v1/wishes",
            ["text": .text(text), "place": ["area": "c11"], "lines": [["category": "fan", "quantity": 1]]],
            as: "intake", key: key)
        return try #require(made.text("id"))
    }

    private func act(
        _ service: RouteService, _ wish: String, _ act: String, _ body: JSONValue = [:], as role: String, _ key: String
    ) async throws -> RouteService.Answer {
        let approval = try await service.send(.get, "/v1/cases/\(wish)/approval", as: "coordinator")
        let id = try #require(approval.text("id"))
        return try await service.send(.post, "/v1/approvals/\(id)/\(act)", body, as: role, key: key)
    }

    /// Up to the publication.
    private func approve(_ service: RouteService, _ wish: String, _ key: String) async throws {
        let price: JSONValue = ["amount": 900, "reason": "estimate"]
        #expect(try await act(service, wish, "revise", price, as: "coordinator", "\(key)r").status == 200)
        #expect(try await act(service, wish, "pass", as: "intake", "\(key)s").status == 200)
        let approved = try await act(service, wish, "approve", as: "approver0", "\(key)a")
        #expect(approved.text("step") == "publication", "\(approved.json)")
    }

    private func isSeenByDonors(_ service: RouteService, _ wish: String) async throws -> Bool {
        try await service.send(.get, "/v1/wishes/\(wish)", as: "donor0").status == 200
    }

    @Test func aTelephoneIsHeldBackUntilItIsTakenOutOrLetPass() async throws {
        let service = try RouteService()
        let id = try await wish(service, "想要电风扇，一三八零零一三八零零零", key: "1")
        let shown = try await service.send(.get, "/v1/wishes/\(id)/wording", as: "intake")
        #expect(shown.status == 200 && shown.json["holds"] == ["wording"])
        #expect(shown.text("proposed") == "想要电风扇，（号码已隐去）")
        try await approve(service, id, "1")
        // It is approved, and help may be matched; the wording is read by nobody outside.
        #expect(try await !isSeenByDonors(service, id))
        let open = try await service.send(.get, "/v1/public/wishes", as: nil)
        #expect(open.items.allSatisfy { $0["id"] != .text(id) })
        let refused = try await act(service, id, "pass", ["note": "见申请"], as: "coordinator", "p")
        #expect(refused.status == 409 && refused.text("detail")?.contains("第 7–17 字手机号") == true)
        guard case .list(let errors)? = refused.json["errors"] else { return }
        #expect(errors.count == 1)
        #expect(!"\(refused.json)".contains("一三八"))
        let why: JSONValue = ["reason": "wordingChecked"]
        let address = "/v1/wishes/\(id)/wording"
        #expect(try await service.send(.post, address, why, as: "intake", key: "i").status == 403)
        #expect(try await service.send(.post, address, [:], as: "coordinator", key: "n").status == 422)
        let passed = try await service.send(.post, address, why, as: "coordinator", key: "c")
        #expect(passed.status == 200 && passed.json["isPublished"] == true && passed.json["isAccepted"] == true)
        #expect(try await isSeenByDonors(service, id))
        #expect(try await act(service, id, "pass", ["note": "见申请"], as: "coordinator", "q").status == 200)
        let history = try await service.send(.get, "/v1/history/\(id)", as: "coordinator")
        #expect("\(history.json)".contains("wish/acceptWording"))
    }

    @Test func anIdentityNumberIsNeverPublished() async throws {
        let service = try RouteService()
        let id = try await wish(service, "想要电风扇，11010519491231002X", key: "1")
        try await approve(service, id, "1")
        let address = "/v1/wishes/\(id)/wording"
        let refused = try await service.send(
            .post, address, ["reason": "wordingChecked"], as: "coordinator", key: "2")
        #expect(refused.status == 409)
        #expect(try await !isSeenByDonors(service, id))
        let mended = try await service.send(.post, address, ["text": "想要电风扇"], as: "coordinator", key: "3")
        #expect(mended.status == 200 && mended.json["isPublished"] == true)
        #expect(try await isSeenByDonors(service, id))
        // What is published cannot be made worse, by either way.
        let worse: JSONValue = ["text": "想要电风扇，11010519491231002X"]
        #expect(try await service.send(.post, address, worse, as: "coordinator", key: "4").status == 409)
        let any: HTTPFields = [HTTPField.Name("If-Match")!: "*"]
        let changed = try await service.send(
            .patch, "/v1/wishes/\(id)", worse, as: "coordinator", key: "5", headers: any)
        #expect(changed.status == 409)
        let risky: JSONValue = ["text": "想要电风扇，13800138000", "reason": "wordingChecked"]
        #expect(try await service.send(.post, address, risky, as: "coordinator", key: "6").status == 200)
        // Another change of the wording asks again.
        let again: JSONValue = ["text": "想要电风扇，13900139000"]
        #expect(try await service.send(.post, address, again, as: "coordinator", key: "7").status == 409)
    }

    @Test func namesOfTheHouseholdAndOfStaffAreFound() async throws {
        let service = try RouteService()
        let id = try await wish(service, "陈小明想要电风扇，王干事经手", key: "1")
        let household = try #require(
            try await service.send(.post, "/v1/households", ["area": "c11"], as: "intake", key: "h").text("id"))
        let member: JSONValue = ["person": .text("\(RecordID(high: 7, low: 9))"), "name": "陈小明", "birthYear": 1950]
        _ = try await service.send(.post, "/v1/households/\(household)/members", member, as: "intake", key: "m")
        _ = try await service.send(
            .post, "/v1/households/\(household)/wishes", ["wish": .text(id)], as: "intake", key: "f")
        try service.store.blockingWrite { [room = service.room] store in
            let desk = try room.context(in: store, for: Viewer(actor: .system)).desk()
            try desk.keepName("王干事", of: RecordID(high: 7, low: 77), isStaff: true)
        }
        try await approve(service, id, "1")
        #expect(try await !isSeenByDonors(service, id))
        let shown = try await service.send(.get, "/v1/wishes/\(id)/wording", as: "coordinator")
        #expect(shown.text("proposed") == "陈某想要电风扇，王某经手")
        let check: JSONValue = ["text": "陈小明", "wish": .text(id)]
        let looked = try await service.send(.post, "/v1/wordings/check", check, as: "intake")
        #expect(looked.status == 200 && looked.text("proposed") == "陈某")
        #expect(try await service.send(.post, "/v1/wordings/check", check, as: "donor0").status == 403)
    }

    /// Each wording is looked over with all of them, so that there is an end to how many.
    @Test func soManyNamesOfStaffAreLookedForAndNoMore() throws {
        let service = try RouteService()
        try service.store.blockingWrite { [room = service.room] store in
            let desk = try room.context(in: store, for: Viewer(actor: .system)).desk()
            for number in 1...5 {
                try desk.keepName(
                    "王干事" + String(repeating: "甲", count: number), of: RecordID(high: 7, low: UInt64(number)),
                    isStaff: true)
            }
            try desk.keepName("不是员工", of: RecordID(high: 7, low: 9))
            try #expect(store.staffNames(limit: 3).count == 3)
            try #expect(store.staffNames(limit: 10).count == 5)
            let check = try desk.wordingCheck()
            #expect(check.findings(in: "王干事甲甲想要电风扇").count == 1)
            #expect(check.findings(in: "不是员工想要电风扇").isEmpty)
        }
    }
}
