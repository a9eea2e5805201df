import ArgumentParser
import Casework
import Exchange
import MatchCore
import Operations

struct ProfileShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", ProfileWords.show) }

    @Argument(help: ArgumentHelp(ProfileWords.reference, value: "name")) var name: String = "default"
    @Flag(help: ArgumentHelp(ProfileWords.yamlHelp)) var yaml = false
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await view(session)
        let profile = try view.profile()
        if yaml {
            session.say(String(ProfileDocument.yaml(of: profile).dropLast()))
        } else if session.options.json {
            try session.emit(answer: view)
        } else {
            show(try ScoringPlan(profile, scorers: session.scorers), called: view.reference, in: session)
        }
        return .success
    }

    /// What the program has published; before there is one, what it would be set up with.
    private func view(_ session: Session) async throws -> ProfileView {
        if try session.isWithoutDatabase() {
            session.note(ProfileWords.fromDirectory.text)
            return ProfileView(try session.profile(named: name))
        }
        return try await session.withService {
            try await $0.call(ProfileOperations.show, ProfileInput(profile: name))
        }
    }

    private func show(_ plan: ScoringPlan, called reference: String, in session: Session) {
        let language = session.language
        session.say(session.styled("\(reference) · \(plan.profile.title[language])", .heading))
        let sum = max(1, plan.profile.entries.reduce(0) { $0 + Int64($1.weight) })
        var table = Table([
            .name(DataWords.scorerID[language]), .name(DataWords.title[language]), .number(DataWords.weight[language]),
            .name(DataWords.weightShare[language]), .number(DataWords.neutral[language]),
            .prose(DataWords.parameters[language], least: 16),
        ])
        for (entry, step) in zip(plan.profile.entries, plan.steps) {
            let share = Double(entry.weight) / Double(sum)
            table.add([
                Table.Cell(entry.scorer, .heading), Table.Cell(step.descriptor.title[language]),
                Table.Cell(Numbers.grouped(Int64(entry.weight))),
                Table.Cell(Bar.text(share: share, width: 20), .advice),
                Table.Cell(Numbers.score(entry.neutral)), Table.Cell(ParameterText.all(entry.parameters)),
            ])
        }
        session.say(table)
        session.say()
        for text in TermLines(plan.profile.allocation, seed: nil).texts { session.say(text[language]) }
        session.say(plan.profile.trial)
        if let vote = plan.profile.vote {
            session.say(
                ProfileWords.votedBy,
                [
                    "top": "\(vote.top)",
                    "voices": vote.voices.map(\.description).joined(separator: GeneralWords.listSeparator[language]),
                ])
        }
        guard !plan.profile.layers.isEmpty else { return }
        let order = plan.profile.precedence.map { $0.title[language] }.joined(separator: " < ")
        session.say(ProfileWords.precedence, ["list": order], style: .faint)
        var layers = Table([
            .name(ProfileWords.layer[language]), .name(DataWords.scorerID[language]),
            .number(DataWords.weight[language]),
            .number(DataWords.neutral[language]), .prose(DataWords.parameters[language], least: 16),
        ])
        for layer in plan.profile.layers {
            for change in layer.changes {
                let weight = change.isOff ? ProfileWords.off[language] : change.weight.map { "\($0)" }
                layers.add([
                    Table.Cell(layer.scope.description), Table.Cell(change.scorer, .heading), Table.Cell(weight ?? ""),
                    Table.Cell(change.neutral.map { Numbers.score($0) } ?? ""),
                    Table.Cell(ParameterText.all(change.parameters)),
                ])
            }
        }
        session.say(layers)
    }
}

extension ParameterText {
    static func all(_ parameters: [String: ParameterValue]) -> String {
        parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \(value($0.value))" }.joined(separator: ", ")
    }
}
