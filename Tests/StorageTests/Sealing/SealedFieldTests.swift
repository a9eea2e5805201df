import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Sealing
import Storage
import Testing

@Suite struct SealedFieldTests {
    @Test func everyColumnOfTextIsInAClass() throws {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        var columns: Set<String> = []
        var numbers: Set<String> = []
        try database.blockingRead { connection in
            let tables = try connection.all("SELECT name FROM sqlite_master WHERE type = 'table'")
            for table in try tables.map({ try $0[0] as String }) where !table.hasPrefix("sqlite_") {
                for column in try connection.all("SELECT name, type FROM pragma_table_info('\(table)')") {
                    let (name, type): (String, String) = (try column[0], try column[1])
                    if type == "TEXT" || type == "BYTEA" {
                        if name != "program" { columns.insert("\(table).\(name)") }
                    } else {
                        numbers.insert("\(table).\(name)")
                    }
                }
            }
        }
        let listed = Set(ColumnClasses.all.keys)
        #expect(columns.subtracting(listed) == [], "Say in ColumnClass.swift what stands in these columns.")
        #expect(listed.subtracting(columns) == [], "These columns are listed and do not exist.")
        #expect(numbers.isSuperset(of: ColumnClasses.emptiedNumbers))
    }

    @Test func noByteOfAnyFileHoldsWhatIsSealed() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.vault.setSealed("p")
            try town.fill()
            // While the log is still there, too.
            try #expect(SealedTown.found(in: folder) == [])
            let kept = try town.everything()
            for (name, canary) in SealedTown.canaries {
                #expect(kept.contains { $0.contains(canary) }, "\(name) is not read back")
            }
            #expect(kept.contains { $0.contains("11.3812345") || $0.contains("2.2987654") })
            try Backup.make(of: town.path, to: "\(folder)/b", with: town.vault.masters, at: 1)
            try town.close()
            try #expect(SealedTown.found(in: folder) == [])
            // Columns that were moved into sealed ones hold nothing.
            let database = try SQLiteDatabase(path: town.path, access: .readOnly)
            try database.blockingRead { connection in
                for name in ColumnClasses.emptiedNumbers {
                    let parts = name.split(separator: ".")
                    let row = try connection.require("SELECT COUNT(\(parts[1])) FROM \(parts[0])")
                    try #expect(row[0] as Int == 0, "\(name)")
                }
                for (name, kind) in ColumnClasses.all where kind == .sealed {
                    let parts = name.split(separator: ".")
                    let row = try connection.require(
                        """
                        SELECT COUNT(*), SUM(substr(\(parts[1]), 1, 2) = '\(SealedText.prefix)') FROM \(parts[0])
                        WHERE \(parts[1]) <> ''
                        """)
                    try #expect(row[0] as Int == row[1] as Int? ?? 0, "\(name) stands in the open")
                    if name != "household.because" { try #expect(row[0] as Int > 0, "\(name) was not tried") }
                }
            }
            try database.close()
        }
    }

    @Test(arguments: ["inbox.words", "note.words", "wish.sealed", "party.name", "intake_trait.sealed"])
    func valuesExchangedBehindItsBackAreRefused(_ name: String) async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.vault.setSealed("p")
            try town.fill()
            let parts = name.split(separator: ".").map(String.init)
            let (table, column) = (parts[0], parts[1])
            // A second row of the same holder, so that the key is the same one.
            let key = table == "intake_trait" ? "wish_id" : "id"
            try town.desk { desk in
                let other = RecordID(high: 7, low: 7)
                let registrar = Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk,
                    opening: nil)
                switch table {
                case "inbox": _ = try desk.take("another", channel: .web)
                case "note": _ = try desk.keep("another", as: "reason", about: SealedTown.household)
                case "wish":
                    try registrar.admit(
                        Wish(
                            key: RecordKey(source: "t", externalID: "W2", id: other), text: "another",
                            lines: [WishLine(category: nil, quantity: 5)]))
                case "party":
                    try registrar.admit(
                        Party(id: other, kind: .donor), key: RecordKey(source: "t", externalID: "P2", id: other),
                        name: "another")
                default:
                    var traits = IntakeTraits(record: other, receivedAt: SealedTown.now, categories: [])
                    traits.birthYear = 1_950
                    try desk.keep(traits)
                }
            }
            try town.database.blockingWrite { connection in
                let rows = try connection.all(
                    "SELECT \(key), \(column) FROM \(table) WHERE substr(\(column), 1, 2) = '\(SealedText.prefix)' ORDER BY \(key)"
                )
                #expect(rows.count >= 2)
                for (row, other) in zip(rows, rows.dropFirst() + rows.prefix(1)) {
                    try connection.run(
                        "UPDATE \(table) SET \(column) = $2 WHERE \(key) = $1", [row.values[0], other.values[1]])
                }
            }
            let error = #expect(throws: SealError.self) {
                try town.store.blockingRead { transaction in
                    switch table {
                    case "inbox": _ = try transaction.waitingRecords(limit: 10)
                    case "note": _ = try transaction.personFile(SealedTown.household)
                    case "wish": _ = try transaction.wish(SealedTown.wish)
                    case "party": _ = try transaction.party(SealedTown.party)
                    default: _ = try transaction.traits(of: SealedTown.wish)
                    }
                }
            }
            #expect(error?.code == .altered)
            try town.close()
        }
    }

    @Test func whatSomebodyWritesInTheOpenIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.vault.setSealed("p")
            try town.fill()
            try town.database.blockingWrite { try $0.run("UPDATE party SET name = 'Mallory'") }
            let error = #expect(throws: SealError.self) {
                try town.store.blockingRead { _ = try $0.party(SealedTown.party) }
            }
            #expect(error?.code == .plain)
            try town.close()
        }
    }

    @Test func anotherKeyFileOrOneOpenToOthersIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            try town.close()
            let other = KeyFile(path: "\(folder)/other.key")
            try other.create(at: 0)
            let error = #expect(throws: SealError.self) {
                try Vault(file: other, keys: "\(folder)/town.keys", clock: { 0 })
            }
            #expect(error?.code == .wrongKey)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: town.keyFile.path)
            #expect(throws: SealError.self) { try town.keyFile.read() }
            let mode =
                try FileManager.default.attributesOfItem(atPath: "\(folder)/town.keys")[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func wordsThatNobodyConfirmsEndWithTheirTime() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            let (linked, waiting) = try town.fill()
            func run(days: Int) throws -> RunReport? {
                try town.desk(at: SealedTown.now.adding(hours: 24 * days)) { desk in
                    // A jump of the clock that a person has looked at.
                    try desk.store.setRunnerTime(desk.now)
                    guard case .ran(let report) = try desk.run() else { return nil }
                    return report
                }
            }
            try #expect(run(days: 80)?.recordsExpired == 0)
            try #expect(
                town.store.blockingRead { try $0.inboxRecord(waiting) }?.words == SealedTown.canaries["waiting"])
            try #expect(run(days: 100)?.recordsExpired == 1)
            try town.store.blockingRead { transaction in
                try #expect(transaction.inboxRecord(waiting) == nil)
                try #expect(transaction.inboxRecord(linked)?.words == SealedTown.canaries["inbox"])
                try #expect(transaction.traits(of: linked)?.birthYear == 1_911)
                try #expect(transaction.history(of: [waiting]).map(\.action.text) == ["inbox/take", "inbox/expire"])
            }
            // Its key is gone, so a backup of before shows nothing: only persons' keys are left.
            let counts = try town.vault.counts().values.reduce(0, +)
            try #expect(run(days: 101)?.recordsExpired == 0)
            try #expect(town.vault.counts().values.reduce(0, +) == counts)
            try town.close()
        }
    }
}
