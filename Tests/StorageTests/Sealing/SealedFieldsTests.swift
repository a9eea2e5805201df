import AlmonerTesting
import Casework
import MatchCore
import Testing

@testable import Storage

/// What is sealed opens where it was written, and nowhere else.
@Suite struct SealedFieldsTests {
    private func withTown(_ body: (SealedTown, SealedFields) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            // A colour for which there is a reason.
            try town.store.blockingWrite { store in
                guard let (household, watch) = try store.household(SealedTown.household) else { return }
                try store.save(
                    household,
                    watch: HouseholdWatch(
                        household: watch.household, grade: watch.grade, because: ["eldersAlone"], since: watch.since,
                        visitDue: nil))
            }
            try body(town, SealedFields(database: town.database, store: town.store, program: "p"))
            try town.close()
        }
    }

    @Test func everyColumnThatIsSealedIsLookedAt() {
        let looked = SealedFields.Field.all.map { "\($0.table).\($0.column)" }
        let sealed = ColumnClasses.all.filter { $0.value == .sealed }.keys
        #expect(Set(looked) == Set(sealed) && looked.count == sealed.count)
    }

    @Test func aSoundDatabaseIsSound() async throws {
        try await withTown { town, fields in
            let found = try fields.look(most: 1_000, seed: 1)
            #expect(found.faults == 0 && found.opened == found.all && found.all >= SealedFields.Field.all.count)
            _ = try town.desk { try $0.erasePerson(SealedTown.wish, reason: Reason("personAsked")) }
            let after = try fields.look(most: 1_000, seed: 1)
            #expect(after.faults == 0 && after.all < found.all, "\(String(describing: after.first))")
        }
    }

    @Test func ofManyAFewAreOpenedTheSameForTheSameSeed() async throws {
        try await withTown { town, fields in
            let all = try fields.look(most: 1_000, seed: 1).all
            for most in [0, 1, 3, all - 1, all] {
                #expect(try fields.look(most: most, seed: 5).opened == most)
            }
            // A fault is drawn by some seeds, always by the same ones, and by none less often than by chance.
            let row = try town.database.blockingWrite { connection in
                try connection.run("UPDATE party SET name = substr(name, 1, 40) || 'AAAA' || substr(name, 45)")
            }
            try #require(row == 1)
            func seeds() throws -> [UInt64] {
                try (1...60).filter { try fields.look(most: all / 2, seed: $0).faults == 1 }
            }
            let found = try seeds()
            #expect((12...48).contains(found.count), "\(found)")
            #expect(try seeds() == found)
        }
    }

    /// Two rows whose fields were swapped by SQL: each is a sealed text of the same program, and opens in neither place.
    @Test(arguments: ["inbox", "note"])
    func whatWasSwappedIsNamed(_ table: String) async throws {
        try await withTown { town, fields in
            var swapped: [String] = []
            try town.database.blockingWrite { connection in
                let rows = try connection.all(
                    "SELECT id, words FROM \(table) WHERE words <> '' ORDER BY id LIMIT 2", [])
                try #require(rows.count == 2)
                for (row, from) in [(rows[0], rows[1]), (rows[1], rows[0])] {
                    let (id, text): (String, String) = (try row[0], try from[1])
                    try connection.run("UPDATE \(table) SET words = $2 WHERE id = $1", [.text(id), .text(text)])
                    swapped.append(id)
                }
            }
            let found = try fields.look(most: 1_000, seed: 1)
            #expect(found.faults == 2 && found.first?.column == "\(table).words")
            #expect(swapped.contains(found.first?.row ?? ""))
        }
    }
}
