import AlmonerTesting
import CaseRecords
import Casework
import Dispatch
import MatchCore
import Storage
import Synchronization
import Testing

/// Who waits for whom where figures are kept in memory.
@Suite struct ServedFiguresTests {
    private func store(at address: DatabaseAddress) throws -> SQLCaseStore {
        let database = try address.open(.create)
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        return SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database))
    }

    private func count(_ figures: ServedFigures, in store: SQLCaseStore) async throws -> [FigureGroup: Figures] {
        try await store.read {
            try figures.figures(by: .all, asOf: Moment(milliseconds: 1), satisfaction: .standard, in: $0)
        }
    }

    @Test func whileOneReadsTheWholeTableOthersAreAnswered() async throws {
        try await withTestAddress { address in
            let store = try store(at: address)
            let (isReading, mayGoOn) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
            let loads = Atomic(0)
            let served = ServedFigures(loading: { transaction in
                loads.add(1, ordering: .relaxed)
                isReading.continuation.yield()
                // Where the other had to wait for this one, both would stand here until the time is over.
                #expect(mayGoOn.wait(timeout: .now() + 240) == .success)
                return try MeasureColumns(of: transaction)
            })
            async let first = count(served, in: store)
            for await _ in isReading.stream { break }
            let second = try await count(served, in: store)
            mayGoOn.signal()
            #expect(try await first == second)
            // From then on it is counted from memory, and a second reading would wait in vain.
            #expect(try await count(served, in: store) == second)
            #expect(loads.load(ordering: .relaxed) == 1)
        }
    }

    @Test func aReadingThatFailsIsDoneAgain() async throws {
        struct Fault: Error {}
        try await withTestAddress { address in
            let store = try store(at: address)
            let loads = Atomic(0)
            let served = ServedFigures(loading: { transaction in
                if loads.add(1, ordering: .relaxed).newValue == 1 { throw Fault() }
                return try MeasureColumns(of: transaction)
            })
            await #expect(throws: Fault.self) { try await count(served, in: store) }
            _ = try await count(served, in: store)
            _ = try await count(served, in: store)
            #expect(loads.load(ordering: .relaxed) == 2)
        }
    }

    /// Versions of one store's log mean nothing in another's: of two stores each is told its own.
    @Test func anotherStoresFiguresAreItsOwn() async throws {
        try await withTestAddress { address in
            try await withTestAddress { other in
                let (first, second) = (try store(at: address), try store(at: other))
                let loads = Mutex<[ObjectIdentifier]>([])
                let served = ServedFigures(loading: { transaction in
                    if let log = transaction.registryLog { loads.withLock { $0.append(ObjectIdentifier(log)) } }
                    return try MeasureColumns(of: transaction)
                })
                for store in [first, second, first, second] { _ = try await count(served, in: store) }
                let logs = try await [first, second].asyncLogs()
                #expect(loads.withLock { $0 } == [logs[0]] && logs[0] != logs[1])
            }
        }
    }
}

extension [SQLCaseStore] {
    fileprivate func asyncLogs() async throws -> [ObjectIdentifier] {
        var logs: [ObjectIdentifier] = []
        for store in self { logs.append(try await store.read { ObjectIdentifier(try #require($0.registryLog)) }) }
        return logs
    }
}
