import Casework
import HTTPTypes
import Storage
import Synchronization
import Testing
import Wire

@testable import WebAPI

/// What takes long goes on for nobody whose token was revoked meanwhile.
@Suite struct RevokedMidwayTests {
    private let service: RouteService

    init() throws { service = try RouteService() }

    @Test(arguments: ["atomic", "partial"])
    func anImportWhoseTokenIsRevokedBeforeItHasArrivedStoresNothing(mode: String) async throws {
        let (key, token) = try await newKey()
        let before = try await count()
        let parts = Mutex([rows(1...1), rows(2...2)])
        let response = await service.router.respond(to: upload(mode, token)) {
            let (part, left) = parts.withLock { parts in (parts.isEmpty ? nil : parts.removeFirst(), parts.count) }
            if part != nil, left == 0 { try await revoke(key) }
            return part?[...]
        }
        #expect(response.status == .unauthorized)
        #expect(try await count() == before)
    }

    @Test func anImportWhoseTokenIsRevokedOnTheWayGoesNoFurther() async throws {
        let (key, token) = try await newKey()
        let before = try await count()
        await #expect(throws: Problem.self) {
            try await lines(of: await send(rows(1...1_200), token)) { try await revoke(key) }
        }
        #expect(try await count() == before + 500, "the rows of the first transaction")
    }

    @Test func anExportWhoseTokenIsRevokedOnTheWayShowsNoMore() async throws {
        try await lines(of: await send(rows(1...1_200), try await newKey().token)) {}
        let (key, token) = try await newKey()
        let response = await service.router.respond(
            to: APIRequest(
                method: .get, path: ["v1", "exports", "parties"], headers: [.authorization: "Bearer \(token)"]))
        let parts = Mutex(0)
        await #expect(throws: Problem.self) {
            try await lines(of: response) {
                parts.withLock { $0 += 1 }
                try await revoke(key)
            }
        }
        #expect(parts.withLock { $0 } == 1)
    }

    // MARK: What is sent and said

    private func newKey() async throws -> (id: String, token: String) {
        let made = try await service.send(
            .post, "/v1/keys", ["label": "x", "role": "admin"], as: "admin", key: "\(UInt64.random(in: 0...(.max)))")
        guard case .text(let id)? = made.json["key"]?["id"] else { throw CancellationError() }
        return (id, try #require(made.text("token")))
    }

    private func revoke(_ key: String) async throws {
        let answer = try await service.send(.post, "/v1/keys/\(key)/revoke", [:], as: "admin", key: key)
        try #require(answer.status == 200)
    }

    private func count() async throws -> Int { try await service.store.read { try $0.count(of: .party) } }

    private func rows(_ numbers: ClosedRange<Int>) -> [UInt8] {
        Array(numbers.map { "{\"externalID\":\"M\($0)\",\"kind\":\"enterprise\",\"name\":\"M\($0)\"}\n" }.joined().utf8)
    }

    private func upload(_ mode: String, _ token: String) -> APIRequest {
        APIRequest(
            method: .post, path: ["v1", "imports", "parties"], query: [("mode", mode)],
            headers: [
                .authorization: "Bearer \(token)", .contentType: "application/x-ndjson",
                HTTPField.Name("Idempotency-Key")!: "once",
            ])
    }

    private func send(_ bytes: [UInt8], _ token: String) async -> APIResponse {
        let body = Mutex<[UInt8]?>(bytes)
        return await service.router.respond(to: upload("partial", token)) {
            body.withLock { body in
                defer { body = nil }
                return body?[...]
            }
        }
    }

    /// Reads an answer that comes in parts, and does something after each of them.
    private func lines(of response: APIResponse, after body: @escaping @Sendable () async throws -> Void) async throws {
        guard case .stream(let produce) = response.body else {
            Issue.record("\(response.status): it does not come in parts")
            return
        }
        try await produce { _ in try await body() }
    }
}
