import AlmonerTesting
import Foundation
import Storage
import Testing

@Suite struct CrashTests {
    @Test(arguments: [50, 400, 1_000])
    func noAcknowledgedRowIsLostWhenTheWriterIsKilled(_ acknowledgements: Int) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            let writer = try SecondProcess("write", path)
            var acknowledged = writer.lines(acknowledgements)
            writer.kill()
            acknowledged += writer.rest()
            let wanted = Set(acknowledged.compactMap { Int($0) })
            try #require(wanted.count >= acknowledgements)

            // It can be read at once, although what was written still stands in the log beside the file.
            for access in [SQLiteDatabase.Access.readOnly, .open] {
                let database = try SQLiteDatabase(path: path, access: access)
                let found = try database.blockingRead { connection in
                    Set(try connection.all("SELECT id FROM acknowledged").map { try $0["id"] as Int })
                }
                #expect(wanted.subtracting(found).isEmpty)
                let integrity = try database.blockingRead { try $0.all("PRAGMA integrity_check").map(\.values) }
                #expect(integrity == [["ok"]])
                try database.close()
            }
        }
    }
}
