internal import InputGate
internal import MatchCore

/// Reads the rules for fields and tables out of a mapping file.
struct RuleReader {
    let kind: ImportKind
    var translations: [String: Mapping.Translation]

    func target(_ name: String, _ line: Int) throws(MappingError) -> TargetField {
        let known = TargetField.fields(of: kind)
        if let field = known.first(where: { $0.name == name }) { return field }
        let closest = Suggestion(known.map(\.name)).sentence(for: name)
        throw MappingError(
            .unknownField, line: line, "\(kind.rawValue) have no field '\(name)'.\(closest.english)",
            "\(kind.rawValue) 没有字段“\(name)”。\(closest.chinese)")
    }

    mutating func readTranslations(_ node: MappingNode) throws(MappingError) {
        for (name, value) in try MappingBlock(node, "translations").rest {
            translations[name] = try translation(value)
        }
    }

    private func translation(_ node: MappingNode) throws(MappingError) -> Mapping.Translation {
        if case .text(let name, let line) = node {
            if let named = translations[name] { return named }
            let closest = Suggestion(translations.keys.sorted()).sentence(for: name)
            throw MappingError(
                .badValue, line: line, "'translations' has no table '\(name)'.\(closest.english)",
                "“translations”中没有表“\(name)”。\(closest.chinese)")
        }
        var block = try MappingBlock(node, "translate")
        guard let valuesNode = block.node("values") else { throw block.missing("values") }
        var values: [String: String] = [:]
        for (from, to) in try MappingBlock(valuesNode, "values").rest { values[from.trimmed] = try to.text(from) }
        var fallback = Mapping.Translation.Default.reject
        if let node = block.node("default") {
            switch node {
            case .text("keep", _): fallback = .keep
            case .text("reject", _): fallback = .reject
            case .text("empty", _): fallback = .constant("")
            default:
                var constant = try MappingBlock(node, "default")
                fallback = .constant(try constant.neededText("constant"))
                try constant.finish()
            }
        }
        try block.finish()
        return Mapping.Translation(values: values, fallback: fallback)
    }

    // MARK: - Values and fields

    private func value(_ block: inout MappingBlock) throws(MappingError) -> Mapping.ValueRule {
        let column = try block.text("column")
        let constant = try block.text("constant")
        let template = try block.text("template")
        let source: Mapping.ValueRule.Source
        switch (column, constant, template) {
        case (let column?, nil, nil): source = .column(column)
        case (nil, let constant?, nil): source = .constant(constant)
        case (nil, nil, let template?): source = .template(try parts(template, block.line))
        default:
            throw MappingError(
                .badValue, line: block.line, "a value has exactly one of 'column', 'constant' and 'template'.",
                "每个值只能有“column”“constant”“template”之一。")
        }
        var rule = Mapping.ValueRule(source: source, line: block.line)
        if let node = block.node("part") {
            var part = try MappingBlock(node, "part")
            let delimiter = try part.neededText("delimiter")
            let place = Int(try part.integer("place") ?? 1)
            try part.finish()
            rule.part = (delimiter, place)
        }
        rule.first = try block.integer("first").map { Int($0) }
        rule.split = try block.text("split")
        if let node = block.node("translate") { rule.translation = try translation(node) }
        if rule.split == "" || (rule.first ?? 1) < 1 || rule.part?.place == 0 {
            throw MappingError(
                .badValue, line: block.line, "'split' is not empty, and 'first' and 'place' count from 1.",
                "“split”不能为空，“first”“place”从 1 数起。")
        }
        return rule
    }

    private func parts(_ template: String, _ line: Int) throws(MappingError) -> [Mapping.ValueRule.TemplatePart] {
        var parts: [Mapping.ValueRule.TemplatePart] = []
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw MappingError(.badValue, line: line, "a '{' in the template is not closed.", "模板中的“{”没有配对。")
            }
            parts.append(.column(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        return parts
    }

    func fields(_ node: MappingNode, _ name: String) throws(MappingError) -> [Mapping.FieldRule] {
        var rules: [Mapping.FieldRule] = []
        for (name, node) in try MappingBlock(node, name).rest {
            rules.append(try field(target(name, node.line), node))
        }
        return rules
    }

    private func field(_ target: TargetField, _ node: MappingNode) throws(MappingError) -> Mapping.FieldRule {
        if case .text(let column, let line) = node {
            return Mapping.FieldRule(target: target, value: .init(source: .column(column), line: line))
        }
        var block = try MappingBlock(node, target.name)
        var rule = Mapping.FieldRule(target: target, value: try value(&block))
        let required = try block.truth("required")
        rule.isRequired = required ?? false
        rule.isOptional = required == false
        if let node = block.node("number") {
            var number = try MappingBlock(node, "number")
            if let factor = try number.text("multiply") {
                rule.multiply = ExactDecimal(factor)
                if rule.multiply == nil {
                    throw MappingError(.badValue, line: number.line, "'multiply' must be a number.", "“multiply”应为数字。")
                }
            }
            rule.rounding = try number.choice(
                "rounding", Dictionary(uniqueKeysWithValues: ExactDecimal.Rounding.allCases.map { ($0.rawValue, $0) }))
            rule.minimum = try number.integer("minimum")
            rule.maximum = try number.integer("maximum")
            try number.finish()
        }
        if let node = block.node("date") {
            var date = try MappingBlock(node, "date")
            rule.dates = []
            for pattern in try date.texts("formats") ?? ["iso8601"] {
                if pattern == "iso8601" {
                    rule.dates += DatePattern.iso8601
                } else if let read = DatePattern(pattern) {
                    rule.dates.append(read)
                } else {
                    throw MappingError(
                        .badValue, line: date.line,
                        "'\(pattern)' is not a date pattern. Write one such as yyyy-MM-dd HH:mm.",
                        "“\(pattern)”不是日期格式，请写如 yyyy-MM-dd HH:mm。")
                }
            }
            rule.endOfDay = try date.truth("endOfDay") ?? false
            try date.finish()
        }
        try block.finish()
        return rule
    }

    // MARK: - Flags and tables

    func flags(_ node: MappingNode?) throws(MappingError) -> Mapping.Flags? {
        guard let node else { return nil }
        var block = try MappingBlock(node, "flags")
        let set = try block.texts("set") ?? ["1", "true", "yes", "是", "√"]
        let clear = try block.texts("clear") ?? ["", "0", "false", "no", "否"]
        guard let columnsNode = block.node("columns") else { throw block.missing("columns") }
        var columns: [(name: String, fields: [Mapping.FieldRule], line: Int)] = []
        for (name, node) in try MappingBlock(columnsNode, "columns").rest {
            var rules: [Mapping.FieldRule] = []
            for (field, value) in try MappingBlock(node, name).rest {
                let target = try target(field, value.line)
                let constant = Mapping.ValueRule.Source.constant(try value.text(field))
                rules.append(.init(target: target, value: .init(source: constant, line: value.line)))
            }
            columns.append((name, rules, node.line))
        }
        try block.finish()
        return Mapping.Flags(set: Set(set), clear: Set(clear), columns: columns)
    }

    func tables(_ node: MappingNode, _ kind: String) throws(MappingError) -> [Mapping.TableRule] {
        var tables: [Mapping.TableRule] = []
        for (name, node) in try MappingBlock(node, kind).rest {
            var block = try MappingBlock(node, name)
            let file = try block.neededText("file")
            let options = try Mapping.options(&block)
            var matches: [Mapping.TableRule.Match] = []
            var missing: Mapping.TableRule.Missing?
            if kind == "join" {
                let on = Mapping.ValueRule(source: .column(try block.neededText("on")), line: block.line)
                matches = [.init(column: try block.neededText("key"), value: on, isPrefix: false)]
                missing = try block.choice("missing", ["empty": .empty, "reject": .reject, "skip": .skip]) ?? .reject
            } else if case .list(let items, _) = block.node("match") {
                for item in items {
                    var match = try MappingBlock(item, "match")
                    let equals = try match.text("where")
                    let prefix = try match.text("whereBeginning")
                    guard let column = equals ?? prefix, equals == nil || prefix == nil else {
                        throw match.missing("where")
                    }
                    matches.append(.init(column: column, value: try value(&match), isPrefix: prefix != nil))
                    try match.finish()
                }
            }
            guard matches.first?.isPrefix == false else {
                throw MappingError(
                    .badValue, line: block.line, "'match' must be a list that begins with a 'where'.",
                    "“match”应为列表，第一项须用“where”。")
            }
            try block.finish()
            tables.append(
                .init(name: name, file: file, options: options, matches: matches, missing: missing, line: block.line))
        }
        return tables
    }
}
