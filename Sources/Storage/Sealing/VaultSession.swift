internal import Casework
internal import MatchCore
internal import Sealing

/// The vault in one transaction: what it seals is sealed under keys that are on the disk before the transaction is
/// committed, and what is erased is destroyed then.
final class VaultSession {
    private let vault: Vault
    private let program: String
    private var new: [RecordID: PersonKey] = [:]
    private var misses = 0
    /// Whether all keys of the program were read in this transaction.
    private var hasAll = false
    private let staysInMemory: Bool
    /// For whom something was sealed under a key that was there before.
    private var sealedFor: Set<RecordID> = []
    /// For whom something was sealed or opened.
    private(set) var touched: Set<RecordID> = []

    /// What becomes of the transaction's reads and erasures at its end. A part of the transaction that is undone takes its
    /// own back.
    struct Pending {
        fileprivate var erased: [RecordID: Int64] = [:]
        /// What people were shown.
        fileprivate(set) var reads: Set<SealedRead> = []
    }

    var pending = Pending()

    var reads: Set<SealedRead> { pending.reads }
    private var erased: [RecordID: Int64] { pending.erased }

    /// Thrown where the key store would have to be asked, by a session that must not.
    struct NotInMemory: Error {}

    /// - Parameter staysInMemory: whether to throw ``NotInMemory`` rather than to wait for the key store.
    init(vault: Vault, program: String, staysInMemory: Bool = false) {
        self.vault = vault
        self.program = program
        self.staysInMemory = staysInMemory
    }

    // MARK: Sealing

    /// Seals a text under the holder's key, which is made where there is none. Nil and nothing stay as they are.
    func seal(_ text: String?, for place: SealedPlace, of holder: RecordID) throws -> SQLValue {
        guard let text else { return .null }
        guard !text.isEmpty else { return .text("") }
        return .text(try key(of: holder).seal(text, for: place).column)
    }

    /// Opens a column. A text that stands in the open is one of before there was sealing, or is refused.
    func open(_ column: String?, at place: SealedPlace) throws -> String? {
        guard let column, !column.isEmpty else { return column }
        guard SealedText.isSealed(column) else {
            if staysInMemory, !vault.isKnownSealed(program) { throw NotInMemory() }
            guard try !vault.isSealed(program) else {
                throw SealError(
                    .plain,
                    "A field of \(place.table).\(place.column) that is to be sealed stands in the open: somebody wrote it "
                        + "past the program. Restore the row from a backup.",
                    zhHans: "\(place.table).\(place.column) 中应加密的字段是明文，曾被绕过程序写入。请从备份恢复该行。")
            }
            return column
        }
        guard let sealed = SealedText(column: column) else {
            throw SealError(
                .altered, "A sealed field of \(place.table).\(place.column) is damaged. Restore the row from a backup.",
                zhHans: "\(place.table).\(place.column) 的加密字段已损坏。请从备份恢复该行。")
        }
        return try existingKey(of: sealed.holder).open(sealed, at: place)
    }

    /// The code that stands for a word in a key column under the holder's key.
    func code(for word: String, of holder: RecordID) throws -> String { try key(of: holder).code(for: word) }

    /// The same under the key of a holder who has one; nil for one who has none, or none any more.
    ///
    /// - Parameter asks: whether the key store is asked for one that another process may have made a moment ago.
    func knownCode(for word: String, of holder: RecordID, asks: Bool = false) throws -> String? {
        if let key = try known(holder) { return key.code(for: word) }
        guard asks, erased[holder] == nil else { return nil }
        return try vault.key(of: KeyHolder(program: program, id: holder))?.code(for: word)
    }

    var isEverythingSealed: Bool { get throws { try vault.isSealed(program) } }

    // MARK: Keys

    private func key(of id: RecordID) throws -> PersonKey {
        touched.insert(id)
        if let key = try known(id) {
            if new[id] == nil { sealedFor.insert(id) }
            return key
        }
        let holder = KeyHolder(program: program, id: id)
        guard try erased[id] == nil && !vault.isErased(holder) else { throw Self.isErased(id) }
        let key = PersonKey(new: holder)
        new[id] = key
        return key
    }

    private func existingKey(of id: RecordID) throws -> PersonKey {
        touched.insert(id)
        if let key = try known(id) { return key }
        // One that another process made a moment ago.
        if hasAll, let key = try vault.key(of: KeyHolder(program: program, id: id)) { return key }
        if try vault.store.isErased(KeyHolder(program: program, id: id)) { throw Self.isErased(id) }
        throw SealError(
            .noKey,
            "The key of a person is not in the key store. Name the key store that belongs to this database (--keys), or "
                + "restore it.",
            zhHans: "密钥库中没有此人的密钥。请用 --keys 指定与本数据库对应的密钥库，或恢复密钥库。")
    }

    private func known(_ id: RecordID) throws -> PersonKey? {
        guard erased[id] == nil else { return nil }
        if let key = new[id] { return key }
        let holder = KeyHolder(program: program, id: id)
        if let key = try vault.keptKey(of: holder) { return key }
        if staysInMemory { throw NotInMemory() }
        misses += 1
        // Somebody goes through many: read them together.
        if misses == Self.many {
            hasAll = try vault.prepare(program)
            return try vault.keptKey(of: holder) ?? (hasAll ? nil : vault.key(of: holder))
        }
        return hasAll ? nil : try vault.key(of: holder)
    }

    private static let many = 64

    private static func isErased(_ id: RecordID) -> SealError {
        SealError(
            .erased, "This person was erased (\(id)); nothing is kept of them any more.",
            zhHans: "此人的资料已删除（\(id)），不再保存任何内容。")
    }

    // MARK: The end of the transaction

    func waitingReads() throws -> [SealedRead] { try vault.store.waitingReads(of: program) }

    func note(_ read: SealedRead) { pending.reads.insert(read) }

    /// Destroys the holders' keys when the transaction has done its work.
    func erase(_ holders: [RecordID], at moment: Moment) {
        for holder in holders {
            pending.erased[holder] = moment.milliseconds
            new[holder] = nil
        }
    }

    /// Where another node may have erased somebody whose key this one remembers: throws `erased` for whom it sealed something.
    /// The table is read in the transaction, so that of an erasure and a sealing at once one is seen by the other.
    func refuseErased(on connection: any Connection) throws {
        let holders = sealedFor.filter { erased[$0] == nil }
        guard !holders.isEmpty else { return }
        // Few are asked for one by one; for many the list is read, which is short.
        let isShort = holders.count <= 16
        let done: [RecordID] = try (isShort ? holders.map(Optional.some) : [nil]).flatMap { id in
            try connection.all(
                "SELECT holder FROM erasure_done WHERE program = $1" + (id == nil ? "" : " AND holder = $2"),
                [.text(program)] + (id.map { [SQLValue($0)] } ?? [])
            ).map { try $0[0] }
        }
        guard let id = done.first(where: holders.contains) else { return }
        vault.forget([KeyHolder(program: program, id: id)])
        throw Self.isErased(id)
    }

    var hasErased: Bool { !erased.isEmpty }

    func isErased(_ id: RecordID) throws -> Bool {
        try erased[id] != nil || vault.store.isErased(KeyHolder(program: program, id: id))
    }

    func erasures() throws -> [(person: RecordID, at: Int64)] { try vault.erasures(of: program) }

    func destroyQueues(before moment: Moment) throws -> Int {
        try vault.destroyQueues(before: moment.milliseconds, of: program)
    }

    /// Has the key store hold what the transaction made: called before it is committed. A key that was destroyed stays so
    /// where the commit fails, and the next writer takes the content away.
    func flush() throws {
        if !new.isEmpty { try vault.insert(new.values.sorted { $0.holder.id < $1.holder.id }) }
        if !erased.isEmpty {
            for (moment, holders) in Dictionary(grouping: erased.keys, by: { erased[$0] ?? 0 }) {
                try vault.erase(holders.map { KeyHolder(program: program, id: $0) }, at: moment)
            }
        }
    }
}
