import AlmonerTesting
import Foundation
import Storage
import Testing

@Suite struct SQLiteFileTests {
    @Test func theWriterIsDurableAndCareful() async throws {
        try await withTemporaryDatabase { database in
            let wanted: [(String, SQLValue)] = [
                ("synchronous", 2), ("journal_mode", "wal"), ("foreign_keys", 1), ("secure_delete", 1),
                ("trusted_schema", 0), ("mmap_size", 0),
            ]
            for (pragma, value) in wanted {
                let found = try await database.write { try $0.first("PRAGMA \(pragma)")?.values.first }
                #expect(found == value, "\(pragma)")
            }
            for (pragma, value) in wanted.dropFirst(2) {
                let found = try await database.read { try $0.first("PRAGMA \(pragma)")?.values.first }
                #expect(found == value, "\(pragma) of a reader")
            }
        }
    }

    @Test func whatWasWrittenIsThereAfterReopening() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            let first = try SQLiteDatabase(path: path, access: .create)
            try first.blockingWrite { try $0.run("CREATE TABLE note (text TEXT)") }
            try await first.write { try $0.run("INSERT INTO note (text) VALUES ($1)", ["路灯"]) }
            _ = try await first.read { try $0.all("SELECT text FROM note") }
            try first.close()
            // Whoever copies the closed file alone has everything.
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["town.db", "town.db-lock"])

            let reader = try SQLiteDatabase(path: path, access: .readOnly)
            let text: String = try reader.blockingRead { try $0.require("SELECT text FROM note")["text"] }
            #expect(text == "路灯")
            let error = #expect(throws: DatabaseError.self) {
                try reader.blockingWrite { try $0.run("DELETE FROM note") }
            }
            #expect(error?.code == .readOnly)
        }
    }

    @Test func aDatabaseThatCannotCloseStaysOpenAndOwned() async throws {
        try await withTemporaryDatabase { database in
            let kept = try database.blockingWrite { try $0.prepare("SELECT 1 AS one") }
            let error = #expect(throws: DatabaseError.self) { try database.close() }
            #expect(error?.code == .busy)
            #expect(try database.blockingRead { try $0.require("SELECT 2 AS two")["two"] as Int } == 2)
            withExtendedLifetime(kept) {}
        }
    }

    @Test func aMissingFileIsNotMadeByAccident() async throws {
        try await withTemporaryFolder { folder in
            for access in [SQLiteDatabase.Access.open, .readOnly] {
                let error = #expect(throws: DatabaseError.self) {
                    try SQLiteDatabase(path: "\(folder)/mistyped.db", access: access)
                }
                #expect(error?.code == .cannotOpen)
                #expect(error?.message.contains("mistyped.db") == true)
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files.isEmpty)
        }
    }

    @Test func aFileThatIsNoDatabaseIsRefusedAndKept() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/letter.db"
            let letter = Data(String(repeating: "尊敬的各位领导 ", count: 300).utf8)
            try letter.write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: DatabaseError.self) { try SQLiteDatabase(path: path, access: .create) }
            #expect(error?.code == .notADatabase)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == letter)
        }
    }

    @Test func aFolderThatIsNotThereIsNamed() {
        let error = #expect(throws: DatabaseError.self) {
            try SQLiteDatabase(path: "/nonexistent/town.db", access: .create)
        }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("/nonexistent/town.db") == true)
    }

    @Test func aMillionRowsStreamInBoundedMemory() async throws {
        try await withTemporaryDatabase { database in
            let before = residentKilobytes()
            let query = """
                WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1000000)
                SELECT n, 'a text that is longer than fits into the value itself' AS label FROM number
                """
            var count = 0
            try database.blockingRead { try $0.forEach(query) { _ in count += 1 } }
            #expect(count == 1_000_000)
            #expect(residentKilobytes() - before < 120_000, "holding all rows would take over 200 MB")
        }
    }

    private func residentKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0
    }
}
