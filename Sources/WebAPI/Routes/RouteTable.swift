internal import HTTPTypes
internal import Operations
internal import Wire

/// Finds the operations of a path. Fixed words go before members, and what fits no operation is no path.
struct RouteTable: Sendable {
    private final class Node: Sendable {
        let words: [String: Node]
        let member: Node?
        let operations: [OperationFacts.Method: Route]

        init(_ operations: [(segments: ArraySlice<OperationFacts.PathSegment>, operation: AnyOperation)]) {
            var words: [String: [(ArraySlice<OperationFacts.PathSegment>, AnyOperation)]] = [:]
            var members: [(ArraySlice<OperationFacts.PathSegment>, AnyOperation)] = []
            var own: [OperationFacts.Method: Route] = [:]
            for (segments, operation) in operations {
                switch segments.first {
                case .word(let word)?: words[word, default: []].append((segments.dropFirst(), operation))
                case .member?: members.append((segments.dropFirst(), operation))
                case nil: own[operation.facts.method] = Route(operation)
                }
            }
            self.words = words.mapValues { Node($0) }
            member = members.isEmpty ? nil : Node(members)
            self.operations = own
        }
    }

    /// The operations of one path, and what stands in the place of its members.
    struct Match {
        let operations: [OperationFacts.Method: Route]
        let members: [String]
    }

    private let root: Node

    init(_ operations: [AnyOperation]) {
        root = Node(operations.map { ($0.facts.segments[...], $0) })
    }

    func match(_ path: [String]) -> Match? { match(path[...], root, []) }

    private func match(_ path: ArraySlice<String>, _ node: Node, _ members: [String]) -> Match? {
        guard let segment = path.first else {
            return node.operations.isEmpty ? nil : Match(operations: node.operations, members: members)
        }
        if let next = node.words[segment], let match = match(path.dropFirst(), next, members) { return match }
        guard let next = node.member, !segment.isEmpty else { return nil }
        return match(path.dropFirst(), next, members + [segment])
    }
}

/// An operation with what every request to it is read by: made once, and only pointed to.
final class Route: Sendable {
    let operation: AnyOperation
    /// The members of the input that stand in the path, in its order.
    let pathNames: [String]
    /// Their schemas; nil for a name that the input does not have.
    let pathSchemas: [JSONSchema?]
    /// The rest of the input: the query of a GET, else the body.
    let rest: JSONSchema

    init(_ operation: AnyOperation) {
        self.operation = operation
        let names = operation.facts.segments.compactMap { if case .member(let name) = $0 { name } else { nil } }
        let properties = operation.input.properties
        pathNames = names
        pathSchemas = names.map { name in properties.first { $0.name == name }?.schema }
        // An input that is all in the body keeps what it says beyond its members.
        rest =
            names.isEmpty ? operation.input : JSONSchema.object(nil, properties.filter { !names.contains($0.name) })
    }
}

extension RouteTable.Match {
    /// What `Allow` says.
    var allowed: String {
        var methods = operations.keys.map(\.rawValue)
        if operations[.get] != nil { methods.append("HEAD") }
        return (methods.sorted() + ["OPTIONS"]).joined(separator: ", ")
    }
}
