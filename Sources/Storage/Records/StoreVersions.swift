internal import Casework
internal import MatchCore
internal import Synchronization

/// Knows of the transactions that changed what others remember: keys, and the registry that matching works on.
///
/// A number moves after the commit and before it is reported: whoever asks for the number and then reads keeps what was
/// true, and whoever has been told of a change finds a new number.
final class StoreVersions: Sendable {
    private let keys = Atomic<UInt64>(0)
    let registry = RegistryLog()
    /// The same number as a transaction that writes finds it, before others hear of it.
    let turns = TurnCount()
    /// In place of `registry` where other processes change it too.
    let shared: SharedRegistryLog
    /// Rings for what this process committed, and for what it hears of others.
    let bell = ChangeBell()
    private let isListening = Atomic(false)

    /// Nil where this process has the database for itself.
    private let database: (any SharedDatabase)?

    /// - Parameter touchesKept: how far back other nodes find what was touched, in numbers of transactions.
    init(_ database: any Database, touchesKept: Int64) {
        self.database = database as? any SharedDatabase
        shared = SharedRegistryLog(kept: touchesKept)
    }

    var keysVersion: UInt64 { keys.load(ordering: .acquiring) }

    func watching<Result>(_ write: (ChangeMarks) async throws -> Result) async throws -> Result {
        let marks = ChangeMarks()
        defer { move(marks) }
        return try await write(marks)
    }

    func watching<Result>(_ write: (ChangeMarks) throws -> Result) throws -> Result {
        let marks = ChangeMarks()
        defer { move(marks) }
        return try write(marks)
    }

    /// Also for what was undone: whoever looked at it meanwhile has to look again.
    private func move(_ marks: ChangeMarks) {
        let (touches, hasKeys, hasEntries) = marks.all
        if hasKeys { keys.wrappingAdd(1, ordering: .acquiringAndReleasing) }
        if !touches.isEmpty { registry.append(touches) }
        guard hasEntries || !touches.isEmpty else { return }
        bell.ring()
        if let database { database.tellOfChange() }
    }

    /// Has the bell ring for other processes too, from the first call on.
    func listen() {
        guard let database, !isListening.exchange(true, ordering: .acquiringAndReleasing) else { return }
        database.onChange { [bell] in bell.ring() }
    }
}

/// What one transaction has changed.
final class ChangeMarks: Sendable {
    private let marks = Mutex((touches: RegistryTouches(), hasKeys: false, hasEntries: false))
    private let isCounted = Atomic(false)

    var all: (touches: RegistryTouches, hasKeys: Bool, hasEntries: Bool) { marks.withLock { $0 } }

    /// Something goes into the feed of changes.
    func markEntries() { marks.withLock { $0.hasEntries = true } }

    /// Whether the registry was touched and this is the first to ask: a transaction that is tried again is one.
    func areCountedNow() -> Bool {
        !all.touches.isEmpty && !isCounted.exchange(true, ordering: .acquiringAndReleasing)
    }

    func markKeys() { marks.withLock { $0.hasKeys = true } }
    func mark(_ kind: RecordKind, _ id: RecordID) { marks.withLock { $0.touches.insert(kind, id) } }
    func markProfiles() { marks.withLock { $0.touches.insertProfiles() } }
    func markEverything() { marks.withLock { $0.touches.insertEverything() } }
}

/// Counts the transactions that touched the registry as they end, while nobody else writes.
///
/// The log counts them once they are reported, when the next may have begun, within the same commit even. At rest both
/// numbers are the same.
final class TurnCount: Sendable {
    private let count = Atomic<UInt64>(0)

    var value: UInt64 { count.load(ordering: .acquiring) }

    /// Also of what is undone, which the log counts too.
    func end(_ marks: ChangeMarks) {
        if marks.areCountedNow() { count.wrappingAdd(1, ordering: .acquiringAndReleasing) }
    }
}

/// What the latest transactions touched, in the order in which their commits were seen. Its version counts them.
final class RegistryLog: Sendable {
    private struct Entries {
        var version: UInt64 = 0
        /// What came later is in the list; what came until then is forgotten.
        var floor: UInt64 = 0
        var list: [(version: UInt64, touches: RegistryTouches)] = []
        var count = 0
    }

    private let entries = Mutex(Entries())
    /// How many records and transactions are remembered.
    private let capacity: Int

    init(capacity: Int = 16_384) {
        self.capacity = capacity
    }

    var version: UInt64 { entries.withLock { $0.version } }

    /// - Parameter transactions: how many of them touched it; the version rises by as many.
    func append(_ touches: RegistryTouches, of transactions: Int = 1) {
        guard transactions > 0 else { return }
        entries.withLock { entries in
            entries.version += UInt64(transactions)
            if touches.isEverything {
                (entries.list, entries.count, entries.floor) = ([], 0, entries.version)
                return
            }
            entries.list.append((entries.version, touches))
            entries.count += touches.count + 1
            guard entries.count > capacity else { return }
            let left = entries.list.count / 2 + 1
            entries.floor = entries.list[left - 1].version
            entries.list.removeFirst(left)
            entries.count = entries.list.reduce(0) { $0 + $1.touches.count + 1 }
        }
    }

    /// What was touched after the one version and until the other.
    func touches(after earlier: UInt64, through later: UInt64) -> RegistryTouches {
        var result = RegistryTouches()
        guard earlier < later else { return result }
        let found = entries.withLock { entries -> [RegistryTouches]? in
            guard earlier >= entries.floor else { return nil }
            var found: [RegistryTouches] = []
            for entry in entries.list.reversed() {
                guard entry.version > earlier else { break }
                if entry.version <= later { found.append(entry.touches) }
            }
            return found
        }
        guard let found else {
            result.insertEverything()
            return result
        }
        for touches in found { result.formUnion(touches) }
        return result
    }
}

/// How far a transaction sees into the log.
struct SeenRegistry {
    let log: RegistryLog
    /// How many transactions it sees: whatever else has come into the log came with a greater version.
    let version: UInt64
    /// Nothing that it sees came with a greater version.
    private let reach: UInt64

    init(_ log: RegistryLog) {
        let version = log.version
        self.init(log, version: version, reach: version)
    }

    init(_ log: RegistryLog, version: UInt64, reach: UInt64) {
        (self.log, self.version, self.reach) = (log, version, reach)
    }

    /// What it sees of what was touched after a version, and maybe what came into the log with that.
    func touches(after earlier: UInt64) -> RegistryTouches { log.touches(after: earlier, through: reach) }
}
