import ArgumentParser
import Exchange
import MatchCore

/// `almoner category`: what wishes ask for and offers give.
struct CategoryCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "category", .category, subcommands: [CategoryListCommand.self, CategoryShowCommand.self])
    }
}

/// A category, as `--json` prints it.
private struct CategoryRecord: Encodable {
    var code: String
    var parent: String?
    var name: String
    var isItem: Bool
    var unit: String
    var aliases: [String]
    var substitutes: [String]
    var typicalPriceFen: Int64?
    var children: [String]?

    init(_ category: MatchCore.Category, isItem: Bool, language: Language, children: [MatchCore.Category]? = nil) {
        code = category.code
        parent = category.parent
        name = category.name[language]
        self.isItem = isItem
        unit = category.unit.code
        aliases = category.aliases
        substitutes = category.substitutes
        typicalPriceFen = category.typicalPriceFen
        self.children = children?.map(\.code)
    }
}

struct CategoryListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .categoryList) }

    @Argument(help: ArgumentHelp(.search, value: "word"))
    var word: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        let tree = try session.dataDirectory().categories()
        let wanted = word.map { FoldedName($0) }
        let found = tree.categories.enumerated().filter { _, category in
            guard let wanted else { return true }
            return category.names.contains { FoldedName($0).contains(wanted) }
        }
        if session.options.json {
            for (index, category) in found {
                try session.emitLine(
                    CategoryRecord(category, isItem: tree.isLeaf(Int32(index)), language: language))
            }
            return .success
        }
        var table = Table([
            .name(DataWords.code[language]), .text(DataWords.name[language], least: 16),
            .name(DataWords.unit[language]), .text(DataWords.aliases[language], least: 16),
        ])
        for (index, category) in found {
            let isItem = tree.isLeaf(Int32(index))
            let depth = word == nil ? Int(tree.tree.depths[index]) : 0
            table.add([
                Table.Cell(category.code),
                Table.Cell(
                    String(repeating: "  ", count: depth) + category.name[language], isItem ? .plain : .heading),
                Table.Cell(isItem ? DataWords.unit(category.unit)[language] : ""),
                Table.Cell(category.aliases.joined(separator: GeneralWords.listSeparator[language]), .faint),
            ])
        }
        session.say(table)
        session.note(DataWords.itemsFound.filled(["count": Numbers.grouped(Int64(found.count))]))
        return .success
    }
}

struct CategoryShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .categoryShow) }

    @Argument(help: ArgumentHelp(.categoryName, value: "name"))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        let tree = try session.dataDirectory().categories()
        let category = try tree.category(named: name)
        let isItem = tree.tree.index(of: category.code).map { tree.isLeaf($0) } ?? true
        let children = tree.categories.filter { $0.parent == category.code }
        if session.options.json {
            try session.emit(CategoryRecord(category, isItem: isItem, language: language, children: children))
            return .success
        }
        let separator = GeneralWords.listSeparator[language]
        var facts = [
            (DataWords.code[language], category.code), (GeneralWords.zhHansName[language], category.name.zhHans),
            (GeneralWords.enName[language], category.name.en),
            (DataWords.kind[language], (isItem ? DataWords.item : .group)[language]),
        ]
        if let parent = category.parent.flatMap({ tree[$0] }) {
            facts.append((DataWords.parent[language], "\(parent.name[language]) (\(parent.code))"))
        }
        if isItem {
            facts.append((DataWords.unit[language], DataWords.unit(category.unit)[language]))
            facts.append((DataWords.aliases[language], category.aliases.joined(separator: separator)))
            let substitutes = category.substitutes.compactMap { tree[$0]?.name[language] }
            facts.append((DataWords.substitutes[language], substitutes.joined(separator: separator)))
            if let price = category.typicalPriceFen {
                facts.append(
                    (
                        DataWords.price[language],
                        DataWords.priceValue[language].filled(["yuan": Numbers.yuan(fen: price)])
                    ))
            }
        } else {
            facts.append(
                (DataWords.children[language], NameList.text(children.map { $0.name[language] }, limit: 60)[language]))
        }
        session.say(FactSheet(facts))
        return .success
    }
}

extension MatchCore.Category {
    var names: [String] { [name.zhHans, code, name.en] + aliases }
}

extension CategoryTree {
    /// The category that a person means, by code, name or alias.
    func category(named text: String) throws -> MatchCore.Category {
        if let category = self[text] { return category }
        return try NameIndex(categories.map { ($0, $0.names) })
            .item(named: text, orElse: DataWords.noCategory.filled(["name": text]))
    }
}
