import AlmonerTesting
import Casework
import Dispatch
import Foundation
import HTTPTypes
import MatchCore
import Storage
import Synchronization
import Testing

@testable import WebAPI

/// What is answered on the thread of the connection, and what must not be.
@Suite(.serialized) struct AtOnceTests {
    /// Asks on a connection that stays open, over and over.
    private func ask(_ request: String, times: Int, port: Int) async throws {
        try await onThread {
            let socket = try RawSocket(port: port)
            defer { socket.close() }
            for _ in 0..<times {
                socket.send(request)
                let answer = try #require(socket.receiveAnswer(seconds: 20))
                try #require(answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
            }
        }
    }

    /// Reads that hold every long reader, more of them than there are readers and cores: nobody else waits for one.
    @Test func longReadsKeepNobodyElseWaiting() async throws {
        try await withTemporaryFolder { folder in
            let town = try TownStore(path: "\(folder)/town.db")
            let routes = SlowTown(router: town.router, store: town.store)
            let key = "Authorization: Bearer \(town.token)\r\n"
            func request(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\(key)\r\n" }
            try await withEdge(ServiceRoutes(before: routes, metrics: EdgeMetrics(), isReady: { true })) { port in
                let show = request("/v1/wishes/\(TownStore.wish)")
                try await ask(show, times: 5, port: port)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<16 {
                        group.addTask { try await self.ask(request("/hold"), times: 1, port: port) }
                    }
                    try await routes.waitUntilHeld(4)
                    try await ask(request("/healthz"), times: 300, port: port)
                    try await ask(show, times: 300, port: port)
                    #expect(routes.isHolding, "the short reads waited for the long ones")
                    routes.release()
                    try await group.waitForAll()
                }
            }
            try town.database.close()
        }
    }

    /// A hundred requests in one piece are answered in their order, whether at once or in their turn.
    @Test func manyRequestsInOnePieceAreAnsweredInTheirOrder() async throws {
        try await withEdge(EveryOther()) { port in
            let text = (0..<100).map { number in
                "GET /\(number) HTTP/1.1\r\nHost: a\r\n\(number == 99 ? "Connection: close\r\n" : "")\r\n"
            }.joined()
            let answer = try #require(try await exchange(text, port: port))
            let numbers = answer.components(separatedBy: "\r\n\r\n").dropFirst().compactMap {
                Int($0.prefix { $0.isNumber })
            }
            #expect(numbers == Array(0..<100))
        }
    }

    @Test func whoStopsSendingIsStillAnswered() async throws {
        try await withEdge(EveryOther()) { port in
            let answer = try await onThread {
                let socket = try RawSocket(port: port)
                defer { socket.close() }
                socket.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
                socket.endSending()
                return socket.receive()
            }
            #expect(answer?.hasPrefix("HTTP/1.1 200") == true && answer?.hasSuffix("2\n") == true)
        }
    }

    @Test func whatIsAnsweredAtOnceIsCountedLimitedAndHeadless() async throws {
        let metrics = EdgeMetrics()
        let routes = ServiceRoutes(before: EveryOther(), metrics: metrics, isReady: { true })
        try await withEdge(routes, ratePerAddress: Rate(perSecond: 1, burst: 2)) { port in
            let one = "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
            let last = "HEAD /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let answer = try #require(try await exchange(one + one + one + last, port: port))
            let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
            // Two are granted; the third and the fourth are one too many, and each is counted once.
            #expect(statuses == ["200", "200", "429", "429"])
            #expect(answer.contains("RateLimit: \"default\";r=1") && answer.contains("RateLimit: \"default\";r=0"))
        }
        try await withEdge(routes) { port in
            let answer = try #require(
                try await exchange("HEAD /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", port: port))
            #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("\r\n\r\n"))
            #expect(answer.lowercased().contains("content-length: 2") && answer.contains("connection: close"))
        }
    }

    /// The same answer, to the byte but for its time, on the long way and at once.
    @Test func bothWaysGiveTheSameAnswer() async throws {
        try await withTemporaryFolder { folder in
            let town = try TownStore(path: "\(folder)/town.db")
            for path in [
                ["v1", "wishes", "\(TownStore.wish)"], ["v1", "offers", "\(TownStore.offer)"],
                ["v1", "parties", "\(TownStore.party)"], ["v1", "wishes", "\(TownStore.offer)"],
                ["v1", "wishes", "none"],
            ] {
                for accept in ["en", "zh"] {
                    var request = APIRequest(
                        method: .get, path: path,
                        headers: [.authorization: "Bearer \(town.token)", .acceptLanguage: accept])
                    let long = await town.router.respond(to: request)
                    guard long.status != .notFound else {
                        // What is not there is told after a time that tells nothing, and never at once.
                        #expect(town.router.respondAtOnce(to: request) == nil, "\(path)")
                        continue
                    }
                    let short = try #require(town.router.respondAtOnce(to: request), "\(path)")
                    #expect(long.status == short.status && long.headers == short.headers)
                    let whole = try #require(long.wholeBytes)
                    #expect(whole == short.wholeBytes)
                    if let tag = short.headers[.eTag] {
                        request.headers[.ifNoneMatch] = tag
                        #expect(town.router.respondAtOnce(to: request)?.status == .notModified)
                    }
                }
            }
            // A token that is not remembered, lists, and changes go the long way.
            var request = APIRequest(method: .get, path: ["v1", "wishes", "\(TownStore.wish)"])
            #expect(town.router.respondAtOnce(to: request)?.status == .unauthorized)
            request.headers[.authorization] = "Bearer \(String(repeating: "a", count: 40))"
            #expect(town.router.respondAtOnce(to: request) == nil)
            request.headers[.authorization] = "Bearer \(town.token)"
            request.path = ["v1", "wishes"]
            #expect(town.router.respondAtOnce(to: request) == nil)
            // A revoked key opens nothing any more, remembered or not.
            let other = try TownStore.newKey(.coordinator, in: town.store)
            request = APIRequest(
                method: .get, path: ["v1", "wishes", "\(TownStore.wish)"],
                headers: [.authorization: "Bearer \(other.token.text)"])
            #expect(await town.router.respond(to: request).status == .ok)
            #expect(town.router.respondAtOnce(to: request)?.status == .ok)
            try town.store.blockingWrite { store in
                try store.revokeKey(other.key.id, at: TownStore.now)
            }
            #expect(town.router.respondAtOnce(to: request) == nil)
            #expect(await town.router.respond(to: request).status == .unauthorized)
            try town.database.close()
        }
    }
}

/// Answers even numbers at once and odd ones in their turn.
private struct EveryOther: APIHandler {
    func limits(method: HTTPRequest.Method, path: [String]) -> RouteLimits { RouteLimits() }

    func respondAtOnce(to request: APIRequest) -> APIResponse? {
        guard let number = request.path.first.flatMap({ Int($0) }), number % 2 == 0 else { return nil }
        return .text("\(number)\n")
    }

    func respond(to request: APIRequest) async -> APIResponse {
        await Task.yield()
        return .text("\(request.path.first ?? "")\n")
    }

    func respond(
        to request: APIRequest, body: @escaping @Sendable () async throws -> ArraySlice<UInt8>?
    ) async -> APIResponse { .text("") }
}

/// A town in which `/hold` is a read that goes on until it is released.
private final class SlowTown: APIHandler {
    private let router: APIRouter
    private let store: SQLCaseStore
    private let held = Mutex((count: 0, isReleased: false))

    init(router: APIRouter, store: SQLCaseStore) {
        self.router = router
        self.store = store
    }

    var isHolding: Bool { held.withLock { !$0.isReleased && $0.count > 0 } }
    func release() { held.withLock { $0.isReleased = true } }

    func waitUntilHeld(_ count: Int) async throws {
        while held.withLock({ $0.count }) < count { try await Task.sleep(for: .milliseconds(5)) }
    }

    func limits(method: HTTPRequest.Method, path: [String]) -> RouteLimits {
        router.limits(method: method, path: path)
    }

    func respondAtOnce(to request: APIRequest) -> APIResponse? { router.respondAtOnce(to: request) }

    func respond(to request: APIRequest) async -> APIResponse {
        guard request.path == ["hold"] else { return await router.respond(to: request) }
        _ = try? await store.read { [self] _ in
            held.withLock { $0.count += 1 }
            for _ in 0..<2_000 where held.withLock({ !$0.isReleased }) { usleep(5_000) }
        }
        return .text("held")
    }

    func respond(
        to request: APIRequest, body: @escaping @Sendable () async throws -> ArraySlice<UInt8>?
    ) async -> APIResponse { await router.respond(to: request, body: body) }
}
