import MatchCore

/// A value whose type is known only when it is written: parameters and facts of scorers.
enum JSONAny: Encodable {
    case integer(Int64)
    case text(String)
    case flag(Bool)
    case list([JSONAny])
    case entries([(name: String, value: JSONAny)])
    case missing

    init(_ value: ParameterValue) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .flag(let flag): self = .flag(flag)
        case .text(let text): self = .text(text)
        case .list(let values): self = .list(values.map { JSONAny($0) })
        case .entries(let entries): self = .entries(entries.map { ($0.name, JSONAny($0.value)) })
        }
    }

    init(_ value: ScoreInputs.Value) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .text(let text): self = .text(text)
        case .flag(let flag): self = .flag(flag)
        case .integers(let numbers): self = .list(numbers.map { .integer($0) })
        case .texts(let texts): self = .list(texts.map { .text($0) })
        case .missing: self = .missing
        }
    }

    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        if case .entries(let entries) = self {
            var container = encoder.container(keyedBy: Name.self)
            for entry in entries { try container.encode(entry.value, forKey: Name(entry.name)) }
            return
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .entries: break
        case .integer(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        case .missing: try container.encodeNil()
        }
    }

    /// A fact of a score, named; in a list, because their order is part of the explanation.
    struct Fact: Encodable {
        var name: String
        var value: JSONAny
    }

    static func facts(_ inputs: ScoreInputs) -> [Fact] {
        inputs.entries.map { Fact(name: $0.name, value: JSONAny($0.value)) }
    }
}
