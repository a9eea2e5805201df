import AlmonerTesting
import CaseRecords
import Casework
import Foundation
import MatchCore
import Sealing
import Testing

@testable import Storage

@Suite struct OldRowTests {
    /// A town as an older version left it: everything in the open.
    private func openTown(_ folder: String) throws -> (town: SealedTown, kept: [String]) {
        let town = try SealedTown(folder: folder)
        try town.fill()
        let kept = try town.everything()
        let file = try town.store.blockingRead { transaction in
            (
                try transaction.waitingRecords(limit: 10), try transaction.inboxRecords(ofWish: SealedTown.wish),
                try transaction.personFile(SealedTown.wish)?.items ?? [],
                try transaction.personFile(SealedTown.household)?.items ?? []
            )
        }
        let point = try #require(SealedTown.point)
        var lists: [(table: String, match: MatchRecord)] = []
        try town.store.blockingRead { transaction in
            try transaction.forEachMatch(wish: nil) {
                if case .intact(let match) = $0 { lists.append(("suggestion", match)) }
            }
            try transaction.forEachPastMatch {
                if case .intact(let match) = $0 { lists.append(("past_suggestion", match)) }
            }
        }
        #expect(lists.count == 2)
        try town.database.blockingWrite { connection in
            func run(_ sql: String, _ values: [SQLValue] = []) throws { try connection.run(sql, values) }
            for record in file.0 + file.1 {
                try run("UPDATE inbox SET words = $2 WHERE id = $1", [SQLValue(record.id), .text(record.words)])
            }
            for item in file.2 + file.3 where item.field == .note {
                try run("UPDATE note SET words = $2 WHERE id = $1", [SQLValue(item.record), .text(item.text)])
            }
            try run("UPDATE intake_trait SET sealed = NULL, birth_year = 1911")
            try run("UPDATE household_member SET sealed = NULL, birth_year = 1911")
            for kind in ["hardship", "benefit"] {
                try run(
                    "UPDATE household_circumstance SET sealed = NULL, code = $2 WHERE kind = $1",
                    [.text(kind), .text(SealedTown.canaries[kind] ?? "")])
            }
            try run("UPDATE party SET name = $1", [.text(SealedTown.canaries["name"] ?? "")])
            for table in ["wish", "offer"] {
                try run(
                    "UPDATE \(table) SET sealed = NULL, latitude_e7 = $1, longitude_e7 = $2",
                    [SQLValue(Int64(point.latitude)), SQLValue(Int64(point.longitude))])
            }
            for (table, match) in lists {
                let entries = ExplanationText.encode(match.explanation)
                try run(
                    "UPDATE \(table) SET total = $1, entries = $2, digest = $3",
                    [
                        SQLValue(match.explanation.total), .text(entries),
                        .text(ExplanationText.digest(of: match.explanation, rank: match.rank, entries: entries)),
                    ])
            }
            try run("UPDATE wish SET wording = $1", [.text(SealedTown.canaries["wording"] ?? "")])
            try run("UPDATE offer SET wording = $1", [.text(SealedTown.canaries["offer"] ?? "")])
        }
        return (town, kept)
    }

    @Test func anOlderDatabaseIsSealedInPlaceAndReadsTheSame() async throws {
        try await withTemporaryFolder { folder in
            let (town, kept) = try openTown(folder)
            // Accounts and derived groups came later: none was ever in the clear.
            let inTheClear = SealedTown.canaries.keys.filter { $0 != "account" && $0 != "group" }
            try #expect(
                Set(SealedTown.found(in: folder).map { $0.split(separator: " ")[1] }).count == inTheClear.count)
            // It is worked on before anybody seals it.
            try #expect(town.everything() == kept)
            _ = try town.desk { try $0.note(.visited, of: SealedTown.household) }
            try #expect(town.everything() == kept)
            let rows = OldRows(database: town.database, store: town.store, program: "p")
            try #expect(rows.count() > 5)
            var done = 0
            try rows.seal(batch: 1) { done = $0 }
            try #expect(rows.count() == 0 && done > 5)
            try #expect(town.everything() == kept)
            try #expect(SealedTown.found(in: folder) == [])
            try #expect(town.vault.isSealed("p"))
            // Once more changes nothing.
            try rows.seal { _ in Issue.record("there was something left") }
            try town.close()
            try #expect(SealedTown.found(in: folder) == [])
        }
    }

    /// A damaged list is a finding of the audit; nobody is kept from the database by it.
    @Test(arguments: ["entries = x'ff00fe'", "total = 1.5"])
    func aDamagedListIsLeftAsItIs(_ damage: String) async throws {
        try await withTemporaryFolder { folder in
            let (town, _) = try openTown(folder)
            try town.database.blockingWrite { try $0.run("UPDATE suggestion SET \(damage)") }
            let rows = OldRows(database: town.database, store: town.store, program: "p")
            try #expect(rows.sealLists().sealed == 2, "the list that is kept for learning is sound, and the offer")
            try #expect(rows.sealLists().sealed == 0)
            let left: Int = try town.database.blockingRead {
                try $0.require("SELECT COUNT(*) FROM suggestion WHERE digest <> '' AND \(damage)")[0]
            }
            #expect(left == 1)
            try town.close()
        }
    }

    @Test func whatStoodInTheOpenOfASealedDatabaseIsSealedWhenItIsOpened() async throws {
        try await withTemporaryFolder { folder in
            let (town, kept) = try openTown(folder)
            let rows = OldRows(database: town.database, store: town.store, program: "p")
            try town.database.blockingWrite { connection in
                try connection.run(
                    """
                    INSERT INTO key_use (program, digest, fingerprint, holder, answer, expires_at, bound_to)
                    VALUES ('p', $1, $2, 1, $1, 2000000000000, 'open')
                    """, [.blob([1]), .blob([2])])
            }
            try #expect(rows.sealLists().sealed == 4)
            try #expect(rows.sealLists().sealed == 0)
            let open = ["suggestion", "past", "offer"].compactMap { SealedTown.canaries[$0] }
            try #expect(SealedTown.found(in: folder, of: open) == [])
            try #expect(town.everything() == kept)
            // Who asked before the change of the program is still known to have asked, and is answered that it was done.
            let digest = RequestDigest(salt: town.vault.requestSalt)
            let use = try town.store.blockingRead { try $0.keyUse(digest.keyed([1])) }
            #expect(use?.fingerprint == digest.keyed([2]) && use?.isForgotten == true)
            try town.close()
        }
    }

    /// Until they were sealed, the words of an offer were left standing when its party was erased.
    @Test func theWordsThatAnErasureOfBeforeLeftStandingGo() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            try town.vault.setSealed("p")
            _ = try town.desk { try $0.erasePerson(SealedTown.party, reason: Reason("personAsked")) }
            let words = try #require(SealedTown.canaries["offer"])
            try town.database.blockingWrite { try $0.run("UPDATE offer SET wording = $1", [.text(words)]) }
            let rows = OldRows(database: town.database, store: town.store, program: "p")
            try #expect(rows.sealLists() == OldRows.Outcome(sealed: 1))
            try #expect(rows.sealLists() == OldRows.Outcome())
            try #expect(town.store.blockingRead { try $0.offer(SealedTown.offer)?.features.text } == "")
            try #expect(SealedTown.found(in: folder, of: [words]) == [])
            try town.close()
        }
    }

    private struct Crash: Error {}

    /// A process that ends between two batches, or before the file was written anew, leaves the rest to the next one.
    @Test(arguments: [1, 2, 3])
    func whatACrashLeftIsSealedAndTakenFromTheFileByTheNextProcess(_ batches: Int) async throws {
        try await withTemporaryFolder { folder in
            let (town, kept) = try openTown(folder)
            let rows = OldRows(database: town.database, store: town.store, program: "p")
            #expect(throws: Crash.self) {
                try rows.sealLists(batch: 1) { if $0 == batches { throw Crash() } }
            }
            let open = ["suggestion", "past", "offer"].compactMap { SealedTown.canaries[$0] }
            try #require(try SealedTown.found(in: folder, of: open) != [])
            try #expect(rows.sealLists() == OldRows.Outcome(sealed: 3 - batches))
            try #expect(SealedTown.found(in: folder, of: open) == [])
            // It is done once.
            try #expect(!DueCompaction(of: town.database, program: "p").run())
            try #expect(town.everything() == kept)
            try town.close()
        }
    }

    @Test func aCrashAfterTheLastOfAllRowsLeavesNothingInTheFileEither() async throws {
        try await withTemporaryFolder { folder in
            let (town, kept) = try openTown(folder)
            let rows = OldRows(database: town.database, store: town.store, program: "p")
            var left = try rows.count()
            #expect(throws: Crash.self) {
                try rows.seal(batch: 1) { _ in
                    left = (try? rows.count()) ?? 0
                    if left == 0 { throw Crash() }
                }
            }
            try #require(left == 0)
            try #require(try SealedTown.found(in: folder) != [])
            try #expect(!town.vault.isSealed("p"))
            // What every process does that opens the database for writing.
            try #expect(rows.sealLists().sealed == 0)
            try #expect(SealedTown.found(in: folder) == [])
            try #expect(town.everything() == kept)
            try town.close()
        }
    }

    /// Of a wish that somebody changed past the program the old hardship cannot be put where it belongs: that is said, and
    /// keeps nobody from the others.
    @Test(arguments: [1, 500])
    func aWishThatCannotBeReadIsPassedOverAndCounted(_ batch: Int) async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let second = RecordID(high: 3, low: 2)
            _ = try town.desk { desk in
                try Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk,
                    opening: nil
                ).admit(
                    Wish(
                        key: RecordKey(source: "t", externalID: "W2", id: second),
                        lines: [WishLine(category: nil, quantity: 5)]))
            }
            try town.database.blockingWrite { connection in
                try connection.run("UPDATE wish SET hardship = 3")
                let sealed: String = try connection.require(
                    "SELECT sealed FROM wish WHERE id = $1", [SQLValue(SealedTown.wish)])[0]
                try connection.run(
                    "UPDATE wish SET sealed = $2 WHERE id = $1",
                    [SQLValue(SealedTown.wish), .text(String(sealed.dropLast(8)) + "AAAAAAA=")])
            }
            let rows = OldRows(database: town.database, store: town.store, program: "p")
            try #expect(rows.sealLists(batch: batch) == OldRows.Outcome(sealed: 1, unreadable: 1))
            try #expect(rows.sealLists(batch: batch) == OldRows.Outcome(sealed: 0, unreadable: 1))
            try #expect(town.store.blockingRead { try $0.wish(second)?.features.hardship } == 3)
            let found = try SealedFields(database: town.database, store: town.store, program: "p").look(
                most: 1_000, seed: 1)
            #expect(found.faults == 1 && found.first?.column == "wish.sealed")
            #expect(found.first?.row == SealedTown.wish.description)
            // The rest is sealed as well.
            try #expect(rows.seal(batch: batch).unreadable > 0)
            try town.close()
        }
    }
}
