import AlmonerTesting
import Storage
import Testing

@Suite struct FullDiskTests {
    @Test func aFullDiskIsNamedAndWritesGoOnWhenThereIsRoomAgain() async throws {
        try await withTemporaryDatabase { database in
            let kilobyte = String(repeating: "x", count: 1_000)
            try await database.write { connection in
                try connection.run("CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT NOT NULL)")
                try connection.run("INSERT INTO note (id, text) VALUES (0, 'first')")
                _ = try connection.all("PRAGMA max_page_count = 20")
            }
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { connection in
                    for id in 1...500 {
                        try connection.run(
                            "INSERT INTO note (id, text) VALUES ($1, $2)", [SQLValue(id), .text(kilobyte)])
                    }
                }
            }
            #expect(error?.code == .storageFull)
            #expect(try await database.read { try $0.require("SELECT COUNT(*) FROM note")[0] as Int } == 1)

            _ = try await database.write { try $0.all("PRAGMA max_page_count = 100000") }
            try await database.write { connection in
                try connection.run("INSERT INTO note (id, text) VALUES (1, $1)", [.text(kilobyte)])
            }
            #expect(try await database.read { try $0.require("SELECT COUNT(*) FROM note")[0] as Int } == 2)
        }
    }

    @Test func oneTooLargeForTheDiskDoesNotHarmThoseJoinedWithIt() async throws {
        try await withTemporaryDatabase { database in
            let kilobyte = String(repeating: "x", count: 1_000)
            try await database.write { connection in
                try connection.run("CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT NOT NULL)")
                _ = try connection.all("PRAGMA max_page_count = 60")
            }
            let outcomes = await withTaskGroup(of: (Int, DatabaseError.Code?).self) { group in
                for task in 0..<40 {
                    group.addTask {
                        do {
                            try await database.write { connection in
                                for row in 0..<(task == 20 ? 500 : 1) {
                                    try connection.run(
                                        "INSERT INTO note (id, text) VALUES ($1, $2)",
                                        [SQLValue(task * 1_000 + row), .text(task == 20 ? kilobyte : "small")])
                                }
                            }
                            return (task, nil)
                        } catch {
                            return (task, (error as? DatabaseError)?.code ?? .other)
                        }
                    }
                }
                return await group.reduce(into: [Int: DatabaseError.Code?]()) { $0[$1.0] = .some($1.1) }
            }
            for (task, code) in outcomes {
                #expect(code == (task == 20 ? .storageFull : nil), "task \(task)")
            }
            #expect(try await database.read { try $0.require("SELECT COUNT(*) FROM note")[0] as Int } == 39)
        }
    }
}
