import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner opening`: sealed fields that somebody has to look at who does not see them.
struct OpeningCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "opening", RightsWords.opening,
            subcommands: [
                OpeningRequestCommand.self, OpeningApproveCommand.self, OpeningListCommand.self,
                OpeningShowCommand.self,
            ])
    }
}

struct OpeningRequestCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("request", RightsWords.request) }

    @Argument(help: ArgumentHelp(RightsWords.holder, value: "holder")) var holder: String
    @Argument(help: ArgumentHelp(RightsWords.field, value: "field")) var field: String
    @Option(help: ArgumentHelp(RightsWords.minutes, value: "count")) var minutes: Int64?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let field = SealedField(rawValue: field), SealedField.openable.contains(field) else {
            throw CommandError(.usage, RightsWords.field.text, place: field)
        }
        guard let reason = try options.reasonCode() else { throw CommandError(.usage, RightsWords.reason.text) }
        let input = OpeningAsking(
            holder: try session.inboxID(holder), field: field, minutes: minutes, reason: reason, note: options.note)
        let opening = try await session.withService(options, changing: true) {
            try await $0.call(OpeningOperations.ask, input)
        }
        try session.show([opening])
        return .success
    }
}

struct OpeningApproveCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("approve", RightsWords.approve) }

    @Argument(help: ArgumentHelp(RightsWords.opened, value: "opening")) var opening: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = OpeningInput(opening: try session.inboxID(opening))
        let opening = try await session.withService(options, changing: true) {
            try await $0.call(OpeningOperations.approve, input)
        }
        try session.show([opening])
        return .success
    }
}

struct OpeningListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", RightsWords.list) }

    @OptionGroup var list: ListOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let listing = try await session.withService(options) { service in
            try await service.list(OpeningOperations.list, list) { PageInput(limit: $0, cursor: $1) }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
        return .success
    }
}

struct OpeningShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", RightsWords.show) }

    @Argument(help: ArgumentHelp(RightsWords.opened, value: "opening")) var opening: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = OpeningInput(opening: try session.inboxID(opening))
        try session.show([try await session.withService(options) { try await $0.call(OpeningOperations.show, input) }])
        return .success
    }
}

extension Session {
    fileprivate func show(_ openings: [OpeningView]) throws {
        if options.json { return try openings.forEach { try emit(answer: $0) } }
        var table = Table([
            .name(SealingWords.since[language]), .name(RightsWords.state[language]),
            .name(AccessWords.until[language]), .name(SealingWords.field[language]),
            .name(SealingWords.record[language]), .name(SealingWords.reader[language]),
            .name(AccessWords.agreed[language]), .name(RecordWords.id[language]),
        ])
        for opening in openings {
            let state: RightsWords =
                opening.ends.map { $0.milliseconds <= now.milliseconds ? .over : .open } ?? .waits
            table.add([
                Table.Cell(CaseTime.text(opening.askedAt)), Table.Cell(state[language]),
                Table.Cell(opening.ends.map { CaseTime.text($0) } ?? ""), Table.Cell(opening.field.rawValue),
                Table.Cell("\(opening.holder)"), Table.Cell("\(opening.askedBy)"),
                Table.Cell(opening.approvedBy.map { "\($0)" } ?? AccessWords.nobody[language]),
                Table.Cell("\(opening.id)"),
            ])
        }
        say(table)
    }
}
