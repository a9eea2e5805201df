import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Testing

@testable import Storage

/// What is sealed and what stood in the open, over the engine that the tests run on.
@Suite struct SealedEngineTests {
    private static let wishes = [RecordID(high: 3, low: 1), RecordID(high: 3, low: 2), RecordID(high: 3, low: 3)]

    /// Three wishes of the hardship 3, each in the open as an older version left it.
    private func openStore() throws -> (database: any Database, store: SQLCaseStore) {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        let store = SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database))
        let rules = try SampleRules.rules()
        try store.blockingWrite { transaction in
            var identifiers = IdentifierSource(random: SeededRandom(seed: 3))
            let desk = CaseDesk(
                rules: rules, store: transaction, actor: .system, now: SealedTown.now,
                newID: { identifiers.next(at: Timestamp(milliseconds: SealedTown.now.milliseconds)) })
            let registrar = Registrar(
                transaction: transaction, admission: Admission(areas: .empty, categories: .empty), desk: desk)
            for (number, id) in Self.wishes.enumerated() {
                try registrar.admit(
                    Wish(
                        key: RecordKey(source: "t", externalID: "W\(number)", id: id), hardship: 3,
                        text: "wording \(number)", lines: [WishLine(category: nil, quantity: 5)]))
            }
        }
        return (database, store)
    }

    @Test func swappedRowsAreNamedAndOldOnesPassedOver() throws {
        let (database, store) = try openStore()
        let fields = SealedFields(database: database, store: store, program: "p")
        let sound = try fields.look(most: 100, seed: 1)
        #expect(sound.faults == 0 && sound.opened == sound.all && sound.all >= 3)
        // The first two are swapped, and of all three an older version left the hardship in the open.
        try database.blockingWrite { connection in
            let texts: [String] = try Self.wishes.prefix(2).map {
                try connection.require("SELECT sealed FROM wish WHERE id = $1", [SQLValue($0)])[0]
            }
            for (id, text) in zip(Self.wishes, texts.reversed()) {
                try connection.run("UPDATE wish SET sealed = $2 WHERE id = $1", [SQLValue(id), .text(text)])
            }
            try connection.run("UPDATE wish SET hardship = 4")
        }
        let found = try fields.look(most: 100, seed: 1)
        #expect(found.faults == 2 && found.first?.column == "wish.sealed")
        #expect(Self.wishes.prefix(2).map(\.description).contains(found.first?.row ?? ""))
        let rows = OldRows(database: database, store: store, program: "p")
        #expect(try rows.sealLists(batch: 1) == OldRows.Outcome(sealed: 1, unreadable: 2))
        #expect(try rows.sealLists(batch: 2) == OldRows.Outcome(sealed: 0, unreadable: 2))
        let open: Int = try database.blockingRead {
            try $0.require("SELECT COUNT(*) FROM wish WHERE hardship IS NOT NULL")[0]
        }
        #expect(open == 2)
        #expect(try store.blockingRead { try $0.wish(Self.wishes[2])?.features.hardship } == 3)
        try database.close()
    }
}
