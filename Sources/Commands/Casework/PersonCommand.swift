import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner person`: what is kept of a person, and its end.
struct PersonCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "person", SealingWords.person,
            subcommands: [
                PersonFindCommand.self, PersonListCommand.self, PersonExportCommand.self, PersonEraseCommand.self,
                PersonConsentCommand.self, PersonRetentionCommand.self,
            ])
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
        if !file.wishes.isEmpty || !file.offers.isEmpty {
            session.say(try standing(file, in: session))
            session.say()
        }
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
        if !file.consents.isEmpty {
            session.say(PersonConsentCommand.table(of: file.consents, session.language))
            session.say()
        }
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

    /// What they asked for and what they give, line by line.
    private func standing(_ file: PersonFileView, in session: Session) throws -> Table {
        let (language, writing) = (session.language, try session.recordWriting())
        var table = Table([
            .name(SealingWords.record[language]), .name(RecordWords.state[language]),
            .text(RecordWords.item[language], least: 10), .number(RecordWords.quantity[language]),
            .text(RecordWords.place[language], least: 10),
        ])
        func add(_ name: String, _ state: String, _ item: String?, _ quantity: String, _ place: PlaceView) {
            table.add([
                Table.Cell(name), Table.Cell(state), Table.Cell(writing.category(item)), Table.Cell(quantity),
                Table.Cell(writing.place(place)),
            ])
        }
        for wish in file.wishes {
            for line in wish.lines {
                add(
                    wish.record.handle, writing.code(.wishState, wish.state), line.category,
                    writing.quantity(line.wanted, line.unit), wish.place)
            }
        }
        for offer in file.offers {
            for line in offer.lines {
                add(
                    offer.record.handle, writing.code(.offerState, offer.state), line.category,
                    writing.quantity(line.pledged, line.unit), offer.place)
            }
        }
        return table
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
        if erasure.released + erasure.underWay > 0 {
            session.say(RightsWords.recalled, ["released": "\(erasure.released)", "underWay": "\(erasure.underWay)"])
        }
        return .success
    }
}

/// `person find`: whose telephone or identity number it is.
struct PersonFindCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("find", SealingWords.find) }

    @Option(help: ArgumentHelp(SealingWords.findPhone, value: "number")) var phone: String?
    @Option(help: ArgumentHelp(SealingWords.findID, value: "number")) var idNumber: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard phone != nil || idNumber != nil else { throw CommandError(.usage, SealingWords.seekBy.text) }
        let input = PersonSeeking(phone: phone, idNumber: idNumber)
        return try session.show(try await session.withService { try await $0.call(PersonOperations.find, input) })
    }
}

/// `person list`: who lives in a household, and whose a wish is.
struct PersonListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", SealingWords.list) }

    @Option(help: ArgumentHelp(SealingWords.listHousehold, value: "household")) var household: String?
    @Option(help: ArgumentHelp(.wishName, value: "wish")) var wish: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard household != nil || wish != nil else { throw CommandError(.usage, SealingWords.listBy.text) }
        return try session.show(
            try await session.withService { service in
                var seeking = PersonSeeking()
                if let household { seeking.household = try await service.household(named: household) }
                if let wish { seeking.wish = try await service.id(of: .wish, named: wish) }
                return try await service.call(PersonOperations.find, seeking)
            })
    }
}

extension Session {
    fileprivate func show(_ finding: PersonFindingView) throws -> ExitStatus {
        guard !options.json else {
            try emit(answer: finding)
            return .success
        }
        guard !finding.persons.isEmpty else {
            say(SealingWords.nobody)
            return .success
        }
        var table = Table([
            .name(RecordWords.id[language]), .name(CaseWords.kind[language]), .name(SealingWords.name[language]),
            .number(CaseWords.born[language]), .name(CodeWords.text(.holder, "household")?[language] ?? ""),
            .name(SealingWords.left[language]),
        ])
        let writing = codeWriting()
        for person in finding.persons {
            table.add([
                Table.Cell("\(person.person)"), Table.Cell(writing(.holder, person.kind.rawValue)),
                Table.Cell(person.name ?? person.title ?? ""), Table.Cell(person.birthYear.map { "\($0)" } ?? ""),
                Table.Cell(person.household.map { "\($0)" } ?? ""),
                Table.Cell(person.until.map { CaseTime.text($0) } ?? ""),
            ])
        }
        say(table)
        return .success
    }
}
