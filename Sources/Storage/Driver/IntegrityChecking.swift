/// A database that can say whether what it holds hangs together.
public protocol IntegrityChecking {
    /// What is wrong, most telling first; empty where nothing is. Reads everything that refers to something else, and
    /// with `structure` also the pages of the file.
    func integrityFaults(structure: Bool) throws -> [IntegrityFault]
}

/// Something that does not hang together.
public struct IntegrityFault: Sendable, Hashable {
    /// The table, or nil where the file itself is damaged.
    public var table: String?
    /// What is wrong, in English.
    public var message: String

    public init(table: String?, message: String) {
        self.table = table
        self.message = message
    }
}
