public import MatchCore
public import Sealing

/// The keys of persons as a store uses them: opened once and kept in memory, within bounds.
public final class Vault: Sendable {
    private struct State {
        var masters: MasterKeys
        /// The version to wrap under, where it is known not to be the file's last one.
        var wrapsUnder: Int64?
        var keys: [KeyHolder: Kept] = [:]
        /// What was kept before the last turn: what is still used moves back.
        var older: [KeyHolder: Kept] = [:]
        var sealed: Set<String> = []
        /// Who is known to be erased.
        var erased: Set<KeyHolder> = []
        /// The programs whose list of erasures was read.
        var listed: Set<String> = []
    }

    /// A key, opened when it is first used.
    private enum Kept {
        case wrapped(WrappedKey)
        case open(PersonKey)
    }

    let store: any KeyStore
    private let file: KeyFile?
    private let state: Guarded<State>
    private let clock: @Sendable () -> Int64
    /// How many keys are kept in each of two generations.
    private static let capacity = 65_536

    /// Opens the key store with the keys of a file. Throws `keyFile`, `keyStore` or `wrongKey`.
    ///
    /// - Parameters:
    ///   - keys: where the key store is: a file, which is made where there is none, or `postgres://…`.
    ///   - clock: now, in UTC milliseconds: for when a key was made.
    public convenience init(file: KeyFile, keys: String, clock: @escaping @Sendable () -> Int64) throws {
        let masters = try file.read(at: clock())
        try self.init(store: try KeyStoreAddress(keys).open(), file: file, masters: masters, clock: clock)
    }

    /// A vault that ends with the process: for a store in memory. Everything in its programs is sealed from the start.
    public convenience init(inMemory: Void = ()) throws {
        try self.init(store: try KeyStoreFile(), file: nil, masters: MasterKeys(newAt: 0), clock: { 0 })
    }

    private init(
        store: any KeyStore, file: KeyFile?, masters: MasterKeys, clock: @escaping @Sendable () -> Int64
    ) throws {
        self.store = store
        self.file = file
        self.clock = clock
        state = Guarded(State(masters: masters))
        try store.belong(
            to: Self.fingerprint(of: masters), current: masters.current)
    }

    /// What a key store knows its key file by.
    static func fingerprint(of masters: MasterKeys) -> String {
        masters.derived(for: "almoner.keystore.1").prefix(8).map { String($0, radix: 16) }.joined(separator: "-")
    }

    /// The keys of the file as they were last read.
    public var masters: MasterKeys { state.withLock { $0.masters } }

    /// What the digests of requests are keyed with, so that nobody who has the database alone can try guesses on them. The same on
    /// every machine, and through every rotation.
    public var requestSalt: [UInt8] { masters.derived(for: "almoner.requests.1") }

    /// A handle for one transaction.
    func session(_ program: String, staysInMemory: Bool = false) -> VaultSession {
        VaultSession(vault: self, program: program, staysInMemory: staysInMemory)
    }

    public func close() { try? store.close() }

    /// `SharedDatabase.lookForSuccessor` for a key store on servers; nothing for any other.
    public func lookForSuccessor() async throws { try await (store as? KeyStoreServer)?.lookForSuccessor() }

    // MARK: Whether everything is sealed

    /// Whether all of a program is sealed: then a field that stands in the open is refused.
    public func isSealed(_ program: String) throws -> Bool {
        guard file != nil else { return true }
        if state.withLock({ $0.sealed.contains(program) }) { return true }
        guard try store.isSealed(program) else { return false }
        state.withLock { _ = $0.sealed.insert(program) }
        return true
    }

    /// Whether all of a program is known to be sealed, without asking the key store.
    func isKnownSealed(_ program: String) -> Bool { file == nil || state.withLock { $0.sealed.contains(program) } }

    /// Notes that all of a program is sealed.
    public func setSealed(_ program: String) throws {
        try store.setSealed(program)
        state.withLock { _ = $0.sealed.insert(program) }
    }

    // MARK: Keys

    /// The key of a holder, where it is remembered.
    func keptKey(of holder: KeyHolder) throws -> PersonKey? {
        switch kept(holder) {
        case nil: return nil
        case .open(let key): return key
        case .wrapped(let wrapped):
            let key = try open(wrapped)
            keep(key)
            return key
        }
    }

    /// The key of a holder; nil where there is none.
    func key(of holder: KeyHolder) throws -> PersonKey? {
        if let key = try keptKey(of: holder) { return key }
        guard let wrapped = try store.key(of: holder) else { return nil }
        let key = try open(wrapped)
        keep(key)
        return key
    }

    /// Reads the keys of a program at once, as many as are kept; returns whether those are all.
    func prepare(_ program: String) throws -> Bool {
        let keys = try store.keys(of: program, limit: Self.capacity)
        state.withLock { state in
            for key in keys where state.keys[key.holder] == nil && state.older[key.holder] == nil {
                state.keys[key.holder] = .wrapped(key)
            }
        }
        return keys.count < Self.capacity
    }

    /// Whether a holder stands on the list of erasures, as far as this process knows: the key store itself refuses keys for
    /// those whom another process has erased since.
    func isErased(_ holder: KeyHolder) throws -> Bool {
        if !state.withLock({ $0.listed.contains(holder.program) }) {
            let erased = try store.erasures(of: holder.program)
            state.withLock { state in
                state.erased.formUnion(erased.map { KeyHolder(program: holder.program, id: $0.person) })
                state.listed.insert(holder.program)
            }
        }
        return state.withLock { $0.erased.contains(holder) }
    }

    /// Keeps new keys in the key store; when this returns they are on the disk.
    func insert(_ keys: [PersonKey]) throws {
        for _ in 0..<8 {
            let (masters, current) = state.withLock { ($0.masters, $0.wrapsUnder ?? $0.masters.current) }
            let wrapped = try keys.map { try masters.wrap($0, under: current) }
            do {
                if try store.insert(wrapped, at: clock()) {
                    keys.forEach(keep)
                    return
                }
            } catch is KeyCollision {
                break
            }
            // The master key was changed by another process, or has been made and is not yet in use.
            try reload()
            try useCurrentMaster()
        }
        throw DatabaseError(.conflict, message: "Another process made the same person's key. Try again.")
    }

    /// Wraps from now on under the version that the key store says.
    private func useCurrentMaster() throws {
        let current = try store.currentMaster()
        guard masters.has(current) else {
            throw SealError(
                .keyFile,
                "The master key was changed to version \(current), which this machine's key file does not have. Copy the "
                    + "key file from the machine that changed it.",
                zhHans: "主密钥已更换为第 \(current) 版，本机的密钥文件中没有。请从更换密钥的机器复制密钥文件。")
        }
        state.withLock { $0.wrapsUnder = current }
    }

    func erase(_ holders: [KeyHolder], at milliseconds: Int64) throws {
        try store.erase(holders, at: milliseconds)
        forget(holders)
    }

    /// Destroys the keys of queues that hold nothing received at a time or later.
    func destroyQueues(before milliseconds: Int64, of program: String) throws -> Int {
        let count = try store.destroy(KeyHolder.queues(before: milliseconds), of: program)
        if count > 0 {
            state.withLock { state in
                state.keys = [:]
                state.older = [:]
            }
        }
        return count
    }

    private func open(_ wrapped: WrappedKey) throws -> PersonKey {
        let masters = masters
        if !masters.has(wrapped.master), file != nil {
            // Rotated by another process since: the file says more than is remembered.
            try reload()
            return try self.masters.unwrap(wrapped)
        }
        return try masters.unwrap(wrapped)
    }

    private func reload() throws {
        guard let file else { return }
        let read = try file.read(at: clock())
        state.withLock { state in
            state.masters = read
            // Changed and forgotten by another process since.
            if let number = state.wrapsUnder, !read.has(number) { state.wrapsUnder = nil }
        }
    }

    private func kept(_ holder: KeyHolder) -> Kept? {
        state.withLock { state in
            if let kept = state.keys[holder] { return kept }
            guard let kept = state.older.removeValue(forKey: holder) else { return nil }
            state.keys[holder] = kept
            return kept
        }
    }

    private func keep(_ key: PersonKey) {
        state.withLock { state in
            if state.keys.count >= Self.capacity {
                state.older = state.keys
                state.keys = [:]
            }
            state.keys[key.holder] = .open(key)
        }
    }

    func forget(_ holders: [KeyHolder]) {
        state.withLock { state in
            for holder in holders {
                state.keys[holder] = nil
                state.older[holder] = nil
                state.erased.insert(holder)
            }
        }
    }

    // MARK: Rotation

    /// Adds a master key to the file and leaves it at that: whoever works from other machines is given the file before the
    /// new version is used. ``rotate(at:batch:_:)`` goes on from here.
    public func prepareRotation(at milliseconds: Int64) throws {
        var masters = try file?.read(at: milliseconds) ?? masters
        guard masters.numbers.count == 1 else { return }
        masters.rotate(at: milliseconds)
        try file?.replace(with: masters)
        state.withLock { [masters] in
            $0.wrapsUnder = $0.wrapsUnder ?? $0.masters.current
            $0.masters = masters
        }
    }

    /// Adds a master key and wraps every person's key under it; then the old one is forgotten and opens nothing.
    ///
    /// It may end at any step: what is wrapped opens under the file as it stands, and the next call goes on. That it begins
    /// and ends is noted for the program's history; see ``SQLCaseStore/takeRotationNotes()``.
    /// - Parameters:
    ///   - actor: who changes it.
    ///   - program: in whose history it is to stand.
    ///   - progress: called with how many were wrapped so far and how many there are.
    public func rotate(
        at milliseconds: Int64, by actor: RecordID, of program: String, batch: Int = 500,
        _ progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        var masters = try file?.read(at: milliseconds) ?? masters
        // More than one version: an earlier rotation did not come to its end.
        if masters.numbers.count == 1 {
            masters.rotate(at: milliseconds)
            try file?.replace(with: masters)
        }
        let current = masters.current
        state.withLock { [masters] in
            $0.wrapsUnder = $0.wrapsUnder ?? $0.masters.current
            $0.masters = masters
        }
        let from = masters.numbers.first?.number ?? current
        func note(_ step: RotationNote.Step) throws {
            let at = step == .begin ? milliseconds : max(milliseconds, clock())
            try store.take([RotationNote(step, from: from, to: current, at: at, by: actor, of: program).fact])
        }
        // One that goes on after an interruption began before.
        if try store.currentMaster() != current { try note(.begin) }
        // From here on nothing new is wrapped under an older one, in whatever process.
        try store.setCurrentMaster(current)
        state.withLock { $0.wrapsUnder = current }
        let all = try store.counts().values.reduce(0, +)
        var done = 0
        while true {
            let count = try store.rewrap(limit: batch, current: current) { [masters] in
                try masters.wrap(try masters.unwrap($0))
            }
            if count == 0 { break }
            done += count
            progress(done, all)
        }
        try note(.end)
        masters.dropOld()
        try file?.replace(with: masters)
        state.withLock { [masters] state in
            state.masters = masters
            // Kept as they were wrapped before.
            state.keys = [:]
            state.older = [:]
        }
    }

    /// How many keys are wrapped under each version of the master key.
    public func counts() throws -> [Int64: Int] { try store.counts() }

    /// Whom the key store has on its list of erasures.
    public func erasures(of program: String) throws -> [(person: RecordID, at: Int64)] {
        try store.erasures(of: program)
    }
}
