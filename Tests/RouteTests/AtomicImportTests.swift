import Casework
import Foundation
import HTTPTypes
import MatchCore
import Operations
import Storage
import Synchronization
import Testing
import WebAPI
import Wire

/// An atomic import holds up who else writes, so it is held to a measure, and who waits too long is told so.
/// The writer of these tests stands until a body is done, so what waited for it would wait for ever.
@Suite(.timeLimit(.minutes(30))) struct AtomicImportTests {
    private static func rows(_ count: Int) -> String {
        (0..<count).map { "{\"externalID\":\"R\($0)\",\"party\":\"Q\",\"category\":\"fan\",\"quantity\":1}\n" }.joined()
    }

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-atomic-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Holds the write lock while the body runs.
    private func whileWriting<Result: Sendable>(
        _ store: SQLCaseStore, _ body: () async throws -> Result
    ) async throws -> Result {
        let (begun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let writer = Thread {
            try? store.blockingWrite { _ in
                begun.signal()
                mayEnd.wait()
            }
        }
        writer.start()
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                begun.wait()
                continuation.resume()
            }
        }
        defer { mayEnd.signal() }
        return try await body()
    }

    @Test func moreRowsThanOneTransactionTakesAreRefusedBeforeItBegins() async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "a.db").path, access: .create)
        let service = try RouteService(database: database, atomicRows: 20)
        // Somebody writes all the while: nothing of the refusal needs a transaction of its own.
        let refused = try await whileWriting(service.store) {
            try await service.load("offers", Self.rows(21), key: "k").0
        }
        #expect(refused.status == 413 && refused.problem == "body-too-large")
        #expect("\(refused.json)".contains("mode=partial") && "\(refused.json)".contains("20 rows"))
        let (whole, _) = try await service.load("offers", Self.rows(20), key: "k2")
        #expect(whole.status == 200)
        // A wish takes ten times as long, and a tenth of the rows.
        let wishes = (0..<3).map {
            #"{"externalID":"T\#($0)","line":1,"category":"fan","quantity":1,"area":"c1"}"# + "\n"
        }
        let (heavy, _) = try await service.load("wishes", wishes.joined(), key: "k4")
        #expect(heavy.status == 413 && "\(heavy.json)".contains("2 rows"))
        #expect(try await service.load("wishes", wishes.prefix(2).joined(), key: "k5").0.status == 200)
        let (partial, lines) = try await service.load("offers?mode=partial", Self.rows(600), key: "k3")
        #expect(partial.status == 200 && lines.last?["summary"]?["created"] == 580)
        try database.close()
    }

    @Test func whatCannotBeReadIsToldBeforeTheTransaction() async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "a.db").path, access: .create)
        let service = try RouteService(database: database)
        let refused = try await whileWriting(service.store) {
            try await service.load(
                "offers", "externalID,party,quantity\na,b,1\nc,\"d,1\n", key: "k", type: "text/csv"
            ).0
        }
        #expect(refused.status == 422 && refused.problem == "invalid-input")
        try database.close()
    }

    @Test func whoWaitsForTheStoreUntilTheirTimeIsOverIsAskedToComeAgain() async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "a.db").path, access: .create)
        let service = try RouteService(database: database)
        let offer: JSONValue = [
            "party": .text("\(RouteService.parties[0])"), "text": "电风扇",
            "lines": [["category": "fan", "quantity": 1]],
        ]
        let answer = try await whileWriting(service.store) {
            let waiting = Task { try await service.send(.post, "/v1/offers", offer, as: "coordinator", key: "k") }
            try await Task.sleep(for: .milliseconds(300))
            waiting.cancel()
            return try await waiting.value
        }
        #expect(answer.status == 503 && answer.problem == "unavailable", "\(answer.json)")
        #expect(answer.header("Retry-After") == "5")
        #expect(service.reports == [])
        // Nothing of it was begun: the same request goes through now.
        let again = try await service.send(.post, "/v1/offers", offer, as: "coordinator", key: "k")
        #expect(again.status == 201)
        try database.close()
    }
}
