/// A setting of a scorer that an admin can tune.
public struct ParameterDescriptor: Sendable {
    public let name: String
    public let title: LocalizedText
    public let help: LocalizedText
    public let kind: ParameterKind
    /// What the number counts, such as `metre` or `millionth`; empty for switches and choices.
    public let unit: String
    /// For a table: what is wrong with it, naming row and column; nil where it can be used.
    public let check: (@Sendable ([ParameterValue]) -> LocalizedText?)?
    /// For a table: what of it should not be published, held against what the program knows, row by row. What was published
    /// before goes on working; so this is no part of ``check``.
    public let review: (@Sendable ([ParameterValue], KnownCodes) -> [TableFault])?

    public init(
        name: String, title: LocalizedText, help: LocalizedText, kind: ParameterKind, unit: String = "",
        check: (@Sendable ([ParameterValue]) -> LocalizedText?)? = nil,
        review: (@Sendable ([ParameterValue], KnownCodes) -> [TableFault])? = nil
    ) {
        self.review = review
        self.name = name
        self.title = title
        self.help = help
        self.kind = kind
        self.unit = unit
        self.check = check
    }

    /// The unit behind a number in a Chinese sentence; one of a plugin's own stands as it is.
    var unitInChinese: String {
        switch unit {
        case "metre": " 米"
        case "day": " 天"
        case "claim": " 次认领"
        case "part": " 份"
        case "thousandth": "（千分之一）"
        case "millionth": "（百万分之一）"
        case "": ""
        default: " " + unit
        }
    }

    public var defaultValue: ParameterValue {
        switch kind {
        case .integer(_, let value): .integer(value)
        case .flag(let value): .flag(value)
        case .choice(_, let value): .text(value)
        case .table: .list([])
        }
    }
}

/// The type of a parameter, with its range and default.
public enum ParameterKind: Sendable, Hashable {
    case integer(ClosedRange<Int64>, default: Int64)
    case flag(default: Bool)
    case choice([String], default: String)
    /// Rows of named cells; without rows by default. What the cells mean is for the descriptor's `check` to say.
    case table([TableColumn], mostRows: Int)
}

/// A column of a parameter that is a table.
public struct TableColumn: Sendable, Hashable {
    public let name: String
    public let help: LocalizedText

    public init(name: String, help: LocalizedText) {
        self.name = name
        self.help = help
    }
}

/// What is wrong with one row of a table.
public struct TableFault: Sendable, Hashable {
    /// From 1.
    public var row: Int
    /// What is wrong and with which column, in both languages.
    public var text: LocalizedText

    public init(row: Int, _ text: LocalizedText) {
        self.row = row
        self.text = text
    }
}

/// One setting. Fractions are whole numbers of a smaller unit (metres, millionths), so that a score is
/// recomputed exactly.
public indirect enum ParameterValue: Sendable, Hashable {
    case integer(Int64)
    case flag(Bool)
    case text(String)
    /// The rows of a table, or several values in one cell.
    case list([ParameterValue])
    /// A row, or a cell with parts, in the order they were written.
    case entries([ParameterEntry])

    /// What a single word or number written by a person stands for.
    public init(scalar text: String) {
        switch text {
        case "true": self = .flag(true)
        case "false": self = .flag(false)
        default:
            // A code such as 007 is no number: it would come back as 7.
            if let number = Int64(text), String(number) == text { self = .integer(number) } else { self = .text(text) }
        }
    }
}

/// A named part of a structured value.
public struct ParameterEntry: Sendable, Hashable {
    public var name: String
    public var value: ParameterValue

    public init(_ name: String, _ value: ParameterValue) {
        self.name = name
        self.value = value
    }
}

/// A full set of settings, checked against a descriptor: every parameter has a value of its kind, in its range.
public struct ParameterValues: Sendable, Hashable {
    private let values: [String: ParameterValue]

    /// Fills in defaults. Throws for a name that the scorer does not have, a value of another kind or out of range.
    public init(_ given: [String: ParameterValue] = [:], for descriptor: ScorerDescriptor) throws(ParameterError) {
        for name in given.keys.sorted() { try ParameterValues.find(name, in: descriptor) }
        var values: [String: ParameterValue] = [:]
        for parameter in descriptor.parameters {
            let value = given[parameter.name] ?? parameter.defaultValue
            if let fault = ParameterValues.fault(of: value, for: parameter) {
                throw ParameterError(
                    scorer: descriptor.id, parameter: parameter.name,
                    LocalizedText(
                        zhHans: "\(descriptor.id)，参数“\(parameter.name)”：\(fault.zhHans)。",
                        en: "\(descriptor.id), parameter '\(parameter.name)': \(fault.en)."))
            }
            values[parameter.name] = value
        }
        self.values = values
    }

    /// The same, and throws where the scorer has no parameter of that name.
    init(_ given: [String: ParameterValue], for descriptor: ScorerDescriptor, naming name: String)
        throws(ParameterError)
    {
        try ParameterValues.find(name, in: descriptor)
        try self.init(given, for: descriptor)
    }

    private static func find(_ name: String, in descriptor: ScorerDescriptor) throws(ParameterError) {
        guard !descriptor.parameters.contains(where: { $0.name == name }) else { return }
        let known = descriptor.parameters.map(\.name).joined(separator: ", ")
        throw ParameterError(
            scorer: descriptor.id, parameter: name,
            LocalizedText(
                zhHans: "\(descriptor.id) 没有参数“\(name)”。" + (known.isEmpty ? "它没有参数。" : "可用：\(known)。"),
                en: "\(descriptor.id) has no parameter '\(name)'."
                    + (known.isEmpty ? " It has none." : " It has: \(known).")))
    }

    private static func fault(of value: ParameterValue, for parameter: ParameterDescriptor) -> LocalizedText? {
        switch (parameter.kind, value) {
        case (.integer(let range, _), .integer(let number)) where range.contains(number): nil
        case (.integer(let range, _), .integer(let number)):
            LocalizedText(
                zhHans: "\(number) 超出 \(range.lowerBound)…\(range.upperBound)\(parameter.unitInChinese)",
                en: "\(number) is outside \(range.lowerBound)…\(range.upperBound) \(parameter.unit)")
        case (.integer(let range, _), _):
            LocalizedText(
                zhHans: "应为整数，\(range.lowerBound)…\(range.upperBound)\(parameter.unitInChinese)",
                en: "expected a whole number, \(range.lowerBound)…\(range.upperBound) \(parameter.unit)")
        case (.flag, .flag): nil
        case (.flag, _): LocalizedText(zhHans: "应为 true 或 false", en: "expected true or false")
        case (.choice(let choices, _), .text(let text)) where choices.contains(text): nil
        case (.choice(let choices, _), .text(let text)):
            LocalizedText(
                zhHans: "“\(text)”不在可选之列：\(choices.joined(separator: "、"))",
                en: "'\(text)' is not one of: \(choices.joined(separator: ", "))")
        case (.choice(let choices, _), _):
            LocalizedText(
                zhHans: "应为其中之一：\(choices.joined(separator: "、"))",
                en: "expected one of: \(choices.joined(separator: ", "))")
        case (.table(_, let most), .list(let rows)) where rows.count > most:
            LocalizedText(zhHans: "有 \(rows.count) 行，至多 \(most) 行", en: "\(rows.count) rows, at most \(most)")
        case (.table(let columns, _), .list(let rows)):
            rowFault(rows, columns) ?? parameter.check?(rows)
        case (.table, _): LocalizedText(zhHans: "应为逐行的表", en: "expected a list of rows")
        }
    }

    private static func rowFault(_ rows: [ParameterValue], _ columns: [TableColumn]) -> LocalizedText? {
        let known = columns.map(\.name).joined(separator: ", ")
        for (index, row) in rows.enumerated() {
            guard case .entries(let cells) = row else {
                return LocalizedText(
                    zhHans: "第 \(index + 1) 行应为列名与值（\(known)）", en: "row \(index + 1) must name its columns (\(known))")
            }
            var seen: Set<String> = []
            for cell in cells {
                guard columns.contains(where: { $0.name == cell.name }) else {
                    return LocalizedText(
                        zhHans: "第 \(index + 1) 行没有“\(cell.name)”列，可用：\(known)",
                        en: "row \(index + 1): there is no column '\(cell.name)', there are \(known)")
                }
                guard seen.insert(cell.name).inserted else {
                    return LocalizedText(
                        zhHans: "第 \(index + 1) 行的“\(cell.name)”列重复",
                        en: "row \(index + 1): the column '\(cell.name)' stands twice")
                }
            }
        }
        return nil
    }

    /// The number of a parameter that the descriptor declares as an integer. A name that it does not declare is a
    /// mistake in the scorer and ends the process at its start.
    public func integer(_ name: String) -> Int64 {
        guard case .integer(let value)? = values[name] else {
            preconditionFailure("no whole-number parameter '\(name)'")
        }
        return value
    }

    public func flag(_ name: String) -> Bool {
        guard case .flag(let value)? = values[name] else { preconditionFailure("no switch '\(name)'") }
        return value
    }

    public func choice(_ name: String) -> String {
        guard case .text(let value)? = values[name] else { preconditionFailure("no choice '\(name)'") }
        return value
    }

    /// The rows of a parameter that the descriptor declares as a table.
    public func table(_ name: String) -> [ParameterValue] {
        guard case .list(let rows)? = values[name] else { preconditionFailure("no table '\(name)'") }
        return rows
    }

    /// In the order of their names.
    public var all: [(name: String, value: ParameterValue)] {
        values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// A setting that a scorer does not take.
public struct ParameterError: Error, Sendable, CustomStringConvertible {
    public var scorer: String
    public var parameter: String
    /// What is wrong, with the range, in both languages.
    public var text: LocalizedText

    public init(scorer: String, parameter: String, _ text: LocalizedText) {
        self.scorer = scorer
        self.parameter = parameter
        self.text = text
    }

    /// The English text.
    public var message: String { text.en }
    public var description: String { text.en }
}
