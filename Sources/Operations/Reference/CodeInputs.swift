public import Wire

/// Which areas or categories to list.
public struct CodeListInput: Described {
    public var within: String?
    public var depth: Int?
    public var text: String?
    public var limit: Int?
    public var cursor: String?

    public init(
        within: String? = nil, depth: Int? = nil, text: String? = nil, limit: Int? = nil, cursor: String? = nil
    ) {
        self.within = within
        self.depth = depth
        self.text = text
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("within", .text(1...64), "Only this one and what lies under it.", "只要它及其下级。"),
            .optional(
                "depth", .integer(0...32), "Only so many levels: 0 for 'within' or the roots alone.",
                "只要这么多层；0 为 within 本身或各根。"),
            .optional("text", .text(1...64), "Only those whose code or name has this.", "只要代码或名称含此内容的。"),
        ] + PageRequest.properties)
    public static let sample = CodeListInput(depth: 1, limit: 100)
}

/// One area.
public struct AreaInput: Described {
    public var area: String

    public init(area: String) { self.area = area }

    public static let schema = JSONSchema.object(nil, [.required("area", .area, "The area's code.", "区划代码。")])
    public static let sample = AreaInput(area: "441900121")
}

/// One category.
public struct CategoryInput: Described {
    public var category: String

    public init(category: String) { self.category = category }

    public static let schema = JSONSchema.object(
        nil, [.required("category", .category, "The category's code.", "类目代码。")])
    public static let sample = CategoryInput(category: "mobility.wheelchair")
}

/// One scorer.
public struct ScorerInput: Described {
    public var scorer: String

    public init(scorer: String) { self.scorer = scorer }

    public static let schema = JSONSchema.object(
        nil, [.required("scorer", .text(1...64), "The scorer's id.", "评分项标识。")])
    public static let sample = ScorerInput(scorer: "Proximity")
}
