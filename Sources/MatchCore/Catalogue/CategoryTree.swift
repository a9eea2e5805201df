/// An item of the catalogue, or a group of items.
public struct Category: Sendable, Hashable {
    public var code: String
    public var parent: String?
    public var name: LocalizedText
    public var unit: Unit
    /// Other words for it: brand names, dialect words, common typos.
    public var aliases: [String]
    /// Codes of items that can stand in for this one.
    public var substitutes: [String]
    public var typicalPriceFen: Int64?

    public init(
        code: String, parent: String?, name: LocalizedText, unit: Unit = .piece, aliases: [String] = [],
        substitutes: [String] = [], typicalPriceFen: Int64? = nil
    ) {
        self.code = code
        self.parent = parent
        self.name = name
        self.unit = unit
        self.aliases = aliases
        self.substitutes = substitutes
        self.typicalPriceFen = typicalPriceFen
    }
}

/// How an offered category stands to a wanted one.
public enum CategoryRelation: UInt8, Sendable, CaseIterable {
    case same
    /// The catalogue says that the offered item can stand in for the wanted one.
    case substitute
    /// One is the group that holds the other.
    case ancestor
    /// Both lie in the same top group.
    case sibling
    case other
    /// One of the two has no category.
    case unknown

    public var code: String {
        switch self {
        case .same: "same"
        case .substitute: "substitute"
        case .ancestor: "ancestor"
        case .sibling: "sibling"
        case .other: "other"
        case .unknown: "unknown"
        }
    }

    public init?(code: String) {
        guard let relation = CategoryRelation.allCases.first(where: { $0.code == code }) else { return nil }
        self = relation
    }
}

/// The catalogue as a tree: groups, and the items in them.
public struct CategoryTree: Sendable {
    public let tree: CodeTree
    /// In the order of `tree`.
    public let categories: [Category]
    /// Numbers of the items that can stand in for each item.
    let substitutes: [[Int32]]

    public static let empty = CategoryTree()

    private init() {
        tree = CodeTree.empty
        categories = []
        substitutes = []
    }

    /// Throws ``CodeTreeError`` where the parents make no tree or a substitute is missing.
    public init(_ categories: [Category]) throws {
        let tree = try CodeTree(categories.map { ($0.code, $0.parent) })
        let ordered = tree.order.map { categories[$0] }
        self.tree = tree
        self.categories = ordered
        substitutes = try ordered.map { category in
            try category.substitutes.map { code in
                guard let index = tree.index(of: code) else {
                    throw CodeTreeError(
                        .unknownParent,
                        message: "'\(category.code)' names the substitute '\(code)', which is not in the catalogue.")
                }
                return index
            }
        }
    }

    public subscript(code: String) -> Category? { tree.index(of: code).map { categories[Int($0)] } }

    /// Whether the node has no children.
    public func isLeaf(_ index: Int32) -> Bool { tree.ends[Int(index)] == index + 1 }

    /// How `offered` stands to `wanted`; −1 stands for no category.
    public func relation(wanted: Int32, offered: Int32) -> CategoryRelation {
        guard wanted >= 0, offered >= 0 else { return .unknown }
        if wanted == offered { return .same }
        if substitutes[Int(wanted)].contains(offered) { return .substitute }
        if tree.isNode(wanted, within: offered) || tree.isNode(offered, within: wanted) { return .ancestor }
        return root(of: wanted) == root(of: offered) ? .sibling : .other
    }

    private func root(of index: Int32) -> Int32 {
        var node = index
        while tree.parents[Int(node)] >= 0 { node = tree.parents[Int(node)] }
        return node
    }
}
