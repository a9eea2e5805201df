import Foundation
import Storage

extension StorageProbe {
    /// Measures, in a new file, what the store promises: bulk inserts of about 300 bytes with three indexes in one
    /// transaction, streaming them back, and commits one by one against joined ones.
    static func measure(_ path: String) async throws {
        let database = try SQLiteDatabase(path: path, access: .create)
        try database.blockingWrite { connection in
            for statement in [
                """
                CREATE TABLE offer (
                    program TEXT NOT NULL, id TEXT NOT NULL, party_id TEXT NOT NULL, category TEXT NOT NULL,
                    area TEXT NOT NULL, available BIGINT NOT NULL, latitude BIGINT, longitude BIGINT,
                    note TEXT NOT NULL, PRIMARY KEY (program, id), CONSTRAINT offer_available CHECK (available >= 0)
                )
                """,
                "CREATE INDEX offer_category ON offer (program, category, area)",
                "CREATE INDEX offer_party ON offer (program, party_id)",
                "CREATE TABLE counter (id BIGINT PRIMARY KEY, total BIGINT NOT NULL)",
            ] { try connection.run(statement) }
        }
        let rows = 300_000
        report("bulk insert", rows) {
            try database.blockingWrite { connection in
                let note = String(repeating: "一张学习桌椅, 九成新, 自提. ", count: 5)
                let insert = try connection.prepare(
                    "INSERT INTO offer VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
                try insert.runAll(
                    (0..<rows).lazy.map { row in
                        [
                            "dongguan", .text("019a-\(1_000_000 + row)-7f3c-8e21-5d0f2a9b"),
                            .text("019a-\(row &* 7919 % 1522)-party"), .text("category-\(row % 150)"),
                            .text("4419000\(row % 35)"), SQLValue(row % 40), SQLValue(23_020_000 + row),
                            SQLValue(113_750_000 + row), .text(note),
                        ]
                    })
            }
        }
        report("stream", rows) {
            try database.blockingRead { connection in
                var bytes = 0
                try connection.forEach("SELECT * FROM offer") { row in bytes += (try row[8] as String).utf8.count }
            }
        }
        let commits = 2_000
        await report("commit one by one", commits) {
            for id in 0..<commits {
                try await database.write { connection in
                    try connection.run("INSERT INTO counter VALUES ($1, 1)", [SQLValue(id)])
                }
            }
        }
        await report("commit by 64 tasks", commits * 8) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<64 {
                    group.addTask {
                        for turn in 0..<(commits * 8 / 64) {
                            let id = 1_000_000 + task * 10_000 + turn
                            try await database.write { connection in
                                try connection.run("INSERT INTO counter VALUES ($1, 1)", [SQLValue(id)])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        say("peak memory \(peakMemory() / 1024) MiB")
        try database.close()
    }

    private static func report(_ name: String, _ count: Int, _ work: () throws -> Void) {
        let (start, cpu) = (ContinuousClock.now, processSeconds())
        do { try work() } catch { fail("\(error)") }
        tell(name, count, ContinuousClock.now - start, processSeconds() - cpu)
    }

    private static func report(_ name: String, _ count: Int, _ work: () async throws -> Void) async {
        let (start, cpu) = (ContinuousClock.now, processSeconds())
        do { try await work() } catch { fail("\(error)") }
        tell(name, count, ContinuousClock.now - start, processSeconds() - cpu)
    }

    private static func tell(_ name: String, _ count: Int, _ wall: Duration, _ cpu: Double) {
        let seconds = wall / .seconds(1)
        say("\(name): \(Int(Double(count) / seconds))/s wall, \(Int(Double(count) / cpu))/s of CPU")
    }

    private static func usage() -> rusage {
        var usage = rusage()
        getrusage(0, &usage)  // RUSAGE_SELF, whose type differs from the parameter's on Linux
        return usage
    }

    private static func processSeconds() -> Double {
        let usage = usage()
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    /// In KiB on Linux.
    private static func peakMemory() -> Int { usage().ru_maxrss }
}
