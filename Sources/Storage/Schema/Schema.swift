/// The schema of this version of the program, step by step. A released step is never edited.
public enum Schema {
    public static let migrations: [Migration] = [
        registry, casework, duties, keys, keyUses, profileLife, pastSuggestions, codes, outcomes, sealing, touches,
        householdIndex, changes, nodes, authority, openWork, rights, signIn, claimList, groups,
        replays, changeTimelines, listOrder, offerWords, words,
    ]

    /// Brings a database to this version's schema; returns the numbers of the steps that were applied.
    ///
    /// - Parameter time: the time to record, in UTC milliseconds.
    @discardableResult
    public static func migrate(_ database: any Database, at time: Int64) throws -> [Int] {
        try migrate(database, with: Migrator(migrations), at: time)
    }

    /// `migrate` of a database into which something is to be copied, or was in part.
    public static func migrateForCopy(_ database: any Database, at time: Int64) throws {
        try migrate(database, with: Migrator(migrations, resumesCopy: true), at: time)
    }

    @discardableResult
    private static func migrate(_ database: any Database, with migrator: Migrator, at time: Int64) throws -> [Int] {
        let applied = try migrator.migrate(database, at: time)
        if !applied.isEmpty { try HistoryGuard.install(in: database) }
        return applied
    }
}
