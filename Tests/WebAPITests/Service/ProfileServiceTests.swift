import Foundation
import Testing

/// `almoner profile` and `almoner tune` through a running server: the same words as on a database of this machine.
@Suite struct ProfileServiceTests {
    @Test(.timeLimit(.minutes(2))) func anAdminTunesThroughAServer() async throws {
        try await withProgramFolder { folder, token in
            try await onThread {
                #expect(try RunningService.run(["demo"], in: folder).status == 0)
                let service = try RunningService(in: folder, token: token)
                defer { service.kill() }
                func run(_ arguments: String...) throws -> (status: Int32, output: String, error: String) {
                    try RunningService.run(
                        arguments + ["--server", "http://127.0.0.1:\(service.port)", "--lang", "en"], in: folder,
                        environment: ["ALMONER_TOKEN": token])
                }
                let refused = try run("profile", "set", "Proximity.decay=5")
                #expect(refused.error.contains("5 is outside 100…1000000 metre"), "\(refused.error)")
                #expect(try run("profile", "list", "--json").output.contains(#""drafts":[]"#), "nothing is left behind")
                let layer = try run("profile", "set", "Proximity.weight=9000", "--area", "441900121")
                #expect(layer.status == 0 && layer.output.contains("version 2"), "\(layer.error)")
                #expect(try run("profile", "diff").output.contains("area:441900121"))
                #expect(try run("profile", "validate").status == 0)
                let preview = try run("profile", "preview", "--html", "page.html")
                #expect(preview.status == 0 && preview.output.contains("default:draft"), "\(preview.error)")
                let page = try String(contentsOf: folder.appending(path: "page.html"), encoding: .utf8)
                #expect(page.contains("<svg"))
                let split = try run("tune", "split", "default:draft", "--share", "50")
                #expect(split.status != 0 && split.error.contains("nothing to try"), "\(split.error)")
                let past = try run("tune", "backtest", "--profile", "default:draft")
                #expect(past.error.contains("no decisions"), "\(past.error)")
                #expect(try run("profile", "publish", "--note", "hills").output.contains("Published default@2"))
                #expect(try run("profile", "resolve", "--area", "441900121").output.contains("+area:441900121"))
                #expect(try run("profile", "rollback", "--reason", "complaints").output.contains("revision 1"))
                #expect(try run("profile", "log").output.contains("note: hills"))
                let gone = try run("profile", "publish", "--reason", "checked")
                #expect(gone.error.contains("There is no draft 'draft' of default"), "\(gone.error)")
            }
        }
    }
}
