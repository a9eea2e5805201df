import AlmonerTesting
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Storage

/// What the driver does beside what every driver does; beside a server, see `TestDatabase`.
@Suite(.enabled(if: TestDatabase.server != nil)) struct PostgreSQLTests {
    private func withDatabase(
        _ change: (inout PostgreSQLDatabase.Options) -> Void = { _ in },
        _ body: (PostgreSQLDatabase, String) async throws -> Void
    ) async throws {
        let address = try #require(try TestDatabase.freshAddress())
        var options = PostgreSQLDatabase.Options()
        change(&options)
        let database = try PostgreSQLDatabase(PostgreSQLAddress(address), options: options)
        defer { try? database.close() }
        try database.blockingWrite { connection in
            try connection.run("CREATE TABLE item (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL)")
            try connection.run("INSERT INTO item (id, amount) VALUES (1, 0)")
        }
        try await body(database, address)
    }

    private func amount(_ database: any Database) async throws -> Int {
        try await database.read { try $0.require("SELECT amount FROM item WHERE id = 1")["amount"] }
    }

    private func expectAmount(_ wanted: Int, in database: any Database) async throws {
        let found = try await amount(database)
        #expect(found == wanted)
    }

    @Test func aDeadConnectionIsReplaced() async throws {
        try await withDatabase { database, _ in
            let pids = try await database.write { connection in
                [try connection.require("SELECT pg_backend_pid() AS pid")["pid"] as Int]
            }
            let readers = try await database.read { connection in
                [try connection.require("SELECT pg_backend_pid() AS pid")["pid"] as Int]
            }
            let other = try PostgreSQLDatabase(PostgreSQLAddress(#require(TestDatabase.server)))
            defer { try? other.close() }
            for pid in pids + readers {
                _ = try other.blockingRead { try $0.all("SELECT pg_terminate_backend($1)", [SQLValue(pid)]) }
            }
            try await expectAmount(0, in: database)
            try await database.write { try $0.run("UPDATE item SET amount = 7") }
            try await expectAmount(7, in: database)
        }
    }

    @Test func aTransactionThatLosesItsConnectionRunsAgainAndCountsOnce() async throws {
        try await withDatabase { database, _ in
            let other = try PostgreSQLDatabase(PostgreSQLAddress(#require(TestDatabase.server)))
            defer { try? other.close() }
            let runs = Atomic(0)
            try await database.write { connection in
                try connection.run("UPDATE item SET amount = amount + 1")
                guard runs.add(1, ordering: .relaxed).newValue == 1 else { return }
                let pid: Int = try connection.require("SELECT pg_backend_pid() AS pid")["pid"]
                _ = try other.blockingRead { try $0.all("SELECT pg_terminate_backend($1)", [SQLValue(pid)]) }
                // The body need not notice: the commit does.
                _ = try? connection.run("UPDATE item SET amount = amount + 100")
            }
            #expect(runs.load(ordering: .relaxed) == 2)
            try await expectAmount(1, in: database)
        }
    }

    @Test func aReadThatHasAllItAskedForIsNotDoneAgain() async throws {
        try await withDatabase { database, _ in
            let other = try PostgreSQLDatabase(PostgreSQLAddress(#require(TestDatabase.server)))
            defer { try? other.close() }
            let runs = Atomic(0)
            let amount = try await database.read { connection in
                runs.add(1, ordering: .relaxed)
                let row = try connection.require("SELECT amount, pg_backend_pid() AS pid FROM item WHERE id = 1")
                let pid: Int = try row["pid"]
                _ = try other.blockingRead { try $0.all("SELECT pg_terminate_backend($1)", [SQLValue(pid)]) }
                return try row["amount"] as Int
            }
            #expect(amount == 0 && runs.load(ordering: .relaxed) == 1)
            try await expectAmount(0, in: database)
        }
    }

    /// Whoever administers the server may stop any statement at any point, the ROLLBACK and the COMMIT too. What was stopped
    /// may fail; nothing may fail for it afterwards.
    @Test func connectionsAreSoundAgainWhenNobodyStopsStatementsAnyMore() async throws {
        let name = "stopped_" + UUID().uuidString.lowercased().prefix(8)
        let address = try #require(try TestDatabase.freshAddress()) + "&application_name=\(name)"
        let database = try PostgreSQLDatabase(PostgreSQLAddress(address))
        defer { try? database.close() }
        let other = try PostgreSQLDatabase(PostgreSQLAddress(#require(TestDatabase.server)))
        defer { try? other.close() }
        try database.blockingWrite { connection in
            try connection.run("CREATE TABLE item (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL)")
            try connection.run("INSERT INTO item (id, amount) VALUES (1, 0)")
        }
        // Two seconds, and on a busy machine as long as it takes until somebody was stopped.
        let begun = ContinuousClock.now
        let callers = Guarded(8)
        let stopped = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    var stopped = 0
                    while begun.duration(to: .now) < (stopped < 2 ? .seconds(240) : .seconds(2)) {
                        do {
                            if caller % 2 == 0 {
                                try await database.write { try $0.run("UPDATE item SET amount = amount + 1") }
                            } else {
                                _ = try await database.read {
                                    try $0.require("SELECT amount FROM item")["amount"] as Int
                                }
                            }
                        } catch { stopped += 1 }
                    }
                    callers.withLock { $0 -= 1 }
                    return stopped
                }
            }
            group.addTask {
                let sql =
                    "SELECT COUNT(pg_cancel_backend(pid)) FROM pg_stat_get_activity(NULL) WHERE application_name = $1"
                while callers.withLock({ $0 }) > 0 {
                    try await other.read { for _ in 0..<50 { _ = try $0.require(sql, [.text(name)]) } }
                }
                return 0
            }
            return try await group.reduce(0, +)
        }
        #expect(stopped > 0, "nothing was stopped, so this shows nothing")
        for turn in 0..<40 {
            try await database.write { try $0.run("UPDATE item SET amount = $1", [SQLValue(turn)]) }
            try await expectAmount(turn, in: database)
        }
    }

    @Test func collisionsAreHidden() async throws {
        try await withDatabase { database, address in
            let second = try PostgreSQLDatabase(PostgreSQLAddress(address))
            defer { try? second.close() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for turn in 0..<120 {
                    let node = turn % 2 == 0 ? database : second
                    group.addTask {
                        try await node.write { connection in
                            let amount: Int = try connection.require("SELECT amount FROM item WHERE id = 1")["amount"]
                            try connection.run("UPDATE item SET amount = $1 WHERE id = 1", [SQLValue(amount + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await expectAmount(120, in: database)
        }
    }

    /// Each would put the last piece on both: of two that see the same, one has to look again.
    @Test func whatTwoTransactionsReadStillHoldsWhenBothHaveWritten() async throws {
        try await withDatabase { database, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 10..<40 {
                    group.addTask {
                        try await database.write { connection in
                            let count: Int = try connection.require(
                                "SELECT COUNT(*) AS count FROM item WHERE amount = 5")["count"]
                            if count < 3 {
                                try connection.run("INSERT INTO item (id, amount) VALUES ($1, 5)", [SQLValue(id)])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await database.read {
                try $0.require("SELECT COUNT(*) AS count FROM item WHERE amount = 5")["count"] as Int
            }
            #expect(count == 3)
        }
    }

    /// What the server ended for standing idle was not kept, and that is known: it runs again.
    @Test func aWriteThatStoodIdleTooLongRunsAgain() async throws {
        try await withDatabase({ $0.writeIdleSeconds = 2 }) { database, _ in
            let runs = Guarded(0)
            try await database.write { connection in
                try connection.run("UPDATE item SET amount = amount + 7")
                let isFirst = runs.withLock { count in
                    count += 1
                    return count == 1
                }
                if isFirst { Thread.sleep(forTimeInterval: 4) }
            }
            try await expectAmount(7, in: database)
            #expect(runs.withLock { $0 } >= 2)
        }
    }

    @Test func aLockIsWaitedForOnlySoLong() async throws {
        try await withDatabase { database, address in
            var options = PostgreSQLDatabase.Options()
            options.patience = 0.3
            let hasty = try PostgreSQLDatabase(PostgreSQLAddress(address), options: options)
            defer { try? hasty.close() }
            try database.blockingWrite { connection in
                try connection.run("UPDATE item SET amount = 1")
                let error = #expect(throws: DatabaseError.self) {
                    try hasty.blockingWrite { try $0.run("UPDATE item SET amount = 2") }
                }
                #expect(error?.code == .busy)
            }
            try await expectAmount(1, in: database)
        }
    }

    @Test func aStatementHasADeadline() async throws {
        try await withDatabase({ $0.statementSeconds = 0.2 }) { database, _ in
            let error = #expect(throws: DatabaseError.self) {
                try database.blockingRead { try $0.run("SELECT pg_sleep(30)") }
            }
            #expect(error?.code == .busy)
            try await expectAmount(0, in: database)
        }
    }

    @Test func aCancelledReadStopsAtTheServer() async throws {
        try await withDatabase({ $0.statementSeconds = 600 }) { database, _ in
            let reading = Task { try await database.read { try $0.run("SELECT pg_sleep(3000)") } }
            try await Task.sleep(for: .milliseconds(200))
            reading.cancel()
            await #expect(throws: CancellationError.self) { try await reading.value }
            try await expectAmount(0, in: database)
        }
    }

    @Test func manyStatementsAreForgottenInTime() async throws {
        try await withDatabase({ $0.writers = 1 }) { database, _ in
            for round in 0..<2 {
                try await database.write { connection in
                    for number in 0..<600 {
                        let row = try connection.require("SELECT $1 + \(number) AS sum, amount FROM item", [1])
                        #expect(try row["sum"] as Int == number + 1)
                    }
                }
                let kept = try await database.write {
                    try $0.require("SELECT COUNT(*) AS count FROM pg_prepared_statements")["count"] as Int
                }
                #expect(kept <= 260, "round \(round)")
            }
        }
    }

    @Test func otherStatementsRunWhileRowsComeIn() async throws {
        try await withDatabase { database, _ in
            let sum = try await database.write { connection in
                var sum = 0
                try connection.forEach("SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 5000) AS n") { row in
                    let number: Int = try row["n"]
                    if number % 1_000 == 0 { try connection.run("UPDATE item SET amount = amount + 1") }
                    sum += number
                }
                return sum
            }
            #expect(sum == 12_502_500)
            try await expectAmount(5, in: database)
        }
    }

    @Test func aDatabaseThatOrdersTextsOtherwiseIsRefused() throws {
        let server = try #require(TestDatabase.server)
        let name = "c_" + UUID().uuidString.lowercased().prefix(8)
        let address = try PostgreSQLAddress(server)
        let link = try PostgreSQLHosts(address, options: .init()).connect()
        try link.execute(
            "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")
        defer { try? link.execute("DROP DATABASE \(name)") }
        let other =
            server.split(separator: "/").dropLast().joined(separator: "/")
            .replacingOccurrences(of: ":/", with: "://") + "/\(name)"
        let error = #expect(throws: DatabaseError.self) { try PostgreSQLDatabase(PostgreSQLAddress(other)) }
        #expect(error?.code == .misconfigured)
        #expect(error?.message.contains("createdb --template=template0 --encoding=UTF8 --locale=C '\(name)'") == true)
    }

    @Test func aServerThatIsAwayIsNamedWithoutThePassword() throws {
        var options = PostgreSQLDatabase.Options()
        options.patience = 0.2
        let error = #expect(throws: DatabaseError.self) {
            try PostgreSQLDatabase(PostgreSQLAddress("postgres://u:secret@127.0.0.1:1/d"), options: options)
        }
        #expect(error?.code == .connectionLost)
        #expect(error?.message.contains("127.0.0.1") == true)
        #expect(!String(reflecting: error).contains("secret"))
    }

    @Test func ofSeveralHostsTheOneThatTakesWritesIsFound() throws {
        let server = try #require(TestDatabase.server)
        let address = server.replacingOccurrences(of: "@127.0.0.1:", with: "@127.0.0.1:1,127.0.0.1:")
        let database = try PostgreSQLDatabase(PostgreSQLAddress(address))
        defer { try? database.close() }
        #expect(try database.blockingRead { try $0.require("SELECT 1 AS one")["one"] as Int } == 1)
    }

    @Test func nodesThatStartTogetherMigrateOnce() async throws {
        let address = try #require(try TestDatabase.freshAddress())
        let nodes = try (0..<4).map { _ in try PostgreSQLDatabase(PostgreSQLAddress(address)) }
        defer { for node in nodes { try? node.close() } }
        let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
            for node in nodes {
                group.addTask {
                    try await withCheckedThrowingContinuation { continuation in
                        DispatchQueue.global().async {
                            continuation.resume(with: Result { try Schema.migrate(node, at: 0) })
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(applied.flatMap { $0 } == Schema.migrations.map(\.number))
    }

    @Test func theDatabaseTellsTheTime() async throws {
        try await withDatabase { database, _ in
            let before = Int64(Date().timeIntervalSince1970 * 1_000)
            let time = try await database.milliseconds()
            #expect((before - 1...before + 10_000).contains(time))
        }
    }
}
