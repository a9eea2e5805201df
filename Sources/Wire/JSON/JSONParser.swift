public import InputGate

extension JSONValue {
    /// Reads a body after the gate has let it in; texts come in Unicode's composed form (NFC).
    public init(parsing body: [UInt8], limits: GateLimits = .json) throws(GateError) {
        try JSONGate(limits: limits).check(body)
        self = body.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(bytes: buffer)
            return parser.document()
        }
    }
}

/// Reads JSON that the gate has checked.
///
/// The gate knows the grammar: every value ends, every text is UTF-8, no name stands twice, nothing lies deeper than its
/// limit. So nothing here can fail, and recursion is bounded. Reading goes past no end, because the gate read the same
/// bytes to their end.
struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func document() -> JSONValue {
        skipSpace()
        return value()
    }

    private mutating func value() -> JSONValue {
        switch bytes[at] {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return list()
        case UInt8(ascii: "\""): return .text(text())
        case UInt8(ascii: "t"):
            at += 4
            return .flag(true)
        case UInt8(ascii: "f"):
            at += 5
            return .flag(false)
        case UInt8(ascii: "n"):
            at += 4
            return .null
        default: return number()
        }
    }

    private mutating func object() -> JSONValue {
        var members: [JSONObject.Member] = []
        at += 1
        skipSpace()
        while bytes[at] != UInt8(ascii: "}") {
            if bytes[at] == UInt8(ascii: ",") {
                at += 1
                skipSpace()
            }
            let name = text()
            skipSpace()
            at += 1  // the colon
            skipSpace()
            members.append(JSONObject.Member(name: name, value: value()))
            skipSpace()
        }
        at += 1
        return .object(JSONObject(distinct: members))
    }

    private mutating func list() -> JSONValue {
        var values: [JSONValue] = []
        at += 1
        skipSpace()
        while bytes[at] != UInt8(ascii: "]") {
            if bytes[at] == UInt8(ascii: ",") {
                at += 1
                skipSpace()
            }
            values.append(value())
            skipSpace()
        }
        at += 1
        return .list(values)
    }

    private mutating func number() -> JSONValue {
        let start = at
        scan: while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                at += 1
            default: break scan
            }
        }
        let text = bytes[start..<at]
        if let whole = ExactInteger.read(text) { return .integer(whole) }
        return .decimal(String(decoding: text, as: UTF8.self))
    }

    private mutating func text() -> String {
        at += 1
        let start = at
        while bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\\") { return escapedText(from: start).composed }
            at += 1
        }
        defer { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self).composed
    }

    private mutating func escapedText(from start: Int) -> String {
        var plain = Array(bytes[start..<at])
        while bytes[at] != UInt8(ascii: "\"") {
            guard bytes[at] == UInt8(ascii: "\\") else {
                plain.append(bytes[at])
                at += 1
                continue
            }
            let escape = bytes[at + 1]
            at += 2
            switch escape {
            case UInt8(ascii: "b"): plain.append(8)
            case UInt8(ascii: "f"): plain.append(12)
            case UInt8(ascii: "n"): plain.append(10)
            case UInt8(ascii: "r"): plain.append(13)
            case UInt8(ascii: "t"): plain.append(9)
            case UInt8(ascii: "u"):
                var code = hexadecimal()
                if (0xD800..<0xDC00).contains(code) {
                    at += 2  // the backslash and the u of the low half
                    code = 0x10000 + (code - 0xD800) << 10 + (hexadecimal() - 0xDC00)
                }
                plain.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
            default: plain.append(escape)
            }
        }
        at += 1
        return String(decoding: plain, as: UTF8.self)
    }

    private mutating func hexadecimal() -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[at]
            let digit = byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : (byte | 0x20) - UInt8(ascii: "a") + 10
            code = code << 4 | UInt32(digit)
            at += 1
        }
        return code
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    }
}
