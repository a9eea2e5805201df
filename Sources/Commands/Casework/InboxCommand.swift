import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner inbox`: what came in, word for word.
struct InboxCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "inbox", CaseWords.inbox,
            subcommands: [
                InboxTakeCommand.self, InboxListCommand.self, InboxShowCommand.self, InboxProposeCommand.self,
                InboxConfirmCommand.self,
            ])
    }
}

extension Session {
    fileprivate func show(_ records: [InboxView]) throws {
        if options.json { return try records.forEach { try emit(answer: $0) } }
        var table = Table([
            .name(CaseWords.time[language]), .text(CaseWords.kind[language]),
            .name(RecordWords.externalID[language]), .name(CaseWords.event[language]),
            .name(CaseWords.state[language]), .name(RecordWords.id[language]), .prose(RecordWords.text[language]),
        ])
        for record in records {
            table.add([
                Table.Cell(CaseTime.text(record.receivedAt)), Table.Cell(record.channel.title[language]),
                Table.Cell(record.number ?? ""), Table.Cell(record.event?.text ?? ""),
                Table.Cell((record.wish == nil ? CaseWords.waits : .isConfirmed)[language]),
                Table.Cell("\(record.id)"), Table.Cell(record.words ?? ""),
            ])
        }
        say(table)
    }

    func inboxID(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else { throw CommandError(.notFound, CaseWords.noID.filled(["id": text])) }
        return id
    }

    /// A code that a person typed; nil for none.
    func code(_ text: String?) throws -> Code? {
        try text.map { text in
            guard let code = Code(text) else { throw CommandError(.usage, CaseWords.noCode.filled(["code": text])) }
            return code
        }
    }
}

struct InboxTakeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("take", CaseWords.inboxTake) }

    @Argument(help: ArgumentHelp(CaseWords.channelHelp, value: "channel")) var channel: String
    @Argument(help: ArgumentHelp(CaseWords.wordsHelp, value: "words")) var words: String
    @Option(help: ArgumentHelp(CaseWords.externalHelp, value: "number")) var number: String?
    @Option(help: ArgumentHelp(CaseWords.eventHelp, value: "code")) var event: String?
    @OptionGroup var person: PersonOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let taking = InboxTaking(
            channel: try Channel(named: channel), words: words, number: number, event: try session.code(event),
            person: person.input)
        try session.show([
            try await session.withService(options, changing: true) { try await $0.call(InboxOperations.take, taking) }
        ])
        return .success
    }
}

struct InboxListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.inboxList) }

    @Option(help: ArgumentHelp(OfficeWords.eventFilter, value: "code")) var event: String?
    @Option(help: ArgumentHelp(OfficeWords.channelFilter, value: "channel")) var channel: String?
    @Option(help: ArgumentHelp(OfficeWords.sinceFilter, value: "time")) var since: String?
    @Flag(help: ArgumentHelp(OfficeWords.inboxAll)) var all = false
    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (event, channel) = (try session.code(event), try channel.map { try Channel(named: $0) })
        let since = try since.map { try CaseTime.timestamp($0) }
        let listing = try await session.withService { service in
            try await service.list(InboxOperations.list, list) {
                InboxListInput(
                    state: all ? nil : .waiting, channel: channel, event: event, since: since, limit: $0, cursor: $1
                )
            }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
        return .success
    }
}

struct InboxShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", CaseWords.inboxShow) }

    @Argument(help: ArgumentHelp(CaseWords.inboxShow, value: "record")) var record: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = InboxInput(record: try session.inboxID(self.record))
        let record = try await session.withService { try await $0.call(InboxOperations.show, input) }
        guard !session.options.json else {
            try session.emit(answer: record)
            return .success
        }
        let (language, writing) = (session.language, session.codeWriting())
        func who(_ maker: StepMaker?) -> String {
            maker.map { writing.actor($0.person, $0.role.rawValue, $0.name) } ?? ""
        }
        session.say(
            FactSheet([
                (RecordWords.id[language], "\(record.id)"),
                (CaseWords.kind[language], record.channel.title[language]),
                (RecordWords.externalID[language], record.number ?? ""),
                (CaseWords.event[language], record.event?.text ?? ""),
                (CaseWords.time[language], CaseTime.text(record.receivedAt)),
                (CaseWords.takenBy[language], who(record.takenBy)),
                (HistoryWords.field("wish")?[language] ?? "wish", record.wish.map { "\($0)" } ?? ""),
                (CaseWords.confirmedBy[language], who(record.confirmedBy)),
                (
                    HistoryWords.action("inbox/confirm")?[language] ?? "confirmed",
                    record.confirmedAt.map { CaseTime.text($0) } ?? ""
                ),
            ]))
        if let words = record.words {
            session.say()
            session.sayProse(words)
        }
        return .success
    }
}
