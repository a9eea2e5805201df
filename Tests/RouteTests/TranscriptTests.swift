import AlmonerTesting
import Casework
import Foundation
import Storage
import Synchronization
import Testing

/// The same calls to a service over each engine; see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct TranscriptTests {
    /// 2,000 calls with ALMONER_LONG=1.
    @Test func bothEnginesAnswerAlikeToTheByte() async throws {
        let calls = ProcessInfo.processInfo.environment["ALMONER_LONG"] == "1" ? 2_000 : 300
        let seed: UInt64 = 20_261_122
        // Half an hour passes from one call to the next, so that leases end and clocks run out.
        let time = Ticks()
        let embedded = try RouteService(database: try SQLiteDatabase(inMemory: .init()), clock: { time.now })
        let server = try RouteService(database: try TestDatabase.empty(), clock: { time.now })
        var (one, other) = (Transcript(seed: seed), Transcript(seed: seed))
        var statuses: [Int: Int] = [:]
        for _ in 0..<calls {
            time.pass()
            let line = try await one.next(on: embedded)
            let twin = try await other.next(on: server)
            statuses[line.status, default: 0] += 1
            guard line == twin else {
                Issue.record(
                    "seed \(seed): \(line)\n\(twin)\n\(embedded.reports.last ?? "") \(server.reports.last ?? "")")
                return
            }
        }
        #expect(embedded.reports == server.reports)
        #expect(embedded.reports.isEmpty, "\(embedded.reports.prefix(3))")
        // A transcript of refusals only would prove little.
        #expect(statuses[200, default: 0] + statuses[201, default: 0] > calls / 4, "seed \(seed): \(statuses)")
    }
}

/// The time of both services: it stands while a call is made, however often either of them looks.
private final class Ticks: Sendable {
    private let count = Atomic<Int64>(0)

    var now: Moment { RouteService.now.adding(milliseconds: count.load(ordering: .relaxed) * 1_800_000) }

    func pass() { count.add(1, ordering: .relaxed) }
}
