import ArgumentParser
import Casework
import MatchCore
import Storage

/// `almoner case`: a wish from its opening to its end.
struct CaseCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "case", CaseWords.case,
            subcommands: [
                CaseListCommand.self, CaseOpenCommand.self, CaseAnswerCommand.self, CaseCloseCommand.self,
                CaseEndCommand.self, CaseRateCommand.self,
            ])
    }
}

private struct CaseRecord: Encodable {
    var wish: String
    var state: String
    var round: Int
    var area: String
    var lane: String
    var channel: String
    var category: String
    var urgency: String
    var household: String?
    var receivedAt: Int64

    init(_ wishCase: WishCase) {
        wish = "\(wishCase.wish)"
        state = wishCase.state.rawValue
        round = wishCase.round
        area = wishCase.area.text
        lane = wishCase.lane.text
        channel = wishCase.channel.text
        category = wishCase.category.text
        urgency = wishCase.urgency.rawValue
        household = wishCase.household.map { "\($0)" }
        receivedAt = wishCase.receivedAt.milliseconds
    }
}

extension Session {
    func show(_ cases: [WishCase]) throws {
        if options.json { return try cases.forEach { try emitLine(CaseRecord($0)) } }
        var table = Table([
            .name(CaseWords.time[language]), .name(CaseWords.state[language]), .name(RecordWords.lane[language]),
            .text(RecordWords.item[language]), .name(RecordWords.urgency[language]), .name(RecordWords.place[language]),
            .name(RecordWords.id[language]),
        ])
        for wishCase in cases {
            table.add([
                Table.Cell(CaseTime.text(wishCase.receivedAt)), Table.Cell(wishCase.state.rawValue),
                Table.Cell(wishCase.lane.text), Table.Cell(wishCase.category.text),
                Table.Cell(wishCase.urgency.rawValue), Table.Cell(wishCase.area.text), Table.Cell("\(wishCase.wish)"),
            ])
        }
        say(table)
    }
}

/// A step on the case of one wish.
protocol CaseStepCommand: SessionCommand {
    var wish: String { get }
    var options: CaseOptions { get }
    func step(_ desk: CaseDesk, _ wish: RecordID, _ reason: Reason?) throws
}

extension CaseStepCommand {
    func perform(in session: Session) throws -> ExitStatus {
        let wishCase = try options.perform(in: session) { desk, reason in
            let id = try RecordNames(transaction: desk.store, kind: .wish).id(named: wish)
            try step(desk, id, reason)
            return try desk.store.wishCase(id)
        }
        try session.show(wishCase.map { [$0] } ?? [])
        return .success
    }
}

struct CaseListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.caseList) }

    @Option(help: ArgumentHelp(CaseWords.stateHelp, value: "state")) var state: String?
    @Option(help: ArgumentHelp(.limit, value: "count")) var limit = 100
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let wanted = try state.map { name in
            guard let state = WishCase.State(rawValue: name) else {
                let known = WishCase.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError(.usage, CaseWords.noStep.filled(["step": name, "steps": known]))
            }
            return state
        }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        try session.show(try store.cases.blockingRead { try $0.wishCases(WishCaseFilter(state: wanted), limit: limit) })
        return .success
    }
}

struct CaseOpenCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("open", CaseWords.caseOpen) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Option(help: ArgumentHelp(CaseWords.channelHelp, value: "channel")) var channel = "web"
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ desk: CaseDesk, _ wish: RecordID, _ reason: Reason?) throws {
        _ = try desk.open(wish, channel: Channel(named: channel))
    }
}

extension Channel {
    init(named name: String) throws {
        guard let channel = Channel(rawValue: name) else {
            let known = Channel.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noStep.filled(["step": name, "steps": known]))
        }
        self = channel
    }
}

struct CaseAnswerCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("answer", CaseWords.caseAnswer) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ desk: CaseDesk, _ wish: RecordID, _ reason: Reason?) throws { try desk.answer(wish, reason: reason) }
}

struct CaseCloseCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("close", CaseWords.caseClose) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ desk: CaseDesk, _ wish: RecordID, _ reason: Reason?) throws {
        try desk.close(wish, reason: reason ?? Reason("fulfilled"))
    }
}

struct CaseEndCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("end", CaseWords.caseEnd) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ desk: CaseDesk, _ wish: RecordID, _ reason: Reason?) throws {
        guard let reason else { throw CommandError(.usage, CaseWords.reasonHelp.text) }
        try desk.end(wish, reason: reason)
    }
}

struct CaseRateCommand: CaseStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("rate", CaseWords.caseRate) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(CaseWords.starsHelp, value: "stars")) var stars: Int
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func step(_ desk: CaseDesk, _ wish: RecordID, _ reason: Reason?) throws {
        try desk.rate(wish, stars: stars, words: options.note)
    }
}
