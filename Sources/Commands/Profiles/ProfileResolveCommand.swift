import ArgumentParser
import Casework
import Exchange
import MatchCore
import Storage

struct ProfileResolveCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("resolve", ProfileWords.resolve) }

    @Argument(help: ArgumentHelp(ProfileWords.reference, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.wishHelp, value: "wish")) var wish: String?
    @Option(help: ArgumentHelp(ProfileWords.laneHelp, value: "code")) var lane: String?
    @Option(help: ArgumentHelp(ProfileWords.categoryHelp, value: "code")) var category: String?
    @Option(help: ArgumentHelp(ProfileWords.areaHelp, value: "code")) var area: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var reference: String
        var precedence: [String]
        var layers: [String]
        var scorers: [Entry]
        var switchedOff: [Off]

        struct Entry: Encodable {
            var scorer: String
            var weight: Int32
            var weightFrom: String
            var neutral: Int32
            var neutralFrom: String
            var parameters: [Parameter]
        }

        struct Parameter: Encodable {
            var name: String
            var value: JSONAny
            /// `program`, a layer's scope, or `default`.
            var from: String
        }

        struct Off: Encodable {
            var scorer: String
            var by: String
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        let directory = try session.dataDirectory()
        let (areas, categories) = (try directory.areas().tree, try directory.categories().tree)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let (profile, places) = try store.cases.blockingRead { transaction in
            (
                try ProfileName(name).profile(in: transaction),
                try self.places(transaction, areas: areas, categories: categories)
            )
        }
        for place in places {
            let scopes = profile.scopes(lane: place.lane, categories: place.categories, areas: place.areas)
            let resolved = profile.resolved(under: scopes)
            if session.options.json {
                try session.emitLine(record(resolved, precedence: profile.precedence, session.scorers))
            } else {
                show(resolved, of: profile, in: session)
            }
        }
        return .success
    }

    private struct Place {
        var lane: String?
        var categories: [String]
        var areas: [String]
    }

    /// One for each line of the wish, or the one that the options describe.
    private func places(_ transaction: any CaseTransaction, areas: CodeTree, categories: CodeTree) throws -> [Place] {
        func path(_ code: String?, _ tree: CodeTree, _ kind: ProfileScope.Kind) throws -> [String] {
            guard let code else { return [] }
            guard let index = tree.index(of: code) else {
                throw CommandError(
                    .notFound,
                    both("没有代码为 \(code) 的\(kind.title.zhHans)。", "There is no \(kind.title.en) with the code \(code)."))
            }
            return tree.path(to: index)
        }
        guard let wish else {
            guard lane != nil || category != nil || area != nil else {
                throw CommandError(.usage, ProfileWords.noScope.text)
            }
            if let lane, Lane(code: lane) == nil {
                let known = Lane.allCases.map(\.code).joined(separator: ", ")
                throw CommandError(.usage, OfficeWords.badChoice.filled(["value": lane, "known": known]))
            }
            return [
                Place(
                    lane: lane, categories: try path(category, categories, .category),
                    areas: try path(area, areas, .area))
            ]
        }
        let id = try RecordNames(transaction: transaction, kind: .wish).id(named: wish)
        guard let found = try RegistryReader(transaction).wish(id) else {
            throw CommandError(.notFound, RecordWords.noWish.filled(["name": wish]))
        }
        let area = found.features.place.area.flatMap { areas.index(of: $0) }
        return found.features.lines.map { line in
            let category = line.category.flatMap { categories.index(of: $0) }
            return Place(
                lane: found.features.lane.code, categories: category.map { categories.path(to: $0) } ?? [],
                areas: area.map { areas.path(to: $0) } ?? [])
        }
    }

    private func record(
        _ resolved: ResolvedProfile, precedence: [ProfileScope.Kind], _ scorers: [any Scorer.Type]
    ) -> Record {
        func from(_ scope: ProfileScope?) -> String { scope?.description ?? "program" }
        return Record(
            reference: resolved.profile.reference, precedence: precedence.map(\.rawValue),
            layers: resolved.profile.applied.map(\.description),
            scorers: zip(resolved.profile.entries, resolved.origins).map { entry, origin in
                Record.Entry(
                    scorer: entry.scorer, weight: entry.weight, weightFrom: from(origin.weight), neutral: entry.neutral,
                    neutralFrom: from(origin.neutral),
                    parameters: parameters(of: entry, origin, scorers).map { name, value, scope in
                        Record.Parameter(
                            name: name, value: JSONAny(value), from: scope.map { from($0) } ?? "default")
                    })
            }, switchedOff: resolved.switchedOff.map { Record.Off(scorer: $0.scorer, by: $0.by.description) })
    }

    /// Every parameter of the scorer with the value that holds; the outer nil of the origin is the scorer's default.
    private func parameters(
        of entry: ScoringProfile.Entry, _ origin: ResolvedProfile.Origin, _ scorers: [any Scorer.Type]
    ) -> [(name: String, value: ParameterValue, from: ProfileScope??)] {
        let descriptor = scorers.first { $0.descriptor.id == entry.scorer }?.descriptor
        return (descriptor?.parameters ?? []).map { parameter in
            (
                parameter.name, entry.parameters[parameter.name] ?? parameter.defaultValue,
                origin.parameters[parameter.name]
            )
        }
    }

    private func show(_ resolved: ResolvedProfile, of profile: ScoringProfile, in session: Session) {
        let language = session.language
        session.say(session.styled("\(resolved.profile.reference) · \(profile.title[language])", .heading))
        let order = profile.precedence.map { $0.title[language] }.joined(separator: " < ")
        session.say(ProfileWords.precedence, ["list": order], style: .faint)
        let applied = resolved.profile.applied.map(\.description).joined(
            separator: GeneralWords.listSeparator[language])
        session.say(applied.isEmpty ? ProfileWords.noLayers : .layersApplied, ["list": applied])
        func name(_ scope: ProfileScope?) -> String { scope?.description ?? ProfileWords.wholeProgram[language] }
        var table = Table([
            .name(DataWords.scorerID[language]), .name(DataWords.parameter[language]),
            .prose(ProfileWords.value[language], least: 12), .name(ProfileWords.from[language]),
        ])
        for (entry, origin) in zip(resolved.profile.entries, resolved.origins) {
            table.add([
                Table.Cell(entry.scorer, .heading), Table.Cell(DataWords.weight[language]),
                Table.Cell(Numbers.grouped(Int64(entry.weight))),
                Table.Cell(name(origin.weight), origin.weight == nil ? .plain : .advice),
            ])
            table.add([
                "", Table.Cell(DataWords.neutral[language]), Table.Cell(Numbers.grouped(Int64(entry.neutral))),
                Table.Cell(name(origin.neutral), origin.neutral == nil ? .plain : .advice),
            ])
            for (parameter, value, scope) in parameters(of: entry, origin, session.scorers) {
                let from = scope.map { name($0) } ?? ProfileWords.byDefault[language]
                table.add([
                    "", Table.Cell(parameter), Table.Cell(ParameterText.value(value)),
                    Table.Cell(from, scope == nil ? .faint : scope == .some(nil) ? .plain : .advice),
                ])
            }
        }
        session.say(table)
        for off in resolved.switchedOff {
            session.say(ProfileWords.switchedOff, ["scorer": off.scorer, "layer": off.by.description], style: .fair)
        }
    }
}
