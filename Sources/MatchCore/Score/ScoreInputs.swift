/// The facts that one score rests on, in a fixed order: whole numbers, words and lists of them, never fractions,
/// so that the same facts give the same value years later.
public struct ScoreInputs: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case integer(Int64)
        case text(String)
        case flag(Bool)
        case integers([Int64])
        case texts([String])
        case missing
    }

    public private(set) var entries: [(name: String, value: Value)]

    public init(_ entries: KeyValuePairs<String, Value> = [:]) {
        self.entries = entries.map { ($0.key, $0.value) }
    }

    public init(entries: [(name: String, value: Value)]) {
        self.entries = entries
    }

    public subscript(name: String) -> Value? { entries.first { $0.name == name }?.value }

    /// Throws ``ScoreInputError`` where the input is missing or is no whole number.
    public func integer(_ name: String) throws(ScoreInputError) -> Int64 {
        guard case .integer(let value)? = self[name] else {
            throw ScoreInputError(name: name, expected: "a whole number")
        }
        return value
    }

    /// Nil where the input says ``Value/missing``.
    public func optionalInteger(_ name: String) throws(ScoreInputError) -> Int64? {
        switch self[name] {
        case .integer(let value)?: return value
        case .missing?: return nil
        default: throw ScoreInputError(name: name, expected: "a whole number or nothing")
        }
    }

    public func text(_ name: String) throws(ScoreInputError) -> String {
        guard case .text(let value)? = self[name] else { throw ScoreInputError(name: name, expected: "a text") }
        return value
    }

    public func flag(_ name: String) throws(ScoreInputError) -> Bool {
        guard case .flag(let value)? = self[name] else { throw ScoreInputError(name: name, expected: "yes or no") }
        return value
    }

    public func integers(_ name: String) throws(ScoreInputError) -> [Int64] {
        guard case .integers(let value)? = self[name] else {
            throw ScoreInputError(name: name, expected: "a list of whole numbers")
        }
        return value
    }

    public func texts(_ name: String) throws(ScoreInputError) -> [String] {
        guard case .texts(let value)? = self[name] else {
            throw ScoreInputError(name: name, expected: "a list of texts")
        }
        return value
    }

    public static func == (left: ScoreInputs, right: ScoreInputs) -> Bool {
        left.entries.elementsEqual(right.entries) { $0.name == $1.name && $0.value == $1.value }
    }

    public func hash(into hasher: inout Hasher) {
        for (name, value) in entries {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}

extension ScoreInputs: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Value)...) {
        entries = elements.map { ($0.0, $0.1) }
    }
}

extension ScoreInputs.Value: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }

    /// A whole number, or ``missing`` for nil.
    public static func optional(_ value: Int64?) -> ScoreInputs.Value { value.map { .integer($0) } ?? .missing }
}

/// A listed input is not there, or is of another kind.
public struct ScoreInputError: Error, Sendable, CustomStringConvertible {
    public var name: String
    public var expected: String

    public init(name: String, expected: String) {
        self.name = name
        self.expected = expected
    }

    public var description: String { "The input '\(name)' should be \(expected)." }
}
