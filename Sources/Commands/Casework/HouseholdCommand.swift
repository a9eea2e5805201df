import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner household`: one file a family, with its colour on the watch.
struct HouseholdCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "household", CaseWords.household,
            subcommands: [
                HouseholdOpenCommand.self, HouseholdNoteCommand.self, HouseholdFileCommand.self,
                HouseholdMoveCommand.self, HouseholdListCommand.self, HouseholdShowCommand.self,
            ])
    }
}

extension OperationCalling {
    /// The household that a person means: by the id of its file, or by the number of any wish in it, as families are known by
    /// what they ask for.
    func household(named text: String) async throws -> RecordID {
        if let id = RecordID(text) { return id }
        let wish = try await id(of: .wish, named: text)
        guard let household = try await call(CaseOperations.show, CaseInput(wish: wish)).household else {
            throw CommandError(.notFound, CaseWords.noHousehold.filled(["wish": text]))
        }
        return household
    }
}

extension Session {
    fileprivate func show(_ households: [HouseholdView]) throws {
        if options.json { return try households.forEach { try emit(answer: $0) } }
        var table = Table([
            .name(MatchWords.wish[language]), .name(CaseWords.grade[language]), .text(CaseWords.reason[language]),
            .name(CaseWords.due[language]), .text(CaseWords.value[language]), .name(RecordWords.id[language]),
        ])
        let writing = codeWriting()
        let separator = GeneralWords.listSeparator[language]
        for household in households {
            let facts = ((household.hardships ?? []) + (household.benefits ?? [])).filter { $0.until == nil }.map {
                writing.circumstance($0.code.text)
            }
            table.add([
                Table.Cell(household.wishes.compactMap(\.handle).joined(separator: separator)),
                Table.Cell(household.grade.map { writing(.grade, $0.rawValue) } ?? ""),
                Table.Cell((household.because ?? []).map { writing.watchRule($0.text) }.joined(separator: separator)),
                Table.Cell(household.visitDue.map { CaseTime.text($0) } ?? ""),
                Table.Cell(facts.joined(separator: separator)), Table.Cell("\(household.id)"),
            ])
        }
        say(table)
    }

    /// Makes a change of one household and shows it.
    fileprivate func change(
        _ options: CaseOptions, _ body: (any OperationCalling) async throws -> HouseholdView
    ) async throws -> ExitStatus {
        try show([try await withService(options, changing: true, body)])
        return .success
    }
}

struct HouseholdOpenCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("open", CaseWords.householdOpen) }

    @Argument(help: ArgumentHelp(CaseWords.areaHelp, value: "area")) var area: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let code = try session.areaCode(area).flatMap({ Code($0) }) else {
            throw CommandError(.notFound, DataWords.noArea.filled(["name": area]))
        }
        return try await session.change(options) {
            try await $0.call(HouseholdOperations.open, HouseholdOpening(area: code))
        }
    }
}

struct HouseholdNoteCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("note", CaseWords.householdNote) }

    @Argument(help: ArgumentHelp(CaseWords.householdName, value: "household")) var household: String
    @Argument(help: ArgumentHelp(CaseWords.eventName, value: "event")) var event: String
    @Argument(help: ArgumentHelp(CaseWords.codeHelp, value: "value")) var value: String?
    @Option(help: ArgumentHelp(OfficeWords.personBorn, value: "year")) var born: Int?
    @Option(help: ArgumentHelp(OfficeWords.memberName, value: "name")) var name: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let reason = try options.reasonCode()
        let writing = session.codeWriting()
        return try await session.change(options) {
            try await note(try await $0.household(named: household), reason, writing, $0)
        }
    }

    private func note(
        _ id: RecordID, _ reason: String?, _ writing: CodeWriting, _ service: any OperationCalling
    ) async throws -> HouseholdView {
        let note = options.note
        func circumstance<Codes>(
            _ operation: Operation<CircumstanceNoting<Codes>, HouseholdView>
        ) async throws -> HouseholdView {
            guard let code = value.flatMap({ writing.circumstance(named: $0) }) else {
                throw CommandError(.usage, CaseWords.noCode.filled(["code": value ?? ""]))
            }
            return try await service.call(
                operation, CircumstanceNoting(household: id, code: code, reason: reason, note: note))
        }
        func person() throws -> RecordID {
            guard let person = value.flatMap({ RecordID($0) }) else {
                throw CommandError(.usage, CaseFaultWords.noMember.filled(["value": value ?? ""]))
            }
            return person
        }
        switch event {
        case "visited":
            return try await service.call(
                HouseholdOperations.visit, VisitNoting(household: id, reason: reason, note: note))
        case "hardship": return try await circumstance(HouseholdOperations.hardship)
        case "hardshipEnded": return try await circumstance(HouseholdOperations.hardshipEnd)
        case "benefit": return try await circumstance(HouseholdOperations.benefit)
        case "benefitEnded": return try await circumstance(HouseholdOperations.benefitEnd)
        case "unanswered":
            guard let calls = value.flatMap({ Int($0) }), (1...1_000).contains(calls) else {
                throw CommandError(.usage, CaseFaultWords.noCalls.filled(["value": value ?? ""]))
            }
            return try await service.call(
                HouseholdOperations.silence, SilenceNoting(household: id, calls: calls, reason: reason, note: note))
        case "came":
            return try await service.call(
                HouseholdOperations.come,
                MemberComing(
                    household: id, person: value == nil ? nil : try person(), name: name, birthYear: born,
                    reason: reason, note: note))
        case "left":
            return try await service.call(
                HouseholdOperations.leave,
                MemberLeaving(household: id, person: try person(), reason: reason, note: note))
        default:
            throw CommandError(
                .usage,
                CaseWords.noStep.filled([
                    "step": event,
                    "steps": "hardship, hardshipEnded, benefit, benefitEnded, visited, unanswered, came, left",
                ]))
        }
    }
}

struct HouseholdFileCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("file", CaseWords.householdFile) }

    @Argument(help: ArgumentHelp(CaseWords.householdName, value: "household")) var household: String
    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Option(help: ArgumentHelp(OfficeWords.roundHelp, value: "number")) var round = 1
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        return try await session.change(options) { service in
            let id = try await service.household(named: household)
            let wish = try await service.id(of: .wish, named: wish)
            return try await service.call(
                HouseholdOperations.file, WishFiling(household: id, wish: wish, round: round))
        }
    }
}

struct HouseholdMoveCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("move", CaseWords.householdMove) }

    @Argument(help: ArgumentHelp(CaseWords.householdName, value: "household")) var household: String
    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Option(help: ArgumentHelp(CaseWords.sameRoundHelp, value: "number")) var round: Int?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let reason = try options.reasonCode()
        return try await session.change(options) { service in
            let id = try await service.household(named: household)
            let wish = try await service.id(of: .wish, named: wish)
            return try await service.call(
                HouseholdOperations.move,
                WishRefiling(household: id, wish: wish, round: round, reason: reason, note: options.note))
        }
    }
}

struct HouseholdListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.householdList) }

    @Argument(help: ArgumentHelp(CaseWords.grade, value: "grade")) var grade: String?
    @Option(help: ArgumentHelp(CaseWords.withArea, value: "area")) var area: String?
    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let wanted = try grade.map { name in
            guard let grade = WatchGrade(rawValue: name) else {
                throw CommandError(
                    .usage, OfficeWords.badChoice.filled(["value": name, "known": "green, orange, red"]))
            }
            return grade
        }
        let area = try session.areaCode(area)
        let listing = try await session.withService { service in
            try await service.list(HouseholdOperations.list, list) {
                HouseholdListInput(grade: wanted, area: area, limit: $0, cursor: $1)
            }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
        return .success
    }
}

struct HouseholdShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", CaseWords.householdShow) }

    @Argument(help: ArgumentHelp(CaseWords.householdName, value: "household")) var household: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let file = try await session.withService { service in
            let id = try await service.household(named: household)
            return try await service.call(HouseholdOperations.show, HouseholdInput(household: id))
        }
        try session.show([file])
        if !session.options.json { HouseholdPage(session: session).show(file) }
        return .success
    }
}
