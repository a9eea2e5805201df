internal import Foundation

extension Mapping {
    /// Reads a mapping file. Throws `MappingError` with the line and, for a misspelt name, the closest one.
    public init(yaml: [UInt8]) throws(MappingError) {
        try self.init(node: MappingNode.read(yaml))
    }

    /// Reads a mapping that was written in something else than YAML. Throws as reading a file does.
    public init(node: MappingNode) throws(MappingError) {
        var block = try MappingBlock(node, "mapping")
        guard
            let kind = try block.choice(
                "kind", Dictionary(uniqueKeysWithValues: ImportKind.allCases.map { ($0.rawValue, $0) }))
        else { throw block.missing("kind") }
        self.kind = kind
        source = try block.neededText("source")
        _ = try block.text("description")
        csv = try Self.options(&block)
        let zone = try block.text("timeZone")
        guard let timeZone = TimeZone(identifier: zone ?? "UTC") else {
            throw MappingError(
                .badValue, line: block.line, "'\(zone ?? "")' is not a time zone. Write one such as Asia/Shanghai.",
                "“\(zone ?? "")”不是时区，请写如 Asia/Shanghai。")
        }
        self.timeZone = timeZone
        let required = Set(try block.texts("required") ?? [])
        let mayMissColumns = try block.choice("missingColumns", ["empty": true, "refuse": false]) ?? false
        skip = try Self.conditions(block.node("skipWhen"))
        var reader = RuleReader(kind: kind, translations: [:])
        if let named = block.node("translations") { try reader.readTranslations(named) }
        var tables: [TableRule] = []
        if let joins = block.node("join") { tables += try reader.tables(joins, "join") }
        if let lookups = block.node("lookup") { tables += try reader.tables(lookups, "lookup") }
        self.tables = tables
        guard let fieldsNode = block.node("fields") else { throw block.missing("fields") }
        var fields = try reader.fields(fieldsNode, "fields")
        flags = try reader.flags(block.node("flags"))
        (metresPerUnit, missingDistance) = try Self.distance(block.node("distance"), kind, block.line)
        try block.finish()

        for flag in flags?.columns ?? [] {
            if let both = flag.fields.first(where: { rule in fields.contains { $0.target == rule.target } }) {
                throw MappingError(
                    .badValue, line: flag.line,
                    "'\(both.target.name)' is filled by 'fields' already. Remove one of the two.",
                    "“\(both.target.name)”已在“fields”中填写，请删去其一。")
            }
        }
        let flagged = Set(flags?.columns.first?.fields.map(\.target.name) ?? [])
        for name in TargetField.necessary(for: kind) + required.sorted() {
            if let index = fields.firstIndex(where: { $0.target.name == name }) {
                fields[index].isRequired = name != "category" || !fields[index].isOptional
            } else if !flagged.contains(name) {
                _ = try reader.target(name, block.line)
                throw MappingError(
                    .missingKey, line: fieldsNode.line, "'fields' must fill '\(name)'.", "“fields”必须填写“\(name)”。")
            }
        }
        if mayMissColumns {
            for index in fields.indices where !fields[index].isRequired { fields[index].isOptional = true }
        }
        self.fields = fields
    }

    private static func distance(
        _ node: MappingNode?, _ kind: ImportKind, _ line: Int
    ) throws(MappingError) -> (ExactDecimal, MissingDistance) {
        // Exact by definition: a kilometre has 1000 m, an international mile 1609.344 m.
        let units = ["km": "1000", "miles": "1609.344", "metres": "1"].compactMapValues(ExactDecimal.init)
        guard let node else {
            if kind == .distances {
                throw MappingError(
                    .missingKey, line: line, "a mapping for distances needs 'distance' with 'unit' and 'missing'.",
                    "距离表的映射需要“distance”，写明“unit”和“missing”。")
            }
            return (ExactDecimal("1")!, .unknown)
        }
        var block = try MappingBlock(node, "distance")
        guard let unit = try block.choice("unit", units) else { throw block.missing("unit") }
        let choices = Dictionary(uniqueKeysWithValues: MissingDistance.allCases.map { ($0.rawValue, $0) })
        guard let missing = try block.choice("missing", choices) else { throw block.missing("missing") }
        try block.finish()
        return (unit, missing)
    }

    static func options(_ block: inout MappingBlock) throws(MappingError) -> CSVOptions {
        var options = CSVOptions()
        if let name = try block.text("encoding"), name != "auto" {
            guard let encoding = CSVEncoding(named: name) else {
                throw MappingError(
                    .badValue, line: block.line,
                    "'\(name)' is not an encoding; it is one of: auto, utf-8, utf-16le, utf-16be, gb18030.",
                    "没有“\(name)”这种编码，可选：auto、utf-8、utf-16le、utf-16be、gb18030。")
            }
            options.encoding = encoding
        }
        options.delimiter = try block.choice(
            "delimiter", [",": UInt8(ascii: ","), ";": UInt8(ascii: ";"), "\t": 0x09, "tab": 0x09])
        let hasHeader = try block.truth("header") ?? true
        let columns = try block.texts("columns")
        if hasHeader == (columns != nil) {
            throw MappingError(
                .badValue, line: block.line, "'columns' goes with 'header: false', and is needed there.",
                "“columns”须与“header: false”同时使用。")
        }
        if let columns { options.header = .names(columns) }
        return options
    }

    static func conditions(_ node: MappingNode?) throws(MappingError) -> [Condition] {
        guard let node else { return [] }
        guard case .list(let items, _) = node else {
            throw MappingError(.badValue, line: node.line, "'skipWhen' must be a list.", "“skipWhen”应为列表。")
        }
        var conditions: [Condition] = []
        for item in items {
            var block = try MappingBlock(item, "skipWhen")
            let column = try block.neededText("column")
            let wanted = try block.texts("is")
            let unwanted = try block.texts("isNot")
            let empty = try block.truth("isEmpty")
            let test: Condition.Test
            switch (wanted, unwanted, empty) {
            case (let wanted?, nil, nil): test = .isOneOf(wanted)
            case (nil, let unwanted?, nil): test = .isNoneOf(unwanted)
            case (nil, nil, let empty?): test = .isEmpty(empty)
            default:
                throw MappingError(
                    .badValue, line: block.line, "a condition has exactly one of 'is', 'isNot' and 'isEmpty'.",
                    "每个条件只能有“is”“isNot”“isEmpty”之一。")
            }
            try block.finish()
            conditions.append(Condition(column: column, test: test, line: block.line))
        }
        return conditions
    }
}
