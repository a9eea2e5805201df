/// A place of the administrative map: city, town or street, village or community.
public struct Area: Sendable, Hashable {
    public var code: String
    public var parent: String?
    public var level: String
    public var name: LocalizedText
    /// What people say: 虎门 for 虎门镇. Equal to the name where there is none.
    public var shortName: String
    public var centroid: GeoPoint?

    public init(
        code: String, parent: String?, level: String, name: LocalizedText, shortName: String? = nil,
        centroid: GeoPoint? = nil
    ) {
        self.code = code
        self.parent = parent
        self.level = level
        self.name = name
        self.shortName = shortName ?? name.zhHans
        self.centroid = centroid
    }
}

/// The areas of a program as a tree with parent pointers; the length of a code means nothing.
public struct AreaTree: Sendable {
    public let tree: CodeTree
    /// In the order of `tree`.
    public let areas: [Area]
    /// The centroid of the area itself or of its nearest ancestor that has one.
    let centroids: [EarthPosition?]

    public static let empty = AreaTree()

    private init() {
        tree = CodeTree.empty
        areas = []
        centroids = []
    }

    /// Throws ``CodeTreeError`` for a code that stands twice, a parent that is missing, or a circle.
    public init(_ areas: [Area]) throws {
        let tree = try CodeTree(areas.map { ($0.code, $0.parent) })
        let ordered = tree.order.map { areas[$0] }
        var centroids: [EarthPosition?] = []
        for (index, area) in ordered.enumerated() {
            if let own = area.centroid {
                centroids.append(EarthPosition(own))
            } else {
                centroids.append(tree.parents[index] >= 0 ? centroids[Int(tree.parents[index])] : nil)
            }
        }
        self.tree = tree
        self.areas = ordered
        self.centroids = centroids
    }

    public subscript(code: String) -> Area? { tree.index(of: code).map { areas[Int($0)] } }

    /// Names from the root down, such as 东莞市虎门镇.
    public func path(of code: String, in language: Language) -> String {
        guard var index = tree.index(of: code).map(Int.init) else { return code }
        var names: [String] = []
        while index >= 0 {
            names.append(areas[index].name[language])
            index = Int(tree.parents[index])
        }
        return language == .zhHans ? names.reversed().joined() : names.joined(separator: ", ")
    }
}
