import ArgumentParser
import Casework
import Exchange
import MatchCore
import Storage

/// `almoner clock`: what is due, and what was missed.
struct ClockCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "clock", CaseWords.clock,
            subcommands: [
                ClockRunCommand.self, ClockOverdueCommand.self, ClockListCommand.self, ClockStepCommand.self,
            ])
    }
}

struct ClockRunCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("run", CaseWords.clockRun) }

    @Option(help: ArgumentHelp(CaseWords.untilHelp, value: "time"))
    var until: String?

    @Flag(help: ArgumentHelp(CaseWords.acceptJumpHelp))
    var acceptJump = false

    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var until: Int64
        var tasks: [String]
        var leasesEnded: Int
        var budgetsClosed: Int
    }

    func perform(in session: Session) throws -> ExitStatus {
        var options = options
        options.at = until ?? options.at
        if acceptJump { try options.perform(in: session) { try $0.acceptJump(reason: $1) } }
        var total = RunReport(until: try options.moment(in: session))
        total.isComplete = false
        // The lease goes by the host's time, whatever time the work is done up to.
        let host = Moment(milliseconds: session.now.milliseconds)
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        let node = identifiers.next(at: session.now)
        while !total.isComplete {
            let outcome = try options.perform(in: session) { desk, _ in
                try desk.store.onDuty(.clocks, node: node, at: host) { () throws -> RunOutcome in
                    let outcome = try desk.run()
                    try desk.store.leave(.clocks, node: node, at: host)
                    return outcome
                }
            }
            guard case .done(let outcome) = outcome else {
                throw CommandError(.database, CaseWords.onDuty.text)
            }
            switch outcome {
            case .alarm(let since, let host):
                throw CommandError(
                    .refused, CaseWords.alarm.filled(["since": CaseTime.text(since), "host": CaseTime.text(host)]),
                    advice: CaseWords.alarmAdvice.text)
            case .ran(let report):
                total.until = report.until
                total.tasks += report.tasks
                total.leasesEnded += report.leasesEnded
                total.budgetsClosed += report.budgetsClosed
                total.isComplete = report.isComplete
            }
        }
        if session.options.json {
            try session.emit(
                Record(
                    until: total.until.milliseconds, tasks: total.tasks.map(\.key), leasesEnded: total.leasesEnded,
                    budgetsClosed: total.budgetsClosed))
        } else {
            session.say(
                CaseWords.ran,
                [
                    "until": CaseTime.text(total.until), "tasks": "\(total.tasks.count)",
                    "leases": "\(total.leasesEnded)", "budgets": "\(total.budgetsClosed)",
                ])
        }
        return .success
    }
}

/// A row of a list of clocks.
private struct ClockRecord: Encodable {
    var clock: String
    var subject: String
    var kind: String
    var area: String
    var due: Int64
}

extension Session {
    fileprivate func show(_ clocks: [ClockRecord]) throws {
        if options.json { return try clocks.forEach { try emitLine($0) } }
        var table = Table([
            .name(CaseWords.due[language]), .name(CaseWords.kind[language]), .name(RecordWords.place[language]),
            .name(CaseWords.subject[language]), .name(RecordWords.id[language]),
        ])
        for clock in clocks {
            table.add([
                Table.Cell(CaseTime.text(Moment(milliseconds: clock.due))), Table.Cell(clock.kind),
                Table.Cell(clock.area), Table.Cell(clock.subject), Table.Cell(clock.clock),
            ])
        }
        say(table)
        note(CaseWords.found.filled(["count": "\(clocks.count)"]))
    }
}

struct ClockOverdueCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("overdue", CaseWords.clockOverdue) }

    @Option(help: ArgumentHelp(CaseWords.areaHelp, value: "code"))
    var area: String?

    @Option(help: ArgumentHelp(.limit, value: "count"))
    var limit = 100

    @Option(help: ArgumentHelp(CaseWords.atHelp, value: "time"))
    var at: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        var options = CaseOptions()
        options.at = at
        let moment = try options.moment(in: session)
        let areas = try area.map { try session.areas(within: $0) }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let found = try store.cases.blockingRead { try $0.overdue(asOf: moment, areas: areas, limit: limit) }
        try session.show(
            found.map {
                ClockRecord(
                    clock: "\($0.clock)", subject: "\($0.subject)", kind: $0.kind.rawValue, area: $0.area.text,
                    due: $0.due.milliseconds)
            })
        return .success
    }
}

extension Session {
    /// The codes of an area and of all below it.
    func areas(within code: String) throws -> [Code] {
        let tree = try dataDirectory().areas().tree
        guard let ancestor = tree.index(of: code) else {
            throw CommandError(.notFound, CaseWords.noCode.filled(["code": code]))
        }
        return tree.codes.indices.filter { tree.isNode(Int32($0), within: ancestor) }.compactMap {
            Code(tree.codes[$0])
        }
    }
}

struct ClockListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.clockList) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish"))
    var wish: String?

    @Option(help: ArgumentHelp(.limit, value: "count"))
    var limit = 100

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let clocks = try store.cases.blockingRead { transaction in
            guard let wish else { return try transaction.runningClocks(limit: limit) }
            let id = try RecordNames(transaction: transaction, kind: .wish).id(named: wish)
            return try transaction.clocks(of: id).filter { $0.due != nil }
        }
        try session.show(
            clocks.compactMap { clock in
                clock.due.map {
                    ClockRecord(
                        clock: "\(clock.id)", subject: "\(clock.subject)", kind: clock.kind.rawValue,
                        area: clock.area.text, due: $0.moment.milliseconds)
                }
            })
        return .success
    }
}

struct ClockStepCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("step", CaseWords.clockStep) }

    @Argument(help: ArgumentHelp(CaseWords.clockStepHelp, value: "step"))
    var step: String

    @Argument(help: ArgumentHelp(CaseWords.clock, value: "clock"))
    var clock: String

    @Option(help: ArgumentHelp(CaseWords.moreHelp, value: "count"))
    var more = 0

    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let steps: [String: ClockStep] = [
            "pause": .pause, "resume": .resume, "extend": .askExtension(more: more),
            "grant": .decideExtension(grant: true), "refuse": .decideExtension(grant: false), "meet": .meet,
            "cancel": .cancel,
        ]
        guard let made = steps[step] else {
            let known = steps.keys.sorted().joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noStep.filled(["step": step, "steps": known]))
        }
        guard let id = RecordID(clock) else { throw CommandError(.notFound, CaseWords.noClock.filled(["id": clock])) }
        let after = try options.perform(in: session) { try $0.stepClock(id, made, reason: $1) }
        if let due = after.due {
            try session.show([
                ClockRecord(
                    clock: "\(after.id)", subject: "\(after.subject)", kind: after.kind.rawValue,
                    area: after.area.text, due: due.moment.milliseconds)
            ])
        }
        return .success
    }
}
