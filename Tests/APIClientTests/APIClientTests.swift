import APIClient
import MatchCore
import Synchronization
import Testing

@Suite struct APIClientTests {
    private func client(_ port: Int, language: Language = .en) throws -> APIClient {
        APIClient(
            address: try ServerAddress("http://127.0.0.1:\(port)"), token: "secret", language: language,
            wait: { _ in })
    }

    private func answer(_ status: String, _ headers: String = "", _ body: String = "") -> String {
        "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    @Test func tokenLanguageAndBodyReachTheServer() throws {
        let server = try OneAnswerServer([answer("201 Created", "ETag: \"7\"\r\n", #"{"id":1}"#)])
        defer { server.stop() }
        let request = APIClient.Request(
            method: "POST", path: "/v1/offers", headers: [("Idempotency-Key", "k1")], body: .bytes(Array("{}".utf8)))
        let answer = try client(server.port, language: .zhHans).send(request)
        #expect(answer.status == 201)
        #expect(answer.headers["etag"] == "\"7\"")
        #expect(String(decoding: answer.body, as: UTF8.self) == #"{"id":1}"#)
        let sent = try #require(server.requests.first)
        #expect(sent.hasPrefix("POST /v1/offers HTTP/1.1"))
        for line in ["Authorization: Bearer secret", "Accept-Language: zh-Hans", "Idempotency-Key: k1"] {
            #expect(sent.contains(line), "\(line) is missing in \(sent)")
        }
        #expect(sent.hasSuffix("{}"))
    }

    @Test func aRefusalShowsTheServersSentenceAndFields() throws {
        let body = """
            {"type":"/problems/invalid-input","title":"The input is not valid","status":422,"detail":"Mend one field.",\
            "errors":[{"pointer":"/lines/0/quantity","detail":"At least 1."}]}
            """
        let server = try OneAnswerServer([
            answer("422 Unprocessable Content", "Content-Type: application/problem+json\r\n", body)
        ])
        defer { server.stop() }
        let error = #expect(throws: ClientError.self) {
            try client(server.port).send(APIClient.Request(method: "GET", path: "/v1/offers"))
        }
        #expect(error?.code == .refused)
        #expect(error?.problem?.type == "/problems/invalid-input")
        #expect(error?.message.en == "The input is not valid: Mend one field.\n  /lines/0/quantity: At least 1.")
    }

    @Test func whatIsWrongWithOneFieldIsSaidOnce() throws {
        let body = """
            {"type":"/problems/invalid-input","title":"The input is not valid","status":422,"detail":"There is no such area.",
            "errors":[{"pointer":"?area","detail":"There is no such area."}]}
            """
        let server = try OneAnswerServer([
            answer("422 Unprocessable Content", "Content-Type: application/problem+json\r\n", body)
        ])
        defer { server.stop() }
        let error = #expect(throws: ClientError.self) {
            try client(server.port).send(APIClient.Request(method: "GET", path: "/v1/offers"))
        }
        #expect(error?.message.en == "The input is not valid: ?area: There is no such area.")
    }

    @Test func aBusyServerIsAskedAgainUnderTheSameKey() throws {
        let server = try OneAnswerServer([
            answer("503 Service Unavailable", "Retry-After: 2\r\n"), "", answer("200 OK", "", "{}"),
        ])
        defer { server.stop() }
        let waits = Mutex<[Double]>([])
        let client = APIClient(
            address: try ServerAddress("http://127.0.0.1:\(server.port)"), token: nil, language: .en,
            wait: { seconds in waits.withLock { $0.append(seconds) } })
        let request = APIClient.Request(
            method: "POST", path: "/v1/claims", headers: [("Idempotency-Key", "same")], body: .bytes([]))
        #expect(try client.send(request).status == 200)
        #expect(server.requests.count == 3)
        #expect(server.requests.allSatisfy { $0.contains("Idempotency-Key: same") })
        #expect(waits.withLock { $0.first } == 2)
    }

    @Test func whereNoAnswerCameAChangeIsNotSaidToBeUndone() throws {
        for (method, told) in [("POST", "It may have been done all the same"), ("GET", "Try again.")] {
            let server = try OneAnswerServer(["", ""])
            defer { server.stop() }
            let request = APIClient.Request(method: method, path: "/v1/claims", headers: [("Idempotency-Key", "k")])
            let client = APIClient(
                address: try ServerAddress("http://127.0.0.1:\(server.port)"), token: nil, language: .en, tries: 2,
                wait: { _ in })
            let error = #expect(throws: ClientError.self) { try client.send(request) }
            #expect(error?.code == .broken && error?.message.en.contains(told) == true, "\(error?.message.en ?? "")")
        }
    }

    @Test func aServerThatStartsAnewIsWaitedFor() throws {
        let server = try OneAnswerServer([""])
        let waits = Mutex(0)
        let client = APIClient(
            address: try ServerAddress("http://127.0.0.1:\(server.port)"), token: nil, language: .en,
            wait: { _ in
                // It broke off, and nobody listens any more.
                server.stop()
                waits.withLock { $0 += 1 }
            })
        let error = #expect(throws: ClientError.self) {
            try client.send(
                APIClient.Request(method: "POST", path: "/v1/claims", headers: [("Idempotency-Key", "k")]))
        }
        // Not that nobody is there: what was sent before may have been done.
        #expect(waits.withLock { $0 } == 3 && error?.code == .broken)
    }

    @Test func aPostWithoutAKeyIsSentOnce() throws {
        let server = try OneAnswerServer([answer("503 Service Unavailable"), answer("200 OK")])
        defer { server.stop() }
        #expect(throws: ClientError.self) {
            try client(server.port).send(APIClient.Request(method: "POST", path: "/v1/x", body: .bytes([])))
        }
        #expect(server.requests.count == 1)
    }

    @Test func redirectsAreNotFollowed() throws {
        let server = try OneAnswerServer([answer("302 Found", "Location: http://127.0.0.1:1/\r\n")])
        defer { server.stop() }
        let error = #expect(throws: ClientError.self) {
            try client(server.port).send(APIClient.Request(method: "GET", path: "/"))
        }
        #expect(error?.code == .answer)
    }

    @Test func nobodyThereIsSaidSo() throws {
        let server = try OneAnswerServer([])
        server.stop()
        let error = #expect(throws: ClientError.self) {
            try client(server.port).send(APIClient.Request(method: "GET", path: "/healthz"))
        }
        #expect(error?.code == .unreachable)
    }

    @Test(arguments: [
        "https://almoner.example", "https://almoner.example:8443/town", "http://127.0.0.1:8080", "http://localhost",
        "http://[::1]:8080", "unix:/run/almoner.sock",
    ]) func goodAddresses(_ text: String) throws {
        #expect(throws: Never.self) { try ServerAddress(text) }
    }

    @Test(arguments: [
        "almoner.example", "http://almoner.example", "http://127.0.0.1.example.org", "http://10.0.0.1:8080", "ftp://x",
        "https://", "https://user@host", "https://host/?q", "unix:almoner.sock", "http://127.0.0.999",
    ]) func refusedAddresses(_ text: String) throws {
        let error = #expect(throws: ClientError.self) { try ServerAddress(text) }
        #expect(error?.code == .address)
    }
}
