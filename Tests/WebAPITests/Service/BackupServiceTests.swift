import Foundation
import Testing

/// A backup that is fetched from a running server restores what the server holds.
@Suite(.serialized) struct BackupServiceTests {
    @Test func aFetchedBackupRestores() async throws {
        try await withProgramFolder { folder, token in
            let service = try RunningService(in: folder, token: token)
            let made = try service.send(
                "POST", "/v1/parties", key: "p", body: #"{"name": "Fetched Fund", "kind": "fund"}"#)
            #expect(made.status == 201, "\(made.body)")
            let server = ["--server", "http://127.0.0.1:\(service.port)", "--lang", "en"]
            let fetched = try RunningService.run(
                ["backup", "copy.almoner"] + server, in: folder, environment: ["ALMONER_TOKEN": token])
            #expect(fetched.status == 0, "\(fetched.error)")
            #expect(fetched.output.contains("Backed up to copy.almoner") && fetched.output.contains("No key is in it"))
            let again = try RunningService.run(
                ["backup", "copy.almoner"] + server, in: folder, environment: ["ALMONER_TOKEN": token])
            #expect(again.status == 3 && again.error.contains("is there already"), "\(again.error)")
            let refused = try RunningService.run(
                ["backup", "other.almoner"] + server, in: folder, environment: ["ALMONER_TOKEN": "wrong"])
            #expect(refused.status != 0)
            _ = service.stop()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.filter { $0.contains(".almoner") } == ["copy.almoner"], "\(names)")
            let keys = ["--key-file", "almoner.db.key", "--keys", "almoner.db.keys", "--database", "sqlite:back.db"]
            let restored = try RunningService.run(["restore", "copy.almoner", "--lang", "en"] + keys, in: folder)
            #expect(restored.status == 0, "\(restored.error)")
            let listed = try RunningService.run(["party", "list", "--lang", "en"] + keys, in: folder)
            #expect(listed.output.contains("Fetched Fund"), "\(listed.output) \(listed.error)")
        }
    }
}
