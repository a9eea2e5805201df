import Foundation
import Testing

@testable import WebAPI

/// Requests that break the framing of HTTP, byte for byte: each is answered 400 with a problem, and the connection is
/// closed.
@Suite struct FramingTests {
    static let faults: [(name: String, bytes: String)] = [
        ("no Host", "GET / HTTP/1.1\r\n\r\n"),
        ("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        ("two different Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        ("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        ("a list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
        ("a Host with a user", "GET / HTTP/1.1\r\nHost: me@a\r\n\r\n"),
        ("a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        ("a Host with a port of letters", "GET / HTTP/1.1\r\nHost: a:http\r\n\r\n"),
        ("a foreign absolute address", "GET http://elsewhere/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a foreign address with the host as user", "GET http://a@elsewhere/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("an absolute address of another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("an address without a slash", "GET path HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a star for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"),
        ("a fragment", "GET /#top HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a raw space in the address", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a backslash", "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a raw letter outside ASCII", "GET /轮椅 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a lone percent", "GET /100% HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a percent with one digit", "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a percent with letters", "GET /?q=%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("an encoded NUL in the path", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("an encoded NUL in the query", "GET /?q=%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("an encoded control", "GET /?q=%1B%5B2J HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("UTF-8 that is none", "GET /?q=%FF%FE HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("UTF-8 in a longer form", "GET /%C0%AF HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("half a surrogate pair", "GET /?q=%ED%A0%80 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("31 combining marks", "GET /?q=" + String(repeating: "%CC%81", count: 31) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("HTTP/0.9", "GET /\r\n\r\n"),
        ("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
        ("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
        ("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("a version in small letters", "GET / http/1.1\r\nHost: a\r\n\r\n"),
        ("a version with two digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
        ("another protocol", "GET / RTSP/1.0\r\nHost: a\r\n\r\n"),
        ("TLS on a plain port", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{FC}\r\n\r\n"),
        ("a method in small letters", "get / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a method that is none", "G\u{7}T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("no method", " / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n"),
        ("a control in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\u{1}b\r\n\r\n"),
        ("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
        ("a header without a name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"),
        ("a header without a colon", "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n"),
        ("a folded header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),
        ("a header that begins with a space", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
        ("a carriage return within a header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb: c\r\n\r\n"),
        (
            "length and chunks",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        (
            "chunks and length",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"
        ),
        ("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        ("the same length twice", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
        ("a list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc"),
        ("a negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
        ("a length with a plus", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc"),
        ("a length in hexadecimal", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc"),
        ("a length beyond 64 bits", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551617\r\n\r\nabc"),
        ("an empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n"),
        ("chunked twice", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        (
            "chunked in two headers",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        ("gzip, then chunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        ("an unknown transfer coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        ("identity", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n"),
        ("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (
            "a chunk size of letters",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n"
        ),
        (
            "a negative chunk size",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n"
        ),
        (
            "a chunk size beyond 64 bits",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000002\r\nab\r\n0\r\n\r\n"
        ),
        (
            "a chunk longer than its size",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n"
        ),
        (
            "a chunk size with 0x",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n"
        ),
        (
            "a chunk size after a space",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n 2\r\nab\r\n0\r\n\r\n"
        ),
        ("an empty chunk size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\nab\r\n0\r\n\r\n"),
        (
            "a lone line feed after a chunk size",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\r\n0\r\n\r\n"
        ),
        (
            "a body that follows a length it exceeds",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n{\"a\": 1}"
        ),
    ]

    @Test func eachFaultIsAnsweredAndEndsTheConnection() async throws {
        try await withEdge { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for fault in Self.faults {
                    group.addTask {
                        let answer = try #require(
                            try await exchange(fault.bytes, port: port), "\(fault.name): left open")
                        // A request that is right may come before the fault; the fault is what is answered last.
                        let last = answer.components(separatedBy: "HTTP/1.1 ").last ?? ""
                        #expect(last.hasPrefix("400 "), "\(fault.name): \(answer.prefix(80))")
                        #expect(last.contains("application/problem+json"), "\(fault.name)")
                        #expect(last.contains("\"type\":\"/problems/malformed-request\""), "\(fault.name)")
                        #expect(last.lowercased().contains("connection: close"), "\(fault.name)")
                    }
                }
                try await group.waitForAll()
            }
            #expect(Self.faults.count >= 40)
            // The server is still well.
            let answer = try await exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", port: port)
            #expect(answer?.hasPrefix("HTTP/1.1 200 ") == true)
        }
    }

    @Test func aRequestCutOffIsAnswered() async throws {
        try await withEdge { port in
            for bytes in ["GET / HTTP/1.1\r\nHost", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"] {
                let answer = try await onThread {
                    let socket = try RawSocket(port: port)
                    defer { socket.close() }
                    socket.send(bytes)
                    socket.endSending()
                    return socket.receive()
                }
                #expect(answer?.hasPrefix("HTTP/1.1 400 ") == true, "\(bytes)")
            }
        }
    }

    @Test(arguments: [
        ("a large head", "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 40_000), "431"),
        (
            "many fields",
            "GET / HTTP/1.1\r\nHost: a\r\n" + (0..<200).map { "X\($0): a\r\n" }.joined() + "\r\n", "431"
        ),
        ("a long address", "GET /" + String(repeating: "a", count: 9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", "414"),
        ("an address without end", "GET /" + String(repeating: "a", count: 20_000), "414"),
        ("a large body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n", "413"),
        (
            "a large body in chunks",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n50000\r\n"
                + String(repeating: "a", count: 0x50000), "413"
        ),
        (
            "a compressed body",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "415"
        ),
    ])
    func whatIsTooLargeIsNamed(_ sample: (name: String, bytes: String, status: String)) async throws {
        try await withEdge { port in
            let answer = try await exchange(sample.bytes, port: port)
            #expect(answer?.hasPrefix("HTTP/1.1 \(sample.status) ") == true, "\(answer?.prefix(60) ?? "left open")")
            #expect(answer?.contains("application/problem+json") == true)
        }
    }
}
