import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Testing

@testable import Storage

/// What a node learns of what others committed; see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct SharedRegistryTests {
    private func nodes(_ count: Int, touchesKept: Int64 = 200_000) throws -> [SQLCaseStore] {
        let address = try PostgreSQLAddress(#require(try TestDatabase.freshAddress()))
        return try (0..<count).map { number in
            let database = try PostgreSQLDatabase(address)
            if number == 0 {
                try Schema.migrate(database, at: 0)
                _ = try Programs(database: database).create(
                    Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")),
                    at: Timestamp(milliseconds: 0))
            }
            return SQLCaseStore(
                database: database, program: "p", vault: try TestDatabase.vault(for: database), sealing: .apart,
                touchesKept: touchesKept)
        }
    }

    @Test func whatOneNodeCommittedIsTouchedOnTheOthersNextLook() async throws {
        let nodes = try nodes(2)
        let party = Fixture.party(1)
        let before = try await nodes[1].read { $0.registryVersion }
        try await nodes[0].write { _ = try $0.save(party) }
        let touches = try await nodes[1].read { store in
            #expect(store.registryVersion != before)
            return store.registryTouches(after: before ?? 0)
        }
        #expect(touches.parties == [party.key.id] && !touches.isEverything)
        // What this node itself committed comes by the same way.
        let second = Fixture.party(2)
        let then = try await nodes[1].read { $0.registryVersion }
        try await nodes[1].write { _ = try $0.save(second) }
        #expect(try await nodes[1].read { $0.registryTouches(after: then ?? 0) }.parties == [second.key.id])
    }

    /// A newer snapshot brought two commits into the log at once, of which the older one sees the first alone.
    @Test func whoCannotSeeTheLatestIsToldOfWhatCameWithIt() throws {
        let store = try nodes(1)[0]
        let before = try #require(try store.blockingRead { $0.registryVersion })
        let (first, second) = (Fixture.party(1), Fixture.party(2))
        try store.blockingWrite { _ = try $0.save(first) }
        let (seen, last) = try store.blockingRead { older in
            #expect(try older.party(second.key.id) == nil)
            try store.blockingWrite { _ = try $0.save(second) }
            let last = try #require(try store.blockingRead { $0.registryVersion })
            #expect(older.registryTouches(after: before).parties.contains(first.key.id))
            return (try #require(older.registryVersion), last)
        }
        #expect(before < seen && seen < last)
        #expect(try store.blockingRead { $0.registryTouches(after: seen) }.parties.contains(second.key.id))
        #expect(try store.blockingRead { $0.registryTouches(after: last) }.parties == [])
    }

    /// Rows are forgotten after so many transactions of the server: who has not looked for as long is told that everything
    /// may have been touched, and never that nothing was.
    @Test func whoHasNotLookedForLongReadsEverythingAnew() async throws {
        let nodes = try nodes(2, touchesKept: 64)
        let before = try #require(try await nodes[1].read { $0.registryVersion })
        try await nodes[0].write { _ = try $0.save(Fixture.party(1)) }
        // Until what the first commit touched is forgotten.
        var turn: UInt128 = 1
        var kept = 0
        repeat {
            turn += 1
            let party = Fixture.party(turn)
            try await nodes[0].write { _ = try $0.save(party) }
            kept = try await nodes[0].read { try Self.kept($0) }
        } while kept == Int(turn) && turn < 2_000
        #expect(turn < 2_000)
        #expect(try await nodes[1].read { $0.registryTouches(after: before) }.isEverything)
    }

    /// How many transactions' touches stand in the table.
    private static func kept(_ transaction: any CaseTransaction) throws -> Int {
        let transaction = try #require(transaction as? SQLCaseTransaction)
        return try transaction.connection.require("SELECT COUNT(*) FROM registry_touch")[0]
    }

    /// Of two nodes that counted the words at once one is heard, and all read everything anew.
    @Test func oneTableOfWordsStandsForAllNodes() async throws {
        let nodes = try nodes(2)
        let before = try #require(try await nodes[1].read { $0.registryVersion })
        @Sendable func words(_ revision: Int, _ body: String) -> StoredWords {
            StoredWords(
                facts: .init(revision: revision, counted: Moment(milliseconds: 7), texts: 9, records: 11), body: body)
        }
        let first = words(1, "5 电风\n9 =fan\n")
        #expect(try await nodes[0].write { try $0.replace(nil, with: first) })
        #expect(try await !nodes[1].write { try $0.replace(nil, with: words(1, "6 轮椅\n")) })
        #expect(try await nodes[1].read { try $0.wordTable() } == first)
        #expect(try await nodes[1].read { $0.registryTouches(after: before) }.isEverything)
        let second = words(2, "6 轮椅\n")
        #expect(try await nodes[1].write { try $0.replace(first.facts, with: second) })
        #expect(try await !nodes[0].write { try $0.replace(first.facts, with: words(2, "")) })
        #expect(try await nodes[0].read { try $0.wordTable() } == second)
    }

    /// What the server that was replaced kept to itself is undone, and its numbers are given again.
    @Test func onAnotherTimelineEverythingCountsAsTouched() throws {
        let log = SharedRegistryLog(kept: 200_000)
        let database = try PostgreSQLDatabase(PostgreSQLAddress(#require(try TestDatabase.freshAddress())))
        defer { try? database.close() }
        try Schema.migrate(database, at: 0)
        func look(_ timeline: Int) throws -> SeenRegistry? {
            try database.blockingRead { connection in
                let connection = try #require(connection as? PostgreSQLConnection)
                let there = connection.link.timeline
                defer { connection.link.timeline = there }
                connection.link.timeline = timeline
                return try log.seen(on: connection, program: "p")
            }
        }
        let first = try #require(try look(1))
        let again = try #require(try look(1))
        #expect(!again.touches(after: first.version).isEverything)
        let later = try #require(try look(2))
        #expect(later.touches(after: again.version).isEverything)
        #expect(try look(1) == nil, "nothing is known of a server that was replaced")
        let last = try #require(try look(2))
        #expect(last.version == later.version)
    }

    /// Writers on two nodes commit out of the order in which they began. A follower that applies what each look tells has
    /// every party that its own snapshot shows, each time.
    @Test(arguments: [1, 2] as [UInt64])
    func whoFollowsMissesNothing(seed: UInt64) async throws {
        let nodes = try nodes(3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 as Range<UInt64> {
                group.addTask {
                    var random = SeededRandom(seed: seed &* 1_000 &+ writer)
                    for turn in 0..<12 as Range<UInt64> {
                        let pause = random.next() % 8
                        try await nodes[Int(writer % 2)].write { store in
                            _ = try store.save(Fixture.party(UInt128(writer * 100 + turn + 1)))
                            // Some take their number early and commit late.
                            if pause < 3 { _ = try store.parties(RecordQuery(), limit: Int(pause) * 50 + 1) }
                        }
                        for _ in 0..<pause { await Task.yield() }
                    }
                }
            }
            group.addTask {
                var (version, known, isPrimed) = (UInt64(0), Set<RecordID>(), false)
                while known.count < 96 {
                    let last = version
                    let (now, touched, there) = try await nodes[2].read { store in
                        var there: Set<RecordID> = []
                        try store.forEachParty { there.insert($0.key.id) }
                        return (store.registryVersion ?? 0, store.registryTouches(after: last).parties, there)
                    }
                    if isPrimed { known.formUnion(touched) } else { known = there }
                    isPrimed = true
                    version = now
                    #expect(there.isSubset(of: known), "seed \(seed): \(there.subtracting(known).count) were missed")
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func touchesComeBackAsTheyWereWritten() {
        var touches = RegistryTouches()
        touches.insert(.party, RecordID(1))
        touches.insert(.offer, RecordID(2))
        touches.insert(.wish, RecordID(3))
        #expect(TouchText.decode(TouchText.encode(touches)) == touches)
        touches.insertProfiles()
        #expect(TouchText.decode(TouchText.encode(touches)) == touches)
        #expect(TouchText.decode("x7").isEverything)
        touches.insertEverything()
        #expect(TouchText.decode(TouchText.encode(touches)) == touches)
    }
}
