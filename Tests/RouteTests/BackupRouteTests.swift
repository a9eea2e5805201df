import Casework
import Foundation
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import WebAPI
import Wire

/// Backups through the service: for admins of the whole program alone, whole before they leave, and told of in the history.
@Suite struct BackupRouteTests {
    private func router(_ service: RouteService, _ means: BackupMeans?, folder: String) -> APIRouter {
        var room = service.room
        room.office.backup = means
        return APIRouter(
            store: service.store, room: room,
            authentication: TableOfTokens(directory: TokenDirectory(store: service.store, now: service.room.clock)),
            idempotency: service.keeper, streams: StreamTerms(spoolFolder: folder))
    }

    private func ask(_ router: APIRouter, as token: String) async -> APIResponse {
        await router.respond(
            to: APIRequest(
                method: .post, path: ["v1", "backups"],
                headers: [.authorization: "Bearer \(token)", .acceptLanguage: "en"], requestID: "r1"))
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-backups-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }

    /// More than one part, and no whole number of them.
    private let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }

    @Test func anAdminGetsTheWholeFileAndTheHistoryTells() async throws {
        try await withFolder { folder in
            let service = try RouteService()
            let bytes = bytes
            let means = BackupMeans { path, _ in try Data(bytes).write(to: URL(filePath: path)) }
            let answer = await ask(router(service, means, folder: folder), as: "admin")
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/octet-stream")
            #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"almoner-2026-01-05") == true)
            #expect(answer.headers[.contentLength] == "700000")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            #expect(try await service.bytes(of: answer) == bytes)
            let told = try service.store.blockingRead { try $0.history(of: [CaseActor.system.id]) }
            #expect(told.map(\.action) == ["backup/make"])
            #expect(told.first?.changes == [FieldChange("bytes", before: nil, after: .integer(700_000))])
        }
    }

    @Test func nobodyElseGetsOne() async throws {
        try await withFolder { folder in
            let service = try RouteService()
            let router = router(service, BackupMeans { _, _ in Issue.record("one was made") }, folder: folder)
            for token in ["coordinator", "auditor", "integration", "donor0", "town"] {
                #expect(await ask(router, as: token).status == .forbidden, "\(token)")
            }
            #expect(await ask(router, as: "nobody").status == .unauthorized)
            var room = service.room
            room.office.backup = BackupMeans { _, _ in }
            let operation = try #require(OperationList.all.first { $0.facts.id == "backups.make" })
            guard case .file(let begin)? = operation.stream else { throw Problem.notFound }
            let admin = CaseActor(id: RecordID(high: 9, low: 9), role: .admin)
            let limited = AccessPurpose.allCases.filter { $0 != .casework }.map { Viewer(actor: admin, purpose: $0) }
            for viewer in limited + [Viewer(actor: admin, areas: ["c1"])] {
                try service.store.blockingRead { [room] store in
                    _ = #expect(throws: Problem.self, "\(viewer)") {
                        try begin(.object(JSONObject()), room.context(in: store, for: viewer))
                    }
                }
            }
        }
    }

    @Test func whatCannotBeMadeIsSaidAndLeavesNothing() async throws {
        try await withFolder { folder in
            let service = try RouteService()
            let none = await ask(router(service, nil, folder: folder), as: "admin")
            #expect(none.status == .serviceUnavailable)
            let broken = BackupMeans { path, _ in
                try Data([1]).write(to: URL(filePath: path + ".copy.part"))
                throw Problem(.storageFull, "There is no room.", zhHans: "没有空间。")
            }
            let full = await ask(router(service, broken, folder: folder), as: "admin")
            #expect(full.status.code == 507)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            #expect(try service.store.blockingRead { try $0.history(of: [CaseActor.system.id]) }.isEmpty)
        }
    }

    @Test func oneIsMadeAtATime() async throws {
        try await withFolder { folder in
            let service = try RouteService()
            let (begun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let router = router(
                service,
                BackupMeans { path, _ in
                    begun.signal()
                    mayEnd.wait()
                    try Data([1, 2]).write(to: URL(filePath: path))
                }, folder: folder)
            async let first = ask(router, as: "admin")
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    begun.wait()
                    continuation.resume()
                }
            }
            let second = await ask(router, as: "admin")
            #expect(second.status == .conflict && second.headers[.retryAfter] == "30")
            mayEnd.signal()
            #expect(await first.status == .ok)
        }
    }
}
