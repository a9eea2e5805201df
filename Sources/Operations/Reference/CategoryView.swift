internal import MatchCore
public import Wire

/// A category of the catalogue. Lists are in the order of the tree.
public struct CategoryView: OpenAnswer {
    public let code: String
    public let parent: String?
    public let depth: Int
    public let name: NameView
    public let unit: String
    public let aliases: [String]
    public let substitutes: [String]
    public let typicalPriceFen: Int64?
    public let children: [String]

    init(_ category: MatchCore.Category, depth: Int, children: [String]) {
        code = category.code
        parent = category.parent
        self.depth = depth
        name = NameView(category.name)
        unit = category.unit.code
        aliases = category.aliases
        substitutes = category.substitutes
        typicalPriceFen = category.typicalPriceFen
        self.children = children
    }

    private static let codes = JSONSchema.list(of: .text(1...64), 0...10_000)

    public static let schema = JSONSchema.object(
        "Category",
        [
            .required("code", .text(1...64), "The code.", "代码。"),
            .optional("parent", .text(1...64), "The category that it belongs to.", "上级类目。"),
            .required("depth", .integer(0...64), "0 for a root.", "层数，根为 0。"),
            .required("name", NameView.schema, "The name.", "名称。"),
            .required("unit", .choice(Unit.allCases.map(\.code)), "What it is counted in.", "计量单位。"),
            .required("aliases", .list(of: .text(1...200), 0...1_000), "Other names.", "别名。"),
            .required("substitutes", codes, "Categories that can stand in for it.", "可替代的类目。"),
            .optional("typicalPriceFen", .balance, "What one usually costs, in fen.", "常见单价（分）。"),
            .required("children", codes, "Codes of what lies right under it.", "直属下级的代码。"),
        ])

    public static let sample = CategoryView(
        MatchCore.Category(
            code: "mobility.wheelchair", parent: "mobility", name: LocalizedText(zhHans: "轮椅", en: "wheelchair"),
            unit: .piece, aliases: ["手推轮椅"], substitutes: ["mobility.walker"], typicalPriceFen: 50_000),
        depth: 1, children: [])
}
