import Storage

extension DatabaseConformance {
    static var constraints: [Check] {
        [
            Check("aViolatedConstraintIsNamed") { database in
                try makeItems(database)
                try database.blockingWrite { connection in
                    try connection.run("CREATE UNIQUE INDEX item_label ON item (program, label)")
                    try connection.run("CREATE TABLE tag (id BIGINT PRIMARY KEY, code TEXT NOT NULL UNIQUE)")
                    try insertItem(connection, 1, label: "one")
                    try connection.run("INSERT INTO tag (id, code) VALUES (1, 'a')")
                }
                let violations: [(String, DatabaseError.Code, String)] = [
                    ("INSERT INTO item (program, id) VALUES ('dongguan', 1)", .uniqueViolation, "item_pkey"),
                    (
                        "INSERT INTO item (program, id, label) VALUES ('dongguan', 2, 'one')", .uniqueViolation,
                        "item_label"
                    ),
                    ("INSERT INTO tag (id, code) VALUES (2, 'a')", .uniqueViolation, "tag_code_key"),
                    ("INSERT INTO tag (id, code) VALUES (1, 'b')", .uniqueViolation, "tag_pkey"),
                    ("UPDATE item SET amount = amount - 1", .checkViolation, "item_amount_not_negative"),
                    ("INSERT INTO tag (id) VALUES (3)", .notNullViolation, "tag.code"),
                ]
                for (sql, code, constraint) in violations {
                    let error = try requireError(code, sql) { try database.blockingWrite { try $0.run(sql) } }
                    try requireEqual(error.constraint, constraint, "constraint of \(sql)")
                }
            },
            Check("aForeignKeyHolds") { database in
                try makeItems(database)
                try database.blockingWrite { connection in
                    try connection.run(
                        """
                        CREATE TABLE part (
                            program TEXT NOT NULL, id BIGINT NOT NULL, item_id BIGINT NOT NULL, PRIMARY KEY (program, id),
                            CONSTRAINT part_item FOREIGN KEY (program, item_id) REFERENCES item (program, id)
                        )
                        """)
                    try insertItem(connection, 1)
                    try connection.run("INSERT INTO part (program, id, item_id) VALUES ('dongguan', 1, 1)")
                }
                for sql in [
                    "INSERT INTO part (program, id, item_id) VALUES ('dongguan', 2, 9)",
                    "DELETE FROM item WHERE id = 1",
                ] {
                    let error = try requireError(.foreignKeyViolation, sql) {
                        try database.blockingWrite { try $0.run(sql) }
                    }
                    try require([nil, "part_item"].contains(error.constraint), "\(error.constraint ?? "")")
                }
            },
            Check("noMessageShowsAStoredValue") { database in
                try makeItems(database)
                let secret = "李四的电话"
                try database.blockingWrite { connection in
                    try connection.run("CREATE UNIQUE INDEX item_label ON item (label)")
                    try insertItem(connection, 1, label: secret)
                }
                let error = try requireError(.uniqueViolation, "same label") {
                    try database.blockingWrite { try insertItem($0, 2, label: secret) }
                }
                try require(!"\(error) \(String(reflecting: error.cause))".contains(secret), "the value is shown")
            },
        ]
    }
}
