import ArgumentParser
import Exchange
import MatchCore

/// `almoner area`: the places of the program.
struct AreaCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("area", HelpWords.area, subcommands: [AreaListCommand.self, AreaShowCommand.self])
    }
}

/// An area, as `--json` prints it.
private struct AreaRecord: Encodable {
    var code: String
    var parent: String?
    var level: String
    var name: String
    var path: String
    var shortName: String
    var latitude: Double?
    var longitude: Double?
    var children: [String]?

    init(_ area: Area, in tree: AreaTree, language: Language, children: [Area]? = nil) {
        code = area.code
        parent = area.parent
        level = area.level
        name = area.name[language]
        path = tree.path(of: area.code, in: language)
        shortName = area.shortName
        latitude = area.centroid?.latitudeDegrees
        longitude = area.centroid?.longitudeDegrees
        self.children = children?.map(\.code)
    }
}

struct AreaListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .areaList) }

    @Argument(help: ArgumentHelp(.search, value: "word"))
    var word: String?

    @Option(help: ArgumentHelp(.areaLevel, value: "level"), completion: .list(["city", "town", "village"]))
    var level: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        let tree = try session.dataDirectory().areas()
        let wanted = word.map { FoldedName($0) }
        let found = tree.areas.filter { area in
            if let level, area.level != level { return false }
            guard let wanted else { return true }
            return area.names.contains { FoldedName($0).contains(wanted) }
        }
        if session.options.json {
            for area in found { try session.emitLine(AreaRecord(area, in: tree, language: language)) }
            return .success
        }
        var table = Table([
            .name(DataWords.code[language]), .text(DataWords.name[language], least: 16),
            .name(DataWords.level[language]), .text(DataWords.path[language], least: 16),
        ])
        for area in found {
            let depth = word == nil ? Int(tree.tree.index(of: area.code).map { tree.tree.depths[Int($0)] } ?? 0) : 0
            table.add([
                Table.Cell(area.code), Table.Cell(String(repeating: "  ", count: depth) + area.name[language]),
                Table.Cell(area.level), Table.Cell(tree.path(of: area.code, in: language), .faint),
            ])
        }
        session.say(table)
        session.note(DataWords.areasFound.filled(["count": Numbers.grouped(Int64(found.count))]))
        return .success
    }
}

struct AreaShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .areaShow) }

    @Argument(help: ArgumentHelp(.areaName, value: "name"))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        let tree = try session.dataDirectory().areas()
        let area = try tree.area(named: name)
        let children = tree.areas.filter { $0.parent == area.code }
        if session.options.json {
            try session.emit(AreaRecord(area, in: tree, language: language, children: children))
            return .success
        }
        let centroid = area.centroid.map { "\($0.latitudeDegrees), \($0.longitudeDegrees)" }
        session.say(
            FactSheet([
                (DataWords.code[language], area.code), (GeneralWords.zhHansName[language], area.name.zhHans),
                (GeneralWords.enName[language], area.name.en), (DataWords.shortName[language], area.shortName),
                (DataWords.level[language], area.level),
                (DataWords.path[language], tree.path(of: area.code, in: language)),
                (DataWords.centroid[language], centroid ?? DataWords.centroidInherited[language]),
                (
                    DataWords.children[language],
                    NameList.text(children.map { $0.name[language] }, limit: 40)[language]
                ),
            ]))
        return .success
    }
}

extension Area {
    var names: [String] { [code, name.zhHans, shortName, name.en] }
}

extension AreaTree {
    /// The area that a person means. Of areas with one name that of the highest level is meant: 横沥 is a town, and
    /// villages of the same name are reached by their code.
    func area(named text: String) throws -> Area {
        if let area = self[text] { return area }
        let folded = FoldedName(text)
        let same = areas.filter { $0.names.contains { FoldedName($0) == folded } }
        let depths = same.map { area in tree.index(of: area.code).map { tree.depths[Int($0)] } ?? 0 }
        if let least = depths.min() {
            let highest = zip(same, depths).filter { $0.1 == least }.map(\.0)
            if highest.count == 1 { return highest[0] }
            throw CommandError(
                .usage,
                GeneralWords.ambiguous.filled([
                    "name": text,
                    "names": highest.prefix(6).map { "\(path(of: $0.code, in: .zhHans)) (\($0.code))" }
                        .joined(separator: ", "),
                ]))
        }
        return try NameIndex(
            areas.map { ($0, [$0.name.zhHans, $0.code, $0.shortName, $0.name.en, $0.name.en.withoutKind]) }
        )
        .item(named: text, orElse: DataWords.noArea.filled(["name": text]))
    }
}

extension String {
    /// `Humen` for `Humen Town`: what people call the place.
    fileprivate var withoutKind: String {
        for kind in [" Town", " Subdistrict", " Village", " Community"] where hasSuffix(kind) {
            return String(dropLast(kind.count))
        }
        return self
    }
}
