public import MatchCore
public import Wire

/// A name in both languages.
public struct NameView: Described, Hashable {
    public let zhHans: String
    public let en: String

    public init(_ text: LocalizedText) {
        zhHans = text.zhHans
        en = text.en
    }

    public static let schema = JSONSchema.object(
        "BothLanguages",
        [
            .required("zhHans", .text(0...4_000), "In Chinese.", "中文。"),
            .required("en", .text(0...4_000), "In English.", "英文。"),
        ])
    public static let sample = NameView(LocalizedText(zhHans: "虎门镇", en: "Humen"))
}

/// An area of the program. Lists are in the order of the tree: what lies under an area follows it.
public struct AreaView: OpenAnswer {
    public let code: String
    public let parent: String?
    public let level: String
    public let depth: Int
    public let name: NameView
    public let shortName: String
    public let latitude: Double?
    public let longitude: Double?
    public let children: [String]

    init(_ area: Area, in tree: AreaTree, at index: Int32) {
        code = area.code
        parent = area.parent
        level = area.level
        depth = Int(tree.tree.depths[Int(index)])
        name = NameView(area.name)
        shortName = area.shortName
        latitude = area.centroid?.latitudeDegrees
        longitude = area.centroid?.longitudeDegrees
        children = tree.tree.children(of: index)
    }

    public static let schema = JSONSchema.object(
        "Area",
        [
            .required("code", .text(1...64), "The code.", "代码。"),
            .optional("parent", .text(1...64), "The area that it lies in.", "上级区划。"),
            .required("level", .text(1...64), "What kind of area it is.", "层级。"),
            .required("depth", .integer(0...64), "0 for a root.", "层数，根为 0。"),
            .required("name", NameView.schema, "The name.", "名称。"),
            .required("shortName", .text(0...200), "What people say.", "俗称。"),
            .optional("latitude", .number(-90...90), "Of its middle; WGS-84.", "中心纬度（WGS-84）。"),
            .optional("longitude", .number(-180...180), "Of its middle; WGS-84.", "中心经度（WGS-84）。"),
            .required(
                "children", .list(of: .text(1...64), 0...10_000), "Codes of what lies right under it.", "直属下级的代码。"),
        ])

    public static let sample: AreaView = {
        let town = Area(
            code: "441900121", parent: nil, level: "town", name: LocalizedText(zhHans: "虎门镇", en: "Humen"),
            shortName: "虎门", centroid: GeoPoint(latitude: 22.8164, longitude: 113.6731))
        return AreaView(sample: town, parent: "441900", children: ["441900121001"])
    }()

    private init(sample area: Area, parent: String, children: [String]) {
        code = area.code
        self.parent = parent
        level = area.level
        depth = 1
        name = NameView(area.name)
        shortName = area.shortName
        latitude = area.centroid?.latitudeDegrees
        longitude = area.centroid?.longitudeDegrees
        self.children = children
    }
}

extension CodeTree {
    /// The codes right under a node, in the order of the tree.
    func children(of index: Int32) -> [String] {
        var codes: [String] = []
        var at = index + 1
        while at < ends[Int(index)] {
            codes.append(self.codes[Int(at)])
            at = ends[Int(at)]
        }
        return codes
    }

    /// A page of the nodes of a tree, in its order.
    func page(
        _ input: CodeListInput, at place: String, where isNamed: (Int32) -> Bool
    ) throws -> PageRecord<Int32> {
        var range = Int32(0)..<Int32(count)
        var base: Int32 = 0
        if let within = input.within {
            guard let root = index(of: within) else {
                throw Problem(
                    .invalidInput, at: "?within",
                    LocalizedText(zhHans: "没有代码“\(within)”。", en: "There is no code '\(within)'."))
            }
            range = root..<ends[Int(root)]
            base = depths[Int(root)]
        }
        let greatest = input.depth.map { base + Int32($0) } ?? .max
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                var begin = range.lowerBound
                if let place {
                    guard place.parts.count == 1, let last = index(of: place.parts[0]) else { throw Cursor.unreadable }
                    begin = max(begin, last + 1)
                }
                guard begin < range.upperBound else { return [] }
                return Array((begin..<range.upperBound).prefix(limit))
            }, cursor: { Cursor([codes[Int($0)]]) },
            where: { depths[Int($0)] <= greatest && isNamed($0) })
    }
}
