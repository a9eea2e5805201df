import Casework
import Exchange
import MatchCore
import Operations
internal import Storage
import Synchronization

/// Calls operations on a database of this machine, in one transaction each.
struct LocalService: OperationCalling {
    let store: Store
    let room: OperationRoom
    let viewer: Viewer
    let now: Moment

    /// On the machine that holds the data a name is looked up whoever acts; what may be seen is for the call to say.
    func id(of kind: RecordKind, named text: String) async throws -> RecordID {
        try await store.cases.read { try RecordNames(transaction: $0, kind: kind).id(named: text) }
    }

    func call<Input, Answer>(_ operation: Operation<Input, Answer>, _ input: Input) async throws -> Answer {
        let (room, viewer, now) = (room, viewer, now)
        guard operation.facts.changes else {
            return try await store.cases.read {
                try operation.answer(input, in: room.context(in: $0, for: viewer, at: now))
            }
        }
        return try await store.cases.write {
            try operation.answer(input, in: room.context(in: $0, for: viewer, at: now))
        }
    }
}

extension Session {
    /// Calls operations as whoever the options name; by default as the system user.
    func withService<Result>(
        _ options: CaseOptions? = nil, changing: Bool = false, _ body: (any OperationCalling) async throws -> Result
    ) async throws -> Result {
        if let remote = try remoteService() {
            if options?.actor != nil || options?.role != nil || options?.at != nil {
                throw CommandError(.usage, ServeWords.actsAsToken.text)
            }
            return try await body(remote)
        }
        let named = try options?.caseActor()
        let now = try options?.moment(in: self) ?? Moment(milliseconds: now.milliseconds)
        let store = try Store.open(self, forWriting: changing)
        defer { store.close() }
        let actor = try await named.map { named in { try await store.cases.read { try named.actor(in: $0) } } }?()
        let viewer = Viewer(actor: actor ?? .system, language: language)
        return try await body(
            LocalService(store: store, room: try operationRoom(at: now, of: store.program), viewer: viewer, now: now))
    }

    /// What the operations of a command share.
    func operationRoom(at now: Moment, of program: Programs.Program) throws -> OperationRoom {
        let directory = try dataDirectory()
        let identifiers = Mutex(IdentifierSource(random: SystemRandomNumberGenerator()))
        let reference = ReferenceData(areas: try directory.areas(), categories: try directory.categories())
        return OperationRoom(
            rules: {
                try directory.caseRules(
                    $0.calendar(.shanghai), program: $0.programCode(), catalogue: reference.categories)
            }, reference: reference,
            matching: RegistrySnapshots(
                reference: reference, scorers: scorers, utcOffsetSeconds: program.utcOffsetSeconds),
            office: try officeMeans(), clock: { [now = self.now] in Moment(milliseconds: now.milliseconds) },
            newID: { moment in
                identifiers.withLock { $0.next(at: Timestamp(milliseconds: moment.milliseconds)) }
            })
    }

    /// What intake and the audit need besides the store: read when an operation asks for it, and then kept.
    func officeMeans() throws -> OfficeMeans {
        let (directory, file, program) = (try dataDirectory(), try keyFile(), Code(try programCode()))
        let proposer = Mutex<WishProposer?>(nil)
        let index = Mutex<BlindIndex?>(nil)
        return OfficeMeans(
            proposer: {
                try proposer.withLock { kept in
                    let made = try kept ?? directory.proposer()
                    kept = made
                    return made
                }
            },
            blindIndex: {
                try index.withLock { kept in
                    guard kept == nil, file.isThere, let program else { return kept }
                    kept = try BlindIndex(secret: file.secret(), program: program)
                    return kept
                }
            }, historyKey: { file.isThere ? try file.read() : nil },
            mapping: { try ImportSource.ownMapping(of: $0, in: directory) })
    }
}
