import Foundation
import Testing

/// `almoner match --all` through a running server: what a database of this machine gives, word for word.
@Suite struct MatchAllServiceTests {
    @Test(.timeLimit(.minutes(5))) func aRunOverAllWishesIsShownAsOnThisMachine() async throws {
        try await withProgramFolder { folder, token in
            try await onThread {
                #expect(try RunningService.run(["demo"], in: folder).status == 0)
                let ways = [["--lang", "en"], ["--lang", "zh"], ["--json", "--lang", "en"], ["--vetoes", "--json"]]
                let here = try ways.map { try RunningService.run(["match", "--all"] + $0, in: folder) }
                let service = try RunningService(in: folder, token: token)
                defer { service.kill() }
                for (way, local) in zip(ways, here) {
                    let remote = try RunningService.run(
                        ["match", "--all"] + way + ["--server", "http://127.0.0.1:\(service.port)"], in: folder,
                        environment: ["ALMONER_TOKEN": token])
                    #expect(local.status == 0 && remote.status == 0, "\(local.error)\(remote.error)")
                    // The two run at different moments, and what hangs on them moves a total by a millionth.
                    func lines(_ text: String) -> [Substring] {
                        text.replacing(#/[0-9]+\.[0-9]+|"total":[0-9]+/#, with: "#").split(separator: "\n")
                    }
                    let (ours, theirs) = (lines(local.output), lines(remote.output))
                    #expect(ours.count == theirs.count && ours.count > 20)
                    let differing = zip(ours, theirs).filter { $0 != $1 }.prefix(3).map { "\($0)\n\($1)" }
                    #expect(differing == [], "\(way)")
                    #expect(local.error == remote.error)
                }
                #expect(here[2].output.contains("\"nothingBecause\":{"))
            }
        }
    }
}
