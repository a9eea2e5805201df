import ArgumentParser
import Casework
import Exchange
import MatchCore
import Storage

/// `almoner household`: one file a family, with its colour on the watch.
struct HouseholdCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "household", CaseWords.household,
            subcommands: [
                HouseholdOpenCommand.self, HouseholdNoteCommand.self, HouseholdFileCommand.self,
                HouseholdListCommand.self, HouseholdShowCommand.self,
            ])
    }
}

private struct WatchRecord: Encodable {
    var household: String
    var grade: String
    var because: [String]
    var since: Int64
    var visitDue: Int64?
    var members: Int?
    var hardships: [String]?
    var benefits: [String]?
    var wishes: [String]?

    init(_ watch: HouseholdWatch, _ file: Household? = nil) {
        household = "\(watch.household)"
        grade = watch.grade.rawValue
        because = watch.because.map(\.text)
        since = watch.since.milliseconds
        visitDue = watch.visitDue?.milliseconds
        members = file?.members.count { $0.to == nil }
        hardships = file?.hardships.filter { $0.to == nil }.map(\.code.text)
        benefits = file?.benefits.filter { $0.to == nil }.map(\.code.text)
        wishes = file?.wishes.map { "\($0.wish)" }
    }
}

extension Session {
    fileprivate func show(_ records: [WatchRecord]) throws {
        if options.json { return try records.forEach { try emitLine($0) } }
        var table = Table([
            .name(RecordWords.id[language]), .name(CaseWords.grade[language]), .text(CaseWords.reason[language]),
            .name(CaseWords.due[language]), .text(CaseWords.value[language]),
        ])
        for record in records {
            let facts = (record.hardships ?? []) + (record.benefits ?? [])
            table.add([
                Table.Cell(record.household), Table.Cell(record.grade),
                Table.Cell(record.because.joined(separator: ", ")),
                Table.Cell(record.visitDue.map { CaseTime.text(Moment(milliseconds: $0)) } ?? ""),
                Table.Cell(facts.joined(separator: ", ")),
            ])
        }
        say(table)
    }

    fileprivate func householdID(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else { throw CommandError(.notFound, CaseWords.noID.filled(["id": text])) }
        return id
    }
}

struct HouseholdOpenCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("open", CaseWords.householdOpen) }

    @Argument(help: ArgumentHelp(CaseWords.areaHelp, value: "area")) var area: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        guard let code = try session.areas(within: area).first(where: { $0.text == area }) else { return .notFound }
        let watch = try options.perform(in: session) { desk, _ in
            try desk.store.household(desk.openHousehold(area: code))?.watch
        }
        try session.show(watch.map { [WatchRecord($0)] } ?? [])
        return .success
    }
}

struct HouseholdNoteCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("note", CaseWords.householdNote) }

    @Argument(help: ArgumentHelp(CaseWords.household, value: "household")) var household: String
    @Argument(help: ArgumentHelp(CaseWords.eventName, value: "event")) var event: String
    @Argument(help: ArgumentHelp(CaseWords.codeHelp, value: "value")) var value: String?
    @Option(help: ArgumentHelp(CaseWords.codeHelp, value: "year")) var born: Int?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.householdID(household)
        let noted = try noted()
        let watch = try options.perform(in: session) { try $0.note(noted, of: id, reason: $1) }
        try session.show([WatchRecord(watch)])
        return .success
    }

    private func noted() throws -> HouseholdEvent {
        let code = value.flatMap { Code($0) }
        let person = value.flatMap { RecordID($0) }
        switch event {
        case "visited": return .visited
        case "hardship": if let code { return .hardship(code) }
        case "hardshipEnded": if let code { return .hardshipEnded(code) }
        case "benefit": if let code { return .benefit(code) }
        case "benefitEnded": if let code { return .benefitEnded(code) }
        case "unanswered":
            if let calls = value.flatMap({ Int($0) }), (1...1_000).contains(calls) { return .unanswered(calls: calls) }
        case "came": if let person { return .personCame(person, birthYear: born) }
        case "left": if let person { return .personLeft(person) }
        default:
            throw CommandError(
                .usage, CaseWords.noStep.filled(["step": event, "steps": CaseWords.eventName.text.en]))
        }
        throw CommandError(.usage, CaseWords.codeHelp.text)
    }
}

struct HouseholdFileCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("file", CaseWords.householdFile) }

    @Argument(help: ArgumentHelp(CaseWords.household, value: "household")) var household: String
    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Option(help: ArgumentHelp(OfficeWords.roundHelp, value: "number")) var round = 1
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.householdID(household)
        try options.perform(in: session) { desk, _ in
            try desk.file(RecordNames(transaction: desk.store, kind: .wish).id(named: wish), under: id, round: round)
        }
        return .success
    }
}

struct HouseholdListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.householdList) }

    @Argument(help: ArgumentHelp(CaseWords.grade, value: "grade")) var grade: String?
    @Option(help: ArgumentHelp(.limit, value: "count")) var limit = 100
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let wanted = try grade.map { name in
            guard let grade = WatchGrade(rawValue: name) else {
                throw CommandError(.usage, CaseWords.noStep.filled(["step": name, "steps": "green, orange, red"]))
            }
            return grade
        }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        try session.show(try store.cases.blockingRead { try $0.watches(wanted, limit: limit) }.map { WatchRecord($0) })
        return .success
    }
}

struct HouseholdShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", CaseWords.householdShow) }

    @Argument(help: ArgumentHelp(CaseWords.household, value: "household")) var household: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let id = try session.householdID(household)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        guard let (file, watch) = try store.cases.blockingRead({ try $0.household(id) }) else {
            throw CommandError(.notFound, CaseWords.noID.filled(["id": household]))
        }
        try session.show([WatchRecord(watch, file)])
        return .success
    }
}
