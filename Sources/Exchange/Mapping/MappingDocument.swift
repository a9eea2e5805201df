internal import InputGate
internal import Yams

/// A mapping file as plain nodes, after aliases, depth and size have been refused.
public indirect enum MappingNode: Sendable {
    case text(String, line: Int)
    case list([MappingNode], line: Int)
    case entries([(key: String, value: MappingNode)], line: Int)

    static let maximumBytes = 1 << 20
    static let maximumDepth = 16

    var line: Int {
        switch self {
        case .text(_, let line), .list(_, let line), .entries(_, let line): line
        }
    }

    /// Reads YAML of at most 1 MiB without anchors, aliases and merge keys.
    public static func read(_ yaml: [UInt8]) throws(MappingError) -> MappingNode {
        if yaml.count > maximumBytes {
            throw MappingError(.tooLarge, "A mapping file has at most 1 MiB.", "映射文件最大 1 MiB。")
        }
        do throws(GateError) {
            try TextGate(limits: GateLimits(maximumBytes: maximumBytes)).check(yaml)
        } catch {
            throw MappingError(.notYAML, error.wording.english, error.wording.chinese)
        }
        // Before the parser, because comparing keys that are aliases of aliases takes it exponential time.
        if let line = lineOfAlias(in: yaml) { throw aliasRefused(line) }
        let root: Node?
        do {
            root = try Yams.compose(yaml: String(decoding: yaml, as: UTF8.self))
        } catch {
            let reason = String(describing: error)
            throw MappingError(.notYAML, "The file is not YAML: \(reason)", "文件不是有效的 YAML：\(reason)")
        }
        guard let root else { throw MappingError(.notYAML, "The file is empty.", "文件是空的。") }
        return try node(root, depth: 0)
    }

    private static func aliasRefused(_ line: Int) -> MappingError {
        MappingError(
            .aliasRefused, line: line, "anchors (&) and aliases (*) are not accepted. Write the value out, in quotes.",
            "不接受锚点（&）和别名（*），请直接写出值并加引号。")
    }

    private static func lineOfAlias(in yaml: [UInt8]) -> Int? {
        var line = 1
        // The last byte before the spaces, which tells whether a value may begin here.
        var before: UInt8 = 0x0A
        for (index, byte) in yaml.enumerated() {
            if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"), index + 1 < yaml.count, yaml[index + 1] > 0x20,
                [0x0A, 0x0D].contains(before) || ":-?[{,!".utf8.contains(before)
            {
                return line
            }
            if byte == 0x0A { line += 1 }
            if byte != 0x20 && byte != 0x09 { before = byte }
        }
        return nil
    }

    private static func node(_ node: Node, depth: Int) throws(MappingError) -> MappingNode {
        let line = node.mark?.line ?? 1
        if node.anchor != nil { throw aliasRefused(line) }
        if depth > maximumDepth {
            throw MappingError(.notYAML, line: line, "the nesting is too deep.", "嵌套太深。")
        }
        switch node {
        case .scalar(let scalar): return .text(scalar.string, line: line)
        case .sequence(let sequence):
            var items: [MappingNode] = []
            for item in sequence { items.append(try Self.node(item, depth: depth + 1)) }
            return .list(items, line: line)
        case .mapping(let mapping):
            var entries: [(key: String, value: MappingNode)] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else {
                    throw MappingError(.notYAML, line: line, "a key must be a text.", "键必须是文本。")
                }
                entries.append((name.string, try Self.node(value, depth: depth + 1)))
            }
            return .entries(entries, line: line)
        case .alias: throw aliasRefused(line)
        }
    }
}

/// Takes the keys of one block of a mapping file, and names those that no one asked for.
struct MappingBlock {
    let line: Int
    private let name: String
    private var entries: [(key: String, value: MappingNode)]
    private var asked: [String] = []

    init(_ node: MappingNode, _ name: String) throws(MappingError) {
        guard case .entries(let entries, let line) = node else {
            throw MappingError(
                .badValue, line: node.line, "'\(name)' must be a block of keys and values.", "“\(name)”应为键值列表。")
        }
        self.entries = entries
        self.line = line
        self.name = name
    }

    /// The keys not taken yet, in the order of the file.
    var rest: [(key: String, value: MappingNode)] { entries }

    mutating func node(_ key: String) -> MappingNode? {
        asked.append(key)
        guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
        return entries.remove(at: index).value
    }

    mutating func text(_ key: String) throws(MappingError) -> String? {
        guard let node = node(key) else { return nil }
        return try node.text(key)
    }

    mutating func neededText(_ key: String) throws(MappingError) -> String {
        if let text = try text(key), !text.isEmpty { return text }
        throw missing(key)
    }

    mutating func texts(_ key: String) throws(MappingError) -> [String]? {
        guard let node = node(key) else { return nil }
        guard case .list(let items, _) = node else { return [try node.text(key)] }
        var texts: [String] = []
        for item in items { texts.append(try item.text(key)) }
        return texts
    }

    mutating func truth(_ key: String) throws(MappingError) -> Bool? {
        try choice(key, ["true": true, "false": false])
    }

    mutating func integer(_ key: String) throws(MappingError) -> Int64? {
        let at = entries.first { $0.key == key }?.value.line
        guard let text = try text(key) else { return nil }
        if let decimal = ExactDecimal(text), let value = try? decimal.whole() { return value }
        throw MappingError(.badValue, line: at, "'\(key)' must be a whole number.", "“\(key)”应为整数。")
    }

    mutating func choice<Value>(_ key: String, _ choices: [String: Value]) throws(MappingError) -> Value? {
        let at = entries.first { $0.key == key }?.value.line
        guard let text = try text(key) else { return nil }
        if let value = choices[text] { return value }
        let known = choices.keys.sorted()
        throw MappingError(
            .badValue, line: at,
            "'\(text)' is not a value of '\(key)'; it is one of: \(known.joined(separator: ", ")).",
            "“\(key)”不能是“\(text)”，可选：\(known.joined(separator: "、"))。")
    }

    func missing(_ key: String) -> MappingError {
        MappingError(.missingKey, line: line, "'\(name)' needs the key '\(key)'.", "“\(name)”缺少键“\(key)”。")
    }

    /// Refuses what is left.
    func finish() throws(MappingError) {
        guard let extra = entries.first else { return }
        let closest = Suggestion(asked).sentence(for: extra.key)
        throw MappingError(
            .unknownKey, line: extra.value.line, "'\(extra.key)' is not a key of '\(name)'.\(closest.english)",
            "“\(name)”没有键“\(extra.key)”。\(closest.chinese)")
    }
}

extension MappingNode {
    func text(_ key: String) throws(MappingError) -> String {
        guard case .text(let text, _) = self else {
            throw MappingError(.badValue, line: line, "'\(key)' must be a text.", "“\(key)”应为文本。")
        }
        return text
    }
}
