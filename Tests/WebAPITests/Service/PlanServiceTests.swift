import Foundation
import Testing

/// `almoner allocate` through a running server: the page that a database of this machine gives.
@Suite struct PlanServiceTests {
    @Test(.timeLimit(.minutes(3))) func aPlanIsShownAsOnThisMachine() async throws {
        try await withProgramFolder { folder, token in
            try await onThread {
                #expect(try RunningService.run(["demo"], in: folder).status == 0)
                let asOf = Date.now.addingTimeInterval(-60).formatted(.iso8601)
                let plan = ["allocate", "--lang", "en", "--as-of", asOf]
                let local = try RunningService.run(plan, in: folder)
                let service = try RunningService(in: folder, token: token)
                defer { service.kill() }
                let remote = try RunningService.run(
                    plan + ["--server", "http://127.0.0.1:\(service.port)"], in: folder,
                    environment: ["ALMONER_TOKEN": token])
                #expect(local.status == 0 && remote.status == 0, "\(local.error)\(remote.error)")
                func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }
                // How many claims there are differs: what no ledger can hold is not answered by a server.
                let (here, there) = (lines(local.output), lines(remote.output).dropLast())
                #expect(here.count == there.count && here.count > 100)
                let differing = zip(here, there).filter { $0 != $1 }.map { "\($0) | \($1)" }
                #expect(differing.allSatisfy { $0.contains("claims, 20 shown") }, "\(differing)")
                #expect(remote.output.contains("What one more unit would do"), "\(remote.output)")
            }
        }
    }
}
