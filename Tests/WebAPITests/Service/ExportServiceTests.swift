import Foundation
import Storage
import Testing

/// `almoner export` through a running server: what a database of this machine gives, to the byte.
@Suite struct ExportServiceTests {
    @Test(.timeLimit(.minutes(5))) func anExportIsTheSameAsOnThisMachine() async throws {
        try await withProgramFolder { folder, token in
            try await onThread {
                for step in [["demo"], ["match", "--all"]] {
                    #expect(try RunningService.run(step, in: folder).status == 0)
                }
                try Self.alterAStoredSuggestion(in: folder)
                let kinds = ["offers", "matches", "cases"]
                let ways = kinds.flatMap { kind in
                    [[kind], [kind, "--json"], [kind, "FILE"], [kind, "FILE", "--json"]]
                }
                let here = try ways.map { try Self.export($0, in: folder) }
                let service = try RunningService(in: folder, token: token)
                defer { service.kill() }
                for (way, local) in zip(ways, here) {
                    let remote = try Self.export(way, of: service, in: folder)
                    #expect(local.status == 0 && local == remote, "\(way): \(local.error)\(remote.error)")
                    let isFile = way.contains("FILE")
                    #expect(local.file.isEmpty == !isFile && local.output.isEmpty == isFile, "\(way)")
                    let isTold = local.error.contains("1 suggestion is damaged or altered")
                    #expect(isTold == (way[0] == "matches"), "\(way)")
                }
            }
        }
    }

    private struct Export: Equatable {
        var status: Int32
        var output: String
        var error: String
        var file: Data
    }

    private static func export(
        _ way: [String], of service: RunningService? = nil, in folder: URL
    ) throws -> Export {
        let file = folder.appending(path: "out")
        try? FileManager.default.removeItem(at: file)
        let outcome = try RunningService.run(
            ["export"] + way.map { $0 == "FILE" ? "out" : $0 } + ["--lang", "en"]
                + (service.map { ["--server", "http://127.0.0.1:\($0.port)"] } ?? []),
            in: folder, environment: service.map { ["ALMONER_TOKEN": $0.token] } ?? [:])
        return Export(
            status: outcome.status, output: outcome.output, error: outcome.error,
            file: (try? Data(contentsOf: file)) ?? Data())
    }

    private static func alterAStoredSuggestion(in folder: URL) throws {
        let database = try SQLiteDatabase(path: folder.appending(path: "almoner.db").path, access: .open)
        defer { try? database.close() }
        try database.blockingWrite { connection in
            let wish: String = try connection.require("SELECT MIN(wish_id) FROM suggestion")[0]
            let row = try connection.require(
                "SELECT wish_line, place FROM suggestion WHERE wish_id = $1", [.text(wish)])
            let (line, place): (Int64, Int64) = (try row[0], try row[1])
            try connection.run(
                "UPDATE suggestion SET total = 650001 WHERE wish_id = $1 AND wish_line = $2 AND place = $3",
                [.text(wish), .integer(line), .integer(place)])
        }
    }
}
