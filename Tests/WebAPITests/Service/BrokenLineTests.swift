import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What a command sends again because no answer came, it sends as it was, and so it takes effect once.
@Suite(.serialized) struct BrokenLineTests {
    @Test(arguments: [[], ["--rejects", "faulty.csv"]])
    func anImportWhoseAnswerIsLostIsSaidAgain(_ options: [String]) async throws {
        try await withProgramFolder { folder, token in
            // What was broken off holds its key for a second, and is then gone on with.
            let service = try RunningService(in: folder, token: token, ["--hold-seconds", "1"])
            defer { service.kill() }
            try Data("nr,name\n1,Example Grocer\n2,Example Fund\n".utf8).write(to: folder.appending(path: "p.csv"))
            try Data(
                "kind: parties\nsource: sheet\ndescription: x\ntimeZone: Asia/Shanghai\nfields: {externalID: nr, name: name}\n"
                    .utf8
            ).write(to: folder.appending(path: "p.yaml"))
            let line = try BrokenLine(to: service.port)
            defer { line.close() }
            let imported = try RunningService.run(
                ["import", "parties", "p.csv", "--map", "p.yaml", "--lang", "en"] + options + [
                    "--server", "http://127.0.0.1:\(line.port)",
                ], in: folder, environment: ["ALMONER_TOKEN": token])
            #expect(imported.status == 0, "\(imported.error)")
            #expect(imported.output.contains("2 rows: 2 created"), "\(imported.output)")
            #expect(line.count == 2)
            let listed = try service.send("GET", "/v1/parties")
            #expect(listed.body.components(separatedBy: "Example").count == 3)
        }
    }

    @Test func whatComesThroughAPipeIsImportedToo() async throws {
        try await withProgramFolder { folder, token in
            let service = try RunningService(in: folder, token: token)
            defer { service.kill() }
            let pipe = folder.appending(path: "pipe").path
            #expect(mkfifo(pipe, 0o600) == 0)
            try Data(
                "kind: parties\nsource: sheet\ndescription: x\ntimeZone: Asia/Shanghai\nfields: {externalID: nr, name: name}\n"
                    .utf8
            ).write(to: folder.appending(path: "p.yaml"))
            Thread.detachNewThread {
                // Waits until the command reads.
                let end = FileHandle(forWritingAtPath: pipe)
                try? end?.write(contentsOf: Data("nr,name\n1,Example Grocer\n".utf8))
                try? end?.close()
            }
            let imported = try RunningService.run(
                [
                    "import", "parties", "pipe", "--map", "p.yaml", "--lang", "en", "--server",
                    "http://127.0.0.1:\(service.port)",
                ], in: folder, environment: ["ALMONER_TOKEN": token])
            #expect(imported.status == 0 && imported.output.contains("1 row"), "\(imported.output) \(imported.error)")
        }
    }
}

/// A line to a server that breaks when the first answer begins, and holds from then on.
final class BrokenLine: Sendable {
    let port: Int
    private let listener: Int32
    private let connections = Connections()

    private final class Connections: @unchecked Sendable {
        private let lock = NSLock()
        private var made = 0

        /// How many there are with one more.
        func next() -> Int {
            lock.withLock {
                made += 1; return made
            }
        }
        var count: Int { lock.withLock { made } }
    }

    /// How often somebody has connected.
    var count: Int { connections.count }

    init(to target: Int) throws {
        let listener = try Self.open(port: 0) { bind($0, $1, $2) == 0 && listen($0, 8) == 0 }
        self.listener = listener.descriptor
        port = listener.port
        Thread.detachNewThread { [listener = self.listener, connections] in
            // Closed by who accepts: a number that is free again would be another's.
            defer { Glibc.close(listener) }
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                guard let server = try? Self.open(port: target, { connect($0, $1, $2) == 0 }) else {
                    Glibc.close(client)
                    continue
                }
                let breaks = connections.next() == 1
                Thread.detachNewThread {
                    Self.pass(from: client, to: server.descriptor)
                    shutdown(server.descriptor, Int32(SHUT_WR))
                }
                Thread.detachNewThread {
                    var first: UInt8 = 0
                    if breaks {
                        _ = recv(server.descriptor, &first, 1, 0)
                    } else {
                        Self.pass(from: server.descriptor, to: client)
                    }
                    for end in [client, server.descriptor] { shutdown(end, Int32(SHUT_RDWR)) }
                }
            }
        }
    }

    func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// A socket of this machine after `use`, with its own port.
    private static func open(
        port: Int, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool
    ) throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                use(descriptor, plain, size) && getsockname(descriptor, plain, &size) == 0
            }
        }
        guard isOpen else { throw POSIXError(.EADDRNOTAVAIL) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func pass(from: Int32, to: Int32) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(from, &buffer, buffer.count, 0)
            guard count > 0, send(to, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
        }
    }
}
