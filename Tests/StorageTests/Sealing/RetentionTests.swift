import AlmonerTesting
import CaseRecords
import Casework
import Foundation
import MatchCore
import Storage
import Testing

/// What is kept for a time goes when it is over, once, and is told.
@Suite struct RetentionTests {
    private func run(_ town: SealedTown, days: Int, _ retention: RetentionRules) throws -> RunReport? {
        try town.desk(at: SealedTown.now.adding(hours: 24 * days)) { desk in
            var rules = desk.rules
            rules.retention = retention
            // A jump of the clock that a person has looked at.
            try desk.store.setRunnerTime(desk.now)
            let runner = CaseDesk(
                rules: rules, store: desk.store, actor: .system, now: desk.now, newID: desk.newID)
            guard case .ran(let report) = try runner.run() else { return nil }
            return report
        }
    }

    @Test func whatIsPersonalInClosedFilesGoesOnce() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.vault.setSealed("p")
            try town.fill()
            try town.desk(at: SealedTown.now.adding(hours: 1)) { desk in
                let reason = try desk.reason(
                    "helpedElsewhere", words: SealedTown.canaries["note"], about: SealedTown.wish)
                try desk.end(SealedTown.wish, reason: reason)
            }
            let retention = RetentionRules(inboxDays: 0, closedFileDays: 100)
            try #expect(run(town, days: 90, retention)?.filesExpired == 0)
            try #expect(
                town.store.blockingRead { try $0.wish(SealedTown.wish)?.features.text }
                    == SealedTown.canaries["wording"])
            try #expect(run(town, days: 102, retention)?.filesExpired == 1)
            try #expect(run(town, days: 103, retention)?.filesExpired == 0)
            try town.store.blockingRead { store in
                try #expect(store.wish(SealedTown.wish)?.features.text == "")
                try #expect(store.inboxRecords(ofWish: SealedTown.wish) == [])
                try #expect(Audit.verify(store, kept: []) == nil)
                try #expect(store.history(of: [SealedTown.wish]).filter { $0.action == "wish/expire" }.count == 1)
                try #expect(store.retentionTotals().map(\.count) == [1])
            }
            let states = try town.desk { try $0.retention() }
            #expect(states.first { $0.kind == .closedFiles }?.kept == 0)
            #expect(states.first { $0.kind == .closedFiles }?.removed == 1)
            #expect(states.first { $0.kind == .inbox }?.kept == 1)
            // Its key is gone, so a backup of before shows nothing, and no byte of the present files does.
            try #expect(town.vault.erasures(of: "p").map(\.person) == [SealedTown.wish])
            try town.close()
            let gone = ["inbox", "claim", "wording"].compactMap { SealedTown.canaries[$0] }
            try #expect(SealedTown.found(in: folder, of: gone) == [])
        }
    }

    @Test func whatIsKeptWithoutAnEndStays() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            let (_, waiting) = try town.fill()
            let report = try run(town, days: 3_000, RetentionRules(inboxDays: 0, closedFileDays: 0))
            #expect(report?.recordsExpired == 0 && report?.filesExpired == 0)
            try #expect(town.store.blockingRead { try $0.inboxRecord(waiting) } != nil)
            try town.close()
        }
    }
}
