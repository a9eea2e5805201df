internal import Casework
internal import MatchCore

/// That a change of the master key began or came to its end, as the key store keeps it until a program's history takes it
/// over: the database may be another process's meanwhile. No key stands in it.
struct RotationNote: Sendable, Hashable {
    enum Step: String, Sendable { case begin, end }

    let step: Step
    /// The versions of the master key.
    let from: Int64
    let to: Int64
    /// When, in UTC milliseconds.
    let at: Int64
    let actor: RecordID
    /// In whose history it stands.
    let program: String

    private static let prefix = "rotation"

    /// One of each step and version: a rotation that goes on where it was interrupted began once.
    var name: String { "\(Self.prefix)/\(to)/\(step.rawValue)" }

    var fact: KeyStoreFact { KeyStoreFact(name: name, value: "\(from)|\(at)|\(actor)|\(program)") }

    init(_ step: Step, from: Int64, to: Int64, at: Int64, by actor: RecordID, of program: String) {
        self.step = step
        self.from = from
        self.to = to
        self.at = at
        self.actor = actor
        self.program = program
    }

    /// Nil for a fact that is something else.
    init?(_ fact: KeyStoreFact) {
        let name = fact.name.split(separator: "/")
        let value = fact.value.split(separator: "|", maxSplits: 3)
        guard name.count == 3, name[0] == Self.prefix, let to = Int64(name[1]),
            let step = Step(rawValue: String(name[2])),
            value.count == 4, let from = Int64(value[0]), let at = Int64(value[1]),
            let actor = RecordID(String(value[2]))
        else { return nil }
        self.init(step, from: from, to: to, at: at, by: actor, of: String(value[3]))
    }

    /// What the history says of it. Its subject is the program itself.
    var entry: HistoryEntry? {
        guard let program = Casework.Code(program) else { return nil }
        return HistoryEntry(
            program: program, at: Moment(milliseconds: at), by: CaseActor(id: actor, role: .admin),
            subjectKind: "masterKey", subject: CaseActor.system.id,
            action: step == .begin ? "masterKey/rotate" : "masterKey/rotated", reason: nil,
            changes: [FieldChange("version", before: .integer(from), after: .integer(to))])
    }
}

extension SQLCaseStore {
    /// Takes what the key store noted of changes of the master key over into the program's history, each once.
    ///
    /// Call it now and then while the program serves: whoever changes the key beside it may not write here.
    public func takeRotationNotes() async throws {
        let (keys, notes) = try waitingRotations()
        guard !notes.isEmpty else { return }
        try await write { try Self.tell(notes, in: $0) }
        try keys.removeFacts(notes.map(\.fact))
    }

    /// The same for where the database is opened.
    public func blockingTakeRotationNotes() throws {
        let (keys, notes) = try waitingRotations()
        guard !notes.isEmpty else { return }
        try blockingWrite { try Self.tell(notes, in: $0) }
        try keys.removeFacts(notes.map(\.fact))
    }

    private func waitingRotations() throws -> (keys: any KeyStore, notes: [RotationNote]) {
        let keys = try vault.store
        let notes = try keys.facts().compactMap { RotationNote($0) }.filter { $0.program == program }
        return (keys, notes.sorted { ($0.at, $0.step.rawValue) < ($1.at, $1.step.rawValue) })
    }

    private static func tell(_ notes: [RotationNote], in transaction: any CaseTransaction) throws {
        let known = try transaction.history(of: [CaseActor.system.id])
        for entry in notes.compactMap(\.entry) {
            // Taken over before, by a process that died before it could say so.
            guard !known.contains(where: { $0.action == entry.action && $0.at == entry.at }) else { continue }
            try transaction.append(entry)
        }
    }
}
