import ArgumentParser
import Casework
import MatchCore
import Operations

struct ProfileListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", ProfileWords.list) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let profiles = try await session.withService { try await $0.call(ProfileOperations.list, NoInput()) }
        if session.options.json {
            try profiles.items.forEach { try session.emit(answer: $0) }
            return .success
        }
        let language = session.language
        var table = Table([
            .name(DataWords.name[language]), .number(ProfileWords.revision[language]),
            .name(ProfileWords.published[language]), .prose(ProfileWords.drafts[language], least: 20),
        ])
        for item in profiles.items {
            let drafts = item.drafts.map { draft in
                "\(draft.draft) (\(draft.version))"
                    + (draft.proposedBy == nil ? "" : " " + ProfileWords.proposed[language])
            }
            table.add([
                Table.Cell(item.name, .heading), Table.Cell(item.revision.map { "\($0)" } ?? "–"),
                Table.Cell(item.publishedAt.map { CaseTime.text($0) } ?? ""),
                Table.Cell(drafts.joined(separator: GeneralWords.listSeparator[language])),
            ])
        }
        session.say(table)
        return .success
    }
}

struct ProfileLogCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("log", ProfileWords.log) }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let revisions = try await session.withService {
            try await $0.call(ProfileOperations.revisions, ProfileInput(profile: name))
        }
        if session.options.json {
            try revisions.items.forEach { try session.emit(answer: $0) }
            return .success
        }
        let language = session.language
        var table = Table([
            .number(ProfileWords.revision[language]), .name(ProfileWords.published[language]),
            .name(ProfileWords.author[language]), .name(ProfileWords.confirmed[language]),
            .name(ProfileWords.restores[language]), .prose(CaseWords.reason[language], least: 20),
        ])
        for revision in revisions.items {
            table.add([
                Table.Cell("\(revision.revision)", .heading), Table.Cell(CaseTime.text(revision.publishedAt)),
                Table.Cell(revision.authorName ?? revision.author.map { "\($0)" } ?? "–"),
                Table.Cell(revision.confirmedByName ?? revision.confirmedBy.map { "\($0)" } ?? ""),
                Table.Cell(revision.restores.map { "\($0)" } ?? ""),
                Table.Cell([revision.reason, revision.note].compactMap { $0 }.joined(separator: ": ")),
            ])
        }
        session.say(table)
        return .success
    }
}
