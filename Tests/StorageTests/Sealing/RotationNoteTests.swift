import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Testing

@testable import Storage

/// A change of the master key is on record: who, when, from which version to which, and nothing of a key.
@Suite struct RotationNoteTests {
    private static let admin = RecordID(high: 6, low: 3)

    private func told(_ town: SealedTown) throws -> [HistoryEntry] {
        try town.store.blockingRead { try $0.history(of: [CaseActor.system.id]) }.filter {
            $0.subjectKind == "masterKey"
        }
    }

    @Test func itsBeginningAndItsEndAreInTheHistoryOnce() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let now = SealedTown.now.adding(hours: 1)
            try town.vault.rotate(at: now.milliseconds, by: Self.admin, of: "p", batch: 1) { _, _ in }
            #expect(try told(town).isEmpty, "the database may be another process's")
            try town.store.blockingTakeRotationNotes()
            try await town.store.takeRotationNotes()
            let entries = try told(town)
            #expect(entries.map(\.action) == ["masterKey/rotate", "masterKey/rotated"])
            #expect(entries.allSatisfy { $0.actor == Self.admin && $0.at == now && $0.role == .admin })
            let versions = FieldChange("version", before: .integer(1), after: .integer(2))
            #expect(entries.allSatisfy { $0.changes == [versions] })
            try #expect(town.differences().isEmpty)
            #expect(try town.vault.store.facts().allSatisfy { RotationNote($0) == nil })
            try town.close()
        }
    }

    /// However often it is interrupted and begun again: one beginning, one end.
    @Test func oneThatGoesOnBeganOnce() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            var steps = 0
            try town.vault.rotate(at: 5, by: Self.admin, of: "p", batch: 1) { _, _ in
                steps += 1
                for name in ["town.key", "town.keys"] {
                    try? FileManager.default.copyItem(
                        atPath: "\(folder)/\(name)", toPath: "\(folder)/crash\(steps).\(name)")
                }
            }
            // As a crash leaves them after the second batch.
            let vault = try Vault(
                file: KeyFile(path: "\(folder)/crash2.town.key"), keys: "\(folder)/crash2.town.keys", clock: { 7 })
            let store = SQLCaseStore(database: town.database, program: "p", vault: vault)
            try store.blockingTakeRotationNotes()
            #expect(try told(town).map(\.action) == ["masterKey/rotate"])
            try vault.rotate(at: 6, by: CaseActor.system.id, of: "p")
            try store.blockingTakeRotationNotes()
            let entries = try told(town)
            #expect(entries.map(\.action) == ["masterKey/rotate", "masterKey/rotated"])
            #expect(
                entries.map(\.at.milliseconds) == [5, 7] && entries.map(\.actor) == [Self.admin, CaseActor.system.id])
            vault.close()
            try town.close()
        }
    }

    /// Another program's is no entry of this one.
    @Test func itStandsInTheHistoryOfWhereItWasDone() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            try town.vault.rotate(at: 5, by: Self.admin, of: "another", batch: 1)
            try town.store.blockingTakeRotationNotes()
            #expect(try told(town).isEmpty)
            #expect(try town.vault.store.facts().contains { RotationNote($0)?.program == "another" })
            try town.close()
        }
    }
}
