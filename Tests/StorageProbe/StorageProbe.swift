import Foundation
import Storage

/// A second process for the tests of the store, and the measure of its speed.
///
///     StorageProbe hold FILE        opens for writing, says so, and waits for the end of its input
///     StorageProbe read FILE        the same for reading only
///     StorageProbe write FILE       writes rows without end, and names each that was acknowledged
///     StorageProbe measure FILE     measures bulk inserts and commits, in a new file
@main
struct StorageProbe {
    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { return fail("usage: StorageProbe hold|read|write|measure FILE") }
        let path = arguments[2]
        do {
            switch arguments[1] {
            case "hold": try hold(path, access: .create)
            case "read": try hold(path, access: .readOnly)
            case "write": try await write(path)
            case "measure": try await measure(path)
            default: fail("unknown: \(arguments[1])")
            }
        } catch let error as DatabaseError {
            fail("\(error.code.rawValue): \(error.message)")
        } catch {
            fail("\(error)")
        }
    }

    private static func hold(_ path: String, access: SQLiteDatabase.Access) throws {
        let database = try SQLiteDatabase(path: path, access: access)
        say("ready")
        while readLine() != nil {}
        try database.close()
    }

    private static func write(_ path: String) async throws {
        let database = try SQLiteDatabase(path: path, access: .create)
        try await database.write { connection in
            try connection.run("CREATE TABLE IF NOT EXISTS acknowledged (id BIGINT PRIMARY KEY)")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for turn in 0... {
                        let id = turn * 8 + writer
                        try await database.write { connection in
                            try connection.run("INSERT INTO acknowledged (id) VALUES ($1)", [SQLValue(id)])
                        }
                        say("\(id)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// One line in one call, so that lines of several tasks do not mix and none waits in a buffer.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

func fail(_ message: String) {
    FileHandle.standardError.write(Data("\(message)\n".utf8))
    exit(1)
}
