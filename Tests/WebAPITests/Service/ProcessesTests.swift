import AlmonerTesting
import Foundation
import Testing

/// The built program as two nodes over one database on a server; see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct ProcessesTests {
    private func withProgram(
        _ body: @Sendable (_ folder: URL, _ environment: [String: String], _ token: String) async throws -> Void
    ) async throws {
        let address = try #require(try TestDatabase.freshAddress())
        try await withTemporaryFolder { path in
            let folder = URL(filePath: path)
            let environment = ["ALMONER_DATABASE": address]
            let made = try await onThread { try RunningService.run(["init"], in: folder, environment: environment) }
            let token = try #require(made.output.split(separator: "\n").last.map(String.init), "\(made.error)")
            try await body(folder, environment, token)
        }
    }

    private let party = #"{"name": "示例商行", "kind": "enterprise"}"#

    @Test func twoNodesServeOneProgramAndCommandsWorkBesideThem() async throws {
        try await withProgram { folder, environment, token in
            try await onThread {
                let one = try RunningService(in: folder, token: token, environment: environment)
                let other = try RunningService(in: folder, token: token, environment: environment)
                #expect(try one.send("GET", "/readyz").status == 200)
                let made = try one.send("POST", "/v1/parties", key: "p", body: party)
                #expect(made.status == 201, "\(made.body)")
                // The same request to the other node has the same answer and no second effect.
                #expect(try other.send("POST", "/v1/parties", key: "p", body: party) == made)
                let parties = try other.send("GET", "/v1/parties")
                #expect(parties.body.components(separatedBy: "示例商行").count == 2, "\(parties.body)")
                let listed = try RunningService.run(["party", "list"], in: folder, environment: environment)
                #expect(listed.status == 0 && listed.output.contains("示例商行"), "\(listed.error)")
                // Within a second the chain holds what was written, whoever wrote it.
                Thread.sleep(forTimeInterval: 1.5)
                let audit = try RunningService.run(["audit", "verify"], in: folder, environment: environment)
                #expect(audit.status == 0, "\(audit.output) \(audit.error)")
                let head = try one.send("GET", "/v1/audit/head")
                #expect(!head.body.contains(#""number":0"#), "\(head.body)")
                #expect(one.stop().status == 0)
                #expect(try other.send("GET", "/v1/parties").status == 200)
                #expect(other.stop().status == 0)
            }
        }
    }

    @Test func theDutiesOfANodeThatDiesAreTakenOver() async throws {
        try await withProgram { folder, environment, token in
            try await onThread {
                let one = try RunningService(in: folder, token: token, environment: environment)
                Thread.sleep(forTimeInterval: 1)
                let other = try RunningService(in: folder, token: token, environment: environment)
                one.kill()
                let begun = Date()
                let made = try other.send("POST", "/v1/parties", key: "p", body: party)
                #expect(made.status == 201)
                func sealed() throws -> Bool {
                    !(try other.send("GET", "/v1/audit/head").body.contains(#""number":0"#))
                }
                while try !sealed(), Date().timeIntervalSince(begun) < 20 { Thread.sleep(forTimeInterval: 0.2) }
                #expect(Date().timeIntervalSince(begun) < 15)
                #expect(other.stop().status == 0)
            }
        }
    }

    @Test func noMessageOfTheCommandShowsThePassword() async throws {
        let address = try #require(TestDatabase.server).replacingOccurrences(of: "postgres@", with: "postgres:sesame@")
        try await withTemporaryFolder { path in
            try await onThread {
                for arguments in [["doctor"], ["party", "list"], ["serve", "--port", "0", "--program", "none"]] {
                    let run = try RunningService.run(
                        arguments, in: URL(filePath: path), environment: ["ALMONER_DATABASE": address])
                    #expect(run.status != 0)
                    #expect(!(run.output + run.error).contains("sesame"), "\(arguments)")
                }
            }
        }
    }
}
