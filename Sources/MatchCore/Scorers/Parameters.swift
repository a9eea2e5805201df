/// A setting of a scorer that an admin can tune.
public struct ParameterDescriptor: Sendable {
    public let name: String
    public let title: LocalizedText
    public let help: LocalizedText
    public let kind: ParameterKind
    /// What the number counts, such as `metre` or `millionth`; empty for switches and choices.
    public let unit: String

    public init(name: String, title: LocalizedText, help: LocalizedText, kind: ParameterKind, unit: String = "") {
        self.name = name
        self.title = title
        self.help = help
        self.kind = kind
        self.unit = unit
    }

    public var defaultValue: ParameterValue {
        switch kind {
        case .integer(_, let value): .integer(value)
        case .flag(let value): .flag(value)
        case .choice(_, let value): .text(value)
        }
    }
}

/// The type of a parameter, with its range and default.
public enum ParameterKind: Sendable, Hashable {
    case integer(ClosedRange<Int64>, default: Int64)
    case flag(default: Bool)
    case choice([String], default: String)
}

/// One setting. Fractions are whole numbers of a smaller unit (metres, millionths), so that a score is
/// recomputed exactly.
public enum ParameterValue: Sendable, Hashable {
    case integer(Int64)
    case flag(Bool)
    case text(String)
}

/// A full set of settings, checked against a descriptor: every parameter has a value of its kind, in its range.
public struct ParameterValues: Sendable, Hashable {
    private let values: [String: ParameterValue]

    /// Fills in defaults. Throws for a name that the scorer does not have, a value of another kind or out of range.
    public init(_ given: [String: ParameterValue] = [:], for descriptor: ScorerDescriptor) throws(ParameterError) {
        for name in given.keys.sorted() where !descriptor.parameters.contains(where: { $0.name == name }) {
            let known = descriptor.parameters.map(\.name).joined(separator: ", ")
            throw ParameterError(
                scorer: descriptor.id, parameter: name,
                message: "\(descriptor.id) has no parameter '\(name)'."
                    + (known.isEmpty ? " It has none." : " It has: \(known)."))
        }
        var values: [String: ParameterValue] = [:]
        for parameter in descriptor.parameters {
            let value = given[parameter.name] ?? parameter.defaultValue
            let fault: String? =
                switch (parameter.kind, value) {
                case (.integer(let range, _), .integer(let number)):
                    range.contains(number)
                        ? nil : "\(number) is outside \(range.lowerBound)…\(range.upperBound) \(parameter.unit)"
                case (.integer(let range, _), _):
                    "expected a whole number, \(range.lowerBound)…\(range.upperBound) \(parameter.unit)"
                case (.flag, .flag): nil
                case (.flag, _): "expected true or false"
                case (.choice(let choices, _), .text(let text)):
                    choices.contains(text) ? nil : "'\(text)' is not one of: \(choices.joined(separator: ", "))"
                case (.choice(let choices, _), _): "expected one of: \(choices.joined(separator: ", "))"
                }
            if let fault {
                throw ParameterError(
                    scorer: descriptor.id, parameter: parameter.name,
                    message: "\(descriptor.id), parameter '\(parameter.name)': \(fault).")
            }
            values[parameter.name] = value
        }
        self.values = values
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

    /// In the order of their names.
    public var all: [(name: String, value: ParameterValue)] {
        values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// A setting that a scorer does not take.
public struct ParameterError: Error, Sendable, CustomStringConvertible {
    public var scorer: String
    public var parameter: String
    public var message: String

    public init(scorer: String, parameter: String, message: String) {
        self.scorer = scorer
        self.parameter = parameter
        self.message = message
    }

    public var description: String { message }
}
