import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A server on loopback that gives prepared answers, one a connection, and keeps what it was sent.
final class OneAnswerServer: Sendable {
    let port: Int
    private let listener: Int32
    private let heard = Mutex<[String]>([])
    /// The thread that accepts closes: a number that is free again would be another server's.
    private let isOpen = Mutex(true)

    var requests: [String] { heard.withLock { $0 } }

    init(_ answers: [String]) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                bind(listener, plain, size) == 0 && listen(listener, 8) == 0 && getsockname(listener, plain, &size) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            defer {
                isOpen.withLock { isOpen in
                    isOpen = false
                    close(listener)
                }
            }
            for answer in answers {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                heard.withLock { $0.append(Self.request(from: connection)) }
                _ = answer.withCString { write(connection, $0, strlen($0)) }
                shutdown(connection, Int32(SHUT_WR))
                close(connection)
            }
        }
    }

    func stop() { isOpen.withLock { if $0 { shutdown(listener, Int32(SHUT_RDWR)) } } }

    /// Reads a head and as much body as it announces.
    private static func request(from connection: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let length =
                    text[..<end.lowerBound].lowercased().components(separatedBy: "content-length: ").dropFirst().first
                    .flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
                if text[end.upperBound...].utf8.count >= length { return text }
            }
            let count = read(connection, &buffer, buffer.count)
            if count <= 0 { return text }
            bytes += buffer[..<count]
        }
    }
}
