import GRDB

/// Connections for short reads that a thread makes by itself, such as one record by its id.
///
/// A long read never holds one of them, so nobody ever waits for one: who finds none free takes the long way. GRDB's own
/// readers are leased through a semaphore, behind which a thread that serves many clients must not stand.
final class PointReaders: Sendable {
    private struct State {
        var free: [DatabaseQueue] = []
        var made = 0
        var isClosed = false
    }

    private let state = Guarded(State())
    private let path: String
    private let configuration: Configuration
    private let most: Int

    /// - Parameter most: how many connections are opened at most, each when it is first needed.
    init(path: String, configuration: Configuration, most: Int) {
        self.path = path
        var configuration = configuration
        configuration.readonly = true
        // Transactions are begun and ended here, by statements that are compiled once.
        configuration.allowsUnsafeTransactions = true
        self.configuration = configuration
        self.most = most
    }

    /// Runs the body in one snapshot, on this thread; nil where no connection is free.
    func read<Result>(_ body: (GRDB.Database) throws -> Result) throws -> Result? {
        guard let reader = try take() else { return nil }
        defer { give(reader) }
        return try reader.unsafeRead { database in
            try database.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
            defer {
                // What only read has nothing to lose; a failure here would show in the next BEGIN.
                try? database.cachedStatement(sql: "COMMIT TRANSACTION").execute()
            }
            return try body(database)
        }
    }

    func close() throws {
        let free = state.withLock { state in
            state.isClosed = true
            defer { state.free = [] }
            return state.free
        }
        for reader in free { try reader.close() }
    }

    private func take() throws -> DatabaseQueue? {
        let (kept, mayOpen) = state.withLock { state -> (DatabaseQueue?, Bool) in
            guard !state.isClosed else { return (nil, false) }
            if let kept = state.free.popLast() { return (kept, false) }
            guard state.made < most else { return (nil, false) }
            state.made += 1
            return (nil, true)
        }
        guard mayOpen else { return kept }
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            state.withLock { $0.made -= 1 }
            throw error
        }
    }

    private func give(_ reader: DatabaseQueue) {
        let isKept = state.withLock { state in
            if !state.isClosed { state.free.append(reader) }
            return !state.isClosed
        }
        if !isKept { try? reader.close() }
    }
}
