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
}
