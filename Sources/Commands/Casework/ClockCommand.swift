import ArgumentParser
import Casework
import MatchCore
import Operations

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

    func perform(in session: Session) async throws -> ExitStatus {
        var options = options
        options.at = until ?? options.at
        var running = ClockRunning(
            acceptJump: acceptJump ? true : nil, reason: try options.reasonCode(), note: options.note)
        let reports = try await session.withService(options, changing: true) { service in
            var reports: [ClockRunView] = []
            repeat {
                reports.append(try await service.call(ClockOperations.run, running))
                running = ClockRunning()
            } while reports.last?.isComplete == false
            return reports
        }
        if session.options.json {
            try reports.forEach { try session.emit(answer: $0) }
            return .success
        }
        session.say(
            CaseWords.ran,
            [
                "until": reports.last.map { CaseTime.text($0.until) } ?? "",
                "tasks": "\(reports.reduce(0) { $0 + $1.tasks.count })",
                "leases": "\(reports.reduce(0) { $0 + $1.leasesEnded })",
                "budgets": "\(reports.reduce(0) { $0 + $1.budgetsClosed })",
                "records": "\(reports.reduce(0) { $0 + $1.recordsExpired })",
            ])
        return .success
    }
}

extension Session {
    fileprivate func show(_ clocks: [ClockView]) throws {
        if options.json { return try clocks.forEach { try emit(answer: $0) } }
        var table = clockTable
        let writing = codeWriting()
        for clock in clocks {
            table.add([
                Table.Cell(clock.due.map { CaseTime.text($0) } ?? "–"),
                Table.Cell(writing(.clock, clock.kind.rawValue)), Table.Cell(writing.area(clock.area.text)),
                Table.Cell("\(clock.subject)"), Table.Cell("\(clock.id)"),
            ])
        }
        say(table)
        note(CaseWords.found.filled(["count": "\(clocks.count)"]))
    }

    fileprivate func show(_ clocks: [OverdueView]) throws {
        if options.json { return try clocks.forEach { try emit(answer: $0) } }
        var table = clockTable
        let writing = codeWriting()
        for clock in clocks {
            table.add([
                Table.Cell(CaseTime.text(clock.due)), Table.Cell(writing(.clock, clock.kind.rawValue)),
                Table.Cell(writing.area(clock.area.text)),
                Table.Cell("\(clock.subject)"), Table.Cell("\(clock.clock)"),
            ])
        }
        say(table)
        note(CaseWords.found.filled(["count": "\(clocks.count)"]))
    }

    private var clockTable: Table {
        Table([
            .name(CaseWords.due[language]), .name(CaseWords.kind[language]), .name(RecordWords.place[language]),
            .name(CaseWords.subject[language]), .name(RecordWords.id[language]),
        ])
    }
}

struct ClockOverdueCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("overdue", CaseWords.clockOverdue) }

    @Option(help: ArgumentHelp(CaseWords.withArea, value: "area"))
    var area: String?

    @Option(help: ArgumentHelp(.limit, value: "count"))
    var limit = 100

    @Option(help: ArgumentHelp(CaseWords.atHelp, value: "time"))
    var at: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let asOf = try at.map { try CaseTime.timestamp($0) }
        let area = try session.areaCode(area)
        try session.show(
            try await session.withService { service in
                try await service.all(ClockOperations.overdue, limit: limit) {
                    OverdueInput(area: area, asOf: asOf, limit: $0, cursor: $1)
                }
            })
        return .success
    }
}

struct ClockListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.clockList) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish"))
    var wish: String?

    @Option(help: ArgumentHelp(.limit, value: "count"))
    var limit = 100

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try session.show(
            try await session.withService { service in
                var id: RecordID?
                if let wish { id = try await service.id(of: .wish, named: wish) }
                return try await service.all(ClockOperations.list, limit: limit) {
                    ClockListInput(wish: id, limit: $0, cursor: $1)
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

    func perform(in session: Session) async throws -> ExitStatus {
        let steps = [
            "pause": ClockOperations.pause, "resume": ClockOperations.resume, "grant": ClockOperations.grant,
            "refuse": ClockOperations.refuse, "meet": ClockOperations.meet, "cancel": ClockOperations.cancel,
        ]
        guard steps[step] != nil || step == "extend" else {
            let known = (steps.keys + ["extend"]).sorted().joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noStep.filled(["step": step, "steps": known]))
        }
        guard let id = RecordID(clock) else { throw CommandError(.notFound, CaseWords.noClock.filled(["id": clock])) }
        let reason = try options.reasonCode()
        let after = try await session.withService(options, changing: true) { service in
            if let operation = steps[step] {
                return try await service.call(
                    operation, ClockStepInput(clock: id, reason: reason, note: options.note))
            }
            return try await service.call(
                ClockOperations.extend, ClockExtending(clock: id, more: more, reason: reason, note: options.note))
        }
        try session.show([after])
        return .success
    }
}
