import Foundation
public import Storage

/// Makes a folder of its own for one test, and removes it afterwards.
public func withTemporaryFolder<Result>(_ body: (_ path: String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("almoner-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}

/// Opens an empty database in a file of its own for one test, and closes and removes it afterwards.
public func withTemporaryDatabase<Result>(
    options: SQLiteDatabase.Options = .init(), _ body: (SQLiteDatabase) async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder { folder in
        let database = try SQLiteDatabase(path: "\(folder)/test.db", access: .create, options: options)
        defer { try? database.close() }
        return try await body(database)
    }
}
