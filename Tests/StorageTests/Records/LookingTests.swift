import AlmonerTesting
import CaseRecords
import Casework
import Foundation
import MatchCore
import Storage
import Testing

/// Looking for long, and changing in a short transaction what was looked at.
@Suite struct LookingTests {
    private func withStore(_ body: (SQLCaseStore) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-looking-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database: any Database =
            TestDatabase.server == nil
            ? try SQLiteDatabase(path: folder.appending(path: "l.db").path, access: .create)
            : try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        try body(
            SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database)))
    }

    @Test func othersWriteDuringALookAndTheLookIsTakenAgain() throws {
        try withStore { store in
            var looks = 0
            var seen: [Int64] = []
            let result = try store.blockingWrite { transaction -> Int64 in
                looks += 1
                let count = Int64(try transaction.count(of: .party))
                // Whoever comes during the first look is neither kept waiting nor overlooked.
                if looks == 1 { try store.blockingWrite { _ = try $0.save(Fixture.party(1)) } }
                return count
            } _: { _, count -> Int64 in
                seen.append(count)
                return count
            }
            #expect(looks == 2 && seen == [1] && result == 1)
        }
    }

    @Test func wherePeopleNeverStopNothingIsDone() throws {
        try withStore { store in
            var number: UInt128 = 0
            var works = 0
            let result: Void? = try store.blockingWrite { _ in
                number += 1
                let party = Fixture.party(number)
                try store.blockingWrite { _ = try $0.save(party) }
            } _: { _, _ in
                works += 1
            }
            #expect(result == nil && works == 0 && number == 4)
        }
    }

    @Test func withoutAnybodyElseOneLookIsEnough() throws {
        try withStore { store in
            var looks = 0
            let result = try store.blockingWrite { _ in
                looks += 1
            } _: { transaction, _ in
                _ = try transaction.save(Fixture.party(7))
                return "done"
            }
            #expect(result == "done" && looks == 1)
            let count = try store.blockingRead { try $0.count(of: .party) }
            #expect(count == 1)
        }
    }
}
