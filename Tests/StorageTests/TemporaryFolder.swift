import Foundation
import Storage

/// A folder of its own for one test, removed afterwards.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("storage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}

/// A database in a file of its own.
func withDatabase<Result>(
    options: SQLiteDatabase.Options = .init(), _ body: (SQLiteDatabase) async throws -> Result
) async throws -> Result {
    try await withFolder { folder in
        let database = try SQLiteDatabase(path: "\(folder)/test.db", access: .create, options: options)
        defer { try? database.close() }
        return try await body(database)
    }
}
