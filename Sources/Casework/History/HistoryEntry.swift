public import MatchCore

/// One change of state: who, when, why, before and after. No personal text can stand in it: every value is a code, a
/// number, a moment, an id, or a reference to a field that can be sealed.
public struct HistoryEntry: Hashable, Sendable {
    public let program: Code
    public let at: Moment
    public let actor: RecordID
    public let role: Role
    /// What was changed: its kind (`claim`, `wish`, …) and id.
    public let subjectKind: Code
    public let subject: RecordID
    /// What was done.
    public let action: Code
    public let reason: Reason?
    /// In the order they were noted.
    public let changes: [FieldChange]

    public init(
        program: Code, at moment: Moment, by actor: CaseActor, subjectKind: Code, subject: RecordID, action: Code,
        reason: Reason? = nil, changes: [FieldChange] = []
    ) {
        self.init(
            program: program, at: moment, actor: actor.id, role: actor.role, subjectKind: subjectKind,
            subject: subject, action: action, reason: reason, changes: changes)
    }

    /// An entry as a store gives it back.
    public init(
        program: Code, at: Moment, actor: RecordID, role: Role, subjectKind: Code, subject: RecordID, action: Code,
        reason: Reason?, changes: [FieldChange]
    ) {
        self.program = program
        self.at = at
        self.actor = actor
        self.role = role
        self.subjectKind = subjectKind
        self.subject = subject
        self.action = action
        self.reason = reason
        self.changes = changes
    }
}

extension HistoryEntry {
    /// The same, with when it was written where that was not when the step was made.
    func entered(at moment: Moment) -> HistoryEntry {
        HistoryEntry(
            program: program, at: at, actor: actor, role: role, subjectKind: subjectKind, subject: subject,
            action: action, reason: reason,
            changes: changes + [FieldChange("enteredAt", before: nil, after: .moment(moment))])
    }
}

/// What a field was and became; nil before means it was new, nil after that it is gone.
public struct FieldChange: Hashable, Sendable {
    public let field: Code
    public let before: HistoryValue?
    public let after: HistoryValue?

    public init(_ field: Code, before: HistoryValue?, after: HistoryValue?) {
        self.field = field
        self.before = before
        self.after = after
    }
}

/// A value that may stand in the open for ever.
public enum HistoryValue: Hashable, Sendable {
    case code(Code)
    case integer(Int64)
    case moment(Moment)
    case record(RecordID)
    /// Where the value stands, sealed under its person's key; when the key is destroyed nothing is left of it.
    case field(FieldReference)
}

public struct FieldReference: Hashable, Sendable {
    public let table: Code
    public let row: RecordID
    public let column: Code
    /// The version of the sealed value.
    public let version: Int64

    public init(table: Code, row: RecordID, column: Code, version: Int64) {
        self.table = table
        self.row = row
        self.column = column
        self.version = version
    }
}
