import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Sealing
import Storage
import Testing

@Suite struct BackupTests {
    @Test func aBackupIsTheDatabaseOfItsMomentWhoeverWorksOnIt() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let before = try town.everything()
            let masters = town.vault.masters
            // The town goes on holding its file.
            let manifest = try Backup.make(of: town.path, to: "\(folder)/b", with: masters, at: 7)
            _ = try town.desk { try $0.take("later", channel: .web) }
            #expect(manifest.schema == Schema.migrations.count && manifest.madeAt == 7 && !manifest.chunks.isEmpty)
            try #expect(Backup.manifest(of: "\(folder)/b", with: masters) == manifest)
            try Backup.restore("\(folder)/b", to: "\(folder)/again.db", with: masters)
            let again = try SealedTown(folder: folder, file: "again.db", access: .open)
            try #expect(again.everything() == before)
            try #expect(again.database.integrityFaults(structure: true) == [])
            try again.close()
            // No key is in it.
            let bytes = try Data(contentsOf: URL(filePath: "\(folder)/b"))
            #expect(bytes.range(of: Data(masters.secret)) == nil)
            let rights = try FileManager.default.attributesOfItem(atPath: "\(folder)/b")[.posixPermissions] as? Int
            #expect(rights == 0o600)
            try #expect(FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix("part") } == [])
            try town.close()
        }
    }

    /// Who fetched one has no key, and sees all the same whether it is whole.
    @Test func withoutAKeyItIsSeenWhetherItIsWhole() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let manifest = try Backup.make(of: town.path, to: "\(folder)/b", with: town.vault.masters, at: 7)
            try #expect(Backup.check("\(folder)/b") == manifest)
            let bytes = try Data(contentsOf: URL(filePath: "\(folder)/b"))
            var flipped = bytes
            flipped[bytes.count / 3] ^= 1
            for broken in [flipped, bytes.dropLast(1), bytes.prefix(bytes.count / 2), bytes + [0], Data()] {
                try Data(broken).write(to: URL(filePath: "\(folder)/c"))
                let error = #expect(throws: SealError.self) { try Backup.check("\(folder)/c") }
                #expect(error?.code == .backup)
            }
            try town.close()
        }
    }

    @Test func whatIsNotItIsRefusedAndNothingIsTouched() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let masters = town.vault.masters
            let backup = "\(folder)/b"
            try Backup.make(of: town.path, to: backup, with: masters, at: 7)
            func refusal(_ file: String = backup, to target: String = "\(folder)/x.db", _ keys: MasterKeys? = nil)
                -> SealError.Code?
            {
                do { try Backup.restore(file, to: target, with: keys ?? masters) } catch let error as SealError {
                    return error.code
                } catch { return nil }
                return nil
            }
            #expect(refusal(backup, to: "\(folder)/x.db", MasterKeys(newAt: 0)) == .wrongKey)
            // A live target, and one that is there.
            let error = #expect(throws: DatabaseError.self) { try Backup.restore(backup, to: town.path, with: masters) }
            #expect(error?.code == .lockedByAnotherProcess)
            try town.close()
            #expect(refusal(to: town.path) == .backup)
            #expect(throws: SealError.self) { try Backup.make(of: town.path, to: backup, with: masters, at: 7) }
            // Any byte.
            let whole = try Data(contentsOf: URL(filePath: backup))
            var random = SeededRandom(seed: 11)
            var places = (0..<40).map { _ in Int.random(in: 0..<whole.count, using: &random) }
            places += [0, 17, whole.count - 1, whole.count - 14, whole.count - 40]
            for place in places {
                var flipped = whole
                flipped[place] ^= 0x10
                try flipped.write(to: URL(filePath: "\(folder)/flipped"))
                #expect(refusal("\(folder)/flipped") != nil, "byte \(place) of \(whole.count)")
            }
            for length in [0, 10, whole.count / 2, whole.count - 1] {
                try whole.prefix(length).write(to: URL(filePath: "\(folder)/flipped"))
                #expect(refusal("\(folder)/flipped") == .backup, "\(length) bytes")
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/x.db"))
            #expect(refusal() == nil)
        }
    }

    @Test func aBackupOfANewerProgramIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            let next = Schema.migrations.count + 1
            try town.database.blockingWrite { connection in
                try connection.run(
                    "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, 'next', 'x', 0)",
                    [SQLValue(next)])
            }
            try Backup.make(of: town.path, to: "\(folder)/b", with: town.vault.masters, at: 7)
            let error = #expect(throws: DatabaseError.self) {
                try Backup.restore("\(folder)/b", to: "\(folder)/x.db", with: town.vault.masters)
            }
            #expect(error?.code == .schemaNewer)
            try town.close()
        }
    }
}
