internal import CaseRecords
public import MatchCore

/// One person at work in one transaction: everything that happens to wishes and claims goes through here.
///
/// Each step checks the rules, changes the store and writes the history, all in the caller's transaction. Where a step
/// throws, the transaction is given up, or the step is made inside `store.attempt`.
public struct CaseDesk {
    public let rules: CaseRules
    public let store: any CaseTransaction
    public let actor: CaseActor
    /// When the step is made, as it is entered: a paper form of yesterday is entered at yesterday's time.
    public let now: Moment
    /// What the host's clock shows. No step is made later than that; see ``append(_:)``.
    public let clock: Moment
    /// Whether steps come in an order of their own: a file's, or that in which work was planned.
    let isReplaying: Bool
    /// Where a run takes down what it does; nil outside of one.
    let notes: RunNotes?
    /// Gives ids to what is new.
    public let newID: () -> RecordID

    /// - Parameter clock: what the host's clock shows; by default it shows `now`.
    public init(
        rules: CaseRules, store: any CaseTransaction, actor: CaseActor, now: Moment, clock: Moment? = nil,
        newID: @escaping () -> RecordID
    ) {
        self.init(
            rules: rules, store: store, actor: actor, now: now, clock: clock ?? now, isReplaying: false, notes: nil,
            newID: newID)
    }

    private init(
        rules: CaseRules, store: any CaseTransaction, actor: CaseActor, now: Moment, clock: Moment, isReplaying: Bool,
        notes: RunNotes?, newID: @escaping () -> RecordID
    ) {
        self.rules = rules
        self.store = store
        self.actor = actor
        self.now = now
        self.clock = clock
        self.isReplaying = isReplaying
        self.notes = notes
        self.newID = newID
    }

    /// The same desk in the hands of the program itself.
    var system: CaseDesk { desk(as: .system, at: now) }

    /// The program's own desk at a past moment that a file tells of.
    func replaying(at moment: Moment) -> CaseDesk { desk(as: .system, at: moment, isReplaying: true) }

    /// The same desk at an earlier moment that a file tells of.
    func imported(at moment: Moment) -> CaseDesk { desk(at: moment, isReplaying: moment < now) }

    /// The same desk, that takes down what it does in a run.
    func noting(_ notes: RunNotes) -> CaseDesk { desk(notes: notes) }

    /// A desk that differs in some things.
    func desk(
        as actor: CaseActor? = nil, at moment: Moment? = nil, clock: Moment? = nil, rules: CaseRules? = nil,
        isReplaying: Bool? = nil, notes: RunNotes? = nil
    ) -> CaseDesk {
        CaseDesk(
            rules: rules ?? self.rules, store: store, actor: actor ?? self.actor, now: moment ?? now,
            clock: clock ?? self.clock, isReplaying: isReplaying ?? self.isReplaying,
            notes: notes ?? self.notes, newID: newID)
    }

    /// Keeps words apart from the history and returns the reason that refers to them.
    ///
    /// - Parameter words: nil or empty for a reason without a note.
    /// Throws `reasonUnknown` for a code that the program does not declare: what a person writes belongs into the note.
    public func reason(_ code: Code, words: String?, about subject: RecordID) throws -> Reason {
        try rules.reasons?.require(code, besides: rules.refusals)
        return Reason(code, note: try keep(words, as: "reason", about: subject))
    }

    /// Keeps words apart from the history; nil for none.
    public func keep(_ words: String?, as kind: Code, about subject: RecordID) throws -> RecordID? {
        guard let words, !words.isEmpty else { return nil }
        guard words.unicodeScalars.count <= Admission.Limits.text else {
            throw CaseworkError(
                .malformed, "A note has at most \(Admission.Limits.text) characters. Shorten it.",
                zhHans: "备注至多 \(Admission.Limits.text) 字，请缩短。")
        }
        let id = newID()
        try keep(Note(id: id, kind: kind, subject: subject, words: words, madeAt: now, madeBy: actor.id))
        return id
    }

    /// Keeps a note, with the digest of its words in the history.
    func keep(_ note: Note) throws {
        let digest = try store.save(note)
        try write("note/keep", on: "note", note.id, [FieldChange("digest", before: nil, after: .code(digest))])
    }

    func write(
        _ action: Code, on kind: Code, _ subject: RecordID, reason: Reason? = nil, _ changes: [FieldChange] = []
    ) throws {
        try append(
            HistoryEntry(
                program: store.programCode(), at: now, by: actor, subjectKind: kind, subject: subject, action: action,
                reason: reason, changes: changes))
    }

    func require(_ roles: Set<Role>, to what: LocalizedText) throws {
        guard roles.contains(actor.role) || actor.role == .admin else {
            let list = roles.names
            throw CaseworkError(
                .roleNotAllowed, "\(actor.role.withArticle) cannot \(what.en). It takes: \(list.en).",
                zhHans: "\(actor.role.name.zhHans)不能\(what.zhHans)。可执行的角色：\(list.zhHans)。")
        }
    }

    /// What people call a wish; its id where it has no number.
    func handle(ofWish id: RecordID) throws -> String { try store.wish(id)?.key.handle ?? "\(id)" }

    func unknown(_ kind: LocalizedText, _ id: RecordID) -> CaseworkError {
        CaseworkError(.unknown, "There is no \(kind.en) \(id).", zhHans: "没有\(kind.zhHans) \(id)。")
    }
}
