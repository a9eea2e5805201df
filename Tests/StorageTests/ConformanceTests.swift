import AlmonerTesting
import Storage
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: DatabaseConformance.checks)
    func aFileConforms(_ check: DatabaseConformance.Check) async throws {
        try await withTemporaryDatabase { try await check.run(on: $0) }
    }

    @Test(arguments: DatabaseConformance.checks.filter { !$0.needsConcurrentReads })
    func memoryConforms(_ check: DatabaseConformance.Check) async throws {
        try await check.run(on: try SQLiteDatabase(inMemory: .init()))
    }

    @Test(.enabled(if: TestDatabase.server != nil), arguments: DatabaseConformance.checks)
    func aServerConforms(_ check: DatabaseConformance.Check) async throws {
        let address = try #require(try TestDatabase.freshAddress())
        var options = PostgreSQLDatabase.Options()
        if check.needsOneWriter { options.writers = 1 }
        // Some keep a transaction open until another was seen, which hundreds of tests at once may put off.
        options.writeIdleSeconds = 120
        let database = try PostgreSQLDatabase(PostgreSQLAddress(address), options: options)
        defer { try? database.close() }
        try await check.run(on: database)
    }
}
