import Dispatch
import Storage

private struct Refusal: Error {}

extension DatabaseConformance {
    static var concurrency: [Check] {
        [
            Check("readsGoOnDuringAWriteAndSeeWhatWasCommitted", needsConcurrentReads: true) { database in
                try makeItems(database)
                let hasInserted = DispatchSemaphore(value: 0)
                let mayCommit = DispatchSemaphore(value: 0)
                async let writing: Void = database.write { connection in
                    try insertItem(connection, 1)
                    hasInserted.signal()
                    mayCommit.wait()
                }
                await signalled(hasInserted)
                let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<8 { group.addTask { try await database.read(countItems) } }
                    return try await group.reduce(into: [Int]()) { $0.append($1) }
                }
                mayCommit.signal()
                try await writing
                try requireEqual(counts, Array(repeating: 0, count: 8), "rows seen before the commit")
                try requireEqual(try await database.read(countItems), 1, "rows seen after the commit")
            },
            Check("aReadSeesOneMoment", needsConcurrentReads: true) { database in
                try makeItems(database)
                try await database.write { try insertItem($0, 1) }
                let hasRead = DispatchSemaphore(value: 0)
                let mayGoOn = DispatchSemaphore(value: 0)
                async let counts = database.read { connection in
                    let before = try countItems(connection)
                    hasRead.signal()
                    mayGoOn.wait()
                    return [before, try countItems(connection)]
                }
                await signalled(hasRead)
                try await database.write { try insertItem($0, 2) }
                mayGoOn.signal()
                try requireEqual(try await counts, [1, 1], "rows seen in one read")
            },
            Check("aConditionalUpdateNeverOverdraws") { database in
                try makeItems(database)
                try await database.write { try insertItem($0, 1, amount: 20) }
                let winners = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<200 {
                        group.addTask {
                            try await database.write { connection in
                                try connection.run(
                                    "UPDATE item SET amount = amount - $1 WHERE id = $2 AND amount >= $1", [1, 1])
                            }
                        }
                    }
                    return try await group.reduce(0, +)
                }
                try requireEqual(winners, 20, "winners")
                let left: Int = try await database.read { try $0.require("SELECT amount FROM item")["amount"] }
                try requireEqual(left, 0, "left")
            },
            Check("aFailingTransactionHarmsNoOther") { database in
                try makeItems(database)
                let outcomes = await withTaskGroup(of: (Int, DatabaseError.Code?).self) { group in
                    for id in 0..<300 {
                        group.addTask {
                            do {
                                try await database.write { connection in
                                    try insertItem(connection, id)
                                    if id % 6 == 0 { try insertItem(connection, id) }
                                    if id % 6 == 3 { throw Refusal() }
                                }
                                return (id, nil)
                            } catch is Refusal {
                                return (id, .other)
                            } catch {
                                return (id, (error as? DatabaseError)?.code)
                            }
                        }
                    }
                    return await group.reduce(into: [Int: DatabaseError.Code?]()) { $0[$1.0] = .some($1.1) }
                }
                for (id, code) in outcomes {
                    try requireEqual(code, [0: .uniqueViolation, 3: .other][id % 6], "transaction \(id)")
                }
                let ids = try await database.read {
                    try $0.all("SELECT id FROM item ORDER BY id").map { try $0[0] as Int }
                }
                try requireEqual(ids, (0..<300).filter { $0 % 3 != 0 }, "rows")
            },
            Check("aCancelledReadEnds") { database in
                let hasBegun = DispatchSemaphore(value: 0)
                let reading = Task {
                    try await database.read { connection in
                        hasBegun.signal()
                        try connection.forEach(numbers, [.integer(.max)]) { _ in }
                    }
                }
                await signalled(hasBegun)
                reading.cancel()
                do {
                    try await reading.value
                    throw Failure(description: "an endless read ended by itself")
                } catch is CancellationError {}
                try requireEqual(try await database.read { try $0.all(numbers, [3]).count }, 3, "rows of a later read")
            },
            Check("aWriteCancelledBeforeItsTurnIsNotMade", needsOneWriter: true) { database in
                try makeItems(database)
                let hasBegun = DispatchSemaphore(value: 0)
                let mayEnd = DispatchSemaphore(value: 0)
                async let first: Void = database.write { connection in
                    try insertItem(connection, 1)
                    hasBegun.signal()
                    mayEnd.wait()
                }
                await signalled(hasBegun)
                let second = Task { try await database.write { try insertItem($0, 1) } }
                second.cancel()
                mayEnd.signal()
                try await first
                do {
                    try await second.value
                    throw Failure(description: "the cancelled write was made")
                } catch is CancellationError {}
                try requireEqual(try await database.read(countItems), 1, "rows")
            },
        ]
    }

    /// Waits for a semaphore without holding up the threads that tasks run on.
    private static func signalled(_ semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
