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
                ClockRunCommand.self, ClockOverdueCommand.self, ClockListedCommand.self, ClockListCommand.self,
                ClockStepCommand.self,
            ])
    }
}

struct ClockRunCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("run", CaseWords.clockRun) }

    @Option(help: ArgumentHelp(CaseWords.untilHelp, value: "time"))
    var until: String?

    @Flag(help: ArgumentHelp(CaseWords.acceptJumpHelp))
    var acceptJump = false

    @Flag(help: ArgumentHelp(CaseWords.dryRun))
    var dryRun = false

    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        // The time up to which work is done is the run's own: it is looked at from now.
        var options = options
        let until = try (until ?? options.at).map { try CaseTime.timestamp($0) }
        options.at = nil
        guard !dryRun else { return try await showPlanned(until, options, in: session) }
        var running = ClockRunning(
            until: until, acceptJump: acceptJump ? true : nil, reason: try options.reasonCode(), note: options.note)
        let reports = try await session.withService(options, changing: true) { service in
            var reports: [ClockRunView] = []
            repeat {
                reports.append(try await service.call(ClockOperations.run, running))
                running = ClockRunning(until: until)
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
                "queues": "\(reports.flatMap { $0.done ?? [] }.count { $0.task.text.hasPrefix("queue") })",
                "records": "\(reports.reduce(0) { $0 + $1.recordsExpired })",
            ])
        return .success
    }

    /// What will be due; nothing is changed.
    private func showPlanned(
        _ until: Timestamp?, _ options: CaseOptions, in session: Session
    ) async throws -> ExitStatus {
        let input = ClockRunning(until: until, dryRun: true)
        let forecast = try await session.withService(options, changing: true) {
            try await $0.call(ClockOperations.run, input)
        }
        if session.options.json {
            try session.emit(answer: forecast)
            return .success
        }
        let language = session.language
        let planned = forecast.planned ?? []
        guard !planned.isEmpty else {
            session.say(CaseWords.nothingPlanned, ["until": CaseTime.text(forecast.until)])
            return .success
        }
        var table = Table([
            .name(CaseWords.due[language]), .name(CaseWords.planned[language]), .name(CaseWords.subject[language]),
            .name(RecordWords.id[language]),
        ])
        let writing = session.codeWriting()
        for work in planned {
            table.add([
                Table.Cell(CaseTime.text(work.at)), Table.Cell(writing.plannedWork(work.task.text)),
                Table.Cell(work.handle ?? work.wish.map { "\($0)" } ?? ""), Table.Cell("\(work.record)"),
            ])
        }
        session.say(table)
        if forecast.isComplete {
            session.note(CaseWords.found.filled(["count": "\(planned.count)"]))
        } else {
            session.note(CaseWords.plannedMore.filled(["count": "\(planned.count)"]))
        }
        return .success
    }
}

extension Session {
    fileprivate func show(_ clocks: [ClockView]) throws {
        if options.json { return try clocks.forEach { try emit(answer: $0) } }
        var table = clockTable([.name(CaseWords.state[language])])
        let writing = codeWriting()
        for clock in clocks {
            let state = clock.outcome ?? (clock.isPaused ? "paused" : "running")
            table.add([
                Table.Cell(clock.due.map { CaseTime.text($0) } ?? "–"),
                Table.Cell(writing(.clock, clock.kind.rawValue)), Table.Cell(writing(.clockState, state)),
                Table.Cell(writing.area(clock.area.text)),
                Table.Cell(clock.handle ?? ""), Table.Cell(clock.title ?? ""),
                Table.Cell("\(clock.subject)"), Table.Cell("\(clock.id)"),
            ])
        }
        say(table)
    }

    fileprivate func show(_ clocks: [OverdueView]) throws {
        if options.json { return try clocks.forEach { try emit(answer: $0) } }
        var table = clockTable()
        let writing = codeWriting()
        for clock in clocks {
            table.add([
                Table.Cell(CaseTime.text(clock.due)), Table.Cell(writing(.clock, clock.kind.rawValue)),
                Table.Cell(writing.area(clock.area.text)),
                Table.Cell(clock.handle ?? ""), Table.Cell(clock.title ?? ""),
                Table.Cell("\(clock.subject)"), Table.Cell("\(clock.clock)"),
            ])
        }
        say(table)
    }

    /// - Parameter more: what else is told of each clock, behind its kind.
    private func clockTable(_ more: [Table.Column] = []) -> Table {
        Table(
            [.name(CaseWords.due[language]), .name(CaseWords.kind[language])] + more + [
                .name(RecordWords.place[language]),
                .name(RecordWords.externalID[language]), .text(CaseWords.title[language]),
                .name(CaseWords.subject[language]), .name(RecordWords.id[language]),
            ])
    }
}

struct ClockOverdueCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("overdue", CaseWords.clockOverdue) }

    @Option(help: ArgumentHelp(CaseWords.withArea, value: "area"))
    var area: String?

    @OptionGroup var list: ListOptions

    @Option(help: ArgumentHelp(CaseWords.atHelp, value: "time"))
    var at: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let asOf = try at.map { try CaseTime.timestamp($0) }
        let area = try session.areaCode(area)
        let listing = try await session.withService { service in
            try await service.list(ClockOperations.overdue, list) {
                OverdueInput(area: area, asOf: asOf, limit: $0, cursor: $1)
            }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
        return .success
    }
}

/// `clock listed`: what everybody may see of what stayed overdue.
struct ClockListedCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("listed", CaseWords.clockListed) }

    @Option(help: ArgumentHelp(CaseWords.withArea, value: "area"))
    var area: String?

    @OptionGroup var list: ListOptions

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let area = try session.areaCode(area)
        let listed = try await session.withService { service in
            try await service.list(PublicOperations.overdue, list) {
                PublicOverdueInput(area: area, limit: $0, cursor: $1)
            }
        }
        guard !session.options.json else {
            try listed.items.forEach { try session.emit(answer: $0) }
            try session.noteEnd(of: listed)
            return .success
        }
        let (language, writing) = (session.language, session.codeWriting())
        var table = Table([
            .name(CaseWords.due[language]), .name(CaseWords.listedSince[language]), .name(CaseWords.kind[language]),
            .name(RecordWords.place[language]), .name(RecordWords.item[language]), .prose(RecordWords.text[language]),
        ])
        for clock in listed.items {
            table.add([
                Table.Cell(CaseTime.text(clock.due)), Table.Cell(CaseTime.text(clock.listed)),
                Table.Cell(writing(.clock, clock.kind.rawValue)), Table.Cell(clock.town.map { writing.area($0) } ?? ""),
                Table.Cell(clock.category.map { writing.category($0.text) } ?? ""), Table.Cell(clock.text ?? ""),
            ])
        }
        session.say(table)
        try session.noteEnd(of: listed)
        return .success
    }
}

struct ClockListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.clockList) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish"))
    var wish: String?

    @Flag(help: ArgumentHelp(CaseWords.pausedHelp))
    var paused = false

    @OptionGroup var list: ListOptions

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let listing = try await session.withService { service in
            var id: RecordID?
            if let wish { id = try await service.id(of: .wish, named: wish) }
            return try await service.list(ClockOperations.list, list) {
                ClockListInput(wish: id, paused: paused ? true : nil, limit: $0, cursor: $1)
            }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
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
            "resume": ClockOperations.resume, "grant": ClockOperations.grant, "refuse": ClockOperations.refuse,
            "meet": ClockOperations.meet,
        ]
        let reasoned = ["pause": ClockOperations.pause, "cancel": ClockOperations.cancel]
        guard steps[step] != nil || reasoned[step] != nil || step == "extend" else {
            let known = (Array(steps.keys) + Array(reasoned.keys) + ["extend"]).sorted().joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noStep.filled(["step": step, "steps": known]))
        }
        guard let id = RecordID(clock) else { throw CommandError(.notFound, CaseWords.noClock.filled(["id": clock])) }
        let reason = try options.reasonCode()
        let after = try await session.withService(options, changing: true) { service in
            if let operation = steps[step] {
                return try await service.call(
                    operation, ClockStepInput(clock: id, reason: reason, note: options.note))
            }
            if let operation = reasoned[step] {
                return try await service.call(
                    operation, ClockReasonedInput(clock: id, reason: reason, note: options.note))
            }
            return try await service.call(
                ClockOperations.extend, ClockExtending(clock: id, more: more, reason: reason, note: options.note))
        }
        try session.show([after])
        return .success
    }
}
