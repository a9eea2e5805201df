/// A tree over codes, numbered from the root down so that a subtree is one range of numbers.
///
/// Areas and categories are both such trees; "is this inside that?" is two comparisons of whole numbers.
public struct CodeTree: Sendable {
    /// In preorder; children keep the order of the list they came in.
    public let codes: [String]
    /// The parent's number; −1 at a root.
    public let parents: [Int32]
    /// The first number behind the subtree of each node.
    public let ends: [Int32]
    /// 0 at a root.
    public let depths: [Int32]
    /// Where each node stood in the list that the tree was made of.
    public let order: [Int]
    private let indices: [String: Int32]

    public static let empty = CodeTree()

    private init() {
        codes = []
        parents = []
        ends = []
        depths = []
        order = []
        indices = [:]
    }

    public init(_ nodes: [(code: String, parent: String?)]) throws {
        var positions: [String: Int] = [:]
        for (position, node) in nodes.enumerated() {
            guard positions.updateValue(position, forKey: node.code) == nil else {
                throw CodeTreeError(
                    .duplicateCode, message: "The code '\(node.code)' stands twice. Remove one of them.")
            }
        }
        var children: [[Int]] = Array(repeating: [], count: nodes.count)
        var roots: [Int] = []
        for (position, node) in nodes.enumerated() {
            guard let parent = node.parent else {
                roots.append(position)
                continue
            }
            guard let parentPosition = positions[parent] else {
                throw CodeTreeError(
                    .unknownParent,
                    message:
                        "'\(node.code)' names the parent '\(parent)', which is not in the list. Add it, or correct it.")
            }
            children[parentPosition].append(position)
        }
        var codes: [String] = []
        var parents: [Int32] = []
        var depths: [Int32] = []
        var order: [Int] = []
        var stack: [(position: Int, parent: Int32, depth: Int32)] = roots.reversed().map { ($0, -1, 0) }
        while let (position, parent, depth) = stack.popLast() {
            let index = Int32(codes.count)
            codes.append(nodes[position].code)
            parents.append(parent)
            depths.append(depth)
            order.append(position)
            for child in children[position].reversed() { stack.append((child, index, depth + 1)) }
        }
        guard codes.count == nodes.count else {
            let reached = Set(codes)
            let lost = nodes.first { !reached.contains($0.code) }?.code ?? ""
            throw CodeTreeError(
                .circle, message: "'\(lost)' is its own ancestor. Correct the parents so that they lead to a root.")
        }
        var ends = (0..<codes.count).map { Int32($0 + 1) }
        for index in stride(from: codes.count - 1, through: 0, by: -1) where parents[index] >= 0 {
            ends[Int(parents[index])] = max(ends[Int(parents[index])], ends[index])
        }
        self.codes = codes
        self.parents = parents
        self.ends = ends
        self.depths = depths
        self.order = order
        indices = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, Int32($0)) })
    }

    public var count: Int { codes.count }

    public func index(of code: String) -> Int32? { indices[code] }

    /// The codes from the root down to a node; empty for −1, which stands for no node.
    ///
    /// With it listed, whether the node lies under some other can be judged without the tree.
    public func path(to index: Int32) -> [String] {
        var path: [String] = []
        var node = index
        while node >= 0 {
            path.append(codes[Int(node)])
            node = parents[Int(node)]
        }
        return path.reversed()
    }

    /// Whether `node` is `ancestor` or lies under it.
    @inlinable
    public func isNode(_ node: Int32, within ancestor: Int32) -> Bool {
        node >= ancestor && node < ends[Int(ancestor)]
    }
}

/// What is wrong with a list that should be a tree.
public struct CodeTreeError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable { case duplicateCode, unknownParent, circle }

    public var code: Code
    public var message: String

    public init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
