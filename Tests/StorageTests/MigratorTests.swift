import AlmonerTesting
import MatchCore
import Storage
import Testing

@Suite struct MigratorTests {
    private let first = Migration(
        number: 1, name: "wishes",
        statements: ["CREATE TABLE wish (id BIGINT PRIMARY KEY)", "INSERT INTO wish (id) VALUES (1)"])
    private let second = Migration(number: 2, name: "notes", statements: ["ALTER TABLE wish ADD COLUMN note TEXT"])

    @Test func eachStepIsAppliedOnceAndRecorded() throws {
        let database = try TestDatabase.empty()
        #expect(try Migrator([first]).migrate(database, at: 1_000) == [1])
        #expect(try Migrator([first, second]).migrate(database, at: 2_000) == [2])
        #expect(try Migrator([first, second]).migrate(database, at: 3_000) == [])
        try Migrator([first, second]).check(database)
        let rows = try database.blockingRead {
            try $0.all("SELECT number, name, applied_at FROM schema_migration ORDER BY number").map(\.values)
        }
        #expect(rows == [[1, "wishes", 1_000], [2, "notes", 2_000]])
    }

    @Test func aDatabaseThatIsBehindIsNotOpenedUnmigrated() throws {
        let database = try TestDatabase.empty()
        expect(.schemaOlder) { try Migrator([first]).check(database) }
        try Migrator([first]).migrate(database, at: 0)
        expect(.schemaOlder) { try Migrator([first, second]).check(database) }
    }

    @Test func anEditedStepIsRefusedBeforeAnythingChanges() throws {
        let database = try TestDatabase.empty()
        try Migrator([first]).migrate(database, at: 0)
        let edited = Migration(number: 1, name: "wishes", statements: ["CREATE TABLE wish (id TEXT PRIMARY KEY)"])
        let message = expect(.schemaMismatch) { try Migrator([edited, second]).migrate(database, at: 0) }
        #expect(message.contains("Migration 1"))
        expect(.schemaMismatch) { try Migrator([edited]).check(database) }
        #expect(throws: (any Error).self) { try database.blockingRead { try $0.all("SELECT note FROM wish") } }
    }

    @Test func aGapIsRefused() throws {
        expect(.schemaMismatch) { try Migrator([second]) }
        expect(.schemaMismatch) { try Migrator([first, first]) }
        let database = try TestDatabase.empty()
        try Migrator([first, second]).migrate(database, at: 0)
        try database.blockingWrite { try $0.run("DELETE FROM schema_migration WHERE number = 1") }
        expect(.schemaMismatch) { try Migrator([first, second]).migrate(database, at: 0) }
    }

    @Test func aNewerSchemaIsRefused() throws {
        let database = try TestDatabase.empty()
        try Migrator([first, second]).migrate(database, at: 0)
        let message = expect(.schemaNewer) { try Migrator([first]).migrate(database, at: 0) }
        #expect(message.contains("notes"))
        expect(.schemaNewer) { try Migrator([first]).check(database) }
    }

    /// A step that says so is survived by programs from an older schema on, and by no others.
    @Test func aNewerSchemaIsToleratedAsFarAsItSays() throws {
        let database = try TestDatabase.empty()
        let third = Migration(number: 3, name: "marks", statements: ["CREATE TABLE mark (id BIGINT)"], oldest: 2)
        try Migrator([first, second, third]).migrate(database, at: 0)
        try Migrator([first, second]).check(database)
        #expect(try Migrator([first, second]).migrate(database, at: 0) == [])
        // Who copies every table has to know them all.
        expect(.schemaNewer) { try Migrator([first, second]).checkExact(database) }
        let message = expect(.schemaNewer) { try Migrator([first]).check(database) }
        #expect(message.contains("marks") && message.contains("schema 2 or newer"))
        let fourth = Migration(number: 4, name: "split", statements: ["CREATE TABLE part (id BIGINT)"])
        try Migrator([first, second, third, fourth]).migrate(database, at: 0)
        expect(.schemaNewer) { try Migrator([first, second]).check(database) }
    }

    /// Nodes of this version serve while a newer one migrates: what they tolerate goes through at once and they stay;
    /// what they do not waits until they are gone.
    @Test func aStepThatNodesDoNotTolerateWaitsForThem() async throws {
        let database = try TestDatabase.empty()
        // Ahead of a server's clock, so that no lease runs out while a busy machine migrates.
        let time = try (database as? any SharedDatabase).map { try $0.blockingMilliseconds() + 600_000 } ?? 1_000_000
        try Schema.migrate(database, at: time)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        let node = NodeRegister(database: database, program: "p", node: RecordID(7))
        let other = NodeRegister(database: database, program: "p", node: RecordID(8))
        #expect(try await node.renew(at: time).nodes == 1)
        #expect(try await other.renew(at: time + 1).nodes == 2)
        let count = Schema.migrations.count
        let soft = Migration(
            number: count + 1, name: "soft", statements: ["CREATE TABLE soft (id BIGINT)"], oldest: count)
        let hard = Migration(number: count + 2, name: "hard", statements: ["CREATE TABLE hard (id BIGINT)"])
        #expect(try Migrator(Schema.migrations + [soft]).migrate(database, at: time + 2) == [count + 1])
        #expect(try await node.renew(at: time + 3).nodes == 2)
        let message = expect(.busy) { try Migrator(Schema.migrations + [soft, hard]).migrate(database, at: time + 4) }
        #expect(message.contains("2 nodes") && message.contains("schema \(count)"))
        // One goes, the other falls silent.
        try await other.leave()
        let later = time + 5 + NodeRegister.length
        if let shared = database as? any SharedDatabase {
            // There the database's clock counts, whatever the caller's says.
            #expect(try await node.renew(at: shared.milliseconds() - NodeRegister.length - 1).nodes == 1)
        }
        #expect(try Migrator(Schema.migrations + [soft, hard]).migrate(database, at: later) == [count + 2])
        // And comes again too late.
        let error = await #expect(throws: DatabaseError.self) { try await node.renew(at: later + 1) }
        #expect(error?.code == .schemaNewer)
        expect(.schemaNewer) { try Schema.migrate(database, at: later) }
    }

    /// Between two times at which it says that it is there a node only looks, and finds the others and its own leaving.
    @Test func aQuietNodeWritesEveryTenSecondsOnly() async throws {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        func until() throws -> [Int64] {
            try database.blockingRead { try $0.all("SELECT until_at FROM node_lease ORDER BY node").map { try $0[0] } }
        }
        let node = NodeRegister(database: database, program: "p", node: RecordID(7))
        let other = NodeRegister(database: database, program: "p", node: RecordID(8))
        let come = try await node.renew(at: 100_000)
        #expect(come.nodes == 1 && come.isBack)
        let first = try until()
        #expect(try await node.renew(at: 102_000).nodes == 1)
        #expect(try await other.renew(at: 103_000).nodes == 2)
        #expect(try await node.renew(at: 104_000).nodes == 2, "whoever has come is seen without a change")
        #expect(try until().first == first.first)
        let renewed = try await node.renew(at: 110_000)
        #expect(renewed.nodes == 2 && !renewed.isBack, "its lease still ran")
        #expect(try until().first == 110_000 + NodeRegister.length)
        // The other one fell silent, and is missed when its lease is over.
        #expect(try await node.renew(at: 118_900).nodes == 2)
        #expect(try await node.renew(at: 119_100).nodes == 1)
        let back = try await other.renew(at: 119_200)
        #expect(back.nodes == 2 && back.isBack, "the others had counted without it")
        // A clock that was set back by an hour takes a lease of its own time.
        #expect(try await node.renew(at: 50_000).nodes >= 1)
        #expect(try until().first == 50_000 + NodeRegister.length)
    }

    /// Whose clock the leases of nodes go by: a host's that is hours ahead ends none of them.
    @Test func aHostWhoseClockIsAheadTakesNoStepThatNodesDoNotTolerate() async throws {
        let database = try TestDatabase.empty()
        guard let shared = database as? any SharedDatabase else { return }
        let time = try shared.blockingMilliseconds()
        try Schema.migrate(database, at: time)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        _ = try await NodeRegister(database: database, program: "p", node: RecordID(7))
            .renew(at: time + 600_000)
        let hard = Migration(
            number: Schema.migrations.count + 1, name: "hard", statements: ["CREATE TABLE hard (id BIGINT)"])
        expect(.busy) { try Migrator(Schema.migrations + [hard]).migrate(database, at: time + 7_200_000) }
    }

    /// A step that adds nothing but an index is taken while nodes of the version before serve, which then go on.
    @Test func programsGoOnBesideAStepThatOnlyAddsAnIndex() throws {
        let database = try TestDatabase.empty()
        let list = try #require(Schema.migrations.first { $0.name == "claimList" })
        let before = Schema.migrations.prefix(list.number - 1)
        try Migrator(Array(before)).migrate(database, at: 0)
        #expect(try Migrator(Array(before) + [list]).migrate(database, at: 0) == [list.number])
        try Migrator(Array(before)).check(database)
        expect(.schemaNewer) { try Migrator(Array(before.dropLast())).check(database) }
    }

    @Test func aStepThatFailsLeavesNothingBehind() throws {
        let database = try TestDatabase.empty()
        let broken = Migration(
            number: 2, name: "broken",
            statements: ["CREATE TABLE half (id BIGINT)", "INSERT INTO wish (id) VALUES (1)"])
        expect(.uniqueViolation) { try Migrator([first, broken]).migrate(database, at: 0) }
        expect(.invalidSQL) { try database.blockingRead { try $0.all("SELECT id FROM half") } }
        #expect(try Migrator([first, second]).migrate(database, at: 0) == [2])
    }

    /// The fingerprints of released steps are in databases; the way they are made must never change.
    @Test func theChecksumIsStable() {
        #expect(Migration(number: 1, name: "a", statements: ["b"]).checksum == "d2858eab7a978bd7")
        #expect(
            Migration(number: 1, name: "a", statements: ["bc"]).checksum
                != Migration(number: 1, name: "a", statements: ["b", "c"]).checksum)
    }

    @discardableResult
    private func expect(
        _ code: DatabaseError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> some Any
    ) -> String {
        let error = #expect(throws: DatabaseError.self, sourceLocation: sourceLocation) { _ = try body() }
        #expect(error?.code == code, sourceLocation: sourceLocation)
        return error?.message ?? ""
    }
}
