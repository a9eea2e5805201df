import AlmonerTesting
import Casework
import Foundation
import Storage
import Synchronization
import Testing

/// The same calls to a service over each engine; see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct TranscriptTests {
    /// 2,000 calls with ALMONER_LONG=1. Words are not compared: how rare each is, a registry counts when it is loaded.
    @Test func bothEnginesAnswerAlikeToTheByte() async throws {
        let calls = ProcessInfo.processInfo.environment["ALMONER_LONG"] == "1" ? 2_000 : 300
        let seed: UInt64 = 20_261_122
        let embedded = try RouteService(texts: false, database: try SQLiteDatabase(inMemory: .init()), clock: ticking())
        let server = try RouteService(texts: false, database: try TestDatabase.empty(), clock: ticking())
        var (one, other) = (Transcript(seed: seed), Transcript(seed: seed))
        var statuses: [Int: Int] = [:]
        for _ in 0..<calls {
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

    /// Eleven minutes pass from one look at the clock to the next, so that leases end and clocks run out.
    private func ticking() -> @Sendable () -> Moment {
        let looks = Ticks()
        return { RouteService.now.adding(milliseconds: looks.next() * 660_000) }
    }
}

private final class Ticks: Sendable {
    private let count = Atomic<Int64>(0)
    func next() -> Int64 { count.add(1, ordering: .relaxed).newValue }
}
