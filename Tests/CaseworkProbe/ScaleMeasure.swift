import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Storage

/// What daily work costs on PostgreSQL while history grows behind it: the same town over 45 days, 180 and 720, with as much
/// open at the end of each.
struct ScaleMeasure {
    private static let wishesADay = 60
    private static let baseDays: Int64 = 45
    private static let factors = [1, 4, 16]
    /// What is left open is at most so old, in days.
    private static let openDays: Int64 = 30
    private static let turns = 9
    /// A query is flat where it takes at most so many times longer behind sixteen times the history, or so many
    /// milliseconds.
    private static let mostGrowth = 2.0
    private static let unnoticed = 5.0

    func run(factors: [Int] = factors) throws {
        var medians: [String: [Double]] = [:]
        var order: [String] = []
        var sizes: [(wishes: Int, entries: Int64, bytes: Int64, tables: [(String, Int64, Int64)])] = []
        for factor in factors {
            let days = Self.baseDays * Int64(factor)
            let town = PastTown(wishes: Self.wishesADay * Int(days), days: days, openDays: Self.openDays)
            let (database, store) = try onServer { try town.live(in: $0) }
            defer { try? database.close() }
            let entries = try store.blockingRead { try $0.chainHead().number }
            sizes.append((town.wishes, entries, try bytes(in: database), try tables(in: database)))
            let queries = QueryMeasure(wishes: town.wishes).queries(town)
            for query in queries {
                var times: [Double] = []
                for _ in 0..<Self.turns {
                    times.append(try Measures.timed { _ = try store.blockingRead(query.count) } * 1_000)
                }
                if medians[query.name] == nil { order.append(query.name) }
                medians[query.name, default: []].append(times.sorted()[Self.turns / 2])
            }
            let lives = 40
            let seconds = try Measures.timed { try town.goOn(by: lives, in: store) }
            let name = "a wish from its request to its rating, written"
            if medians[name] == nil { order.append(name) }
            medians[name, default: []].append(seconds / Double(lives) * 1_000)
            say("measured \(town.wishes) wishes, \(entries) entries of history")
        }
        say("\n| median ms | " + sizes.map { "\($0.wishes) wishes" }.joined(separator: " | ") + " | growth |")
        say("|---|" + String(repeating: "---|", count: sizes.count + 1))
        var grown: [String] = []
        for name in order {
            let times = medians[name] ?? []
            let growth = (times.last ?? 0) / max(times.first ?? 0, 0.001)
            if growth > Self.mostGrowth, (times.last ?? 0) > Self.unnoticed { grown.append(name) }
            say("| \(name) | " + times.map(Self.text).joined(separator: " | ") + " | \(Self.text(growth)) |")
        }
        if let last = sizes.last {
            say(
                "\non the server: \(last.bytes / Int64(last.wishes)) bytes a wish with its whole history, "
                    + "\(last.entries / Int64(last.wishes)) entries a wish")
            for (table, bytes, rows) in last.tables.prefix(12) {
                say("  \(table): \(bytes / max(1, rows)) bytes a row with its indexes, \(rows) rows")
            }
        }
        try measureOffers()
        say(grown.isEmpty ? "\nnothing grows with history" : "\ngrows with history: \(grown.joined(separator: "; "))")
    }

    /// Lives in memory first, where it is quick, and moves to the server.
    private func onServer(_ body: (SQLCaseStore) throws -> Void) throws -> (any Database, SQLCaseStore) {
        let memory = try SQLiteDatabase(inMemory: .init())
        defer { try? memory.close() }
        try Schema.migrate(memory, at: 0)
        let store = try CaseworkProbe.program("walk", in: memory)
        try body(store)
        let database = try TestDatabase.empty()
        guard database is any SharedDatabase else {
            throw Failure(description: "ALMONER_TEST_POSTGRES names no server; see make measure-scale")
        }
        try Schema.migrate(database, at: 0)
        _ = try DatabaseCopy(from: memory, to: database, at: 0).run()
        // Statistics as the server makes them itself within a minute.
        for table in try database.blockingRead({ try $0.all(Self.names).map { try $0[0] as String } }) {
            try database.blockingWrite { _ = try $0.run("ANALYZE \(table)") }
        }
        return (
            database, SQLCaseStore(database: database, program: "walk", vault: try store.vault, sealing: .inTransaction)
        )
    }

    private static let names = "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()"

    private func bytes(in database: any Database) throws -> Int64 {
        try tables(in: database).reduce(0) { $0 + $1.1 }
    }

    /// The largest first: bytes with indexes, and rows.
    private func tables(in database: any Database) throws -> [(String, Int64, Int64)] {
        try database.blockingRead { connection in
            try connection.all(Self.names).map { row in
                let name: String = try row[0]
                let bytes: Int64 = try connection.require(
                    "SELECT pg_total_relation_size(CAST(quote_ident($1) AS regclass))", [.text(name)])[0]
                return (name, bytes, try connection.require("SELECT COUNT(*) FROM \(name)")[0])
            }.sorted { $0.1 > $1.1 }
        }
    }

    /// What an offer takes: on the server, and in the columns that rankings are made over.
    private func measureOffers() throws {
        let count = 50_000
        let (database, _) = try onServer { store in
            let rules = try SampleRules.rules()
            try store.blockingWrite { transaction in
                let registrar = Registrar(
                    transaction: transaction, admission: Admission(areas: .empty, categories: .empty),
                    desk: CaseDesk(
                        rules: rules, store: transaction, actor: .system, now: CaseworkProbe.start,
                        newID: { RecordID(high: 5, low: 0) }))
                let party = RecordID(high: 1, low: 1)
                try registrar.admit(
                    Party(id: party, kind: .donor), key: RecordKey(source: "m", externalID: "p", id: party), name: "p")
                for number in 1...count {
                    try registrar.admit(
                        Offer(
                            key: RecordKey(
                                source: "m", externalID: "o\(number)", id: RecordID(high: 2, low: UInt64(number))),
                            party: party, text: "一张学习桌椅, 九成新, 第 \(number) 号",
                            lines: [OfferLine(category: nil, available: 5)]))
                }
            }
        }
        defer { try? database.close() }
        say(
            "\n\(count) offers on the server: \(try bytes(in: database) / Int64(count)) bytes each, in all their tables"
        )
        for (table, bytes, rows) in try tables(in: database).prefix(6) where rows > 1 {
            say("  \(table): \(bytes / Int64(count)) bytes an offer")
        }
    }

    private static func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
