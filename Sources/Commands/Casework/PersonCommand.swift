import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner person`: what is kept of a person, and its end.
struct PersonCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "person", SealingWords.person,
            subcommands: [PersonExportCommand.self, PersonEraseCommand.self, PersonFindCommand.self])
    }
}

struct PersonExportCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("export", SealingWords.export) }

    @Argument(help: ArgumentHelp(SealingWords.personHelp, value: "person")) var person: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = PersonIDInput(person: try session.inboxID(person))
        let file = try await session.withService(options) { try await $0.call(PersonOperations.export, input) }
        if session.options.json {
            try session.emit(answer: file)
            return .success
        }
        let language = session.language
        var items = Table([
            .name(SealingWords.field[language]), .name(SealingWords.record[language]),
            .name(SealingWords.since[language]), .prose(SealingWords.content[language]),
        ])
        for item in file.items {
            items.add([
                Table.Cell(item.field.rawValue), Table.Cell("\(item.record)"),
                Table.Cell(item.at.map { CaseTime.text($0) } ?? ""), Table.Cell(item.text),
            ])
        }
        if file.items.isEmpty { session.say(SealingWords.nothingKept) } else { session.say(items) }
        session.say()
        if !file.openings.isEmpty { sayOpenings(file.openings, in: session) }
        guard !file.reads.isEmpty else {
            session.say(SealingWords.noReads)
            return .success
        }
        session.say(SealingWords.reads, style: .heading)
        var reads = Table([
            .name(SealingWords.since[language]), .name(SealingWords.reader[language]),
            .name(SealingWords.role[language]), .name(SealingWords.field[language]),
        ])
        for read in file.reads {
            reads.add([
                Table.Cell(CaseTime.text(read.at)), Table.Cell("\(read.actor)"), Table.Cell(read.role.rawValue),
                Table.Cell(read.field.rawValue),
            ])
        }
        session.say(reads)
        return .success
    }

    /// Who was shown what they do not see otherwise, and who agreed.
    private func sayOpenings(_ openings: [OpeningView], in session: Session) {
        let language = session.language
        session.say(AccessWords.openings, style: .heading)
        var table = Table([
            .name(SealingWords.since[language]), .name(AccessWords.until[language]),
            .name(SealingWords.reader[language]), .name(AccessWords.agreed[language]),
            .name(SealingWords.field[language]),
        ])
        for opening in openings {
            table.add([
                Table.Cell(CaseTime.text(opening.askedAt)),
                Table.Cell(opening.ends.map { CaseTime.text($0) } ?? AccessWords.nobody[language]),
                Table.Cell("\(opening.askedBy)"), Table.Cell(opening.approvedBy.map { "\($0)" } ?? ""),
                Table.Cell(opening.field.rawValue),
            ])
        }
        session.say(table)
        session.say()
    }
}

struct PersonEraseCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("erase", SealingWords.erase) }

    @Argument(help: ArgumentHelp(SealingWords.personHelp, value: "person")) var person: String
    @Option(help: ArgumentHelp(SealingWords.reasonHelp, value: "code")) var reason: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = PersonErasing(person: try session.inboxID(person), reason: reason)
        let erasure = try await session.withService(changing: true) { try await $0.call(PersonOperations.erase, input) }
        if session.options.json {
            try session.emit(answer: erasure)
            return .success
        }
        session.say(
            SealingWords.erased,
            [
                "holders": Numbers.grouped(Int64(erasure.holders.count)),
                "items": Numbers.grouped(Int64(erasure.items)),
            ])
        return .success
    }
}

struct PersonFindCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("find", SealingWords.find) }

    @Option(help: ArgumentHelp(SealingWords.findPhone, value: "number")) var phone: String?
    @Option(help: ArgumentHelp(SealingWords.findID, value: "number")) var idNumber: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = PersonInput(PersonHints(phone: phone, idNumber: idNumber))
        let finding = try await session.withService { try await $0.call(PersonOperations.find, input) }
        if session.options.json {
            try session.emit(answer: finding)
            return .success
        }
        if finding.records.isEmpty { session.say(SealingWords.nobody) }
        for record in finding.records { session.say("\(record)") }
        return .success
    }
}
