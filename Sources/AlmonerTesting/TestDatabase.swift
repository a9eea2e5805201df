internal import Foundation
public import Storage
internal import Synchronization

/// Databases for tests: in memory, or, where ALMONER_TEST_POSTGRES names a server, on that server, each in a schema of its
/// own. The server is one for tests only: what is made there is not taken away.
public enum TestDatabase {
    /// The server's address, where one is named.
    public static var server: String? {
        ProcessInfo.processInfo.environment["ALMONER_TEST_POSTGRES"].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static let vaults = Mutex<[String: Vault]>([:])

    /// The keys of persons in a database on the server, the same for every store over it; nil where it has its own.
    public static func vault(for database: any Database) throws -> Vault? {
        guard database is any SharedDatabase else { return nil }
        let schema: String = try database.blockingRead { connection in
            guard let row = try connection.first("SELECT CAST(current_schema() AS TEXT)") else { return "" }
            return try row[0]
        }
        return try vaults.withLock { vaults in
            if let known = vaults[schema] { return known }
            let vault = try Vault(inMemory: ())
            vaults[schema] = vault
            return vault
        }
    }

    /// A database without tables that nobody else uses.
    public static func empty() throws -> any Database {
        guard let address = try freshAddress() else { return try SQLiteDatabase(inMemory: .init()) }
        var options = PostgreSQLDatabase.Options()
        // Many tests run at once, and a server has so many places.
        options.readers = 2
        options.writers = 2
        return try PostgreSQLDatabase(PostgreSQLAddress(address), options: options)
    }

    /// The address of a database of its own on the server, for a key store; nil where no server is named.
    public static func freshKeyStore() throws -> String? {
        guard let server else { return nil }
        let name = "k_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        return try freshDatabase(named: name, on: server)
    }

    /// Through the server's own program: a database cannot be made inside a transaction.
    private static func freshDatabase(named name: String, on server: String) throws -> String {
        let making = Process()
        making.executableURL = URL(filePath: "/usr/bin/env")
        making.arguments = [
            "psql", "-q", "-c", "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", server,
        ]
        try making.run()
        making.waitUntilExit()
        guard making.terminationStatus == 0, let end = server.lastIndex(of: "/") else {
            throw DatabaseError(.other, message: "The server of tests makes no database.")
        }
        return server[..<end] + "/\(name)"
    }

    /// The address of a database without tables on the server, for as many nodes as a test needs; nil where no server is
    /// named.
    public static func freshAddress() throws -> String? {
        guard let server else { return nil }
        let name = "t_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        var options = PostgreSQLDatabase.Options()
        options.readers = 1
        options.writers = 1
        let database = try PostgreSQLDatabase(PostgreSQLAddress(server), options: options)
        try database.blockingWrite { try $0.run("CREATE SCHEMA \(name)") }
        try database.close()
        return server + (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)"
    }
}

/// Names a database without tables for one test, to be opened any number of times: on the server of tests where one is
/// named, in a file of its own otherwise.
public func withTestAddress<Result>(_ body: (DatabaseAddress) async throws -> Result) async throws -> Result {
    if let address = try TestDatabase.freshAddress() { return try await body(DatabaseAddress(address)) }
    return try await withTemporaryFolder { try await body(.sqlite(path: "\($0)/test.db")) }
}
