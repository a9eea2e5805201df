/// Which rows a ranking considers at all.
public struct RankFilter: Sendable, Hashable {
    /// Number of a category: only rows of it and of what lies under it.
    public var category: Int32?
    /// Numbers of areas: only rows in one of them or under it; rows whose area is not known are left out.
    public var areas: Set<Int32>?
    /// Only offers of these kinds. Says nothing of wishes.
    public var kinds: Set<OfferKind>?

    public static let everything = RankFilter()

    public init(category: Int32? = nil, areas: Set<Int32>? = nil, kinds: Set<OfferKind>? = nil) {
        self.category = category
        self.areas = areas
        self.kinds = kinds
    }

    var isEverything: Bool { self == .everything }
}

/// A filter in numbers of the registry's trees.
struct PreparedFilter {
    let categories: ClosedRange<Int32>?
    /// Few, and apart from each other or one in the other.
    let areas: [ClosedRange<Int32>]?
    /// Bit n: offers of the kind with raw value n.
    let kinds: UInt8

    init(_ filter: RankFilter, in registry: Registry) {
        func subtree(_ node: Int32, _ tree: CodeTree) -> ClosedRange<Int32> {
            // A number that the tree does not have holds no row.
            tree.codes.indices.contains(Int(node)) ? node...tree.ends[Int(node)] - 1 : Int32.max...Int32.max
        }
        categories = filter.category.map { subtree($0, registry.categories.tree) }
        areas = filter.areas.map { $0.map { subtree($0, registry.areas.tree) } }
        kinds = filter.kinds.map { $0.reduce(0) { $0 | 1 << $1.rawValue } } ?? .max
    }

    func mayHold(_ summaries: OfferSummaries, _ block: Int) -> Bool {
        meets(categories, summaries.leastCategory[block], summaries.greatestCategory[block])
            && meets(areas, summaries.leastArea[block], summaries.greatestArea[block])
            && kinds & summaries.kinds[block] != 0
    }

    func mayHold(_ summaries: WishSummaries, _ block: Int) -> Bool {
        meets(categories, summaries.leastCategory[block], summaries.greatestCategory[block])
            && meets(areas, summaries.leastArea[block], summaries.greatestArea[block])
    }

    func holds(_ offers: OfferColumns, _ row: Int) -> Bool {
        (categories?.contains(offers.category[row]) ?? true) && isIn(areas, offers.places.area[row])
            && kinds >> offers.kind[row] & 1 == 1
    }

    func holds(_ wishes: WishColumns, _ row: Int) -> Bool {
        (categories?.contains(wishes.category[row]) ?? true) && isIn(areas, wishes.places.area[row])
    }

    private func isIn(_ areas: [ClosedRange<Int32>]?, _ area: Int32) -> Bool {
        areas.map { $0.contains { $0.contains(area) } } ?? true
    }

    private func meets(_ ranges: [ClosedRange<Int32>]?, _ least: Int32, _ greatest: Int32) -> Bool {
        ranges.map { $0.contains { meets($0, least, greatest) } } ?? true
    }

    private func meets(_ range: ClosedRange<Int32>?, _ least: Int32, _ greatest: Int32) -> Bool {
        range.map { least <= $0.upperBound && greatest >= $0.lowerBound } ?? true
    }
}
