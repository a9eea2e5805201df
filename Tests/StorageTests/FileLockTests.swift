import AlmonerTesting
import Foundation
import Storage
import Testing

@Suite struct FileLockTests {
    @Test func aSecondWriterIsRefusedAtOnceAndToldWhoHasIt() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            let owner = try SecondProcess("hold", path)
            #expect(owner.lines(1) == ["ready"])
            for access in [SQLiteDatabase.Access.create, .open, .readOnly] {
                let start = ContinuousClock.now
                let error = #expect(throws: DatabaseError.self) { try SQLiteDatabase(path: path, access: access) }
                #expect(error?.code == .lockedByAnotherProcess)
                #expect(error?.message.contains("process \(owner.identifier)") == true)
                #expect(error?.message.contains("stop it first") == true)
                #expect(ContinuousClock.now - start < .seconds(2))
            }
            #expect(owner.finish() == 0)
            try SQLiteDatabase(path: path, access: .open).close()
        }
    }

    @Test func anotherProcessIsRefusedWhileThisOneHoldsTheFile() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            let database = try SQLiteDatabase(path: path, access: .create)
            let second = try SecondProcess("hold", path)
            // Its input ends first, so that a process that is not refused fails the test rather than holding it up.
            #expect(second.finish() == 1)
            #expect(second.errorText().contains("process \(getpid())"))
            let reader = try SecondProcess("read", path)
            #expect(reader.finish() == 1)
            #expect(reader.errorText().contains("lockedByAnotherProcess"))
            try database.close()
        }
    }

    @Test func thisProcessDoesNotOpenAFileTwiceEither() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: "\(folder)/town.db", access: .create)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/link.db", withDestinationPath: "\(folder)/town.db")
            for name in ["town.db", "link.db"] {
                let error = #expect(throws: DatabaseError.self) {
                    try SQLiteDatabase(path: "\(folder)/\(name)", access: .open)
                }
                #expect(error?.code == .lockedByAnotherProcess)
            }
            try database.close()
        }
    }

    @Test func theLockOfADeadProcessIsNoObstacle() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            let owner = try SecondProcess("hold", path)
            #expect(owner.lines(1) == ["ready"])
            owner.kill()
            #expect(FileManager.default.fileExists(atPath: "\(path)-lock"))
            try SQLiteDatabase(path: path, access: .open).close()
        }
    }

    @Test func readersShareAFileAndKeepWritersAway() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            try SQLiteDatabase(path: path, access: .create).close()
            let reader = try SecondProcess("read", path)
            #expect(reader.lines(1) == ["ready"])
            try SQLiteDatabase(path: path, access: .readOnly).close()
            let error = #expect(throws: DatabaseError.self) { try SQLiteDatabase(path: path, access: .open) }
            #expect(error?.code == .lockedByAnotherProcess)
            #expect(reader.finish() == 0)
        }
    }

    /// A lock that is refused gives its descriptor back once: given back twice, it would be somebody else's by then.
    @Test func aRefusedLockClosesNobodyElsesFile() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            let owner = try SQLiteDatabase(path: path, access: .create)
            let refusing = Task.detached {
                for _ in 0..<3_000 {
                    #expect(throws: DatabaseError.self) { try SQLiteDatabase(path: path, access: .open) }
                }
            }
            let lost = Task.detached {
                var lost = 0
                for _ in 0..<60_000 {
                    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
                    if fcntl(descriptor, F_GETFD) == -1 || close(descriptor) == -1 { lost += 1 }
                }
                return lost
            }
            await refusing.value
            let count = await lost.value
            #expect(count == 0, "\(count) files of others were closed")
            try owner.close()
        }
    }

    @Test func aDatabaseThatIsLetGoIsFree() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/town.db"
            _ = try SQLiteDatabase(path: path, access: .create)
            try SQLiteDatabase(path: path, access: .open).close()
        }
    }
}
