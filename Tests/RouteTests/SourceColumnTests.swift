import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

/// An export says of which source a record is: it comes back as that record, wherever it came from.
@Suite struct SourceColumnTests {
    private static let kinds = ["parties", "offers", "wishes"]

    private func export(_ service: RouteService, _ kind: String, _ type: String) async throws -> String {
        let answer = try await service.send(
            .get, "/v1/exports/\(kind)", headers: [.accept: type])
        #expect(answer.status == 200)
        return String(decoding: try await service.bytes(of: answer.response), as: UTF8.self)
    }

    private func counts(_ service: RouteService) async throws -> [Int] {
        try await service.store.read { store in try RecordKind.allCases.map { try store.count(of: $0) } }
    }

    /// Parties, offers and wishes of the source t stand there; with them one of the same name from another source each, and
    /// one without an external id.
    private func mixed() async throws -> RouteService {
        let service = try RouteService()
        let rows = [
            "parties": #"{"externalID":"P0","name":"Another P0","kind":"fund","source":"u"}"#,
            "offers":
                #"{"externalID":"O0","party":"P0","partySource":"u","category":"fan","quantity":3,"line":1,"source":"u"}"#,
            "wishes": #"{"externalID":"W0","category":"fan","quantity":3,"line":1,"area":"c1","source":"u"}"#,
        ]
        for kind in Self.kinds {
            let (answer, said) = try await service.load(kind, rows[kind, default: ""] + "\n", key: kind)
            #expect(answer.status == 200 && said.last?["summary"]?["created"] == 1, "\(said)")
        }
        let made = try await service.send(
            .post, "/v1/wishes",
            ["text": "一台电风扇", "place": ["area": "c11"], "lines": [["category": "fan", "quantity": 1]]],
            as: "coordinator", key: "w")
        #expect(made.status == 201)
        return service
    }

    @Test(arguments: ["text/csv", "application/x-ndjson"])
    func whatComesBackToItsStoreIsUnchanged(type: String) async throws {
        let service = try await mixed()
        let before = try await counts(service)
        #expect(before == [3, 3, 5])
        for kind in Self.kinds {
            let rows = try await export(service, kind, type)
            #expect(rows.contains("source"))
            let (answer, said) = try await service.load(kind, rows, key: "again-\(kind)", type: type)
            #expect(answer.status == 200, "\(said)")
            let sum = said.last?["summary"]
            #expect(sum?["created"] == 0 && sum?["changed"] == 0 && sum?["refused"] == 0, "\(kind): \(said)")
        }
        #expect(try await counts(service) == before)
    }

    @Test(arguments: ["text/csv", "application/x-ndjson"])
    func anEmptyStoreTakesItAndSaysTheSame(type: String) async throws {
        let service = try await mixed()
        let other = try RouteService(isEmpty: true, seed: 8)
        for kind in Self.kinds {
            let rows = try await export(service, kind, type)
            let (answer, said) = try await other.load(kind, rows, key: kind, type: type)
            #expect(answer.status == 200, "\(said)")
            let back = try await export(other, kind, type)
            #expect(back.split(separator: "\n").sorted() == rows.split(separator: "\n").sorted())
        }
        #expect(try await counts(other) == counts(service))
    }

    @Test func linesOfTwoSourcesAreNotOneRecord() async throws {
        let service = try RouteService()
        let rows = """
            {"externalID":"N1","category":"fan","quantity":3,"line":1,"area":"c1","source":"a"}
            {"externalID":"N1","category":"fan","quantity":4,"line":1,"area":"c1","source":"b"}
            {"externalID":"N1","category":"fan","quantity":5,"line":1,"area":"c1"}

            """
        let (answer, said) = try await service.load("wishes", rows, key: "k")
        #expect(answer.status == 200 && said.last?["summary"]?["created"] == 3, "\(said)")
    }
}
