import Foundation
import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// A bare TCP connection to loopback: what it sends is exactly what is written, right or wrong.
///
/// All calls block; make them through ``onThread(_:)``.
struct RawSocket {
    private let descriptor: Int32

    /// - Parameter source: the address to come from, any of 127.0.0.0/8.
    init(port: Int, from source: String = "127.0.0.1") throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var local = Self.address(source, port: 0)
        var remote = Self.address("127.0.0.1", port: port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafePointer(to: &local) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        let isConnected = withUnsafePointer(to: &remote) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard isBound == 0, isConnected == 0 else {
            Glibc.close(descriptor)
            throw IOError(errnoCode: errno, reason: "connect")
        }
    }

    private static func address(_ text: String, port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return address
    }

    /// False where the other side has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What comes until the other side closes, or until it holds `text` so many times. Nil where neither happens in time.
    func receive(until text: String? = nil, times: Int = 1, seconds: Double = 5) -> String? {
        let end = Date(timeIntervalSinceNow: seconds)
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if let text {
                let all = String(decoding: received, as: UTF8.self)
                if all.components(separatedBy: text).count > times { return all }
            }
            let left = end.timeIntervalSinceNow
            guard left > 0 else { return nil }
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, Int32(left * 1_000) + 1) > 0 else { return nil }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { return String(decoding: received, as: UTF8.self) }
            received += buffer.prefix(count)
        }
    }

    /// One whole answer of a connection that stays open; nil where it does not come in time.
    func receiveAnswer(seconds: Double = 5) -> String? {
        let end = Date(timeIntervalSinceNow: seconds)
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let parts = String(decoding: received, as: UTF8.self).components(separatedBy: "\r\n\r\n")
            if parts.count > 1 {
                let length = parts[0].lowercased().components(separatedBy: "content-length: ").dropFirst().first
                    .flatMap { Int($0.prefix { $0.isNumber }) }
                if received.count >= parts[0].utf8.count + 4 + (length ?? 0) {
                    return String(decoding: received, as: UTF8.self)
                }
            }
            let left = end.timeIntervalSinceNow
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard left > 0, Glibc.poll(&poll, 1, Int32(left * 1_000) + 1) > 0 else { return nil }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            received += buffer.prefix(count)
        }
    }

    /// Whether the other side has closed, or closes in time; what comes before is thrown away.
    func isClosed(within seconds: Double) -> Bool { receive(seconds: seconds) != nil }

    func close() { Glibc.close(descriptor) }
}

/// Runs what blocks on a thread of its own.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Swift.Result { try body() }) }.start()
    }
}

/// Sends bytes on a connection of their own and returns everything that is answered until it is closed; nil where it
/// stays open.
func exchange(_ bytes: [UInt8], port: Int, seconds: Double = 5) async throws -> String? {
    try await onThread {
        let socket = try RawSocket(port: port)
        defer { socket.close() }
        socket.send(bytes)
        return socket.receive(seconds: seconds)
    }
}

func exchange(_ text: String, port: Int, seconds: Double = 5) async throws -> String? {
    try await exchange(Array(text.utf8), port: port, seconds: seconds)
}
