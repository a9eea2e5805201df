/// Follows the chain of a program's history from its beginning, in constant memory.
public enum Audit {
    /// The first bad entry; nil when the chain holds.
    ///
    /// - Parameter kept: heads that were kept elsewhere and whose signature has been checked.
    public static func verify(_ store: any CaseStore, kept: [ChainHead] = [], progress: (Int64) -> Void = { _ in })
        throws
        -> ChainFault?
    {
        try store.blockingRead { try verify($0, kept: kept, progress: progress) }
    }

    public static func verify(
        _ transaction: any CaseTransaction, kept: [ChainHead] = [], progress: (Int64) -> Void = { _ in },
        reading: (HistoryEntry) -> Void = { _ in }
    ) throws -> ChainFault? {
        var verifier = ChainVerifier(from: .empty(try transaction.programCode()), kept: kept)
        var unreadable: Int64?
        try transaction.forEachSealed(after: Int64.min) { number, sealed in
            guard let sealed else {
                unreadable = verifier.head.number + 1
                return false
            }
            if number % 10_000 == 0 { progress(number) }
            reading(sealed.entry)
            return verifier.take(sealed)
        }
        if let unreadable { return ChainFault(kind: .content, number: unreadable) }
        return verifier.finish()
    }
}
