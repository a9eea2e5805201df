/// The members of an object, written as they come.
struct WireMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: WireWriter
    let level: Int
    let fields: Set<String>?

    var codingPath: [any CodingKey] { [] }

    @inline(__always)
    private func isWanted(_ name: String) -> Bool { fields.map { $0.contains(name) } ?? true }

    func encode(_ value: String, forKey key: Key) throws {
        let name = key.stringValue
        guard isWanted(name) else { return }
        writer.name(name, at: level)
        writer.write(text: value)
    }

    func encode(_ value: Int64, forKey key: Key) throws {
        let name = key.stringValue
        guard isWanted(name) else { return }
        writer.name(name, at: level)
        writer.write(value)
    }

    func encode(_ value: Int, forKey key: Key) throws { try encode(Int64(value), forKey: key) }

    func encode(_ value: Bool, forKey key: Key) throws {
        let name = key.stringValue
        guard isWanted(name) else { return }
        writer.name(name, at: level)
        writer.write(value)
    }

    func encodeNil(forKey key: Key) throws {
        let name = key.stringValue
        guard isWanted(name) else { return }
        writer.name(name, at: level)
        writer.write(plain: "null")
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        let name = key.stringValue
        guard isWanted(name) else { return }
        writer.name(name, at: level)
        try writer.write(value)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
        -> KeyedEncodingContainer<Nested>
    {
        writer.name(key.stringValue, at: level)
        return writer.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        writer.name(key.stringValue, at: level)
        return writer.unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        writer.name("super", at: level)
        return writer
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        writer.name(key.stringValue, at: level)
        return writer
    }
}

/// The elements of a list, written as they come.
struct WireElements: UnkeyedEncodingContainer {
    let writer: WireWriter
    let level: Int
    var count = 0

    init(writer: WireWriter, level: Int) {
        self.writer = writer
        self.level = level
    }

    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() throws {
        next()
        writer.write(plain: "null")
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        next()
        try writer.write(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        next()
        return writer.container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next()
        return writer.unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        next()
        return writer
    }

    private mutating func next() {
        count += 1
        writer.next(at: level)
    }
}

/// One value that is no object and no list.
struct WireSingle: SingleValueEncodingContainer {
    let writer: WireWriter
    var codingPath: [any CodingKey] { [] }

    func encodeNil() throws { writer.write(plain: "null") }
    func encode(_ value: Bool) throws { writer.write(value) }
    func encode(_ value: String) throws { writer.write(text: value) }
    func encode(_ value: Double) throws { try writer.write(value) }
    func encode(_ value: Float) throws { try writer.write(Double(value)) }
    func encode(_ value: Int) throws { writer.write(Int64(value)) }
    func encode(_ value: Int8) throws { writer.write(Int64(value)) }
    func encode(_ value: Int16) throws { writer.write(Int64(value)) }
    func encode(_ value: Int32) throws { writer.write(Int64(value)) }
    func encode(_ value: Int64) throws { writer.write(value) }
    func encode(_ value: UInt8) throws { writer.write(Int64(value)) }
    func encode(_ value: UInt16) throws { writer.write(Int64(value)) }
    func encode(_ value: UInt32) throws { writer.write(Int64(value)) }
    func encode(_ value: UInt) throws { try encode(UInt64(value)) }

    func encode(_ value: UInt64) throws {
        guard let number = Int64(exactly: value) else {
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: [], debugDescription: "Above the greatest whole number."))
        }
        writer.write(number)
    }

    func encode<Value: Encodable>(_ value: Value) throws { try writer.write(value) }
}
