import Storage

private struct Refusal: Error {}

extension DatabaseConformance {
    static var transactions: [Check] {
        [
            Check("aCommittedRowIsReadBack") { database in
                try makeItems(database)
                let answer = try await database.write { connection in
                    try insertItem(connection, 1, label: "轮椅")
                    return 42
                }
                try requireEqual(answer, 42, "result of the body")
                let label: String = try await database.read { try $0.require("SELECT label FROM item")["label"] }
                try requireEqual(label, "轮椅", "label")
            },
            Check("aThrowingBodyUndoesEverything") { database in
                try makeItems(database)
                do {
                    try database.blockingWrite { connection in
                        try insertItem(connection, 1)
                        throw Refusal()
                    }
                    throw Failure(description: "the error of the body was lost")
                } catch is Refusal {}
                do {
                    try await database.write { connection in
                        try insertItem(connection, 2)
                        throw Refusal()
                    }
                    throw Failure(description: "the error of the asynchronous body was lost")
                } catch is Refusal {}
                try requireEqual(try await database.read(countItems), 0, "rows left")
            },
            Check("aSavepointFailsAlone") { database in
                try makeItems(database)
                try await database.write { connection in
                    try insertItem(connection, 1)
                    try requireError(.uniqueViolation, "same key") {
                        try connection.savepoint {
                            try insertItem(connection, 2)
                            try insertItem(connection, 1)
                        }
                    }
                    try connection.savepoint {
                        try connection.savepoint { try insertItem(connection, 3) }
                    }
                }
                let ids = try await database.read { connection in
                    try connection.all("SELECT id FROM item ORDER BY id").map { try $0["id"] as Int }
                }
                try requireEqual(ids, [1, 3], "rows")
            },
            Check("afterAFailedStatementNothingRunsAndNothingIsCommitted") { database in
                try makeItems(database)
                try requireError(.transactionAborted, "commit after a swallowed error") {
                    try database.blockingWrite { connection in
                        try insertItem(connection, 1)
                        try requireError(.uniqueViolation, "same key") { try insertItem(connection, 1) }
                        try requireError(.transactionAborted, "next statement") { try insertItem(connection, 2) }
                    }
                }
                try requireEqual(try await database.read(countItems), 0, "rows left")
            },
            Check("aReadMayNotWrite") { database in
                try makeItems(database)
                try requireError(.readOnly, "insert in a read") {
                    try database.blockingRead { try insertItem($0, 1) }
                }
                try requireEqual(try await database.read(countItems), 0, "rows left")
            },
            Check("aConnectionKeptBeyondItsTransactionIsRefused") { database in
                try makeItems(database)
                try database.blockingWrite { try insertItem($0, 1) }
                let (connection, cursor) = try database.blockingRead { connection in
                    (connection, try connection.prepare("SELECT id FROM item").rows([]))
                }
                try requireError(.closed, "statement after the end") { try connection.run("SELECT 1") }
                try requireError(.closed, "cursor after the end") { try cursor.next() }
                // The cursor that leaked must not keep the database from being written to.
                try database.blockingWrite { try insertItem($0, 2) }
                try requireEqual(try database.blockingRead(countItems), 2, "rows")
            },
            Check("aClosedDatabaseIsRefused") { database in
                try makeItems(database)
                try database.close()
                try database.close()
                try requireError(.closed, "read") { try database.blockingRead(countItems) }
                try requireError(.closed, "write") { try database.blockingWrite { try insertItem($0, 1) } }
            },
        ]
    }
}
