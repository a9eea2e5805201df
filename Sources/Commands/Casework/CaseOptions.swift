import ArgumentParser
import Casework
import Exchange
import MatchCore
import Storage

/// Who makes a step, when, and why: what every command that changes a case takes.
struct CaseOptions: ParsableArguments {
    @Option(help: ArgumentHelp(CaseWords.actorHelp, value: "id"))
    var actor: String?

    @Option(name: .customLong("as"), help: ArgumentHelp(CaseWords.roleHelp, value: "role"))
    var role: String?

    @Option(help: ArgumentHelp(CaseWords.atHelp, value: "time"))
    var at: String?

    @Option(help: ArgumentHelp(CaseWords.reasonHelp, value: "code"))
    var reason: String?

    @Option(help: ArgumentHelp(CaseWords.noteHelp, value: "words"))
    var note: String?

    /// Runs one step in a transaction of its own, at a desk of whoever was named.
    func perform<Result>(in session: Session, _ body: (CaseDesk, Reason?) throws -> Result) throws -> Result {
        let store = try Store.open(session, forWriting: true)
        defer { store.close() }
        let (actor, now) = (try caseActor(in: session), try moment(in: session))
        return try store.cases.blockingWrite { try step($0, by: actor, at: now, in: session, body) }
    }

    /// Looks at the registry first, in a transaction of its own for which nobody waits; nil where others touched the
    /// registry during every look.
    func perform<Look, Result>(
        in session: Session, after look: (any CaseTransaction) throws -> Look,
        _ body: (CaseDesk, Reason?, Look) throws -> Result
    ) throws -> Result? {
        let store = try Store.open(session, forWriting: true)
        defer { store.close() }
        let (actor, now) = (try caseActor(in: session), try moment(in: session))
        return try store.cases.blockingWrite(after: look) { transaction, found in
            try step(transaction, by: actor, at: now, in: session) { try body($0, $1, found) }
        }
    }

    private func step<Result>(
        _ transaction: any CaseTransaction, by actor: NamedActor, at now: Moment, in session: Session,
        _ body: (CaseDesk, Reason?) throws -> Result
    ) throws -> Result {
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        let desk = CaseDesk(
            rules: try session.caseRules(transaction.calendar(.shanghai)), store: transaction,
            actor: try actor.actor(in: transaction), now: now,
            clock: Moment(milliseconds: session.now.milliseconds),
            newID: { identifiers.next(at: Timestamp(milliseconds: now.milliseconds)) })
        if let staff = actor.staff, try transaction.note(actor.id) == nil {
            try desk.keepName(staff, of: actor.id, isStaff: true)
        }
        var why: Reason?
        if let reason {
            guard let code = Code(reason) else {
                throw CommandError(.usage, CaseWords.noCode.filled(["code": reason]))
            }
            why = try desk.reason(code, words: note, about: actor.id)
        } else if note != nil {
            why = try desk.reason("note", words: note, about: actor.id)
        }
        return try body(desk, why)
    }

    /// The reason's code; throws `usage` for what is none.
    func reasonCode() throws -> String? {
        if let reason, Code(reason) == nil { throw CommandError(.usage, CaseWords.noCode.filled(["code": reason])) }
        return reason
    }

    func moment(in session: Session) throws -> Moment {
        Moment(milliseconds: try at.map { try CaseTime.timestamp($0).milliseconds } ?? session.now.milliseconds)
    }

    /// Who acts: `approver:town:5000000` is an approver of a town who may approve up to 50,000 yuan, `donor:P` acts for a
    /// party, `recipient:W` for a wish, each by the name that people use.
    ///
    /// `--actor` names the person by an id or by a name; with a role and no person it is whoever runs the command, and with
    /// neither the program itself.
    func caseActor(in session: Session) throws -> NamedActor {
        let (id, staff) = try session.staff(named: actor, isInRole: role != nil)
        guard let role else { return NamedActor(id: id, role: .admin, staff: staff) }
        let parts = role.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first,
            let kind = Role.allCases.first(where: { [$0.rawValue, $0.name.zhHans].contains(name) })
        else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noRole.filled(["role": role, "roles": roles]))
        }
        var actor = NamedActor(id: id, role: kind, staff: staff)
        switch (kind, parts.count) {
        case (_, 1): break
        case (.approver, 3):
            guard let level = AreaLevel(rawValue: parts[1]), let limit = Int64(parts[2]), limit >= 0 else {
                throw CommandError(.usage, CaseWords.noRoleName.filled(["role": role]))
            }
            actor.authority = ApprovalAuthority(level: level, limit: limit)
        case (.donor, 2...), (.carrier, 2...), (.fitter, 2...), (.recipient, 2...):
            // A name may hold colons of its own.
            actor.name = parts.dropFirst().joined(separator: ":")
        default: throw CommandError(.usage, CaseWords.noRoleName.filled(["role": role]))
        }
        return actor
    }
}

extension Session {
    /// Whoever makes a step: an id, and the name it stands for where it was made from one.
    ///
    /// Ids are made from names by the key file, so that the history holds no name and two people stay two.
    ///
    /// - Parameters:
    ///   - actor: an id or a name; nil where nobody was named.
    ///   - isInRole: whether a role was named: then it is the account that runs the command, and else the program itself.
    func staff(named actor: String?, isInRole: Bool) throws -> (id: RecordID, staff: String?) {
        if let actor, let id = RecordID(actor) { return (id, nil) }
        guard actor != nil || isInRole else { return (CaseActor.system.id, nil) }
        let name = actor ?? account
        guard let index = try blindIndex() else {
            guard actor == nil else {
                throw CommandError(.usage, CaseWords.noActorKey.filled(["file": try keyFile().path]))
            }
            return (CaseActor.system.id, nil)
        }
        guard name.unicodeScalars.count <= CaseDesk.longestName, let id = index.staffID(named: name) else {
            throw CommandError(.usage, CaseWords.noActor.filled(["name": name]))
        }
        return (id, name)
    }
}

/// Whoever acts, as a person named them: for a party or a wish by the name that people use.
struct NamedActor: Sendable {
    var id: RecordID
    var role: Role
    var authority: ApprovalAuthority?
    /// What the person is called, where the id was made from it.
    var staff: String?
    /// The party, or a recipient's wish; nil where none was named.
    var name: String?

    /// The same with the record that the name means. Throws `notFound` where it means none.
    func actor(in transaction: any CaseTransaction) throws -> CaseActor {
        let kind: RecordKind = role == .recipient ? .wish : .party
        let record = try name.map { try RecordNames(transaction: transaction, kind: kind).id(named: $0) }
        return CaseActor(
            id: id, role: role, party: kind == .party ? record : nil, wish: kind == .wish ? record : nil,
            authority: authority)
    }
}
