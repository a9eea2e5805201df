import Foundation
import Testing

@testable import WebAPI

/// Clients that send or take too slowly, and a stop. The limits are short here; the proportions are those of the real
/// ones.
@Suite struct DeadlineTests {
    private var short: EdgeLimits {
        var limits = EdgeLimits()
        limits.headSeconds = 1
        limits.idleSeconds = 1
        limits.rateGraceSeconds = 1
        limits.takeSeconds = 1
        limits.lingerSeconds = 1
        return limits
    }

    private var routes: SampleRoutes { SampleRoutes(limits: RouteLimits(arrivalSeconds: 3)) }

    private func seconds(_ port: Int, _ body: @escaping @Sendable (RawSocket) -> Void) async throws -> Double? {
        try await onThread {
            let socket = try RawSocket(port: port)
            defer { socket.close() }
            let begun = Date()
            body(socket)
            guard socket.isClosed(within: 8) else { return nil }
            return Date().timeIntervalSince(begun)
        }
    }

    @Test func slowClientsAreLetGo() async throws {
        try await withEdge(routes, limits: short) { port in
            async let silent = seconds(port) { _ in }
            async let halfAHead = seconds(port) { $0.send("GET / HTTP/1.1\r\nHo") }
            async let trickled = seconds(port) { socket in
                for byte in "GET / HTTP/1.1\r\nHost: a\r\nX: 12345678901234567890" {
                    guard socket.send([byte.asciiValue!]) else { return }
                    if socket.isClosed(within: 0.1) { return }
                }
            }
            async let idle = seconds(port) { $0.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
            async let noBody = seconds(port) { $0.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n") }
            async let upload = seconds(port) {
                $0.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1")
            }
            for (name, taken) in [
                ("silent", try await silent), ("half a head", try await halfAHead), ("trickled", try await trickled),
                ("idle", try await idle), ("no body", try await noBody), ("upload", try await upload),
            ] {
                let taken = try #require(taken, "\(name): left open")
                #expect(taken < 5, "\(name): \(taken) s")
            }
        }
    }

    @Test func aSlowRequestIsToldSo() async throws {
        try await withEdge(routes, limits: short) { port in
            async let head = exchange("GET / HTTP/1.1\r\nHo", port: port)
            async let body = exchange("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab", port: port)
            async let upload = exchange("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab", port: port)
            for answer in try await [head, body, upload] {
                #expect(answer?.hasPrefix("HTTP/1.1 408 ") == true, "\(answer ?? "left open")")
            }
        }
    }

    @Test func whoSendsSteadilyIsServedBeyondTheGrace() async throws {
        try await withEdge(routes, limits: short) { port in
            let answer = try await onThread {
                let socket = try RawSocket(port: port)
                defer { socket.close() }
                socket.send("POST /body HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2000\r\n\r\n")
                for _ in 0..<20 {
                    socket.send([UInt8](repeating: 65, count: 100))
                    Thread.sleep(forTimeInterval: 0.1)
                }
                return socket.receive()
            }
            #expect(answer?.hasSuffix("2000") == true)
        }
    }

    @Test func anAnswerThatIsLateIsGivenUpAndItsWorkEnds() async throws {
        let routes = routes
        try await withEdge(routes, limits: short) { port in
            let answer = try await exchange("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", port: port)
            #expect(answer?.hasPrefix("HTTP/1.1 503 ") == true)
            #expect(try await routes.wasCancelled.comes())
        }
    }

    @Test func whoLeavesEndsTheWorkDoneForIt() async throws {
        let routes = routes
        try await withEdge(routes, limits: short) { port in
            try await onThread {
                let socket = try RawSocket(port: port)
                socket.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
                Thread.sleep(forTimeInterval: 0.2)
                socket.close()
            }
            #expect(try await routes.wasCancelled.comes())
        }
    }

    @Test func anHonestClientIsServedBesideStalledOnes() async throws {
        var limits = EdgeLimits()
        limits.headSeconds = 8
        limits.connectionsPerAddress = 100
        try await withEdge(limits: limits) { port in
            let (stalled, worst, closed) = try await onThread {
                var sockets: [RawSocket] = []
                for number in 0..<200 {
                    let socket = try RawSocket(port: port)
                    socket.send(
                        number % 2 == 0
                            ? "GET / HTTP/1.1\r\nHo" : "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
                    sockets.append(socket)
                }
                defer { sockets.forEach { $0.close() } }
                var worst = 0.0
                for _ in 0..<50 {
                    let begun = Date()
                    let honest = try RawSocket(port: port, from: "127.0.0.2")
                    honest.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    guard honest.receive()?.hasPrefix("HTTP/1.1 200") == true else { return (0, 99.0, 0) }
                    honest.close()
                    worst = max(worst, Date().timeIntervalSince(begun))
                }
                let closed = sockets.filter { $0.isClosed(within: 0) || $0.isClosed(within: 0.001) }.count
                return (sockets.count, worst, closed)
            }
            #expect(stalled == 200)
            #expect(worst < 4)
            #expect(closed >= 100, "beyond the cap of an address, connections are closed at once")
        }
    }

    @Test func aStopAnswersWhatIsInFlightAndEndsStreams() async throws {
        let routes = routes
        try await withStoppableEdge(routes) { port, stop in
            async let answer = exchange("GET /pause HTTP/1.1\r\nHost: a\r\n\r\n", port: port)
            async let events = exchange("GET /events HTTP/1.1\r\nHost: a\r\n\r\n", port: port)
            while !(routes.isPausing.isSet && routes.isStreaming.isSet) { try await Task.sleep(for: .milliseconds(10)) }
            await stop()
            let begun = ContinuousClock.now
            #expect(try await answer?.contains("done") == true)
            #expect(try await events?.contains("event: end\ndata: cursor") == true)
            #expect(ContinuousClock.now - begun < .seconds(5))
        }
    }
}
