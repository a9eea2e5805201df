extension CaseStore {
    /// Looks at the registry in a reading transaction, for as long as that takes, and then works in a short writing one, in
    /// which the registry is what it was.
    ///
    /// Nobody else waits for the look. Where somebody touched the registry meanwhile, it is taken again. A store that does
    /// not know what others did is looked at once, in the writing transaction.
    ///
    /// - Returns: what the work came to; nil where the registry was touched during every one of the looks.
    public func blockingWrite<Look, Result>(
        after look: (any CaseTransaction) throws -> Look, attempts: Int = 4,
        _ body: (any CaseTransaction, Look) throws -> Result
    ) throws -> Result? {
        for _ in 0..<attempts {
            // Marked first: what is committed during the look is seen by a part of it alone.
            let looked = try blockingRead { transaction -> (RegistryMark, Look)? in
                guard let mark = RegistryMark(transaction) else { return nil }
                return (mark, try look(transaction))
            }
            guard let (mark, found) = looked else { return try blockingWrite { try body($0, try look($0)) } }
            let result = try blockingWrite { transaction -> Result? in
                guard mark == RegistryMark(inTurn: transaction) else { return nil }
                return try body(transaction, found)
            }
            if let result { return result }
        }
        return nil
    }
}

/// How far a transaction sees what others did to the registry; there is none where that is not known.
public struct RegistryMark: Sendable, Equatable {
    private let log: ObjectIdentifier
    private let version: UInt64

    /// How far a transaction sees that only reads.
    public init?(_ transaction: any CaseTransaction) {
        self.init(transaction.registryLog, transaction.registryVersion)
    }

    /// What the registry is by the turn of a transaction that writes.
    public init?(inTurn transaction: any CaseTransaction) {
        self.init(transaction.registryLog, transaction.registryVersionNow)
    }

    private init?(_ log: (any AnyObject & Sendable)?, _ version: UInt64?) {
        guard let log, let version else { return nil }
        (self.log, self.version) = (ObjectIdentifier(log), version)
    }
}
