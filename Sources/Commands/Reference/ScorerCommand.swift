import ArgumentParser
import Exchange
import MatchCore
import ScorerCatalog

/// `almoner scorer`: what judges a pair.
struct ScorerCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "scorer", HelpWords.scorer, subcommands: [ScorerListCommand.self, ScorerShowCommand.self])
    }
}

struct ScorerListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .scorerList) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        if session.options.json {
            for type in session.scorers { try session.emitLine(ScorerRecord(type.descriptor, language: language)) }
            return .success
        }
        var table = Table([
            .name(DataWords.scorerID[language]), .name(DataWords.title[language]),
            .number(DataWords.version[language]), .prose(DataWords.summary[language], least: 28),
        ])
        for type in session.scorers {
            let descriptor = type.descriptor
            table.add([
                Table.Cell(descriptor.id, .heading), Table.Cell(descriptor.title[language]),
                Table.Cell("\(descriptor.version)"), Table.Cell(descriptor.summary[language]),
            ])
        }
        session.say(table)
        return .success
    }
}

struct ScorerShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .scorerShow) }

    @Argument(
        help: ArgumentHelp(.scorerName, value: "name"), completion: .list(ScorerCatalog.all.map { $0.descriptor.id }))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let index = NameIndex(
            session.scorers.map { type in
                let descriptor = type.descriptor
                return (type, [descriptor.id, descriptor.title.zhHans, descriptor.title.en])
            })
        let type = try index.item(named: name, orElse: DataWords.noScorer.filled(["name": name]))
        let outcomes = try type.descriptor.examples.map { try ExampleOutcome($0, of: type) }
        if session.options.json {
            try session.emit(ScorerRecord(type.descriptor, outcomes: outcomes, language: session.language))
        } else {
            ScorerPage(descriptor: type.descriptor, outcomes: outcomes).show(in: session)
        }
        return outcomes.allSatisfy(\.agrees) ? .success : .differences
    }
}
