import AlmonerTesting
import Casework
import Foundation
import HTTPTypes
import MatchCore
import Operations
import Storage
import Synchronization
import Testing
import Wire

/// "+200,000 if the wish carries the group `childUnder6` and the offer delivers", said on a Friday evening, and what becomes of
/// it: for coordinators, for donors, and years later.
@Suite struct DerivedGroupRouteTests {
    private static let wish = RouteService.wishes[0]
    private static let person = RecordID(high: 7, low: 1)
    private static let delivering = RecordID(high: 2, low: 30)

    /// What the test says that it is.
    private final class Time: Sendable {
        private let moment = Mutex(RouteService.now)
        var now: Moment { moment.withLock { $0 } }
        func go(to day: String) throws {
            let date = try #require(CivilDate(day))
            moment.withLock { $0 = ProgramTimeZone.shanghai.moment(on: date, minute: 600) }
        }
    }

    private static func rules() throws -> CaseRules {
        var rules = try SampleRules.rules()
        rules.groups = try JSONDecoder().decode(
            GroupBook.self,
            from: Data(
                #"""
                {"groups": [{"code": "childUnder6", "name": {"zh-Hans": "六岁以下幼儿", "en": "Children under 6"},
                  "derived": [{"when": [{"fact": "ages/0-5", "atLeast": 1}]}]}]}
                """#.utf8))
        return rules
    }

    private static func service(_ time: Time) throws -> RouteService {
        let service = try RouteService(rules: rules(), clock: { time.now })
        try service.store.blockingWrite { store in
            let context = service.room.context(in: store, for: .init(actor: .system))
            try Registrar(
                transaction: store,
                admission: Admission(
                    areas: service.room.reference.areas, categories: service.room.reference.categories),
                desk: try context.desk()
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "O30", id: delivering), party: RouteService.parties[0],
                    place: Place(area: "c1"), delivers: true, text: "电风扇",
                    lines: [OfferLine(category: "fan", available: 10)]))
            let row = ParameterValue.entries([
                ParameterEntry(
                    "when",
                    .entries([
                        ParameterEntry("wish.groups", .text("childUnder6")),
                        ParameterEntry("offer.delivers", .flag(true)),
                    ])), ParameterEntry("points", .integer(200_000)),
            ])
            try store.publish(
                ScoringProfile(
                    name: "default", revision: 2, title: LocalizedText(zhHans: "周五", en: "Friday"),
                    entries: [
                        .init(scorer: "CategoryFit", weight: 100),
                        .init(scorer: "Rule", weight: 100, parameters: ["rules": .list([row])]),
                    ]), at: Timestamp(milliseconds: 1), reason: "Friday evening")
        }
        return service
    }

    private static func household(_ service: RouteService, born year: Int64) async throws {
        let opened = try await service.send(.post, "/v1/households", ["area": "c11"], as: "intake", key: "h")
        let id = try #require(opened.text("id"))
        for (path, body) in [
            ("wishes", ["wish": .text("\(wish)")]),
            ("members", ["person": .text("\(person)"), "birthYear": .integer(year)]),
        ] as [(String, JSONValue)] {
            let made = try await service.send(
                .post, "/v1/households/\(id)/\(path)", body, as: "coordinator", key: path)
            try #require(made.status == 200, "\(made.json)")
        }
    }

    /// The rule's line for the wish and the offer that delivers, as staff read it.
    private static func line(_ service: RouteService, language: String = "en") async throws -> (
        value: JSONValue?, sentence: String, inputs: String
    ) {
        let answer = try await service.send(
            .get, "/v1/wishes/\(wish)/matches/\(delivering)", as: "coordinator",
            headers: [.acceptLanguage: language])
        guard case .list(let entries)? = answer.items.first?["explanation"]?["entries"],
            let entry = entries.first(where: { $0["scorer"] == "Rule" }), case .text(let sentence)? = entry["sentence"]
        else {
            Issue.record("\(answer.json)")
            return (nil, "", "")
        }
        return (entry["value"], sentence, "\(entry["inputs"] ?? .null)")
    }

    @Test func theRuleMovesTheScoreUntilTheChildIsSixAndNamesTheGroup() async throws {
        let time = Time()
        let service = try Self.service(time)
        #expect(try await Self.line(service).value == 500_000)
        try await Self.household(service, born: 2_022)
        let line = try await Self.line(service)
        #expect(line.value == 700_000)
        #expect(line.sentence.contains("groups Children under 6 and delivers"), "\(line.sentence)")
        #expect(line.sentence.contains("+200,000") && !line.sentence.contains("2022"))
        let chinese = try await Self.line(service, language: "zh-Hans")
        #expect(chinese.sentence.contains("心愿人群 六岁以下幼儿且送货上门"), "\(chinese.sentence)")
        #expect(!line.inputs.contains("2022") && line.inputs.contains("childUnder6"))

        // Where one wish is shown those who may see its circumstances see what follows from the file, and by that name.
        for (role, isSeen) in [
            ("coordinator", true), ("intake", true), ("donor0", false), ("carrier1", false), ("admin", false),
            ("integration", false),
        ] {
            let shown = try await service.send(.get, "/v1/wishes/\(Self.wish)", as: role)
            #expect(
                ("\(shown.json["derivedGroups"] ?? .null)".contains("childUnder6")) == isSeen, "\(role): \(shown.json)")
            #expect(!"\(shown.json["groups"] ?? .null)".contains("childUnder6"), "\(role)")
        }

        // The tag under which it was read is the one under which it is changed.
        let read = try await service.send(.get, "/v1/wishes/\(Self.wish)", as: "coordinator")
        let tag = try #require(read.header("ETag"))
        let changed = try await service.send(
            .patch, "/v1/wishes/\(Self.wish)", ["languages": ["yue"]], as: "coordinator", key: "patch",
            headers: [.ifMatch: tag])
        #expect(changed.status == 200, "\(changed.json)")
        let again = try await service.send(.get, "/v1/wishes/\(Self.wish)", as: "coordinator")
        #expect(changed.header("ETag") == again.header("ETag") && changed.json == again.json)

        // What was kept is added up and judged again, whatever has become of the child since.
        let kept = try await service.send(.post, "/v1/wishes/\(Self.wish)/matches", [:], key: "keep")
        #expect(kept.status == 200)
        try time.go(to: "2027-12-31")
        #expect(
            try await service.send(.post, "/v1/clocks/run", ["acceptJump": true, "reason": "visit"], key: "j").status
                < 500)
        _ = try await service.send(.post, "/v1/clocks/run", [:], key: "r1")
        #expect(try await Self.line(service).value == 700_000, "it turns six next year")
        try time.go(to: "2028-01-01")
        let ran = try await service.send(.post, "/v1/clocks/run", [:], key: "r2")
        #expect(ran.status == 200, "\(ran.json)")
        let after = try await Self.line(service)
        #expect(after.value == 500_000, "\(after.sentence)")
        var recomputation = Recomputation()
        try service.store.blockingRead { store in
            try recomputation.run(over: store) { try service.room.matching.plan(of: $0, in: store) }
        }
        #expect(recomputation.checked > 0 && recomputation.differences.isEmpty && recomputation.skipped.isEmpty)
        #expect(service.reports == [])
    }

    @Test func aDonorsListAndAWishAsDonorsSeeItTellNothing() async throws {
        let service = try Self.service(Time())
        func seen() async throws -> [String] {
            var seen: [String] = []
            for address in [
                "/v1/offers/\(Self.delivering)/matches?explain=true&vetoes=true", "/v1/wishes/\(Self.wish)",
                "/v1/wishes",
            ] {
                let answer = try await service.send(.get, address, as: "donor0")
                try #require(answer.status == 200)
                seen.append("\(answer.json)")
            }
            return seen
        }
        let before = try await seen()
        // Of three wishes alike the family's is the last by every tie, and would be the first by the rule.
        let staff = try await service.send(
            .get, "/v1/offers/\(Self.delivering)/matches?explain=true", as: "coordinator")
        try await Self.household(service, born: 2_022)
        let after = try await service.send(
            .get, "/v1/offers/\(Self.delivering)/matches?explain=true", as: "coordinator")
        #expect("\(staff.json)" != "\(after.json)" && "\(after.json)".contains("childUnder6"))
        let donors = try await seen()
        #expect(donors == before)
        #expect(donors.allSatisfy { !$0.contains("childUnder6") && !$0.contains("Children under 6") })
        for role in ["donor0", "carrier1", nil] {
            let household = try await service.send(.get, "/v1/households", as: role)
            #expect(!"\(household.json)".contains("childUnder6"), "\(role ?? "guest")")
        }
    }

    // MARK: Who may not read the file

    /// Who reads families' files.
    private static let readers = ["intake", "coordinator", "approver0", "auditor", "town"]
    private static let others = ["admin", "integration", "donor0", "carrier1", "fitter", "recipient", nil]
    private static let names = ["childUnder6", "Children under 6", "六岁以下幼儿"]

    private struct Road {
        var method = HTTPRequest.Method.get
        let path: String
        var body: JSONValue?
        var accept: String?
    }

    /// Every road by which an explanation, or what it is made of, may travel; first those that explain.
    private static let roads: [Road] = {
        let profile: JSONValue = ["name": "default@1"]
        let preview: JSONValue = ["draft": profile, "wish": .text("\(wish)")]
        var roads = [
            Road(path: "/v1/wishes/\(wish)/matches?explain=true&vetoes=true"),
            Road(path: "/v1/wishes/\(wish)/matches/\(delivering)"),
            Road(path: "/v1/offers/\(delivering)/matches?explain=true&vetoes=true"),
            Road(method: .post, path: "/v1/wishes/\(wish)/matches", body: ["explain": true]),
            Road(method: .post, path: "/v1/matches", body: [:]),
            Road(method: .post, path: "/v1/tuning/preview/explanations", body: preview),
            Road(method: .post, path: "/v1/tuning/preview/lists", body: preview),
        ]
        for path in ["wishes/\(wish)", "wishes", "households", "changes", "history/\(wish)", "cases/\(wish)"] {
            roads.append(Road(path: "/v1/\(path)"))
        }
        roads.append(Road(path: "/v1/wishes/\(wish)/story"))
        for kind in ["wishes", "cases", "claims", "offers", "matches"] {
            for type in ["text/csv", "application/x-ndjson"] {
                roads.append(Road(path: "/v1/exports/\(kind)", accept: type))
            }
        }
        return roads
    }()

    @Test func noRoadTellsOfTheFileToWhoeverMayNotReadIt() async throws {
        let service = try Self.service(Time())
        try await Self.household(service, born: 2_022)
        var told: [String: Int] = [:]
        for role in Self.readers + Self.others {
            for (number, road) in Self.roads.enumerated() {
                var headers: HTTPFields = [:]
                if let accept = road.accept { headers[.accept] = accept }
                let answer = try await service.send(
                    road.method, road.path, road.body, as: role,
                    key: road.method == .post ? "\(role ?? "guest")\(number)" : nil, headers: headers)
                let text = String(decoding: try await service.bytes(of: answer.response), as: UTF8.self)
                guard Self.names.contains(where: text.contains) else { continue }
                #expect(
                    Self.readers.contains(role ?? "guest"), "\(role ?? "guest") is told by \(road.path): \(text)")
                told[role ?? "guest", default: 0] += 1
            }
        }
        // Who may is told by four at least: else this would prove nothing.
        #expect(Self.readers.filter { $0 != "town" }.allSatisfy { told[$0] ?? 0 >= 4 }, "\(told)")
        #expect(service.reports == [])
    }

    @Test func whatRestsOnAFileThatIsNotReadIsWithheldAndNothingElse() async throws {
        let service = try Self.service(Time())
        try await Self.household(service, born: 2_022)
        func entries(_ role: String, _ offer: RecordID = Self.delivering, wish: RecordID = Self.wish) async throws
            -> [JSONValue]
        {
            let answer = try await service.send(.get, "/v1/wishes/\(wish)/matches/\(offer)", as: role)
            guard let operation = OperationList.all.first(where: { $0.facts.id == "matches.explain" }) else {
                return []
            }
            #expect(operation.answer.faults(in: answer.json) == [], "\(answer.json)")
            // The command's client reads it as well.
            let list = try WireDecoder().decode(PairList.self, from: answer.json)
            let isWithheld = list.items.first?.explanation.entries.contains { $0.outcome == nil }
            #expect(isWithheld == "\(answer.json)".contains("withheld"))
            guard case .list(let entries)? = answer.items.first?["explanation"]?["entries"] else { return [] }
            return entries
        }
        let own = try await entries("coordinator")
        for role in ["admin", "integration"] {
            let shown = try await entries(role)
            try #require(shown.count == own.count && shown.count == 2)
            for (entry, whole) in zip(shown, own) {
                guard entry["scorer"] == "Rule" else {
                    #expect(entry == whole, "\(role)")
                    continue
                }
                #expect(entry["reason"] == "withheld" && entry["weight"] == whole["weight"])
                for name in ["outcome", "value", "contribution"] { #expect(entry[name] == nil, "\(role) \(name)") }
                #expect(entry["inputs"] == .list([]))
            }
            // The same of another offer, that the rule does not move: nothing is learned from where it is withheld.
            let still = try await entries(role, RouteService.offers[0])
            #expect(still.first { $0["scorer"] == "Rule" }?["reason"] == "withheld")
            // A wish that is in no file has nothing of one.
            let free = try await entries(role, wish: RouteService.wishes[1])
            #expect(free.first { $0["scorer"] == "Rule" }?["value"] == 500_000)
        }
        // Another town's coordinator has no sight of the wish at all; a purpose that is not the person's shows nothing of it.
        let matching = Viewer(
            actor: CaseActor(id: RecordID(high: 9, low: 9), role: .coordinator), purpose: .matching, language: .en)
        let pairs = try service.store.blockingRead { store in
            let context = service.room.context(in: store, for: matching)
            let input = try WireEncoder().encode(
                PairInput(wish: RouteService.wishes[0], offer: Self.delivering))
            guard let operation = OperationList.all.first(where: { $0.facts.id == "matches.explain" }) else {
                return ""
            }
            return String(
                decoding: try operation.run(try JSONValue(parsing: input), in: context).bytes, as: UTF8.self)
        }
        #expect(pairs.contains("withheld") && !pairs.contains("childUnder6") && !pairs.contains("elders"))
    }

    @Test func aLookAtWhatTheFileDidToAScoreIsOnRecord() async throws {
        let service = try Self.service(Time())
        try await Self.household(service, born: 2_022)
        let household = try #require(try service.store.blockingRead { try $0.household(ofWish: Self.wish) })
        func looks() throws -> [Role] {
            try service.store.blockingRead { try $0.reads(of: [household], limit: 100) }
                .filter { $0.field == .circumstance && $0.role != .intake && $0.role != .coordinator }.map(\.role)
        }
        try #require(try looks() == [])
        _ = try await service.send(.get, "/v1/wishes/\(Self.wish)/matches/\(Self.delivering)", as: "admin")
        _ = try await service.send(.get, "/v1/wishes/\(RouteService.wishes[1])/matches?explain=true", as: "auditor")
        #expect(try looks() == [])
        _ = try await service.send(.get, "/v1/wishes/\(Self.wish)/matches/\(Self.delivering)", as: "auditor")
        #expect(try looks() == [.auditor])
        _ = try await service.send(
            .get, "/v1/offers/\(Self.delivering)/matches?explain=true", as: "approver0")
        #expect(try Set(looks()) == [.auditor, .approver])
    }

    /// Consent for sensitive fields that was taken back counts from the next run on.
    @Test func whoTakesConsentBackIsMatchedWithoutTheFileAndNothingOfItIsShown() async throws {
        let service = try Self.service(Time())
        try await Self.household(service, born: 2_022)
        let kept = try await service.send(.post, "/v1/wishes/\(Self.wish)/matches", [:], key: "keep")
        #expect(kept.status == 200)
        #expect(try await Self.line(service).value == 700_000)
        func consent(_ isGiven: Bool, _ key: String) async throws {
            let said = try await service.send(
                .post, "/v1/persons/\(Self.wish)/consents",
                ["scopes": ["sensitive"], "isGiven": .flag(isGiven)], as: "intake",
                key: key)
            try #require(said.status < 300, "\(said.json)")
        }
        try await consent(false, "c1")
        // The list that was kept names what it was made of.
        var recomputation = Recomputation()
        try service.store.blockingRead { try recomputation.run(over: $0, wish: Self.wish, plan: nil) }
        #expect(recomputation.checked == 0)
        let line = try await Self.line(service)
        #expect(line.value == 500_000 && !line.inputs.contains("childUnder6"))
        for role in Self.readers {
            let shown = try await service.send(.get, "/v1/wishes/\(Self.wish)", as: role)
            #expect(shown.status == 200 && !"\(shown.json)".contains("childUnder6"), "\(role): \(shown.json)")
            let files = try await service.send(.get, "/v1/households", as: role)
            #expect(files.items.count == 1 && !"\(files.json)".contains("childUnder6"), "\(role)")
            for road in Self.roads.prefix(3) {
                let answer = try await service.send(road.method, road.path, road.body, as: role)
                #expect(!"\(answer.json)".contains("childUnder6"), "\(role) \(road.path)")
            }
        }
        // Given again, it is as before.
        try await consent(true, "c2")
        #expect(try await Self.line(service).value == 700_000)
        let again = try await service.send(.get, "/v1/wishes/\(Self.wish)", as: "coordinator")
        #expect("\(again.json["derivedGroups"] ?? .null)".contains("childUnder6"))
    }
}
