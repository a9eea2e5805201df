import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Testing

@testable import Storage

/// What a node hears of the others' commits; see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct ChangeLineTests {
    private func nodes() throws -> [(database: PostgreSQLDatabase, store: SQLCaseStore)] {
        let address = try PostgreSQLAddress(#require(try TestDatabase.freshAddress()))
        return try (0..<2).map { number in
            let database = try PostgreSQLDatabase(address)
            if number == 0 {
                try Schema.migrate(database, at: 0)
                _ = try Programs(database: database).create(
                    Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")),
                    at: Timestamp(milliseconds: 0))
            }
            return (
                database,
                SQLCaseStore(
                    database: database, program: "p", vault: try TestDatabase.vault(for: database), sealing: .apart)
            )
        }
    }

    /// Waits until the bell rings; whether it did within so long.
    private func rings(_ bell: ChangeBell, after heard: UInt64, within seconds: Double) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while bell.count == heard, ContinuousClock.now < deadline {
            await bell.wait(after: heard, longest: deadline - ContinuousClock.now)
        }
        return bell.count != heard
    }

    @Test func aCommitIsHeardOnTheOtherNode() async throws {
        let nodes = try nodes()
        defer { for node in nodes { try? node.database.close() } }
        let bells = try nodes.map { try #require($0.store.bell) }
        // Each rings once when it listens.
        for bell in bells { #expect(await rings(bell, after: 0, within: 300)) }
        for turn in 1...3 {
            try await Task.sleep(for: .milliseconds(200))
            let heard = bells[1].count
            try await nodes[0].store.write { _ = try $0.save(Fixture.party(UInt128(turn))) }
            #expect(await rings(bells[1], after: heard, within: 300), "turn \(turn)")
        }
        // What changes nothing is not told.
        try await Task.sleep(for: .milliseconds(200))
        let heard = bells[1].count
        try await nodes[0].store.write { _ = try $0.parties(RecordQuery(), limit: 1) }
        #expect(await !rings(bells[1], after: heard, within: 0.4))
    }

    @Test func aLineThatBreaksIsMadeAnew() async throws {
        let nodes = try nodes()
        defer { for node in nodes { try? node.database.close() } }
        let bells = try nodes.map { try #require($0.store.bell) }
        for bell in bells { #expect(await rings(bell, after: 0, within: 300)) }
        let heard = bells[1].count
        let ended: Int = try nodes[0].database.blockingRead {
            try $0.require(
                """
                SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE query LIKE '%LISTEN%almoner ' || current_schema() || '%' AND pid <> pg_backend_pid()
                """)[0]
        }
        #expect(ended == 2)
        // Something may have been missed, so it rings.
        #expect(await rings(bells[1], after: heard, within: 300))
        // The other line is made anew as well, and rings here by nobody's doing but its own.
        try await Task.sleep(for: .milliseconds(1_500))
        let again = bells[1].count
        try await nodes[0].store.write { _ = try $0.save(Fixture.party(9)) }
        #expect(await rings(bells[1], after: again, within: 300))
    }
}
