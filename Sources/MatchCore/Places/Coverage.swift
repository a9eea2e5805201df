/// How a node of a tree stands to a list of subtrees.
public enum Coverage: UInt8, Sendable {
    case outside
    case inside
    /// One of the subtrees lies under the node, or the node is not known: only a closer statement would tell.
    case unclear
}

extension CodeTree {
    /// How `node` (−1: not known) stands to the subtrees under `roots`.
    public func coverage(of node: Int32, by roots: [Int32]) -> Coverage {
        guard node >= 0 else { return .unclear }
        var coverage = Coverage.outside
        for root in roots {
            if isNode(node, within: root) { return .inside }
            if isNode(root, within: node) { coverage = .unclear }
        }
        return coverage
    }

    /// The ``Coverage`` of every node as raw values, with −1 first: node n stands at n + 1.
    public func coverageTable(by roots: [Int32]) -> Column<UInt8> {
        var table = Array(repeating: Coverage.outside.rawValue, count: count + 1)
        table[0] = Coverage.unclear.rawValue
        for root in roots {
            var above = parents[Int(root)]
            while above >= 0 {
                table[Int(above) + 1] = Coverage.unclear.rawValue
                above = parents[Int(above)]
            }
        }
        for root in roots {
            for node in Int(root)..<Int(ends[Int(root)]) { table[node + 1] = Coverage.inside.rawValue }
        }
        return Column(table)
    }
}
