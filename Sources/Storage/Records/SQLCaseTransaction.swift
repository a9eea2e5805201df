internal import CaseRecords
internal import Casework
internal import MatchCore

/// One transaction of casework over SQL.
final class SQLCaseTransaction: CaseTransaction {
    let connection: any Connection
    let program: String
    let partyRows: PartyTable
    let offerRows: OfferTable
    let wishRows: WishTable
    let sealing: HistorySealing
    /// Opens and seals what is personal.
    let vault: VaultSession
    /// The end of the chain, once it was read or moved in this transaction.
    var lastHead: ChainHead?
    /// The last place in the order of sealing that this transaction gave, or saw when it gave its first.
    var lastWaiting: RecordID?

    /// What goes into the feed of changes.
    var journal = ChangeJournal()
    /// When what is noted happened.
    let clock: @Sendable () -> Moment
    /// Chooses the salts of digests.
    let random: @Sendable () -> UInt64

    /// Hears what this transaction changes.
    let marks: ChangeMarks
    /// How far it sees into this process's log; nil where others change the registry too.
    private let own: SeenRegistry?
    let shared: SharedRegistryLog?
    /// Of this process's store, for a transaction that writes.
    private let turns: TurnCount?
    private var hasLooked = false
    private var found: SeenRegistry?

    init(
        connection: any Connection, program: String, vault: VaultSession, sealing: HistorySealing = .inTransaction,
        marks: ChangeMarks = ChangeMarks(), seen: SeenRegistry? = nil, shared: SharedRegistryLog? = nil,
        turns: TurnCount? = nil, clock: @escaping @Sendable () -> Moment = HostClock.now,
        random: @escaping @Sendable () -> UInt64 = HostRandom.next
    ) {
        self.clock = clock
        self.random = random
        self.marks = marks
        own = seen
        self.shared = shared
        self.turns = turns
        self.connection = connection
        self.program = program
        self.sealing = sealing
        self.vault = vault
        partyRows = PartyTable(connection: connection, program: program, vault: vault)
        offerRows = OfferTable(connection: connection, program: program, vault: vault)
        wishRows = WishTable(connection: connection, program: program, vault: vault)
    }

    /// Looked up where it is asked for, since most transactions do not; nil where it is not known.
    private var seen: SeenRegistry? {
        if let own { return own }
        if !hasLooked, let shared, let connection = connection as? any SharedConnection {
            hasLooked = true
            found = try? shared.seen(on: connection, program: program)
        }
        return found
    }

    /// Tells other nodes what this transaction changes of what they keep in memory.
    func publishMarks() throws {
        let touches = marks.all.touches
        guard !touches.isEmpty, let connection = connection as? any SharedConnection else { return }
        try TouchTable(connection: connection, program: program)
            .insert(touches, keeping: shared?.kept ?? TouchTable.kept)
    }

    var registryVersion: UInt64? { seen?.version }
    var registryVersionNow: UInt64? { own == nil ? registryVersion : turns?.value ?? registryVersion }
    var registryLog: (any AnyObject & Sendable)? { seen?.log }

    func registryTouches(after version: UInt64) -> RegistryTouches {
        if let seen { return seen.touches(after: version) }
        var everything = RegistryTouches()
        everything.insertEverything()
        return everything
    }

    var notedReads: Set<SealedRead> { vault.reads }
}
