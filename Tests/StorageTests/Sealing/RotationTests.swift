import AlmonerTesting
import CaseRecords
import Casework
import Foundation
import MatchCore
import Sealing
import Storage
import Testing

@Suite struct RotationTests {
    /// The key file and the key store as a crash would leave them after each step of a rotation.
    @Test func aRotationThatEndsAnywhereLosesNothing() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let before = try town.everything()
            let old = town.vault.masters
            var steps = 0
            try town.vault.rotate(at: 5, by: CaseActor.system.id, of: "p", batch: 1) { _, _ in
                steps += 1
                let copy = "\(folder)/crash\(steps)"
                for name in ["town.key", "town.keys"] {
                    try? FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(copy).\(name)")
                }
            }
            #expect(steps >= 5)
            try #expect(town.everything() == before)
            try town.close()
            for step in 1...steps {
                let file = KeyFile(path: "\(folder)/crash\(step).town.key")
                let database = try SQLiteDatabase(path: town.path, access: .readOnly)
                for isRestarted in [false, true] {
                    let vault = try Vault(file: file, keys: "\(folder)/crash\(step).town.keys", clock: { 0 })
                    if isRestarted { try vault.rotate(at: 6, by: CaseActor.system.id, of: "p", batch: 2) }
                    let store = SQLCaseStore(database: database, program: "p", vault: vault)
                    let words = try store.blockingRead { try $0.party(SealedTown.party)?.name }
                    #expect(words == SealedTown.canaries["name"], "step \(step)")
                    if isRestarted {
                        #expect(vault.masters.current == 2)
                        try #expect(vault.counts().keys.sorted() == [2])
                    }
                    vault.close()
                }
                try database.close()
            }
            // The old key opens nothing, and is not in the file any more.
            let oldFile = KeyFile(path: "\(folder)/old.key")
            try oldFile.create(at: 0)
            try oldFile.replace(with: old)
            let vault = try Vault(file: oldFile, keys: "\(folder)/town.keys", clock: { 0 })
            let database = try SQLiteDatabase(path: town.path, access: .readOnly)
            let error = #expect(throws: SealError.self) {
                try SQLCaseStore(database: database, program: "p", vault: vault).blockingRead {
                    _ = try $0.party(SealedTown.party)
                }
            }
            #expect(error?.code == .wrongKey)
            try #expect(town.keyFile.read().numbers.map(\.number) == [2])
            try database.close()
        }
    }

    /// Another process rotates while this one reads and writes.
    @Test func whoIsAtWorkMeanwhileNoticesNothing() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let other = try Vault(file: town.keyFile, keys: "\(folder)/town.keys", clock: { 0 })
            for round in 0..<3 {
                async let rotation: Void = Task.detached {
                    try other.rotate(at: Int64(round), by: CaseActor.system.id, of: "p", batch: 1)
                }.value
                for number in 0..<12 {
                    let id = RecordID(high: 8, low: UInt64(round * 100 + number))
                    _ = try await town.store.write { transaction in
                        try transaction.save(
                            Note(
                                id: id, kind: "reason", subject: id, words: "words \(number)", madeAt: SealedTown.now,
                                madeBy: id))
                    }
                    let words = try await town.store.read { try $0.note(id)?.words }
                    #expect(words == "words \(number)")
                }
                try await rotation
            }
            other.close()
            let kept = try town.everything()
            #expect(kept.contains { $0.contains(SealedTown.canaries["inbox"] ?? "?") })
            try town.close()
            // With nothing remembered.
            let again = try SealedTown(folder: folder, access: .open)
            try #expect(again.everything() == kept)
            try #expect(again.vault.counts().keys.sorted() == [4])
            try again.close()
        }
    }
}
