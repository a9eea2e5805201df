import Storage

extension DatabaseConformance {
    /// Whole numbers from 1 to $1.
    static let numbers = """
        WITH RECURSIVE number (n) AS (
            SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM number WHERE n < CAST($1 AS BIGINT)
        ) SELECT n FROM number
        """

    static var statements: [Check] {
        [
            Check("parametersAreBoundByNumber") { database in
                try makeItems(database)
                try await database.write { connection in
                    try insertItem(connection, 1, label: "one")
                    try insertItem(connection, 7, label: "seven")
                    // SQLite numbers $n by first appearance: by position this would look for the item 99.
                    let changed = try connection.run(
                        "UPDATE item SET amount = $2, label = $3 WHERE id = $1 AND $1 + 0 = id", [7, 99, "changed"])
                    try requireEqual(changed, 1, "rows changed")
                }
                let rows = try await database.read { try $0.all("SELECT id, amount, label FROM item ORDER BY id") }
                try requireEqual(rows.map(\.values), [[1, 0, "one"], [7, 99, "changed"]], "rows")
            },
            Check("parametersThatDoNotFitAreRefused") { database in
                try makeItems(database)
                let wrong: [(String, [SQLValue], DatabaseError.Code)] = [
                    ("SELECT id FROM item WHERE id = $1", [], .parameterMismatch),
                    ("SELECT id FROM item WHERE id = $1", [1, 2], .parameterMismatch),
                    ("SELECT id FROM item WHERE id = $1 AND amount = $3", [1, 2, 3], .invalidSQL),
                    ("SELECT id FROM item WHERE id = $0", [1], .invalidSQL),
                    ("SELECT id FROM item WHERE id = ?", [1], .invalidSQL),
                    ("SELECT id FROM item WHERE id = :id", [1], .invalidSQL),
                    ("SELECT id FROM item WHERE label = $1::text", ["x"], .invalidSQL),
                    ("SELECT id FROM item; DELETE FROM item", [], .invalidSQL),
                    ("SELEC id FROM item", [], .invalidSQL),
                    ("SELECT id FROM no_such_table", [], .invalidSQL),
                    ("SELECT \"no_such_column\" FROM item", [], .invalidSQL),
                ]
                for (sql, parameters, code) in wrong {
                    try requireError(code, sql) { try database.blockingRead { try $0.all(sql, parameters) } }
                }
            },
            Check("aStatementTakesManyParameters") { database in
                try makeItems(database)
                let ids = (1...30_000).map { SQLValue.integer(Int64($0)) }
                try await database.write { connection in
                    for id in [1, 15_000, 30_000, 30_001] { try insertItem(connection, id) }
                }
                let list = ids.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
                let found = try await database.read { connection in
                    try connection.all("SELECT id FROM item WHERE id IN (\(list)) ORDER BY id", ids).map {
                        try $0["id"] as Int
                    }
                }
                try requireEqual(found, [1, 15_000, 30_000], "rows")
            },
            Check("rowsAreStreamed") { database in
                let sum = try await database.read { connection in
                    var sum: Int64 = 0
                    try connection.forEach(numbers, [100_000]) { sum += try $0[0] }
                    return sum
                }
                try requireEqual(sum, 100_000 * 100_001 / 2, "sum")
            },
            Check("aCursorGoesOnBesideOthersOfTheSameText") { database in
                let pairs = try await database.read { connection in
                    var pairs = 0
                    try connection.forEach(numbers, [30]) { _ in
                        try connection.forEach(numbers, [20]) { _ in pairs += 1 }
                    }
                    return pairs
                }
                try requireEqual(pairs, 600, "pairs")
            },
            Check("aCursorMayEndEarlyAndTheStatementRunsAgain") { database in
                try await database.read { connection in
                    let statement = try connection.prepare(numbers)
                    for _ in 1...3 {
                        let cursor = try statement.rows([1_000])
                        try requireEqual(cursor.columns.names, ["n"], "columns")
                        try requireEqual(try cursor.next()?[0] as Int?, 1, "first row")
                        cursor.close()
                        try require(try cursor.next() == nil, "a closed cursor goes on")
                    }
                    try requireEqual(try connection.all(numbers, [3]).count, 3, "rows")
                    try require(try connection.first("SELECT 1 AS one WHERE 1 = 0") == nil, "a row out of nothing")
                    try requireError(.rowNotFound, "a row that must be there") {
                        try connection.require("SELECT 1 AS one WHERE 1 = 0", named: "wish")
                    }
                }
            },
            Check("aPreparedStatementRunsForManyRows") { database in
                try makeItems(database)
                let changed = try await database.write { connection in
                    try connection.prepare("INSERT INTO item (id, program, label) VALUES ($2, $1, $3)")
                        .runAll((1...2_000).lazy.map { ["bulk", SQLValue($0), .text("item \($0)")] })
                }
                try requireEqual(changed, 2_000, "rows inserted")
                let row = try await database.read { try $0.require("SELECT label FROM item WHERE id = 1999") }
                try requireEqual(try row["label"] as String, "item 1999", "label")
            },
            Check("likeTellsCapitalsFromSmallLetters") { database in
                try makeItems(database)
                try await database.write { connection in
                    for (id, label) in ["Lamp", "lamp", "lamp post"].enumerated() {
                        try insertItem(connection, id, label: label)
                    }
                }
                let ids = try await database.read { connection in
                    try connection.all("SELECT id FROM item WHERE label LIKE $1 ORDER BY id", ["lam%"]).map {
                        try $0["id"] as Int
                    }
                }
                try requireEqual(ids, [1, 2], "rows")
            },
            Check("changesAreCounted") { database in
                try makeItems(database)
                try await database.write { connection in
                    for id in 1...5 { try insertItem(connection, id) }
                    try requireEqual(try connection.run("UPDATE item SET amount = 1 WHERE id > $1", [2]), 3, "updated")
                    try requireEqual(try connection.run("CREATE TABLE other (id BIGINT)"), 0, "by a new table")
                    try requireEqual(try connection.run("UPDATE item SET amount = 1 WHERE id > $1", [9]), 0, "no match")
                    let same = """
                        INSERT INTO item (program, id) VALUES ('dongguan', 1) ON CONFLICT (program, id) DO NOTHING
                        """
                    try requireEqual(try connection.run(same), 0, "kept")
                    try requireEqual(try connection.run("DELETE FROM item WHERE id < 3"), 2, "deleted")
                }
            },
            Check("returningGivesTheRowAsStored") { database in
                try makeItems(database)
                let upsert = """
                    INSERT INTO item (program, id, amount) VALUES ($1, $2, $3)
                    ON CONFLICT (program, id) DO UPDATE SET amount = item.amount + excluded.amount
                    RETURNING amount
                    """
                let amounts = try await database.write { connection in
                    try [5, 6, 7].map { try connection.require(upsert, ["dongguan", 1, $0])["amount"] as Int }
                }
                try requireEqual(amounts, [5, 11, 18], "amounts")
            },
        ]
    }
}
