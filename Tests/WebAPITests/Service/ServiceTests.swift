import Foundation
import Testing

/// The built program, serving.
@Suite struct ServiceTests {
    @Test func itServesOwnsItsFileAndStops() async throws {
        try await withProgramFolder { folder, token in
            try await onThread {
                let service = try RunningService(in: folder, token: token)
                #expect(try service.send("GET", "/healthz").status == 200)
                #expect(try service.send("GET", "/readyz").status == 200)
                #expect(try service.send("GET", "/v1/offers").status == 200)
                #expect(try service.send("GET", "/openapi.json").body.contains("\"openapi\""))
                #expect(try service.send("GET", "/metrics").body.contains("almoner_http_requests_total"))

                for command in [["serve", "--port", "0"], ["key", "list"], ["clock", "run"]] {
                    let refused = try RunningService.run(command, in: folder)
                    #expect(refused.status != 0)
                    #expect(refused.error.contains("http://127.0.0.1:\(service.port)"), "\(refused.error)")
                    #expect(refused.error.contains("--server"))
                }
                let end = service.stop()
                #expect(end.status == 0)
                #expect(end.seconds < 10)

                // What it owned is free again, and a revoked key opens nothing.
                let keys = try RunningService.run(["key", "list", "--json"], in: folder)
                let id = try #require(keys.output.firstMatch(of: /"key" ?: ?"([^"]+)"/)?.1)
                let made = try RunningService.run(["key", "create", "coordinator", "--label", "desk"], in: folder)
                let other = String(made.output.split(separator: "\n").last ?? "")
                #expect(try RunningService.run(["key", "revoke", String(id)], in: folder).status == 0)
                let again = try RunningService(in: folder, token: other)
                #expect(try again.send("GET", "/v1/offers").status == 200)
                again.kill()
                let third = try RunningService(in: folder, token: token)
                #expect(try third.send("GET", "/v1/offers").status == 401)
                #expect(third.stop().status == 0)
            }
        }
    }

    @Test(arguments: [
        (["--host", "0.0.0.0"], "--behind-proxy"),
        (["--host", "0.0.0.0", "--behind-proxy", "10.0.0.1", "--clock", "2026-01-05T09:00"], "--clock"),
        (["--tls-key", "key.pem"], "--tls-certificate"),
        (["--behind-proxy", "proxy.example"], "--behind-proxy"),
        (["--head-seconds", "0"], "head-seconds"),
        (["--log-format", "xml"], "json"),
    ])
    func whatIsNotSafeOrNotUnderstoodIsRefused(_ arguments: [String], _ word: String) async throws {
        try await withProgramFolder { folder, _ in
            let refused = try await onThread {
                try RunningService.run(["serve", "--port", "0"] + arguments, in: folder)
            }
            #expect(refused.status != 0)
            #expect(refused.error.contains(word), "\(refused.error)")
        }
    }

    @Test func settingsComeFromOptionsThenVariablesThenTheFile() async throws {
        try await withProgramFolder { folder, _ in
            try Data(#"{"head-seconds": 0, "idle-seconds": 0}"#.utf8).write(to: folder.appending(path: "service.json"))
            func fault(_ arguments: [String], _ environment: [String: String]) async throws -> String {
                try await onThread {
                    try RunningService.run(
                        ["serve", "--settings", "service.json"] + arguments, in: folder, environment: environment
                    ).error
                }
            }
            // Each source in turn holds the value that is refused.
            #expect(try await fault([], [:]).contains("head-seconds: 0"))
            #expect(try await fault([], ["ALMONER_HEAD_SECONDS": "-1"]).contains("head-seconds: -1"))
            #expect(
                try await fault(["--head-seconds", "5"], ["ALMONER_HEAD_SECONDS": "-1"]).contains("idle-seconds: 0"))
            #expect(try await fault([], ["ALMONER_HEAD_SECONDS": "soon"]).contains("head-seconds in environment"))
        }
    }
}
