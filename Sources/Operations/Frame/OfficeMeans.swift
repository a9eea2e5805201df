public import Casework
public import Exchange
internal import MatchCore
internal import Wire

/// What intake and the audit need besides the store: words that are read, and keys that never travel.
public struct OfficeMeans: Sendable {
    /// Proposes what words seem to ask for.
    let makeProposer: @Sendable () throws -> WishProposer
    /// Turns what a person said of themselves into keys; nil where the installation has no key file.
    let makeIndex: @Sendable () throws -> BlindIndex?
    /// Signs the head of the history; nil where the installation has no key file.
    let makeKey: @Sendable () throws -> HistoryKey?
    /// The product's own columns for a kind of record; nil where it has none.
    let mapping: @Sendable (ImportKind) throws -> Mapping?

    /// The master keys; nil where the installation has none open.
    public var sealing: SealingMeans?
    /// Copies the database; nil where there is none that could be copied.
    public var backup: BackupMeans?

    /// - Parameters: are asked at every call; keep what is dear to make.
    public init(
        proposer: @escaping @Sendable () throws -> WishProposer,
        blindIndex: @escaping @Sendable () throws -> BlindIndex?,
        historyKey: @escaping @Sendable () throws -> HistoryKey?,
        mapping: @escaping @Sendable (ImportKind) throws -> Mapping? = { _ in nil }
    ) {
        makeProposer = proposer
        makeIndex = blindIndex
        makeKey = historyKey
        self.mapping = mapping
    }

    func proposer() throws -> WishProposer { try makeProposer() }

    /// The index; nil where nothing was said that would need one. Throws `unavailable` where it is needed and missing.
    func blindIndex(for hints: PersonHints) throws -> BlindIndex? {
        if let index = try makeIndex() { return index }
        guard hints.isEmpty else { throw Self.keyMissing }
        return nil
    }

    func requiredIndex() throws -> BlindIndex {
        guard let index = try makeIndex() else { throw Self.keyMissing }
        return index
    }

    func historyKey() throws -> HistoryKey {
        guard let key = try makeKey() else { throw Self.keyMissing }
        return key
    }

    private static var keyMissing: Problem {
        Problem(
            .unavailable, "The installation's key file is missing; restore it, or make one with 'almoner init'.",
            zhHans: "缺少本系统的密钥文件；请恢复，或以 almoner init 生成。")
    }
}
