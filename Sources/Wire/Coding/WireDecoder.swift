internal import MatchCore

/// Makes typed values of JSON that its schema has found sound.
///
/// Ids, days and moments are texts on the wire, whatever their own coding is.
public struct WireDecoder: Sendable {
    public init() {}

    /// Throws a ``Problem`` `invalidInput` that names the place of what does not fit.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self, from json: JSONValue) throws -> Value {
        try WireDecoding(value: json, place: "").typed(type)
    }
}

/// One value that is being decoded, with its place as a JSON pointer.
struct WireDecoding: Decoder {
    let value: JSONValue
    let place: String

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else { throw misfit("an object", "对象") }
        return KeyedDecodingContainer(Members<Key>(object: object, place: place))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let values) = value else { throw misfit("a list", "数组") }
        return Elements(values: values, place: place)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { Single(decoding: self) }

    func typed<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let scalar = try scalar(type) as? Value { return scalar }
        return try Value(from: self)
    }

    /// The value of a type that has a form of its own on the wire; nil for all others.
    private func scalar(_ type: any Decodable.Type) throws -> (any Sendable)? {
        if type == String.self {
            guard case .text(let text) = value else { throw misfit("a text", "文字") }
            return text
        }
        if type == Bool.self {
            guard case .flag(let flag) = value else { throw misfit("true or false", "true 或 false") }
            return flag
        }
        if let type = type as? any (FixedWidthInteger & Sendable).Type { return try integer(type) }
        if type == Double.self {
            switch value {
            case .integer(let number): return Double(number)
            case .decimal(let text): if let number = Double(text), number.isFinite { return number }
            default: break
            }
            throw misfit("a number", "数字")
        }
        if type == RecordID.self { return try read("an id", "编号（UUID）") { RecordID($0) } }
        if type == Timestamp.self { return try read("a moment", "时间") { Timestamp(internet: $0) } }
        if type == Day.self { return try read("a day", "日期") { Day($0) } }
        return nil
    }

    private func integer<Number: FixedWidthInteger & Sendable>(_ type: Number.Type) throws -> Number {
        guard case .integer(let number) = value, let exact = Number(exactly: number) else {
            throw misfit("a whole number in range", "范围内的整数")
        }
        return exact
    }

    private func read<Value>(_ en: String, _ zhHans: String, _ read: (String) -> Value?) throws -> Value {
        guard case .text(let text) = value, let found = read(text) else { throw misfit(en, zhHans) }
        return found
    }

    private func misfit(_ en: String, _ zhHans: String) -> Problem {
        .misfit(place, "This must be \(en).", "此处应为\(zhHans)。")
    }
}

extension Problem {
    static func misfit(_ place: String, _ en: String, _ zhHans: String) -> Problem {
        let sentence = LocalizedText(zhHans: zhHans, en: en)
        return Problem(.invalidInput, sentence, fields: [FieldFault(place, sentence)])
    }
}

private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONObject
    let place: String

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try decoding(key).value == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try decoding(key).typed(type) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<Nested>
    { try decoding(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoding(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { WireDecoding(value: .object(object), place: place) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoding(key) }

    private func decoding(_ key: Key) throws -> WireDecoding {
        let name = key.stringValue
        guard let value = object[name] else {
            throw Problem.misfit("\(place)/\(name)", "'\(name)' is missing.", "缺少“\(name)”。")
        }
        return WireDecoding(value: value, place: "\(place)/\(name)")
    }
}

private struct Elements: UnkeyedDecodingContainer {
    let values: [JSONValue]
    let place: String
    var currentIndex = 0

    init(values: [JSONValue], place: String) {
        self.values = values
        self.place = place
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    mutating func decodeNil() throws -> Bool {
        guard try current().value == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().typed(type) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }

    private func current() throws -> WireDecoding {
        guard !isAtEnd else { throw Problem.misfit(place, "The list is too short.", "数组过短。") }
        return WireDecoding(value: values[currentIndex], place: "\(place)/\(currentIndex)")
    }

    private mutating func next() throws -> WireDecoding {
        defer { currentIndex += 1 }
        return try current()
    }
}

private struct Single: SingleValueDecodingContainer {
    let decoding: WireDecoding
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { decoding.value == .null }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoding.typed(type) }
}
