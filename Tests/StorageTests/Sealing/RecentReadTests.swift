import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Storage
import Testing

/// Looking again within a minute is on record once, and nothing is shown before it is on record.
@Suite struct RecentReadTests {
    private let reader = RecordID(high: 6, low: 1)

    private func look(_ seconds: Int64, _ field: SealedField = .words, by role: Role = .coordinator) -> SealedRead {
        SealedRead(
            at: Moment(milliseconds: SealedTown.now.milliseconds + seconds * 1_000), actor: reader, role: role,
            holder: SealedTown.wish, field: field)
    }

    @Test func oneMinuteIsOneEntry() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let first = look(0)
            // Not on record yet: the short way does not show it.
            try #expect(town.store.pointRead { $0.note(first) } == nil)
            _ = try await town.store.read { $0.note(first) }
            try #expect(town.store.pointRead { $0.note(look(59)) } != nil)
            _ = try await town.store.read { $0.note(look(30)) }
            try town.store.blockingRead { $0.note(look(59)) }
            // Another field, another role, a minute later, an earlier time: each is an entry of its own.
            let others = [look(1, .place), look(2, by: .auditor), look(60), look(-1)]
            for other in others {
                try #expect(town.store.pointRead { $0.note(other) } == nil)
                _ = try await town.store.read { $0.note(other) }
            }
            let kept = try town.store.blockingRead { try $0.reads(of: [SealedTown.wish], limit: 100) }
            #expect(Set(kept) == Set([first] + others))
            try town.close()
        }
    }

    @Test func shortReadsSeeWhatWasCommittedAndCannotWrite() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            _ = try town.store.blockingRead { try $0.wish(SealedTown.wish) }
            let long = try town.store.blockingRead { try $0.wish(SealedTown.wish) }
            let short = try #require(try town.store.pointRead { try $0.wish(SealedTown.wish) })
            #expect(long != nil && long == short)
            // More at once than there are connections: those beyond take the long way, and nobody waits.
            func nested(_ depth: Int) throws -> Int {
                guard depth > 0 else { return 0 }
                return try town.store.pointRead { _ in try nested(depth - 1) + 1 } ?? 0
            }
            try #expect(nested(20) == 8)
            try #expect(nested(3) == 3)
            #expect(throws: DatabaseError.self) {
                try town.store.pointRead { try $0.setState(.closed, ofParty: SealedTown.party) }
            }
            try #expect(nested(1) == 1)
            try town.close()
        }
    }
}
