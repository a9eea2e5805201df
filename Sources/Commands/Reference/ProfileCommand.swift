import ArgumentParser
import Exchange
import MatchCore

/// `almoner profile`: how much each scorer counts.
struct ProfileCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("profile", .profile, subcommands: [ProfileShowCommand.self])
    }
}

struct ProfileShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .profileShow) }

    @Argument(help: ArgumentHelp(.profileName, value: "name"))
    var name: String = "default"

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var name: String
        var revision: Int
        var title: String
        var scorers: [Entry]
        var allocation: AllocationRules

        struct Entry: Encodable {
            var scorer: String
            var weight: Int32
            var neutral: Int32
            var parameters: [String: JSONAny]
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        let profile = try session.profile(named: name)
        let plan = try ScoringPlan(profile, scorers: session.scorers)
        if session.options.json {
            try session.emit(
                Record(
                    name: profile.name, revision: profile.revision, title: profile.title[session.language],
                    scorers: profile.entries.map { entry in
                        Record.Entry(
                            scorer: entry.scorer, weight: entry.weight, neutral: entry.neutral,
                            parameters: entry.parameters.mapValues { JSONAny($0) })
                    }, allocation: profile.allocation))
        } else {
            show(plan, in: session)
        }
        return .success
    }

    private func show(_ plan: ScoringPlan, in session: Session) {
        let language = session.language
        session.say(session.styled("\(plan.profile.reference) · \(plan.profile.title[language])", .heading))
        let sum = max(1, plan.profile.entries.reduce(0) { $0 + Int64($1.weight) })
        var table = Table([
            .name(DataWords.scorerID[language]), .name(DataWords.title[language]), .number(DataWords.weight[language]),
            .name(DataWords.weightShare[language]), .number(DataWords.neutral[language]),
            .prose(DataWords.parameters[language], least: 16),
        ])
        for (entry, step) in zip(plan.profile.entries, plan.steps) {
            let share = Double(entry.weight) / Double(sum)
            let changed = entry.parameters.sorted { $0.key < $1.key }
                .map { "\($0.key) = \(ParameterText.value($0.value))" }
            table.add([
                Table.Cell(entry.scorer, .heading), Table.Cell(step.descriptor.title[language]),
                Table.Cell(Numbers.grouped(Int64(entry.weight))),
                Table.Cell(Bar.text(share: share, width: 20), .advice),
                Table.Cell(Numbers.score(entry.neutral)), Table.Cell(changed.joined(separator: ", ")),
            ])
        }
        session.say(table)
        session.say()
        for text in TermLines(plan.profile.allocation, seed: nil).texts { session.say(text[language]) }
    }
}
