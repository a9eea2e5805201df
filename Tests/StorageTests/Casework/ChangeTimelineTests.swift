import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Synchronization
import Testing

@testable import Storage

/// Places in the feed of changes after another server has taken the database over.
@Suite struct ChangeTimelineTests {
    private func database() throws -> (any Database, SQLCaseStore) {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        return (
            database,
            SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database))
        )
    }

    @Test func aPlaceBeyondWhereTheNewServerBeganIsNoneOfItsFeed() throws {
        let (database, store) = try database()
        try store.blockingWrite { _ = try $0.save(Fixture.party(1)) }
        let before = try store.blockingRead { try $0.lastChange() }
        #expect(before.timeline == 0)
        #expect(try store.blockingRead { try $0.holdsChange(before) })
        // A reader of the old server was told of a transaction that the new one never heard of.
        let lost = ChangePlace(transaction: before.transaction + 5, position: 1)
        try database.blockingWrite { connection in
            try connection.run(
                "INSERT INTO change_timeline (program, timeline, first_transaction) VALUES ('p', 3, $1)",
                [.integer(before.transaction + 1)])
        }
        for number in 2...12 { try store.blockingWrite { _ = try $0.save(Fixture.party(UInt128(number))) } }
        try store.blockingRead { transaction in
            let last = try transaction.lastChange()
            #expect(last.timeline == 3 && lost < last, "by its number alone the place would be taken for a good one")
            let (isLostHeld, isBeforeHeld) = (try transaction.holdsChange(lost), try transaction.holdsChange(before))
            #expect(!isLostHeld && isBeforeHeld)
            let rest = try transaction.changes(behind: before, limit: 100)
            #expect(rest.count == 11 && rest.allSatisfy { $0.place.timeline == 3 })
            let isNewHeld = try transaction.holdsChange(last)
            #expect(isNewHeld)
        }
    }

    /// What was restored gives the numbers again that came after the backup.
    @Test func aPlaceThatWasGivenOutAfterTheBackupIsNoneOfWhatIsRestored() throws {
        let (database, store) = try database()
        try store.blockingWrite { _ = try $0.save(Fixture.party(1)) }
        let before = try store.blockingRead { try $0.lastChange() }
        let after = ChangePlace(transaction: before.transaction + 1, position: 1, timeline: before.timeline)
        try Backup.beginFeedAnew(in: database, at: 600_000)
        for number in 2...4 { try store.blockingWrite { _ = try $0.save(Fixture.party(UInt128(number))) } }
        try store.blockingRead { transaction in
            let last = try transaction.lastChange()
            #expect(after < last, "by its number alone the place would be taken for a good one")
            let held = try [before, after, last].map { try transaction.holdsChange($0) }
            #expect(held == [true, false, true])
            // The same backup restored once more, within the minute, has a feed of its own.
            #expect(last.timeline > 0)
        }
        let second = try store.blockingRead { try $0.lastChange() }
        try Backup.beginFeedAnew(in: database, at: 600_000)
        try store.blockingWrite { _ = try $0.save(Fixture.party(9)) }
        let newest = try store.blockingRead { try $0.lastChange() }
        #expect(newest.timeline > second.timeline)
    }

    @Test func theFirstWriteOfANewServerNotesFromWhereOnItWrites() throws {
        let (database, _) = try database()
        let noted = NotedTimeline()
        func note(_ timeline: Int) throws -> [[Int64]] {
            try database.blockingWrite { connection in
                let timelines = ChangeTimelines(connection: connection, program: "p")
                try timelines.note(timeline, noted: noted.newest)
                return try connection.all(
                    "SELECT timeline, first_transaction FROM change_timeline ORDER BY timeline"
                ).map { [try $0[0], try $0[1]] }
            }
        }
        #expect(try note(1).isEmpty && note(0).isEmpty, "one server alone")
        let first = try note(2)
        #expect(first.count == 1 && first[0][0] == 2 && noted.newest.load(ordering: .relaxed) == 0)
        // The next one finds it, remembers, and looks no more.
        #expect(try note(2) == first && noted.newest.load(ordering: .relaxed) == 2)
        #expect(try note(2) == first)
        #expect(try note(5).map { $0[0] } == [2, 5])
        #expect(try note(4).map { $0[0] } == [2, 5], "a server that was replaced notes nothing behind it")
    }
}
