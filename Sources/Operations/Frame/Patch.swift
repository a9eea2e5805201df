internal import Wire

/// What a change says of one member: nothing, that it be taken away (`null`), or its new value.
public enum Patch<Value: Codable & Sendable>: Sendable {
    case unsaid
    case none
    case value(Value)

    /// What the member is afterwards.
    func applied(to before: Value?) -> Value? {
        switch self {
        case .unsaid: before
        case .none: nil
        case .value(let value): value
        }
    }
}

extension Patch: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .none : .value(try container.decode(Value.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if case .value(let value) = self { try container.encode(value) } else { try container.encodeNil() }
    }
}

extension Patch: Equatable where Value: Equatable {}
extension Patch: Hashable where Value: Hashable {}

// Synthesised coding asks for members of this type here: a member that is missing says nothing.
extension KeyedDecodingContainer {
    func decode<Value>(_ type: Patch<Value>.Type, forKey key: Key) throws -> Patch<Value> {
        guard contains(key) else { return .unsaid }
        return try decodeNil(forKey: key) ? .none : .value(try decode(Value.self, forKey: key))
    }
}

extension KeyedEncodingContainer {
    mutating func encode<Value>(_ value: Patch<Value>, forKey key: Key) throws {
        switch value {
        case .unsaid: break
        case .none: try encodeNil(forKey: key)
        case .value(let value): try encode(value, forKey: key)
        }
    }
}

extension JSONSchema.Property {
    /// A member of a change that `null` takes away.
    static func clearable(_ name: String, _ schema: JSONSchema, _ en: String, _ zhHans: String) -> JSONSchema.Property {
        .optional(name, JSONSchema(.nullable(schema)), en, zhHans)
    }
}
