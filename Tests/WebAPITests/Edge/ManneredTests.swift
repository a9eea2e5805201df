import Foundation
import Testing

@testable import WebAPI

/// What an honest client meets.
@Suite struct ManneredTests {
    private func get(_ target: String, _ fields: String = "", port: Int) async throws -> String {
        try await exchange("GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(fields)\r\n", port: port) ?? ""
    }

    @Test func pathAndQueryAreDecoded() async throws {
        try await withEdge { port in
            let answer1 = try await get("/path/%E8%BD%AE%2F%E6%A4%85/x", port: port)
            #expect(answer1.hasSuffix("path|轮/椅|x"))
            let answer2 = try await get("/echo?a=1&b=%26+x&c", port: port)
            #expect(answer2.hasSuffix("a=1&b=& x&c="))
            let answer3 = try await get("http://A/echo?q=1", port: port)
            #expect(answer3.hasSuffix("q=1"))
        }
    }

    /// Who fetches a file is told how long it is, though it comes in parts; what is asked behind it is answered.
    @Test func aFileWhoseLengthIsKnownSaysIt() async throws {
        try await withEdge { port in
            let next = "GET /echo?n=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let answer = try await exchange("GET /file HTTP/1.1\r\nHost: a\r\n\r\n" + next, port: port) ?? ""
            let halves = answer.components(separatedBy: "\r\n\r\n")
            try #require(halves.count == 3)
            #expect(halves[0].lowercased().contains("content-length: 2000") && !halves[0].contains("chunked"))
            #expect(halves[1].hasPrefix(String(repeating: ".", count: 2_000) + "HTTP/1.1 200"))
            #expect(halves[2] == "n=1")
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await withEdge { port in
            let requests = (0..<50).map { "GET /echo?n=\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            let slow = "GET /pause HTTP/1.1\r\nHost: a\r\n\r\n"
            let last = "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"
            let answer = try await exchange(slow + requests + last, port: port) ?? ""
            let bodies = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map {
                $0.components(separatedBy: "\r\n\r\n").last ?? ""
            }
            #expect(bodies == ["done"] + (0..<50).map { "n=\($0)" } + ["3"])
        }
    }

    @Test func aFaultIsAnsweredAfterWhatCameBefore() async throws {
        try await withEdge { port in
            let answer = try await exchange(
                "GET /pause HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/9.9\r\n\r\nGET /echo?never HTTP/1.1\r\n\r\n",
                port: port)
            let statuses = (answer ?? "").components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
            #expect(statuses == ["200", "400"])
        }
    }

    @Test func whoEndsItsSideIsStillAnswered() async throws {
        try await withEdge { port in
            let answer = try await onThread {
                let socket = try RawSocket(port: port)
                defer { socket.close() }
                socket.send("GET /pause HTTP/1.1\r\nHost: a\r\n\r\n")
                socket.endSending()
                return socket.receive()
            }
            #expect(answer?.hasSuffix("done") == true)
        }
    }

    @Test func aBodyIsAwaitedWhereTheClientAsksFirst() async throws {
        try await withEdge { port in
            let answer = try await onThread {
                let socket = try RawSocket(port: port)
                defer { socket.close() }
                socket.send(
                    "POST /body HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\n"
                )
                guard socket.receive(until: "100 Continue\r\n\r\n") != nil else { return "not asked on" }
                socket.send("abc")
                return socket.receive() ?? "left open"
            }
            #expect(answer.hasSuffix("3"))
            // Without a body that fits, nobody is asked to send it.
            let refused = try await exchange(
                "POST /body HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 999999\r\n\r\n", port: port)
            #expect(refused?.hasPrefix("HTTP/1.1 413 ") == true)
        }
    }

    @Test func anUploadIsHandedOnInParts() async throws {
        try await withEdge { port in
            let size = 20 << 20
            let head = "POST /upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: \(size)\r\n\r\n"
            let answer = try await exchange(
                Array(head.utf8) + [UInt8](repeating: 7, count: size), port: port, seconds: 20)
            #expect(answer?.hasSuffix("\r\n\r\n\(size)") == true)
        }
    }

    @Test func anAnswerInPartsIsWholeOrSeenToBeCutOff() async throws {
        try await withEdge { port in
            let whole = try await get("/numbers", port: port)
            #expect(whole.hasSuffix("999\n\r\n0\r\n\r\n"))
            let broken = try await get("/broken", port: port)
            #expect(broken.contains("half") && !broken.hasSuffix("0\r\n\r\n"))
        }
    }

    @Test func everyAnswerCarriesItsIdAndItsGuards() async throws {
        try await withEdge { port in
            let answer = try await get("/", "X-Request-ID: from-a-stranger\r\n", port: port)
            for field in [
                "X-Request-ID: ", "X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'",
                "Cache-Control: no-store", "Referrer-Policy: no-referrer",
            ] { #expect(answer.contains(field), "\(field)") }
            #expect(!answer.contains("from-a-stranger"))
            let head =
                try await exchange("HEAD /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", port: port) ?? ""
            #expect(head.contains("content-length: 200000"))
            #expect(head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func largeAnswersAreCompressedForThoseWhoTakeIt() async throws {
        try await withEdge { port in
            let answer4 = try await get("/large", "Accept-Encoding: br, gzip;q=0.5\r\n", port: port)
            #expect(answer4.utf8.count < 2_000)
            let answer5 = try await get("/large", "Accept-Encoding: gzip\r\n", port: port)
            #expect(answer5.contains("\"v1-gzip\""))
            let answer6 = try await get("/large", "Accept-Encoding: gzip;q=0\r\n", port: port)
            #expect(answer6.utf8.count > 200_000)
            let answer7 = try await get("/large", port: port)
            #expect(answer7.contains("\"v1\""))
            let answer8 = try await get("/tags", "If-Match: \"v1-gzip\", \"v2\"\r\n", port: port)
            #expect(answer8.hasSuffix("\"v1\", \"v2\""))
        }
    }

    @Test(arguments: ["", "Accept-Encoding: gzip\r\n"])
    func headTellsWhatGetWouldSend(_ fields: String) async throws {
        try await withEdge { port in
            func head(_ method: String) async throws -> Set<String> {
                let answer = try await exchange(
                    "\(method) /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(fields)\r\n", port: port)
                let parts = (answer ?? "").components(separatedBy: "\r\n\r\n")
                if method == "HEAD" { #expect(parts.last == "", "a body came with it") }
                let lines = parts[0].components(separatedBy: "\r\n")
                return Set(lines.filter { !$0.hasPrefix("X-Request-ID") && !$0.hasPrefix("Date") })
            }
            let (short, long) = (try await head("HEAD"), try await head("GET"))
            #expect(short == long)
        }
    }

    @Test func whatIsKnownIsToldByTheTagItCameWith() async throws {
        try await withEdge { port in
            let plain = try await get("/large", "If-None-Match: \"v1\"\r\n", port: port)
            #expect(plain.hasPrefix("HTTP/1.1 304") && plain.hasSuffix("\r\n\r\n"))
            #expect(plain.contains("ETag: \"v1\"\r\n"))
            let packed = try await get(
                "/large", "Accept-Encoding: gzip\r\nIf-None-Match: \"v1-gzip\"\r\n", port: port)
            #expect(packed.hasPrefix("HTTP/1.1 304") && packed.hasSuffix("\r\n\r\n"))
            #expect(packed.contains("etag: \"v1-gzip\"\r\n") && packed.contains("Vary: Accept-Encoding"))
            for name in ["type", "length", "encoding"] { #expect(!packed.lowercased().contains("\ncontent-\(name)")) }
        }
    }

    @Test func proxiesAreBelievedOnlyWhereTheyAreNamed() async throws {
        let forwarded = "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.2.3\r\nX-Request-ID: from-the-proxy\r\n"
        try await withEdge { port in
            let answer = try await get("/who", forwarded, port: port)
            #expect(answer.hasSuffix("\r\n\r\n127.0.0.1") && !answer.contains("from-the-proxy"))
        }
        let proxies = try #require(ProxyList(["127.0.0.1", "10.0.0.0/8"]))
        try await withEdge(proxies: proxies) { port in
            let answer = try await get("/who", forwarded, port: port)
            #expect(answer.hasSuffix("\r\n\r\n203.0.113.9") && answer.contains("X-Request-ID: from-the-proxy"))
        }
        #expect(ProxyList(["10.0.0.0/33"]) == nil)
        #expect(ProxyList(["proxy.example"]) == nil)
    }

    @Test func whatCostsMoreSaysForHowMuchItCounts() async throws {
        try await withEdge(ratePerAddress: Rate(perSecond: 1, burst: 7)) { port in
            let answer = try await onThread {
                let socket = try RawSocket(port: port)
                defer { socket.close() }
                let request = "GET /dear HTTP/1.1\r\nHost: a\r\n\r\n"
                socket.send(request + request)
                return socket.receive(until: "too-many-requests") ?? ""
            }
            #expect(answer.contains("RateLimit: \"default\";r=2;t=5;cost=5\r\n"), "\(answer)")
            #expect(answer.contains("Retry-After: 3\r\n"))
        }
    }

    @Test func whoAsksTooOftenIsToldWhenToComeBack() async throws {
        try await withEdge(ratePerAddress: Rate(perSecond: 1, burst: 3)) { port in
            let requests = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 4)
            let answer = try await onThread {
                let socket = try RawSocket(port: port)
                defer { socket.close() }
                socket.send(requests)
                return socket.receive(until: "too-many-requests") ?? ""
            }
            let answers = answer.components(separatedBy: "HTTP/1.1 ").dropFirst()
            #expect(answers.map { $0.prefix(3) } == ["200", "200", "200", "429"])
            #expect(answers.last?.contains("Retry-After: 1\r\n") == true)
            #expect(answers.first?.contains("RateLimit: \"default\";r=2;t=1\r\n") == true)
            #expect(answers.first?.contains("RateLimit-Policy: \"default\";q=3;w=3\r\n") == true)
            // Somebody else is served, and so is who asks whether the server is well.
            let other = try await onThread {
                let socket = try RawSocket(port: port, from: "127.0.0.2")
                defer { socket.close() }
                socket.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return socket.receive() ?? ""
            }
            #expect(other.hasPrefix("HTTP/1.1 200"))
            let answer9 = try await get("/healthz", port: port)
            #expect(answer9.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func whoHasAGoodTokenIsNotHeldUpByGuessesFromTheSameAddress() async throws {
        try await withEdge(rateOfFailures: Rate(perSecond: 1, burst: 2)) { port in
            // A page for everybody says nothing of the token that came with it; a good token that is refused is good no more.
            let asked = [
                ("/v1/wishes", "good", "200"), ("/page", "guess", "200"), ("/secret", "guess", "401"),
                ("/secret", "guess", "401"), ("/secret", "guess", "429"), ("/v1/wishes", "unknown", "429"),
                ("/v1/wishes", "good", "200"), ("/secret", "good", "401"), ("/v1/wishes", "good", "429"),
            ]
            // In one piece: a second later one more guess is free.
            let requests = asked.enumerated().map { place, request in
                "GET \(request.0) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(request.1)\r\n"
                    + (place == asked.count - 1 ? "Connection: close\r\n\r\n" : "\r\n")
            }
            let answer = try await exchange(requests.joined(), port: port)
            #expect(Self.statuses(answer) == asked.map(\.2))
        }
    }

    @Test func whoTakesANewTokenForEachRequestIsCountedByAddress() async throws {
        try await withEdge(ratePerAddress: Rate(perSecond: 1, burst: 3)) { port in
            // Pages for everybody look at no token, so none of these is ever told to be wrong. The last has none at all.
            let tokens = (0..<4).map { "Authorization: Bearer guess\($0)\r\n" } + ["Connection: close\r\n"]
            let answer = try await exchange(
                tokens.map { "GET /page HTTP/1.1\r\nHost: a\r\n\($0)\r\n" }.joined(), port: port)
            #expect(Self.statuses(answer) == ["200", "200", "200", "429", "200"])
        }
        try await withEdge(ratePerAddress: Rate(perSecond: 1, burst: 3)) { port in
            // What has opened something does not share with them.
            let good = "GET /v1/wishes HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
            let answer = try await exchange(
                String(repeating: good + "\r\n", count: 5) + good + "Connection: close\r\n\r\n", port: port)
            #expect(Self.statuses(answer) == Array(repeating: "200", count: 6))
        }
    }

    private static func statuses(_ answers: String?) -> [String] {
        (answers ?? "").components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
    }

    @Test func figuresOfTheServiceAreNotForWhoComesThroughAProxy() async throws {
        for (isBehindProxy, header, isThere) in [
            (false, "", true), (true, "", false), (false, "X-Forwarded-For: 203.0.113.9\r\n", false),
            (false, "Forwarded: for=203.0.113.9\r\n", false), (false, "X-Real-IP: 203.0.113.9\r\n", false),
        ] {
            let routes = ServiceRoutes(
                before: SampleRoutes(), metrics: EdgeMetrics(), metricsToken: "t0ken", isBehindProxy: isBehindProxy,
                isReady: { true })
            try await withEdge(routes) { port in
                let answer = try await get("/metrics", header, port: port)
                #expect(answer.contains("version=0.0.4") == isThere, "\(isBehindProxy) \(header)")
                let known = try await get("/metrics", header + "Authorization: Bearer t0ken\r\n", port: port)
                #expect(known.contains("version=0.0.4"))
            }
        }
    }

    @Test func pagesOfOtherSitesAreLetInOnlyByName() async throws {
        let asks = "Origin: https://town.example\r\n"
        try await withEdge { port in
            let answer10 = try await get("/", asks, port: port)
            #expect(!answer10.contains("Access-Control"))
        }
        try await withEdge(origins: ["https://town.example"]) { port in
            let answer11 = try await get("/", asks, port: port)
            #expect(answer11.contains("Access-Control-Allow-Origin: https://town.example"))
            let answer12 = try await get("/", "Origin: https://evil.example\r\n", port: port)
            #expect(!answer12.contains("Allow-Origin"))
            let preflight = try await exchange(
                "OPTIONS / HTTP/1.1\r\nHost: a\r\n\(asks)Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n",
                port: port)
            #expect(preflight?.hasPrefix("HTTP/1.1 204") == true)
            #expect(preflight?.contains("Idempotency-Key") == true)
        }
    }
}
