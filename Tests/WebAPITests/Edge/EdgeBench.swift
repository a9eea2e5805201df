import HTTPTypes
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Wire

@testable import WebAPI

/// Routes for the edge to stand in front of.
struct SampleRoutes: APIHandler {
    var limits = RouteLimits()
    /// Whether a call of `/slow` was cancelled.
    let wasCancelled = Mark()
    /// Whether `/pause` and `/events` have been reached.
    let isPausing = Mark()
    let isStreaming = Mark()

    func limits(method: HTTPRequest.Method, path: [String]) -> RouteLimits {
        var limits = limits
        limits.operation = path.first
        switch path.first {
        case "upload":
            limits.streamsBody = true
            limits.bodyBytes = 64 << 20
        case "slow": limits.answerSeconds = 1
        case "healthz": limits.rateCost = 0
        case "dear": limits.rateCost = 5
        default: break
        }
        return limits
    }

    func respond(to request: APIRequest) async -> APIResponse {
        switch request.path.first {
        case "echo": return .text(request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&"))
        case "path": return .text(request.path.joined(separator: "|"))
        case "body": return .text("\(request.body.count)")
        case "who": return .text(request.remoteAddress)
        case "tags": return .text(request.headers[values: .ifMatch].joined(separator: " "))
        case "large":
            return APIResponse(
                status: request.headers[.ifNoneMatch] == "\"v1\"" ? .notModified : .ok,
                headers: [.contentType: "application/json", .eTag: "\"v1\""],
                body: .bytes(Array(repeating: UInt8(ascii: "1"), count: 200_000)))
        case "numbers":
            return APIResponse(
                status: .ok, headers: [.contentType: "text/plain"],
                body: .stream { write in for number in 0..<1_000 { try await write(Array("\(number)\n".utf8)[...]) } })
        case "file":
            return APIResponse(
                status: .ok, headers: [.contentType: "application/octet-stream", .contentLength: "2000"],
                body: .stream { write in for _ in 0..<20 { try await write(Array(repeating: 0x2E, count: 100)[...]) } })
        case "broken":
            return APIResponse(
                status: .ok, headers: [.contentType: "text/plain"],
                body: .stream { write in
                    try await write(Array("half".utf8)[...])
                    throw CancellationError()
                })
        case "events":
            return APIResponse(
                status: .ok, headers: [.contentType: "text/event-stream"],
                body: .stream { [isStreaming] write in
                    isStreaming.set()
                    try await write(Array("id: 1\ndata: first\n\n".utf8)[...])
                    await cancelWhenGracefulShutdown { try? await Task.sleep(for: .seconds(60)) }
                    try await write(Array("id: 2\nevent: end\ndata: cursor\n\n".utf8)[...])
                })
        case "slow":
            do { try await Task.sleep(for: .seconds(20)) } catch { wasCancelled.set() }
            return .text("late")
        case "pause":
            isPausing.set()
            try? await Task.sleep(for: .milliseconds(700))
            return .text("done")
        case "secret": return APIResponse(status: .unauthorized)
        default: return .text("fine")
        }
    }

    func respond(
        to request: APIRequest, body: @escaping @Sendable () async throws -> ArraySlice<UInt8>?
    ) async -> APIResponse {
        var count = 0
        do {
            while let part = try await body() { count += part.count }
        } catch { return .text("broken off") }
        return .text("\(count)")
    }
}

final class Mark: Sendable {
    private let mark = Mutex(false)
    func set() { mark.withLock { $0 = true } }
    var isSet: Bool { mark.withLock { $0 } }

    /// Waits for the mark, half as long as `/slow` would take; a busy machine may set it late.
    func comes() async throws -> Bool {
        for _ in 0..<1_000 where !isSet { try await Task.sleep(for: .milliseconds(10)) }
        return isSet
    }
}

extension APIResponse {
    static func text(_ text: String) -> APIResponse {
        APIResponse(status: .ok, headers: [.contentType: "text/plain"], body: .bytes(Array(text.utf8)))
    }
}

/// Runs an edge on a free port of loopback for as long as the body takes, then stops it.
func withStoppableEdge(
    _ routes: any APIHandler = SampleRoutes(), limits: EdgeLimits = EdgeLimits(), proxies: ProxyList = ProxyList(),
    ratePerAddress: Rate = .unlimited, rateOfFailures: Rate = .unlimited, origins: Set<String> = [],
    _ body: (Int, @escaping @Sendable () async -> Void) async throws -> Void
) async throws {
    var quiet = Logger(label: "test")
    quiet.logLevel = .critical
    let logger = quiet
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let configuration = EdgeConfiguration(
        address: .host("127.0.0.1", port: 0), proxies: proxies, limits: limits, ratePerKey: .unlimited,
        ratePerAddress: ratePerAddress, rateOfFailures: rateOfFailures, origins: origins)
    let server = EdgeServer(configuration, handler: routes, logger: logger) { address in
        port.yield(address?.port ?? 0)
        port.finish()
    }
    let group = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        var bound = 0
        for await value in ports { bound = value }
        try await body(bound) { await group.triggerGracefulShutdown() }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
    }
}

func withEdge(
    _ routes: any APIHandler = SampleRoutes(), limits: EdgeLimits = EdgeLimits(), proxies: ProxyList = ProxyList(),
    ratePerAddress: Rate = .unlimited, rateOfFailures: Rate = .unlimited, origins: Set<String> = [],
    _ body: (Int) async throws -> Void
) async throws {
    try await withStoppableEdge(
        routes, limits: limits, proxies: proxies, ratePerAddress: ratePerAddress, rateOfFailures: rateOfFailures,
        origins: origins
    ) { port, _ in try await body(port) }
}
