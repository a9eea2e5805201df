import Foundation
import Testing

/// What is made to stall a service. Each is refused; `make hostile` measures how quickly.
@Suite struct HostileTests {
    private static let mark = "\u{301}"

    /// Name, method, target, content type and body of each.
    private static var inputs: [(name: String, method: String, target: String, type: String, body: String)] {
        let marks = String(repeating: mark, count: 500_000)
        let encoded = { (count: Int) in String(repeating: "%CC%81", count: count) }
        let keys = (0..<280).map { "\"a\(String(repeating: mark, count: 400))\($0)\":1" }.joined(separator: ",")
        let alike = (1..<230).map { number in
            "\"\(String(repeating: "a", count: number))\(String(repeating: mark, count: 500))\":1"
        }.joined(separator: ",")
        let many = (0..<60_000).map { "\"k\($0)\":1" }.joined(separator: ",")
        let json = "application/json"
        return [
            ("keys with marks", "POST", "/v1/wishes", json, "{\(keys)}"),
            ("keys that look alike", "POST", "/v1/wishes", json, "{\(alike)}"),
            ("marks in the body", "POST", "/v1/wishes", json, "{\"text\":\"\(marks)\"}"),
            (
                "marks in a body that is taken", "POST", "/v1/wishes", json,
                "{\"text\":\"\(String(repeating: mark, count: 120_000))\"}"
            ),
            ("marks in the query", "GET", "/v1/public/wishes?text=" + encoded(500_000), "", ""),
            ("marks in a short query", "GET", "/v1/public/wishes?text=" + encoded(1_300), "", ""),
            ("marks in the path", "GET", "/v1/wishes/" + encoded(500_000), "", ""),
            ("marks in a short path", "GET", "/v1/wishes/" + encoded(1_300), "", ""),
            ("marks in a form", "POST", "/v1/wishes", "application/x-www-form-urlencoded", "text=" + marks),
            ("marks in a search", "GET", "/v1/areas?text=a" + encoded(1_000), "", ""),
            ("depth", "POST", "/v1/wishes", json, String(repeating: "[", count: 500_000)),
            ("depth that is taken", "POST", "/v1/wishes", json, String(repeating: "{\"a\":", count: 40_000)),
            ("60,000 keys", "POST", "/v1/wishes", json, "{\(many)}"),
            ("a long number", "POST", "/v1/wishes", json, "{\"quantity\":\(String(repeating: "9", count: 1_000_000))}"),
            (
                "a number that is taken", "POST", "/v1/wishes", json,
                "{\"quantity\":\(String(repeating: "9", count: 200_000))}"
            ),
        ]
    }

    @Test func everyInputIsRefusedAndOthersAreServed() async throws {
        try await withProgramFolder { folder, token in
            try await onThread {
                let service = try RunningService(in: folder, token: token)
                for input in Self.inputs {
                    let socket = try RawSocket(port: service.port)
                    var text = "\(input.method) \(input.target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    text += "Authorization: Bearer \(token)\r\nIdempotency-Key: \(UUID())\r\n"
                    if !input.body.isEmpty {
                        text += "Content-Type: \(input.type)\r\nContent-Length: \(input.body.utf8.count)\r\n"
                    }
                    socket.send(text + "\r\n" + input.body)
                    let answer = RunningService.Answer(socket.receive(seconds: 20) ?? "")
                    socket.close()
                    #expect((400..<500).contains(answer.status), "\(input.name): \(answer.status)")
                    #expect(try service.send("GET", "/healthz").status == 200)
                }
                #expect(service.stop().status == 0)
            }
        }
    }

    /// A stop ends an open stream with the place to go on from, and does not wait for it.
    @Test func aStopEndsAStreamWithItsCursor() async throws {
        try await withProgramFolder { folder, token in
            try await onThread {
                let service = try RunningService(in: folder, token: token)
                let socket = try RawSocket(port: service.port)
                defer { socket.close() }
                socket.send(
                    "GET /v1/changes?after=latest HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n"
                        + "Authorization: Bearer \(token)\r\n\r\n")
                #expect(socket.receive(until: "retry: 2000", seconds: 10)?.contains("text/event-stream") == true)
                let made = try service.send(
                    "POST", "/v1/keys", key: "k", body: #"{"label":"desk","role":"coordinator"}"#)
                #expect(made.status == 201)
                #expect(socket.receive(until: "event: change", seconds: 10)?.contains("\"kind\":\"key\"") == true)
                let end = service.stop()
                #expect(end.status == 0 && end.seconds < 10)
                let last = socket.receive(seconds: 5) ?? ""
                #expect(last.contains("event: end\r\n") || last.contains("event: end\n"), "\(last)")
                #expect(last.contains("\"reason\":\"stopping\""))
            }
        }
    }
}
