import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner case`: a wish from its opening to its end.
struct CaseCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "case", CaseWords.case,
            subcommands: [
                CaseListCommand.self, CaseOpenCommand.self, CaseMoveCommand.self, CaseAnswerCommand.self,
                CaseCloseCommand.self,
                CaseEndCommand.self, CaseRateCommand.self,
            ])
    }
}

extension Session {
    func show(_ cases: [CaseView]) throws {
        if options.json { return try cases.forEach { try emit(answer: $0) } }
        var table = Table([
            .name(CaseWords.time[language]), .name(RecordWords.externalID[language]),
            .name(CaseWords.state[language]), .name(RecordWords.lane[language]),
            .text(RecordWords.item[language]), .name(RecordWords.urgency[language]), .name(RecordWords.place[language]),
            .name(RecordWords.id[language]),
        ])
        let writing = codeWriting()
        for view in cases {
            let state = writing(.caseState, view.state)
            let outcome = view.outcome.map { writing(.outcome, $0.rawValue) }
            table.add([
                Table.Cell(CaseTime.text(view.receivedAt)), Table.Cell(view.handle ?? ""),
                Table.Cell(outcome.map { language == .zhHans ? "\(state)：\($0)" : "\(state), \($0)" } ?? state),
                Table.Cell(writing(.lane, view.lane.text)), Table.Cell(writing.category(view.category.text)),
                Table.Cell(writing(.urgency, view.urgency.rawValue)), Table.Cell(writing.area(view.area.text)),
                Table.Cell("\(view.wish)"),
            ])
        }
        say(table)
    }
}

struct CaseListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.caseList) }

    @Option(help: ArgumentHelp(CaseWords.stateHelp, value: "state")) var state: String?
    @Option(help: ArgumentHelp(CaseWords.withArea, value: "area")) var area: String?
    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        if let state, WishCase.State(rawValue: state) == nil {
            let known = WishCase.State.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.usage, OfficeWords.badChoice.filled(["value": state, "known": known]))
        }
        let area = try session.areaCode(area)
        let listing = try await session.withService { service in
            try await service.list(CaseOperations.list, list) {
                CaseListInput(state: state, area: area, limit: $0, cursor: $1)
            }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
        return .success
    }
}

/// A step on the case of one wish.
protocol CaseStepCommand: SessionCommand {
    var wish: String { get }
    var options: CaseOptions { get }
    func step(_ service: any OperationCalling, _ wish: RecordID) async throws -> CaseView
}

extension CaseStepCommand {
    func perform(in session: Session) async throws -> ExitStatus {
        try session.show([
            try await session.withService(options, changing: true) { service in
                try await step(service, try await service.id(of: .wish, named: wish))
            }
        ])
        return .success
    }

    func input(_ wish: RecordID) throws -> CaseStepInput {
        CaseStepInput(wish: wish, reason: try options.reasonCode(), note: options.note)
    }
}

struct CaseOpenCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("open", CaseWords.caseOpen) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Option(help: ArgumentHelp(CaseWords.channelHelp, value: "channel")) var channel = "web"
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ service: any OperationCalling, _ wish: RecordID) async throws -> CaseView {
        try await service.call(CaseOperations.open, CaseOpening(wish: wish, channel: try Channel(named: channel)))
    }
}

extension Channel {
    init(named name: String) throws {
        guard let channel = Channel(rawValue: name) else {
            let known = Channel.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.usage, OfficeWords.badChoice.filled(["value": name, "known": known]))
        }
        self = channel
    }
}

struct CaseMoveCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("move", CaseWords.caseMove) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(CaseWords.areaHelp, value: "area")) var area: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let code = try session.areaCode(area).flatMap({ Code($0) }) else {
            throw CommandError(.notFound, DataWords.noArea.filled(["name": area]))
        }
        let reason = try options.reasonCode()
        try session.show([
            try await session.withService(options, changing: true) { service in
                try await service.call(
                    CaseOperations.move,
                    CaseMoving(
                        wish: try await service.id(of: .wish, named: wish), area: code, reason: reason,
                        note: options.note))
            }
        ])
        return .success
    }
}

struct CaseAnswerCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("answer", CaseWords.caseAnswer) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Option(help: ArgumentHelp(CaseWords.givenHelp, value: "time")) var given: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ service: any OperationCalling, _ wish: RecordID) async throws -> CaseView {
        try await service.call(
            CaseOperations.answer,
            CaseAnswering(
                wish: wish, givenAt: try given.map { try CaseTime.timestamp($0) }, reason: try options.reasonCode(),
                note: options.note))
    }
}

struct CaseCloseCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("close", CaseWords.caseClose) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Option(help: ArgumentHelp(CaseWords.outcomeHelp, value: "outcome")) var outcome: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ service: any OperationCalling, _ wish: RecordID) async throws -> CaseView {
        let outcome = try outcome.map { name in
            guard let outcome = WishOutcome(rawValue: name) else {
                let known = WishOutcome.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError(.usage, OfficeWords.badChoice.filled(["value": name, "known": known]))
            }
            return outcome
        }
        return try await service.call(
            CaseOperations.close,
            CaseClosing(wish: wish, outcome: outcome, reason: try options.reasonCode(), note: options.note))
    }
}

struct CaseEndCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("end", CaseWords.caseEnd) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ service: any OperationCalling, _ wish: RecordID) async throws -> CaseView {
        guard let reason = try options.reasonCode() else {
            throw CommandError(.usage, CaseFaultWords.noReason.text, place: "--reason")
        }
        return try await service.call(CaseOperations.end, CaseEnding(wish: wish, reason: reason, note: options.note))
    }
}

struct CaseRateCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("rate", CaseWords.caseRate) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(CaseWords.starsHelp, value: "stars")) var stars: Int
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ service: any OperationCalling, _ wish: RecordID) async throws -> CaseView {
        try await service.call(CaseOperations.rate, CaseRating(wish: wish, stars: stars, words: options.note))
    }
}
