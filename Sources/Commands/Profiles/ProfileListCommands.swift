import ArgumentParser
import Casework
import MatchCore
import Storage

struct ProfileListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", ProfileWords.list) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var name: String
        var revision: Int?
        var publishedAt: Int64?
        var author: String?
        var drafts: [DraftRecord]
    }

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let language = session.language
        let (names, newest, drafts) = try store.cases.blockingRead { transaction in
            let names = try transaction.profileNames()
            return (names, try names.map { try transaction.revisions(of: $0).first }, try transaction.drafts())
        }
        var table = Table([
            .name(DataWords.name[language]), .number(ProfileWords.revision[language]),
            .name(ProfileWords.published[language]), .prose(ProfileWords.drafts[language], least: 20),
        ])
        for (name, revision) in zip(names, newest) {
            let own = drafts.filter { $0.key.profile == name }
            if session.options.json {
                try session.emitLine(
                    Record(
                        name: name, revision: revision?.number, publishedAt: revision?.at.milliseconds,
                        author: revision?.author.map { "\($0)" },
                        drafts: own.map { DraftRecord($0, withContent: false, language: language) }))
                continue
            }
            let text = own.map { draft in
                "\(draft.key.draft) (\(draft.version))"
                    + (draft.proposal == nil ? "" : " " + ProfileWords.proposed[language])
            }
            table.add([
                Table.Cell(name, .heading), Table.Cell(revision.map { "\($0.number)" } ?? "–"),
                Table.Cell(revision.map { CaseTime.text($0.at) } ?? ""),
                Table.Cell(text.joined(separator: GeneralWords.listSeparator[language])),
            ])
        }
        if !session.options.json { session.say(table) }
        return .success
    }
}

/// A revision, as `--json` prints it.
struct RevisionRecord: Encodable {
    var profile: String
    var revision: Int
    var publishedAt: Int64
    var author: String?
    var confirmedBy: String?
    var reason: String
    var note: String?
    var restores: Int?

    init(_ revision: ProfileRevision, note: String?) {
        profile = revision.name
        self.revision = revision.number
        publishedAt = revision.at.milliseconds
        author = revision.author.map { "\($0)" }
        confirmedBy = revision.confirmedBy.map { "\($0)" }
        reason = revision.reason
        self.note = note
        restores = revision.restores
    }
}

struct ProfileLogCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("log", ProfileWords.log) }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let language = session.language
        let revisions = try store.cases.blockingRead { transaction in
            try transaction.revisions(of: name).map { ($0, try $0.note.flatMap { try transaction.note($0)?.words }) }
        }
        guard !revisions.isEmpty else { throw CommandError(.notFound, DataWords.noProfile.filled(["name": name])) }
        if session.options.json {
            try revisions.forEach { try session.emitLine(RevisionRecord($0.0, note: $0.1)) }
            return .success
        }
        var table = Table([
            .number(ProfileWords.revision[language]), .name(ProfileWords.published[language]),
            .name(ProfileWords.author[language]), .name(ProfileWords.confirmed[language]),
            .name(ProfileWords.restores[language]), .prose(CaseWords.reason[language], least: 20),
        ])
        for (revision, note) in revisions {
            table.add([
                Table.Cell("\(revision.number)", .heading), Table.Cell(CaseTime.text(revision.at)),
                Table.Cell(revision.author.map { "\($0)" } ?? "–"),
                Table.Cell(revision.confirmedBy.map { "\($0)" } ?? ""),
                Table.Cell(revision.restores.map { "\($0)" } ?? ""),
                Table.Cell([revision.reason, note].compactMap { $0 }.joined(separator: ": ")),
            ])
        }
        session.say(table)
        return .success
    }
}
