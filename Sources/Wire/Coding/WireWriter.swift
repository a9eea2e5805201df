internal import MatchCore

/// The encoder itself: bytes that grow, and what is still open in them.
///
/// Memory is kept by hand, because every byte of an answer goes through here and a checked array costs twice as much.
/// What makes it safe: only `reserve` changes `start`, every write reserves its bytes first and goes to `start + count`,
/// and one encoder is used by one call on one thread.
final class WireWriter: Encoder {
    private var start: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var capacity: Int
    /// How many objects and lists are open. A container knows its own depth; writing to it closes what was left open
    /// inside.
    private var depth = 0
    /// One bit per depth: whether an object is open there, and whether nothing stands in it yet.
    private var objects: UInt64 = 0
    private var empties: UInt64 = 0
    private let fields: Set<String>?
    private let filteredLevel: Int

    /// One bit of a word for each depth, and the lowest is not used.
    private static let greatestDepth = 63

    init(fields: Set<String>?, filteredLevel: Int) {
        self.fields = fields
        self.filteredLevel = filteredLevel
        capacity = 2048
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let level = begin(isObject: true)
        return KeyedEncodingContainer(
            WireMembers<Key>(writer: self, level: level, fields: level == filteredLevel ? fields : nil))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        WireElements(writer: self, level: begin(isObject: false))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { WireSingle(writer: self) }

    /// Writes one whole value. Types are compared before anything else, because a cast costs far more; after the
    /// comparison a bit cast only names the type that the value has.
    func write<Value: Encodable>(_ value: Value) throws {
        if Value.self == String.self {
            write(text: unsafeBitCast(value, to: String.self))
        } else if Value.self == RecordID.self {
            write(unsafeBitCast(value, to: RecordID.self))
        } else if Value.self == Int64.self {
            write(unsafeBitCast(value, to: Int64.self))
        } else if Value.self == Int32.self {
            write(Int64(unsafeBitCast(value, to: Int32.self)))
        } else if Value.self == Timestamp.self {
            write(unsafeBitCast(value, to: Timestamp.self))
        } else if Value.self == Double.self {
            try write(unsafeBitCast(value, to: Double.self))
        } else if Value.self == Day.self {
            write(text: unsafeBitCast(value, to: Day.self).description)
        } else {
            let before = (depth, count)
            try value.encode(to: self)
            guard depth <= Self.greatestDepth else {
                throw EncodingError.invalidValue(
                    value,
                    EncodingError.Context(
                        codingPath: [], debugDescription: "Deeper than \(Self.greatestDepth) objects and lists."))
            }
            close(to: before.0)
            // A value that encodes nothing is still a value.
            if count == before.1 { write(plain: "null") }
        }
    }

    // MARK: Structure

    private func begin(isObject: Bool) -> Int {
        append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        depth += 1
        // Shifts beyond the word give 0 and do no harm: `write` refuses such a value.
        let bit: UInt64 = 1 << UInt64(depth)
        empties |= bit
        if isObject { objects |= bit } else { objects &= ~bit }
        return depth
    }

    func close(to level: Int) {
        while depth > level {
            append(objects & (1 << UInt64(depth)) != 0 ? UInt8(ascii: "}") : UInt8(ascii: "]"))
            depth -= 1
        }
    }

    /// Makes room for the next member or element of a container.
    func next(at level: Int) {
        if depth > level { close(to: level) }
        let bit: UInt64 = 1 << UInt64(level)
        if empties & bit != 0 { empties &= ~bit } else { append(UInt8(ascii: ",")) }
    }

    func name(_ name: String, at level: Int) {
        next(at: level)
        write(text: name)
        append(UInt8(ascii: ":"))
    }

    // MARK: Bytes

    @inline(__always)
    private func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    private func grow(_ more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }

    @inline(__always)
    private func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    // MARK: Values

    func write(_ flag: Bool) { write(plain: flag ? "true" : "false") }

    func write(plain text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        (start + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    func write(_ number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var digits = 1
        var rest = number.magnitude
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        reserve(digits)
        rest = number.magnitude
        var at = count + digits
        count = at
        for _ in 0..<digits {
            at -= 1
            start[at] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    func write(_ number: Double) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(
                number, EncodingError.Context(codingPath: [], debugDescription: "JSON has no such number."))
        }
        for byte in number.description.utf8 { append(byte) }
    }

    func write(_ id: RecordID) {
        reserve(38)
        append(UInt8(ascii: "\""))
        for index in 0..<32 {
            if index == 8 || index == 12 || index == 16 || index == 20 { append(UInt8(ascii: "-")) }
            let word = index < 16 ? id.high : id.low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - (index & 15) * 4) & 15)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
        append(UInt8(ascii: "\""))
    }

    /// `"2026-11-22T08:30:00.000Z"`.
    func write(_ time: Timestamp) {
        let day = time.day(utcOffsetSeconds: 0)
        let parts = day.parts
        guard (1...9999).contains(parts.year) else { return write(text: time.description) }
        let rest = time.milliseconds - Int64(day.number) * 86_400_000
        reserve(26)
        append(UInt8(ascii: "\""))
        write(digits: Int64(parts.year), from: 1000)
        append(UInt8(ascii: "-"))
        write(digits: Int64(parts.month), from: 10)
        append(UInt8(ascii: "-"))
        write(digits: Int64(parts.day), from: 10)
        append(UInt8(ascii: "T"))
        write(digits: rest / 3_600_000, from: 10)
        append(UInt8(ascii: ":"))
        write(digits: rest / 60_000 % 60, from: 10)
        append(UInt8(ascii: ":"))
        write(digits: rest / 1000 % 60, from: 10)
        append(UInt8(ascii: "."))
        write(digits: rest % 1000, from: 100)
        append(UInt8(ascii: "Z"))
        append(UInt8(ascii: "\""))
    }

    private func write(digits number: Int64, from greatest: Int64) {
        var divisor = greatest
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    func write(text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ write(utf8: $0) }) != nil { return }
        var text = text
        text.withUTF8 { write(utf8: $0) }
    }

    private func write(utf8 text: UnsafeBufferPointer<UInt8>) {
        // An escape takes six bytes at most.
        reserve(text.count * 6 + 2)
        var at = start + count
        at.pointee = UInt8(ascii: "\"")
        at += 1
        var read = 0
        // Eight bytes at a time as long as none of them needs an escape, which is nearly always.
        if let base = UnsafeRawPointer(text.baseAddress) {
            while read + 8 <= text.count {
                let word = base.loadUnaligned(fromByteOffset: read, as: UInt64.self)
                guard !Self.needsEscape(word) else { break }
                UnsafeMutableRawPointer(at).storeBytes(of: word, as: UInt64.self)
                at += 8
                read += 8
            }
        }
        for byte in text[read...] {
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                at.pointee = byte
                at += 1
            } else {
                at = Self.escape(byte, at)
            }
        }
        at.pointee = UInt8(ascii: "\"")
        count = at - start + 1
    }

    /// Whether a byte of the word is a control, a quote or a backslash: the classic test for a zero byte, of the word as it
    /// is without its upper three bits, and of the word compared with either sign. Bytes of 128 and more are none of these.
    @inline(__always)
    private static func needsEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        func hasZero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
        let control = (word &- ones &* 0x20) & ~word & tops
        return (control | hasZero(word ^ ones &* 0x22) | hasZero(word ^ ones &* 0x5C)) != 0
    }

    private static func escape(_ byte: UInt8, _ place: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        let short: UInt8? =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
            case 10: UInt8(ascii: "n")
            case 13: UInt8(ascii: "r")
            case 9: UInt8(ascii: "t")
            default: nil
            }
        place[0] = UInt8(ascii: "\\")
        if let short {
            place[1] = short
            return place + 2
        }
        place[1] = UInt8(ascii: "u")
        place[2] = UInt8(ascii: "0")
        place[3] = UInt8(ascii: "0")
        place[4] = byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1")
        let low = byte & 15
        place[5] = low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") - 10 + low
        return place + 6
    }
}
