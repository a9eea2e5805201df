import ArgumentParser
import Casework
import MatchCore
import Operations
import Wire

struct ProfileResolveCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("resolve", ProfileWords.resolve) }

    @Argument(help: ArgumentHelp(ProfileWords.reference, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.wishHelp, value: "wish")) var wish: String?
    @Option(help: ArgumentHelp(ProfileWords.laneHelp, value: "code")) var lane: String?
    @Option(help: ArgumentHelp(ProfileWords.categoryHelp, value: "code")) var category: String?
    @Option(help: ArgumentHelp(ProfileWords.areaHelp, value: "code")) var area: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard wish != nil || lane != nil || category != nil || area != nil else {
            throw CommandError(.usage, ProfileWords.noScope.text)
        }
        for (option, isGiven) in [("--lane", lane != nil), ("--category", category != nil), ("--area", area != nil)] {
            try CommandError.refuse(option, if: isGiven && wish != nil, because: ProfileWords.wishSaysWhere)
        }
        if let lane, Lane(code: lane) == nil {
            let known = Lane.allCases.map(\.code).joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noStep.filled(["step": lane, "steps": known]))
        }
        let resolved = try await session.withService { service in
            var input = ProfileResolving(profile: name, lane: lane, category: category, area: area)
            if let wish { input.wish = try await service.id(of: .wish, named: wish) }
            return try await service.call(ProfileOperations.resolve, input)
        }
        for view in resolved.items {
            if session.options.json { try session.emit(answer: view) } else { show(view, in: session) }
        }
        return .success
    }

    private func show(_ resolved: ResolvedProfileView, in session: Session) {
        let language = session.language
        session.say(session.styled("\(resolved.reference) · \(resolved.title[language])", .heading))
        let order = resolved.precedence.map { ProfileScope.Kind(rawValue: $0)?.title[language] ?? $0 }
        session.say(ProfileWords.precedence, ["list": order.joined(separator: " < ")], style: .faint)
        let applied = resolved.layers.joined(separator: GeneralWords.listSeparator[language])
        session.say(applied.isEmpty ? ProfileWords.noLayers : .layersApplied, ["list": applied])
        func origin(_ from: String) -> Table.Cell {
            switch from {
            case "program": Table.Cell(ProfileWords.wholeProgram[language])
            case "default": Table.Cell(ProfileWords.byDefault[language], .faint)
            default: Table.Cell(from, .advice)
            }
        }
        var table = Table([
            .name(DataWords.scorerID[language]), .name(DataWords.parameter[language]),
            .prose(ProfileWords.value[language], least: 12), .name(ProfileWords.from[language]),
        ])
        for entry in resolved.scorers {
            table.add([
                Table.Cell(entry.scorer, .heading), Table.Cell(DataWords.weight[language]),
                Table.Cell(Numbers.grouped(Int64(entry.weight))), origin(entry.weightFrom),
            ])
            table.add([
                "", Table.Cell(DataWords.neutral[language]), Table.Cell(Numbers.grouped(Int64(entry.neutral))),
                origin(entry.neutralFrom),
            ])
            for parameter in entry.parameters {
                table.add([
                    "", Table.Cell(parameter.name), Table.Cell(ParameterText.value(parameter.value)),
                    origin(parameter.from),
                ])
            }
        }
        session.say(table)
        for off in resolved.switchedOff {
            session.say(ProfileWords.switchedOff, ["scorer": off.scorer, "layer": off.by], style: .fair)
        }
    }
}

extension ParameterText {
    static func value(_ value: JSONValue) -> String { ParameterValue(value).map { Self.value($0) } ?? "" }
}
