import Storage

extension DatabaseConformance {
    static var values: [Check] {
        [
            Check("wholeNumbersAreExactToTheEdges") { database in
                try makeItems(database)
                let edges: [Int64] = [.min, .min + 1, -1, 0, 1, 9_007_199_254_740_993, .max - 1, .max]
                try await database.write { connection in
                    for edge in edges {
                        try connection.run(
                            "INSERT INTO item (program, id) VALUES ($1, $2)", ["edges", .integer(edge)])
                    }
                }
                let found = try await database.read { connection in
                    try connection.all("SELECT id FROM item ORDER BY id").map { try $0["id"] as Int64 }
                }
                try requireEqual(found, edges, "numbers")
            },
            Check("timesAreExactToTheMillisecond") { database in
                try makeItems(database)
                // Around the epoch, the end of a second, a leap second's neighbours, today, and the last of the year 9999.
                let times: [Int64] = [
                    -62_135_596_800_000, -1_001, -1_000, -999, -1, 0, 1, 999, 1_000, 1_483_228_799_999,
                    1_483_228_800_000, 1_795_305_600_001, 253_402_300_799_999,
                ]
                try await database.write { connection in
                    for time in times.reversed() { try insertItem(connection, Int(time)) }
                }
                try await database.read { connection in
                    let rows = try connection.all(
                        """
                        SELECT id AS at, id / 1000 AS second, id % 1000 AS rest, id + 1 AS next
                        FROM item ORDER BY id
                        """)
                    try requireEqual(try rows.map { try $0["at"] as Int64 }, times, "times")
                    // Whole numbers, cut off towards 0, on either engine.
                    try requireEqual(
                        try rows.map { try $0["second"] as Int64 }, times.map { $0 / 1_000 }, "whole seconds")
                    try requireEqual(try rows.map { try $0["rest"] as Int64 }, times.map { $0 % 1_000 }, "rests")
                    try requireEqual(try rows.map { try $0["next"] as Int64 }, times.map { $0 + 1 }, "a later time")
                    for time in times {
                        let row = try connection.require(
                            """
                            SELECT SUM(CASE WHEN id < $1 THEN 1 ELSE 0 END) AS before,
                                SUM(CASE WHEN id <= $1 THEN 1 ELSE 0 END) AS until,
                                MIN(CASE WHEN id > $1 THEN id END) AS next FROM item
                            """, [.integer(time)])
                        let (before, until): (Int64, Int64) = (try row["before"], try row["until"])
                        let next: Int64? = try row["next"]
                        try requireEqual(before, Int64(times.count { $0 < time }), "times before \(time)")
                        try requireEqual(until, Int64(times.count { $0 <= time }), "times until \(time)")
                        try requireEqual(next, times.first { $0 > time }, "the time after \(time)")
                    }
                }
                // A server's own time counts in the same unit, and does not go back.
                guard let shared = database as? any SharedDatabase else { return }
                var last = try shared.blockingMilliseconds()
                for _ in 0..<20 {
                    let (row, time) = (
                        try shared.blockingRead { connection in
                            try connection.require(
                                "SELECT CAST(floor(extract(epoch FROM clock_timestamp())) AS BIGINT) AS second")
                        }, try shared.blockingMilliseconds()
                    )
                    let second: Int64 = try row["second"]
                    try require(time >= last, "the server's time went back from \(last) to \(time)")
                    try require((0...5).contains(time / 1_000 - second), "\(time) ms and second \(second) differ")
                    last = time
                }
            },
            Check("textWithNULIsRefusedAndNothingIsStored") { database in
                try makeItems(database)
                try database.blockingWrite { connection in
                    for text in ["\u{0}", "轮椅\u{0}", "a\u{0}b"] {
                        let error = try requireError(.invalidText, "U+0000") {
                            try insertItem(connection, 1, label: text)
                        }
                        try require(!error.message.contains("轮椅"), "the message shows the text")
                        try require(error.message.contains("$3"), "the message does not name the parameter")
                    }
                    // It was refused before anything was sent, so the transaction goes on.
                    try insertItem(connection, 2, label: "whole")
                }
                try requireEqual(try await database.read(countItems), 1, "rows")
            },
            Check("textComesBackAsItWas") { database in
                try makeItems(database)
                let texts = [
                    "", " ", "trailing ", "a\r\nb\tc", "' \" \\ % _", "e\u{301}", "\u{e9}", "👩‍👩‍👧", "\u{10FFFF}", "𠀀",
                    "\u{FEFF}bom", String(repeating: "善", count: 5_000),
                ]
                try await database.write { connection in
                    for (id, text) in texts.enumerated() { try insertItem(connection, id, label: text) }
                }
                let found = try await database.read { connection in
                    try connection.all("SELECT label FROM item ORDER BY id").map { try $0["label"] as String }
                }
                // Swift compares by canonical equivalence, so the bytes are compared.
                try requireEqual(found.map { Array($0.utf8) }, texts.map { Array($0.utf8) }, "texts")
            },
            Check("textIsOrderedByItsBytes") { database in
                try makeItems(database)
                let texts = ["", " ", "10", "9", "B", "Z", "a", "a b", "ab", "é", "一", "善", "\u{FF21}", "𠀀"]
                try await database.write { connection in
                    for (id, text) in texts.enumerated().reversed() { try insertItem(connection, id, label: text) }
                }
                let found = try await database.read { connection in
                    try connection.all("SELECT label FROM item ORDER BY label").map { try $0["label"] as String }
                }
                try requireEqual(found, texts, "order")
            },
            Check("nullIsNeitherEmptyTextNorZero") { database in
                try makeItems(database)
                try await database.write { connection in
                    try insertItem(connection, 1, label: nil)
                    try insertItem(connection, 2, label: "")
                }
                let labels = try await database.read { connection in
                    try connection.all("SELECT label FROM item ORDER BY id").map { try $0["label"] as String? }
                }
                try requireEqual(labels, [nil, ""], "labels")
                try database.blockingRead { connection in
                    let row = try connection.require("SELECT label FROM item WHERE id = 1")
                    try requireError(.wrongType, "NULL as text") { try row["label"] as String }
                }
            },
            Check("largeTextsAndBlobsComeBackWhole") { database in
                try makeItems(database)
                let text = String(repeating: "一张学习桌椅 ", count: 250_000)
                let bytes = [UInt8](repeating: 0, count: 5_000_000) + (0...255) + [0]
                try await database.write { connection in
                    try connection.run(
                        "INSERT INTO item (program, id, label, content) VALUES ($1, $2, $3, $4)",
                        ["large", 1, .text(text), .blob(bytes)])
                    try connection.run(
                        "INSERT INTO item (program, id, content) VALUES ($1, $2, $3)", ["large", 2, .blob([])])
                }
                let rows = try await database.read { try $0.all("SELECT label, content FROM item ORDER BY id") }
                try require(try rows[0]["label"] == text, "the text differs")
                try require(try rows[0]["content"] == bytes, "the blob differs")
                try requireEqual(try rows[1]["content"] as [UInt8]?, [], "the empty blob")
            },
            Check("aFractionIsRefused") { database in
                try requireError(.wrongType, "3 ÷ 2 as a fraction") {
                    try database.blockingRead { try $0.all("SELECT 3 / 2.0 AS half") }
                }
                let whole = try database.blockingRead { connection in
                    try connection.require("SELECT CAST($1 AS BIGINT) AS whole", [7])["whole"] as Int
                }
                try requireEqual(whole, 7, "whole number")
            },
            Check("aColumnIsNamedInErrors") { database in
                let row = try database.blockingRead { try $0.require("SELECT 5 AS five, 'x' AS letter") }
                try requireEqual(try row["five"] as Int, 5, "by name")
                try requireEqual(try row[0] as Int64, 5, "by index")
                let missing = try requireError(.columnNotFound, "unknown column") { try row["six"] as Int }
                try require(missing.message.contains("six") && missing.message.contains("five"), missing.message)
                let wrong = try requireError(.wrongType, "text as a number") { try row["letter"] as Int }
                try require(wrong.message.contains("letter"), wrong.message)
                try requireError(.columnNotFound, "index out of range") { try row[2] as Int }
            },
        ]
    }
}
