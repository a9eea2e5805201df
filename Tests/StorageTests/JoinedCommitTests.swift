import Storage
import Testing

@Suite struct JoinedCommitTests {
    /// A deferred constraint is looked at only by the commit, which is everybody's.
    @Test func aConstraintThatFailsAtTheCommitFailsItsOwnTransactionOnly() async throws {
        try await withDatabase { database in
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

    @Test func everyTaskGetsItsOwnResult() async throws {
        try await withDatabase { database in
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
