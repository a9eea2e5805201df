import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

/// Lists in the order in which coordinators work: page by page, every record once.
@Suite struct OrderRouteTests {
    /// Wishes with and without due times, several of one moment, of all urgencies, and offers with and without ends.
    private func filled(_ seed: UInt64) async throws -> RouteService {
        let service = try RouteService()
        var random = SeededRandom(seed: seed)
        var wishes = "", offers = ""
        for number in 0..<40 {
            let due = random.next() % 3 == 0 ? "" : "\"due\":\"2026-01-0\(1 + random.next() % 5)T00:00:00.000Z\","
            let urgency = ["normal", "urgent", "critical"][Int(random.next() % 3)]
            wishes += """
                {"externalID":"S\(number)","line":1,"category":"fan","quantity":2,"area":"c1",\(due)"urgency":"\(urgency)"}

                """
            let until = random.next() % 3 == 0 ? "" : "\"until\":\"2026-02-0\(1 + random.next() % 5)\","
            offers += """
                {"externalID":"E\(number)","party":"Q1","line":1,"category":"fan","quantity":2,"area":"c1",\(until)"kind":"goods"}

                """
        }
        for (kind, rows) in [("wishes", wishes), ("offers", offers)] {
            let (answer, said) = try await service.load(kind, rows, key: kind)
            #expect(answer.status == 200, "\(said)")
        }
        return service
    }

    private func all(_ service: RouteService, _ path: String) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var next: String?
        repeat {
            let page = try await service.send(.get, path + "&limit=7" + (next.map { "&cursor=\($0)" } ?? ""))
            #expect(page.status == 200, "\(page.json)")
            items += page.items
            next = page.text("next")
        } while next != nil
        return items
    }

    private func ids(_ items: [JSONValue]) -> [String] { items.compactMap { $0["id"]?.text } }

    /// The same as sorting everything: by the value, then by the id.
    private func sorted(_ items: [JSONValue], by value: (JSONValue) -> String) -> [String] {
        ids(items.sorted { (value($0), $0["id"]?.text ?? "") < (value($1), $1["id"]?.text ?? "") })
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func everyPageTogetherIsTheSortedList(seed: UInt64) async throws {
        let service = try await filled(seed)
        let wishes = try await all(service, "/v1/wishes?sort=created")
        #expect(wishes.count == 43, "seed \(seed)")
        #expect(
            ids(try await all(service, "/v1/wishes?sort=due")) == sorted(wishes) { $0["due"]?.text ?? "~" },
            "seed \(seed)")
        let grades = ["critical": "0", "urgent": "1", "normal": "2"]
        #expect(
            ids(try await all(service, "/v1/wishes?sort=urgency"))
                == sorted(wishes) { grades[$0["urgency"]?.text ?? "", default: "3"] }, "seed \(seed)")
        let open = wishes.filter { $0["state"]?.text == "open" }
        #expect(
            ids(try await all(service, "/v1/wishes?sort=due&state=open")) == sorted(open) { $0["due"]?.text ?? "~" },
            "seed \(seed)")
        let offers = try await all(service, "/v1/offers?sort=created")
        #expect(
            ids(try await all(service, "/v1/offers?sort=until")) == sorted(offers) { $0["until"]?.text ?? "~" },
            "seed \(seed)")
        let left = offers.filter { $0["state"]?.text == "open" }
        #expect(
            ids(try await all(service, "/v1/offers?sort=until&state=open"))
                == sorted(left) { $0["until"]?.text ?? "~" },
            "seed \(seed)")
        #expect(ids(try await all(service, "/v1/offers?sort=-created")) == ids(offers).reversed(), "seed \(seed)")
    }

    @Test func aCursorOfAnotherOrderIsRefused() async throws {
        let service = try await filled(4)
        let first = try await service.send(.get, "/v1/wishes?sort=due&limit=5")
        let next = try #require(first.text("next"))
        for order in ["urgency", "created"] {
            let other = try await service.send(.get, "/v1/wishes?sort=\(order)&cursor=\(next)")
            #expect(other.status == 422)
            guard case .list(let errors)? = other.json["errors"] else { return }
            #expect(errors.first?["pointer"] == "?cursor")
        }
    }

    @Test func whoMayNotSeeWhenAnAnswerIsDueIsNotToldByTheOrder() async throws {
        let service = try await filled(5)
        for order in ["due", "urgency"] {
            let answer = try await service.send(.get, "/v1/wishes?sort=\(order)", as: "donor0")
            #expect(answer.status == 422)
            guard case .list(let errors)? = answer.json["errors"] else { return }
            #expect(errors.first?["pointer"] == "?sort")
        }
        #expect(try await service.send(.get, "/v1/wishes?sort=-created", as: "donor0").status == 200)
    }
}

extension JSONValue {
    fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}
