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
        let actor = try caseActor()
        let now = try moment(in: session)
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        return try store.cases.blockingWrite { transaction in
            let desk = CaseDesk(
                rules: try session.caseRules(transaction.calendar(.shanghai)), store: transaction, actor: actor,
                now: now,
                newID: { identifiers.next(at: Timestamp(milliseconds: now.milliseconds)) })
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
    }

    /// The reason's code; throws `usage` for what is none.
    func reasonCode() throws -> String? {
        if let reason, Code(reason) == nil { throw CommandError(.usage, CaseWords.noCode.filled(["code": reason])) }
        return reason
    }

    func moment(in session: Session) throws -> Moment {
        guard let at else { return Moment(milliseconds: session.now.milliseconds) }
        guard let moment = CaseTime.moment(at) else {
            throw CommandError(.usage, CaseWords.noTime.filled(["time": at]))
        }
        return moment
    }

    /// `approver:town:5000000` is an approver of a town who may approve up to 50,000 yuan.
    func caseActor() throws -> CaseActor {
        let id = try actor.map { text in
            guard let id = RecordID(text) else { throw CommandError(.usage, CaseWords.noID.filled(["id": text])) }
            return id
        }
        guard let role else { return id.map { CaseActor(id: $0, role: .admin) } ?? .system }
        let parts = role.split(separator: ":").map(String.init)
        guard let name = parts.first, let kind = Role(rawValue: name) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noRole.filled(["role": role, "roles": roles]))
        }
        var authority: ApprovalAuthority?
        if parts.count == 3, let level = AreaLevel(rawValue: parts[1]), let limit = Int64(parts[2]) {
            authority = ApprovalAuthority(level: level, limit: limit)
        }
        let party = parts.count == 2 ? RecordID(parts[1]) : nil
        return CaseActor(
            id: id ?? CaseActor.system.id, role: kind, party: party, wish: kind == .recipient ? party : nil,
            authority: authority)
    }
}

/// Times on the command line: `2026-03-02T09:00`, in the program's zone, or milliseconds.
enum CaseTime {
    static func moment(_ text: String) -> Moment? {
        if let number = Int64(text) { return Moment(milliseconds: number) }
        let halves = text.split(separator: "T")
        guard let first = halves.first, let date = CivilDate(first) else { return nil }
        guard halves.count == 2 else { return halves.count == 1 ? ProgramTimeZone.shanghai.moment(on: date) : nil }
        let clock = halves[1].split(separator: ":").map { Int($0) }
        guard clock.count == 2, let hour = clock[0], let minute = clock[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return ProgramTimeZone.shanghai.moment(on: date, minute: hour * 60 + minute)
    }

    /// A time that a person typed; throws `usage` for what is none.
    static func timestamp(_ text: String) throws -> Timestamp {
        guard let moment = moment(text) else { throw CommandError(.usage, CaseWords.noTime.filled(["time": text])) }
        return Timestamp(milliseconds: moment.milliseconds)
    }

    /// From one time to another, both included; without them from the beginning to the end of time. A day as the end counts
    /// whole.
    static func window(_ from: String?, _ until: String?) throws -> ClosedRange<Moment> {
        func read(_ text: String) throws -> Moment {
            guard let moment = moment(text) else { throw CommandError(.usage, CaseWords.noTime.filled(["time": text])) }
            return moment
        }
        let first = try from.map(read) ?? Moment(milliseconds: 0)
        var last = try until.map(read) ?? Moment(milliseconds: .max)
        if let until, let day = CivilDate(until) {
            last = ProgramTimeZone.shanghai.moment(on: day.adding(days: 1)).adding(milliseconds: -1)
        }
        guard first <= last else {
            throw CommandError(.usage, OfficeWords.badDays.filled(["from": from ?? "", "until": until ?? ""]))
        }
        return first...last
    }

    /// `2026-03-02 09:00` in the program's zone.
    static func text(_ time: Timestamp) -> String { text(Moment(milliseconds: time.milliseconds)) }

    /// `2026-03-02 09:00` in the program's zone.
    static func text(_ moment: Moment) -> String {
        let zone = ProgramTimeZone.shanghai
        let date = zone.date(at: moment)
        let minute = moment.milliseconds(since: zone.moment(on: date)) / 60_000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date) \(two(minute / 60)):\(two(minute % 60))"
    }
}
