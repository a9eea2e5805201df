import ArgumentParser
import Casework
import MatchCore

/// `almoner access`: who sees what.
struct AccessGroupCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("access", AccessWords.access, subcommands: [AccessTableCommand.self])
    }
}

/// `almoner access table`: the one table that every answer is made by.
struct AccessTableCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("table", AccessWords.table) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let page = AccessPage(table: .standard, language: session.language)
        if session.options.json {
            try session.emit(page.document)
            return .success
        }
        session.say(AccessWords.seen)
        session.say(page.rules)
        session.say()
        session.say(AccessWords.asked)
        session.say(page.calls)
        session.say()
        session.say(AccessWords.commands)
        session.say(page.commands)
        return .success
    }
}

/// The table of access as tables and as a document.
struct AccessPage {
    let table: AccessTable
    let language: Language

    var rules: Table {
        var page = Table([
            .name(AccessWords.record[language]), .text(AccessWords.role[language], least: 10),
            .text(AccessWords.stage[language], least: 10), .text(AccessWords.reach[language], least: 8),
            .prose(AccessWords.parts[language]),
        ])
        for rule in table.rules {
            page.add([
                Table.Cell(rule.record.title[language], .heading), Table.Cell(list(rule.roles.map(title))),
                Table.Cell(list(rule.stages.map { $0.title[language] })), Table.Cell(rule.reach.title[language]),
                Table.Cell(list(rule.parts.list.map { $0.title[language] })),
            ])
        }
        return page
    }

    var calls: Table {
        var page = Table([
            .name(AccessWords.operation[language]), .name(AccessWords.record[language]),
            .prose(AccessWords.who[language]),
        ])
        for call in table.calls {
            let roles = Role.allCases.filter { $0 != .admin && call.roles.contains($0) }
            page.add([
                Table.Cell(call.id.rawValue, .heading), Table.Cell(call.record.title[language]),
                Table.Cell(roles.isEmpty ? AccessWords.admins[language] : list(roles.map(title))),
            ])
        }
        return page
    }

    var commands: Table {
        var page = Table([.name(AccessWords.command[language]), .text(AccessWords.gate[language])])
        for command in table.commands {
            page.add([Table.Cell(command.path, .heading), Table.Cell(command.gate.title[language])])
        }
        return page
    }

    var document: Document {
        Document(
            rules: table.rules.map {
                Document.Rule(
                    record: $0.record.rawValue, roles: $0.roles.map(\.rawValue), stages: $0.stages.map(\.name),
                    reach: $0.reach.name, parts: $0.parts.list.map(\.name))
            },
            operations: table.calls.map { call in
                Document.Call(
                    operation: call.id.rawValue, record: call.record.rawValue,
                    roles: Role.allCases.filter { call.roles.contains($0) }.map(\.rawValue))
            },
            commands: table.commands.map { Document.Command(command: $0.path, gate: $0.gate.rawValue) })
    }

    /// The table as a script reads it.
    struct Document: Encodable {
        var rules: [Rule]
        var operations: [Call]
        var commands: [Command]

        struct Rule: Encodable {
            var record: String
            var roles: [String]
            var stages: [String]
            var reach: String
            var parts: [String]
        }

        struct Call: Encodable {
            var operation: String
            var record: String
            var roles: [String]
        }

        struct Command: Encodable {
            var command: String
            var gate: String
        }
    }

    private func title(_ role: Role) -> String { CodeWords.text(.role, role.rawValue)?[language] ?? role.rawValue }

    private func list(_ texts: [String]) -> String { texts.joined(separator: language == .zhHans ? "、" : ", ") }
}
