internal import Sealing

/// Where the key store is, as `--keys` and ALMONER_KEYS name it: a file, or `postgres://…`.
public enum KeyStoreAddress: Hashable, Sendable, CustomStringConvertible {
    /// A SQLite file, for processes of one machine.
    case file(path: String)
    /// A database of its own on a server, for nodes on several machines.
    case postgreSQL(PostgreSQLAddress)

    /// Throws `cannotOpen` for an address of a server that is not understood; the message does not repeat it.
    public init(_ text: String) throws {
        self = PostgreSQLAddress.isAddress(text) ? .postgreSQL(try PostgreSQLAddress(text)) : .file(path: text)
    }

    /// The address with nothing secret in it.
    public var description: String {
        switch self {
        case .file(let path): path
        case .postgreSQL(let address): address.description
        }
    }

    /// The files that hold the store; none on a server.
    public var files: [String] {
        if case .file(let path) = self { return [path] }
        return []
    }

    /// Whether something was sealed with it, so that it belongs to a key file. Makes nothing where there is no file.
    public func isInUse() throws -> Bool {
        switch self {
        case .file(let path): return fileExists(path)
        case .postgreSQL:
            let store = try open()
            defer { try? store.close() }
            return try store.facts().contains { $0.name == "fingerprint" }
        }
    }

    /// Opens the store, and makes what is missing.
    func open() throws -> any KeyStore {
        switch self {
        case .file(let path): try KeyStoreFile(path: path)
        case .postgreSQL(let address): try KeyStoreServer(address)
        }
    }

    /// Copies everything into a store that is empty, or holds a part of the same: from a file to a server or back. Nobody
    /// may write to either meanwhile.
    ///
    /// - Returns: how many keys and how many erasures there are in the copy.
    @discardableResult
    public func copy(to target: KeyStoreAddress) throws -> (keys: Int, erasures: Int) {
        let (source, copy) = (try open(), try target.open())
        defer {
            try? source.close()
            try? copy.close()
        }
        let facts = try source.facts()
        let (own, other) = (
            facts.first { $0.name == "fingerprint" }, try copy.facts().first { $0.name == "fingerprint" }
        )
        guard let own, other == nil || other == own else { throw SealError.otherKeyFile }
        try copy.take(facts)
        // Before the keys: none of those who were erased comes back.
        var erasures = 0
        for program in try source.programs() {
            for (moment, erased) in Dictionary(grouping: try source.erasures(of: program), by: \.at) {
                try copy.erase(erased.map { KeyHolder(program: program, id: $0.person) }, at: moment)
                erasures += erased.count
            }
            try copy.keep(try source.waitingReads(of: program), of: program)
        }
        var (keys, last) = (0, KeyHolder?.none)
        while true {
            let page = try source.keys(behind: last, limit: 1_000)
            guard let end = page.last else { break }
            try copy.take(page)
            keys += page.count
            last = end.key.holder
        }
        guard try source.counts() == copy.counts() else {
            throw SealError(
                .keyStore, "\(target) holds other keys than \(self) after copying. Copy into an empty one.",
                zhHans: "复制后 \(target) 与 \(self) 的密钥不一致。请复制到空的密钥库。")
        }
        return (keys, erasures)
    }
}
