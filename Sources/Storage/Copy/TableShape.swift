/// A table of the schema as copying sees it.
struct TableShape: Sendable, Hashable {
    var name: String
    var columns: [String]
    /// The columns of the primary key, in its order.
    var key: [String]
    var parents: Set<String>

    /// Tables that belong to one database and not to what it holds: who is on duty, what nodes and followers were told, and what
    /// was applied to it.
    static let unmoved: Set<String> = [
        "schema_migration", "schema_tolerance", "duty_lease", "node_lease", "registry_touch", "change_feed",
        "change_entry", "change_timeline",
    ]

    /// Every table of this version's schema that is moved, each after those that it refers to. Read from an empty database,
    /// so that a table that a migration adds is never left out.
    static func all() throws -> [TableShape] {
        let database = try SQLiteDatabase(inMemory: .init())
        defer { try? database.close() }
        try Migrator(Schema.migrations).migrate(database, at: 0)
        let shapes = try database.blockingRead { connection in
            try connection.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").map { row in
                let name: String = try row[0]
                let columns = try connection.all("SELECT name, pk FROM pragma_table_info($1)", [.text(name)])
                let places = try columns.map { (name: try $0["name"] as String, place: try $0["pk"] as Int) }
                return TableShape(
                    name: name, columns: places.map(\.name),
                    key: places.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name),
                    parents: Set(
                        try connection.all("SELECT \"table\" FROM pragma_foreign_key_list($1)", [.text(name)])
                            .map { try $0[0] }))
            }
        }
        var left = shapes.filter { !unmoved.contains($0.name) && !$0.name.hasPrefix("sqlite_") }
        var sorted: [TableShape] = []
        while !left.isEmpty {
            let placed = Set(sorted.map(\.name))
            let ready = left.filter { $0.parents.subtracting([$0.name]).isSubset(of: placed) }
            guard !ready.isEmpty else {
                throw DatabaseError(.schemaMismatch, message: "Tables refer to each other in a circle.")
            }
            sorted += ready
            left.removeAll { ready.contains($0) }
        }
        return sorted
    }

    /// `SELECT` of all columns in the order of the key, behind the row whose key stands in `$1`, `$2`, …
    func select(behind: Bool) -> String {
        let order = key.joined(separator: ", ")
        let places = key.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        return "SELECT \(columns.joined(separator: ", ")) FROM \(name)"
            + (behind ? " WHERE (\(order)) > (\(places))" : "") + " ORDER BY \(order)"
    }

    var insert: String {
        let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        return "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places))"
    }

    /// The key of the row that comes last in the order of the key.
    var last: String {
        let order = key.map { "\($0) DESC" }.joined(separator: ", ")
        return "SELECT \(key.joined(separator: ", ")) FROM \(name) ORDER BY \(order) LIMIT 1"
    }
}
