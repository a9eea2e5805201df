internal import MatchCore

/// The encoder itself: one growing array of bytes and what is still open in it.
final class WireWriter: Encoder {
    private(set) var bytes: [UInt8] = []
    /// What is open, outermost first. A container knows its own depth; writing to it closes what was left open inside.
    private var open: [Level] = []
    private let fields: Set<String>?
    private let filteredLevel: Int

    private struct Level {
        let closing: UInt8
        var isEmpty = true
    }

    init(fields: Set<String>?, filteredLevel: Int) {
        self.fields = fields
        self.filteredLevel = filteredLevel
        bytes.reserveCapacity(1024)
        open.reserveCapacity(8)
    }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let level = begin("{", closing: "}")
        return KeyedEncodingContainer(
            Members<Key>(writer: self, level: level, fields: level == filteredLevel ? fields : nil))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        Elements(writer: self, level: begin("[", closing: "]"))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(writer: self) }

    /// Writes one whole value. Types are compared before anything else, because a cast costs far more.
    func write<Value: Encodable>(_ value: Value) throws {
        if Value.self == String.self {
            write(text: unsafeBitCast(value, to: String.self))
        } else if Value.self == RecordID.self {
            write(unsafeBitCast(value, to: RecordID.self))
        } else if Value.self == Int64.self {
            write(unsafeBitCast(value, to: Int64.self))
        } else if Value.self == Timestamp.self {
            write(unsafeBitCast(value, to: Timestamp.self))
        } else if Value.self == Day.self {
            quote(unsafeBitCast(value, to: Day.self).description)
        } else {
            let depth = open.count
            let start = bytes.count
            try value.encode(to: self)
            close(to: depth)
            // A value that encodes nothing is still a value.
            if bytes.count == start { write(plain: "null") }
        }
    }

    // MARK: Structure

    private func begin(_ opening: Unicode.Scalar, closing: Unicode.Scalar) -> Int {
        bytes.append(UInt8(ascii: opening))
        open.append(Level(closing: UInt8(ascii: closing)))
        return open.count
    }

    fileprivate func close(to depth: Int) {
        while open.count > depth { bytes.append(open.removeLast().closing) }
    }

    /// Makes room for the next member or element of a container.
    fileprivate func next(at level: Int) {
        if open.count > level { close(to: level) }
        if open[level - 1].isEmpty {
            open[level - 1].isEmpty = false
        } else {
            bytes.append(UInt8(ascii: ","))
        }
    }

    fileprivate func name(_ name: String, at level: Int) {
        next(at: level)
        write(text: name)
        bytes.append(UInt8(ascii: ":"))
    }

    // MARK: Values

    func write(_ flag: Bool) { write(plain: flag ? "true" : "false") }

    func write(plain text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func write(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        if bytes.count - start > 1 { bytes[start...].reverse() }
    }

    func write(_ number: Double) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(
                number, EncodingError.Context(codingPath: [], debugDescription: "JSON has no such number."))
        }
        bytes.append(contentsOf: number.description.utf8)
    }

    func write(_ id: RecordID) {
        bytes.append(UInt8(ascii: "\""))
        for index in 0..<32 {
            if index == 8 || index == 12 || index == 16 || index == 20 { bytes.append(UInt8(ascii: "-")) }
            let word = index < 16 ? id.high : id.low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - (index & 15) * 4) & 15)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// `"2026-11-22T08:30:00.000Z"`.
    func write(_ time: Timestamp) {
        let day = time.day(utcOffsetSeconds: 0)
        let parts = day.parts
        guard (1...9999).contains(parts.year) else { return quote(time.description) }
        let rest = time.milliseconds - Int64(day.number) * 86_400_000
        bytes.append(UInt8(ascii: "\""))
        write(digits: Int64(parts.year), count: 4)
        bytes.append(UInt8(ascii: "-"))
        write(digits: Int64(parts.month), count: 2)
        bytes.append(UInt8(ascii: "-"))
        write(digits: Int64(parts.day), count: 2)
        bytes.append(UInt8(ascii: "T"))
        write(digits: rest / 3_600_000, count: 2)
        bytes.append(UInt8(ascii: ":"))
        write(digits: rest / 60_000 % 60, count: 2)
        bytes.append(UInt8(ascii: ":"))
        write(digits: rest / 1000 % 60, count: 2)
        bytes.append(UInt8(ascii: "."))
        write(digits: rest % 1000, count: 3)
        bytes.append(UInt8(ascii: "Z"))
        bytes.append(UInt8(ascii: "\""))
    }

    private func write(digits number: Int64, count: Int) {
        var divisor: Int64 = count == 4 ? 1000 : count == 3 ? 100 : 10
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// A text that is known to need no escapes.
    private func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\""))
    }

    func write(text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { buffer in
            var start = 0
            for index in buffer.indices {
                let byte = buffer[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: buffer[start..<index])
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: buffer[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): write(plain: "\\\"")
        case UInt8(ascii: "\\"): write(plain: "\\\\")
        case 10: write(plain: "\\n")
        case 13: write(plain: "\\r")
        case 9: write(plain: "\\t")
        default:
            write(plain: "\\u00")
            bytes.append(byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let low = byte & 15
            bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") - 10 + low)
        }
    }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
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

private struct Elements: UnkeyedEncodingContainer {
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

private struct Single: SingleValueEncodingContainer {
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
