import ArgumentParser
import Casework
import MatchCore
import Storage

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

private struct InboxRow: Encodable {
    var id: String
    var channel: String
    var externalID: String?
    var event: String?
    var words: String
    var receivedAt: Int64
    var wish: String?

    init(_ record: InboxRecord) {
        id = "\(record.id)"
        channel = record.channel.rawValue
        externalID = record.externalID
        event = record.event?.text
        words = record.words
        receivedAt = record.receivedAt.milliseconds
        wish = record.wish.map { "\($0)" }
    }
}

extension Session {
    fileprivate func show(_ records: [InboxRecord]) throws {
        if options.json { return try records.forEach { try emitLine(InboxRow($0)) } }
        var table = Table([
            .name(CaseWords.time[language]), .text(CaseWords.kind[language]), .name(RecordWords.id[language]),
            .prose(RecordWords.text[language]),
        ])
        for record in records {
            table.add([
                Table.Cell(CaseTime.text(record.receivedAt)), Table.Cell(record.channel.title[language]),
                Table.Cell("\(record.id)"), Table.Cell(record.words),
            ])
        }
        say(table)
    }

    func inboxID(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else { throw CommandError(.notFound, CaseWords.noID.filled(["id": text])) }
        return id
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

    func perform(in session: Session) throws -> ExitStatus {
        let index = try session.blindIndex()
        let channel = try Channel(named: channel)
        let event = try event.map { text in
            guard let code = Code(text) else { throw CommandError(.usage, CaseWords.noCode.filled(["code": text])) }
            return code
        }
        let record = try options.perform(in: session) { desk, _ in
            let record = try desk.take(words, channel: channel, externalID: number, event: event)
            try person.keep(for: record, index, at: desk, in: session)
            return record
        }
        try session.show([record])
        return .success
    }
}

struct InboxListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.inboxList) }

    @Option(help: ArgumentHelp(OfficeWords.eventFilter, value: "code")) var event: String?
    @Option(help: ArgumentHelp(.limit, value: "count")) var limit = 100
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let waiting = try store.cases.blockingRead { try $0.waitingRecords(limit: event == nil ? limit : 100_000) }
        try session.show(Array(waiting.filter { event == nil || $0.event?.text == event }.prefix(limit)))
        return .success
    }
}

struct InboxShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", CaseWords.inboxShow) }

    @Argument(help: ArgumentHelp(CaseWords.inboxShow, value: "record")) var record: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.inboxID(record)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        guard let found = try store.cases.blockingRead({ try $0.inboxRecord(id) }) else {
            throw CommandError(.notFound, CaseWords.noID.filled(["id": record]))
        }
        try session.show([found])
        return .success
    }
}
