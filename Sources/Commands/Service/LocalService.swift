import Casework
import Exchange
import InputGate
import MatchCore
import Operations
internal import Storage
import Synchronization
import Wire

/// Calls operations on a database of this machine, in one transaction each.
struct LocalService: OperationCalling {
    let store: Store
    let room: OperationRoom
    let viewer: Viewer
    let now: Moment
    /// The session whose token was given.
    var session: RecordID?

    /// On the machine that holds the data a name is looked up whoever acts; what may be seen is for the call to say.
    func id(of kind: RecordKind, named text: String) async throws -> RecordID {
        try await store.cases.read { try RecordNames(transaction: $0, kind: kind).id(named: text) }
    }

    func call<Input, Answer>(_ operation: Operation<Input, Answer>, _ input: Input) async throws -> Answer {
        let (room, viewer, now, input) = (room, viewer, now, try Self.admitted(input, to: operation.facts))
        guard operation.facts.changes else {
            return try await store.cases.read {
                try operation.answer(input, in: room.context(in: $0, for: viewer, at: now))
            }
        }
        let door = RequestDoor(session: session)
        let cases = store.cases
        return try await RegistryTouched.lookingAgain {
            var worked: (any Sendable)?
            if let groundwork = operation.groundwork {
                let begin: @Sendable (any CaseTransaction) throws -> Groundwork = { store in
                    var context = room.context(in: store, for: viewer, at: now)
                    context.door = door
                    return try groundwork(input, context)
                }
                let work = try await (operation.looksFirst ? cases.read(begin) : cases.write(begin))
                worked = try await work()
            }
            let found = worked
            return try await cases.write { store in
                var context = room.context(in: store, for: viewer, at: now)
                context.door = door
                context.worked = found
                return try operation.answer(input, in: context)
            }
        }
    }

    /// What comes from this machine may be as long as it likes: nobody else waits for it.
    private static let limits = GateLimits(maximumBytes: 1 << 40, maximumTokens: 1 << 40)

    /// The input as a server takes it in: through the gate, by its schema, its texts composed and without spaces at their
    /// ends. What a server refuses is refused here in the same words, or it would stand among what others read.
    private static func admitted<Input: Described>(_ input: Input, to facts: OperationFacts) throws -> Input {
        let given = try JSONValue(parsing: WireEncoder().encode(input), limits: limits)
        let addressed = facts.segments.compactMap { segment in
            if case .member(let name) = segment { "/\(name)" } else { nil }
        }
        // At an address that is not well formed nothing stands: the operation says so, and what there is instead.
        let faults = Input.schema.faults(in: given).filter { !addressed.contains($0.place) }
        guard faults.isEmpty else { throw Problem(faults: faults) }
        return try WireDecoder().decode(Input.self, from: Input.schema.settled(given))
    }
}

extension Session {
    /// Calls operations as whoever the options name; by default as the system user.
    ///
    /// - Parameter byToken: whether, on a database of this machine, a token says who acts, as it does through a server: then
    ///   nobody has to be believed.
    func withService<Result>(
        _ options: CaseOptions? = nil, changing: Bool = false, byToken: Bool = false,
        _ body: (any OperationCalling) async throws -> Result
    ) async throws -> Result {
        if let remote = try remoteService() {
            if options?.actor != nil || options?.role != nil || options?.at != nil {
                throw CommandError(.usage, ServeWords.actsAsToken.text)
            }
            return try await body(remote)
        }
        let named = try options?.caseActor(in: self)
        let now = try options?.moment(in: self) ?? Moment(milliseconds: now.milliseconds)
        let store = try Store.open(self, forWriting: changing)
        defer { store.close() }
        let bearer = byToken ? try await localBearer(in: store, isWriting: changing) : nil
        if bearer != nil, options?.actor != nil || options?.role != nil {
            throw CommandError(.usage, ServeWords.actsAsToken.text)
        }
        let actor = try await named.map { named in { try await store.cases.read { try named.actor(in: $0) } } }?()
        let viewer = Viewer(
            actor: bearer?.actor ?? actor ?? .system, areas: bearer?.areas.map(\.text) ?? [],
            purpose: bearer?.purpose ?? .casework, until: bearer?.until, language: language, isProven: bearer != nil)
        var room = try operationRoom(at: now, of: store.program)
        room.office.sealing = store.sealing
        room.signIn = try signInMeans()
        if changing, actor != nil, let staff = named?.staff {
            try await keepName(staff, of: viewer, in: store, room, at: now)
        }
        return try await body(
            LocalService(store: store, room: room, viewer: viewer, now: now, session: bearer?.session?.id))
    }

    /// Whom the token that was given stands for; nil where none was. Throws where it opens nothing.
    private func localBearer(in store: Store, isWriting: Bool) async throws -> LocalBearer? {
        guard let text = try token() else { return nil }
        // The moment of a step may be given; a token's end is not for its holder to move.
        let now = Moment(milliseconds: self.now.milliseconds)
        let token = AccessToken(text)
        let bearer = try await store.cases.read { transaction in
            try token.flatMap { try LocalBearer($0, in: transaction, at: now) }
        }
        guard let bearer else { throw CommandError(.refused, ServeWords.tokenUnknown.text) }
        // A session that is used is not idle.
        if isWriting, let session = bearer.session, session.isTouchDue(at: now) {
            try await store.cases.write { try $0.touchSession(session.id, at: now) }
        }
        return bearer
    }

    /// Keeps what whoever makes the step is called, once: the history has the id alone.
    private func keepName(
        _ name: String, of viewer: Viewer, in store: Store, _ room: OperationRoom, at now: Moment
    ) async throws {
        guard try await store.cases.read({ try $0.note(viewer.actor.id) }) == nil else { return }
        try await store.cases.write { transaction in
            try room.context(in: transaction, for: viewer, at: now).desk()
                .keepName(name, of: viewer.actor.id, isStaff: true)
        }
    }

    /// What the operations of a command share.
    func operationRoom(at now: Moment, of program: Programs.Program) throws -> OperationRoom {
        let directory = try dataDirectory()
        let identifiers = Mutex(IdentifierSource(random: SystemRandomNumberGenerator()))
        let reference = try ReferenceData(directory)
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
