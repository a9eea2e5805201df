/// What SQLite itself can tell of the file. Constraints hold only for those who switch them on, so whoever changes the
/// file with another program may leave rows that point to nothing.
extension SQLiteDatabase: IntegrityChecking {
    /// At most this many faults of the structure are listed.
    private static let greatestCount = 20

    public func integrityFaults(structure: Bool) throws -> [IntegrityFault] {
        try blockingRead { connection in
            var faults: [IntegrityFault] = []
            if structure {
                for row in try connection.all("PRAGMA quick_check(\(Self.greatestCount))") {
                    let message: String = try row[0]
                    if message != "ok" { faults.append(IntegrityFault(table: nil, message: message)) }
                }
            }
            var orphans: [[String]: Int] = [:]
            try connection.forEach("PRAGMA foreign_key_check") { row in
                let (table, parent): (String, String) = (try row[0], try row[2])
                orphans[[table, parent], default: 0] += 1
            }
            for (tables, count) in orphans.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                faults.append(
                    IntegrityFault(
                        table: tables[0], message: "\(count) rows point to a \(tables[1]) that is not there"))
            }
            return faults
        }
    }
}
