import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Sealing
import Storage
import Testing

/// Moving everything between engines; from and to the server of tests where one is named.
@Suite struct CopyTests {
    /// Some weeks of a town.
    private func town() throws -> any Database {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "town", name: LocalizedText(zhHans: "镇", en: "town")), at: Timestamp(milliseconds: 0)
        )
        let start = try #require(CivilDate(2026, 1, 5))
        var town = TownSimulation(
            plan: TownPlan(days: 12, seed: 3, start: start, wishesPerDay: 2, late: 30), rules: try SampleRules.rules(),
            store: SQLCaseStore(database: database, program: "town"))
        _ = try town.run { _ in }
        return database
    }

    private func empty() throws -> any Database {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 5)
        return database
    }

    @Test func everythingArrivesThereAndBack() throws {
        let (home, away) = (try town(), try empty())
        let back = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(back, at: 9)
        let there = try DatabaseCopy(from: home, to: away, at: 8).run()
        #expect(there.contains { $0.table == "history" && $0.rows > 100 })
        #expect(there.allSatisfy { $0.resumed == 0 })
        #expect(try DatabaseCopy(from: away, to: back, at: 8).run() == there)
        let head = try SQLCaseStore(database: home, program: "town").blockingRead { try $0.chainHead() }
        let store = SQLCaseStore(database: away, program: "town", vault: try TestDatabase.vault(for: away))
        // Who followed the feed there begins anew here: its places number other transactions.
        let place = try SQLCaseStore(database: home, program: "town").blockingRead { try $0.lastChange() }
        let (isHeld, isOwnHeld) = try store.blockingRead {
            (try $0.holdsChange(place), try $0.holdsChange(try $0.lastChange()))
        }
        #expect(place.transaction > 0 && !isHeld && isOwnHeld)
        #expect(try store.blockingRead { try $0.chainHead() } == head)
        #expect(try Audit.verify(store, kept: [head]) == nil)
    }

    /// Nothing is begun beside nodes that serve, nor beside another copy.
    @Test(.enabled(if: TestDatabase.server != nil)) func aCopyWaitsForNodesAndForAnotherCopy() async throws {
        let (home, away) = (try town(), try empty())
        let shared = try #require(away as? any SharedDatabase)
        let register = NodeRegister(database: away, program: "town", node: RecordID(high: 7, low: 7))
        func code(_ body: () throws -> Void) -> DatabaseError.Code? {
            do { try body() } catch { return (error as? DatabaseError)?.code }
            return nil
        }
        let back = try SQLiteDatabase.migrated()
        let copy = DatabaseCopy(from: home, to: away, at: 8)
        _ = try copy.run()
        // Till then it serves, however long the copies take.
        _ = try await register.renew(at: try await shared.milliseconds() + 3_600_000)
        #expect(code { _ = try DatabaseCopy(from: home, to: away, at: 8).run() } == .conflict)
        #expect(code { _ = try DatabaseCopy(from: away, to: back, at: 8).run() } == .conflict)
        try await register.leave()
        try shared.alone(at: "copy") {
            #expect(code { _ = try DatabaseCopy(from: home, to: away, at: 8).run() } == .busy)
        }
        _ = try copy.run()
        let heads = try copy.heads()
        let head = try SQLCaseStore(database: home, program: "town").blockingRead { try $0.chainHead() }
        #expect(heads.map(\.program) == ["town"] && heads.map(\.number) == [head.number])
    }

    /// Read in one transaction, restored to a file and onto a server; the history still verifies in both.
    @Test func aBackupOfEitherEngineIsRestoredToEither() async throws {
        try await withTemporaryFolder { folder in
            let (home, away) = (try town(), try empty())
            let there = try DatabaseCopy(from: home, to: away, at: 8).run()
            let masters = MasterKeys(newAt: 0)
            try Backup.make(of: away, to: "\(folder)/b", with: masters, at: 7)
            try #expect(FileManager.default.contentsOfDirectory(atPath: folder) == ["b"])
            // What is written afterwards is not in it.
            try await away.write { try $0.run("UPDATE program SET name_en = 'later'") }
            try Backup.restore("\(folder)/b", to: "\(folder)/again.db", with: masters)
            let file = try SQLiteDatabase(path: "\(folder)/again.db", access: .open)
            #expect(try DatabaseCopy(from: file, to: SQLiteDatabase.migrated(), at: 8).run() == there)
            try file.close()
            let onto = try empty()
            try Backup.restore("\(folder)/b", onto: onto, with: masters, at: 8)
            #expect(try DatabaseCopy(from: onto, to: SQLiteDatabase.migrated(), at: 8).run() == there)
            let store = SQLCaseStore(database: onto, program: "town", vault: try TestDatabase.vault(for: onto))
            #expect(try Audit.verify(store, kept: []) == nil)
            // A target that holds something is refused, and a flipped bit.
            #expect(throws: DatabaseError.self) {
                try Backup.restore("\(folder)/b", onto: onto, with: masters, at: 8)
            }
            var bytes = try Data(contentsOf: URL(filePath: "\(folder)/b"))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(filePath: "\(folder)/c"))
            let error = #expect(throws: SealError.self) {
                try Backup.restore("\(folder)/c", onto: empty(), with: masters, at: 8)
            }
            #expect(error?.code == .backup)
            try #expect(
                FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("restore") } == [])
        }
    }

    /// Nobody takes a part for the whole, or writes to it, until the copy has gone on to its end.
    @Test func aPartOfACopyIsOpenedByTheCopyAlone() throws {
        let (home, away) = (try town(), try empty())
        let migrator = try Migrator(Schema.migrations)
        func code(_ body: () throws -> Void) -> DatabaseError.Code? {
            do { try body() } catch { return (error as? DatabaseError)?.code }
            return nil
        }
        // What was copied is changed meanwhile, so that the comparison ends the copy.
        let broken = code {
            _ = try DatabaseCopy(from: home, to: away, at: 8).run { _, _, _ in
                #expect(throws: DatabaseError.self) { try migrator.check(away) }
                _ = try? away.blockingWrite { try $0.run("UPDATE program SET name_en = 'other'") }
            }
        }
        #expect(broken == .conflict)
        #expect(code { try migrator.check(away) } == .schemaNewer)
        #expect(code { try Schema.migrate(away, at: 9) } == .schemaNewer)
        let beyond = DatabaseCopy(from: away, to: try SQLiteDatabase.migrated(), at: 9)
        #expect(code { _ = try beyond.run() } == .schemaNewer)
        try away.blockingWrite { try $0.run("UPDATE program SET name_en = 'town'") }
        try Schema.migrateForCopy(away, at: 9)
        _ = try DatabaseCopy(from: home, to: away, at: 9).run()
        try migrator.check(away)
        try Schema.migrate(away, at: 10)
    }

    @Test func aCopyThatWasBrokenOffGoesOn() throws {
        let (home, away) = (try town(), try empty())
        let whole = try DatabaseCopy(from: home, to: away, at: 8).run()
        try away.blockingWrite { connection in
            try connection.run("DELETE FROM clock_work")
            try connection.run("DELETE FROM wish_measure WHERE wish_id > (SELECT MIN(wish_id) FROM wish_measure)")
        }
        let again = try DatabaseCopy(from: home, to: away, at: 8).run()
        #expect(again.map(\.digest) == whole.map(\.digest))
        let measures = try #require(again.first { $0.table == "wish_measure" })
        #expect(measures.resumed > 0 && measures.resumed < measures.rows)
    }

    @Test func whatDiffersIsFound() throws {
        let (home, away) = (try town(), try empty())
        _ = try DatabaseCopy(from: home, to: away, at: 8).run()
        try away.blockingWrite { try $0.run("UPDATE party SET name = 'x' WHERE id = (SELECT MIN(id) FROM party)") }
        let error = #expect(throws: DatabaseError.self) { try DatabaseCopy(from: home, to: away, at: 8).run() }
        #expect(error?.code == .conflict && error?.message.contains("party") == true)
    }
}

extension SQLiteDatabase {
    /// An empty one of this version's schema, in memory.
    fileprivate static func migrated() throws -> SQLiteDatabase {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 9)
        return database
    }
}
