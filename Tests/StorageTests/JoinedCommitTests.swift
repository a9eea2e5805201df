import AlmonerTesting
import Dispatch
import Foundation
import Storage
import Testing

@Suite struct JoinedCommitTests {
    /// A deferred constraint is looked at only by the commit, which is everybody's.
    @Test func aConstraintThatFailsAtTheCommitFailsItsOwnTransactionOnly() async throws {
        try await withTemporaryDatabase { database in
            try await database.write { connection in
                try connection.run("CREATE TABLE item (id BIGINT PRIMARY KEY)")
                try connection.run(
                    """
                    CREATE TABLE part (id BIGINT PRIMARY KEY,
                        item_id BIGINT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)
                    """)
            }
            let failed = await withTaskGroup(of: Int?.self) { group in
                for id in 0..<100 {
                    group.addTask {
                        do {
                            try await database.write { connection in
                                try connection.run(
                                    "INSERT INTO part (id, item_id) VALUES ($1, $2)",
                                    [SQLValue(id), SQLValue(id == 7 ? -1 : id)])
                                try connection.run("INSERT INTO item (id) VALUES ($1)", [SQLValue(id)])
                            }
                            return nil
                        } catch {
                            return (error as? DatabaseError)?.code == .foreignKeyViolation ? id : -1
                        }
                    }
                }
                return await group.reduce(into: Set<Int>()) { if let id = $1 { $0.insert(id) } }
            }
            #expect(failed == [7])
            #expect(try await database.read { try $0.require("SELECT COUNT(*) FROM part")[0] as Int } == 99)
        }
    }

    /// Each commit writes at least a page to the log, so a hundred apart would write a hundred.
    @Test func transactionsThatWaitShareACommit() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            let database = try SQLiteDatabase(path: path, access: .create)
            try await database.write { try $0.run("CREATE TABLE item (id BIGINT PRIMARY KEY)") }
            let mayEnd = DispatchSemaphore(value: 0)
            let before = try logSize(path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await database.write { _ in mayEnd.wait() }
                }
                for id in 0..<100 {
                    group.addTask {
                        _ = try await database.write { connection in
                            try connection.run("INSERT INTO item (id) VALUES ($1)", [SQLValue(id)])
                        }
                    }
                }
                // Long enough for the tasks to queue up behind the first.
                try await Task.sleep(for: .milliseconds(300))
                mayEnd.signal()
                try await group.waitForAll()
            }
            #expect(try logSize(path) - before < 50 * 4_096)
            try database.close()
        }
    }

    private func logSize(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: "\(path)-wal")[.size] as? Int)
    }

    @Test func everyTaskGetsItsOwnResult() async throws {
        try await withTemporaryDatabase { database in
            try await database.write { try $0.run("CREATE TABLE item (id BIGINT PRIMARY KEY)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<500 {
                    group.addTask {
                        let answer = try await database.write { connection in
                            try connection.require("INSERT INTO item (id) VALUES ($1) RETURNING id", [SQLValue(id)])[0]
                                as Int
                        }
                        #expect(answer == id)
                        // What is acknowledged can be read, by this task and any other.
                        let seen = try await database.read {
                            try $0.first("SELECT 1 FROM item WHERE id = $1", [SQLValue(id)])
                        }
                        #expect(seen != nil)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
