/// Walks a JSON body once. Open arrays and objects stand on a stack of bounded depth instead of the call stack.
struct JSONScanner {
    /// A key with the number of its object. The bytes are only borrowed: the scanner lives within one call that holds
    /// the body. They are hashed as bytes with the process's random seed, so that no one can aim at collisions.
    private struct Member: Hashable {
        let object: Int
        let key: UnsafeRawBufferPointer

        static func == (left: Member, right: Member) -> Bool {
            left.object == right.object && left.key.elementsEqual(right.key)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(object)
            hasher.combine(bytes: key)
        }
    }

    private enum Expected {
        case value
        case firstElement
        case key
        case firstKey
        case colon
        case commaOrEnd
        case nothing
    }

    private struct Level {
        /// The object's number, or nil for an array.
        let object: Int?
    }

    private let bytes: UnsafeRawBufferPointer
    private let limits: GateLimits
    private var index = 0
    private var levels: [Level] = []
    private var objects = 0
    private var members: Set<Member> = []
    private var tokens = 0
    private var marks = 0
    private var expected = Expected.value

    init(_ bytes: UnsafeRawBufferPointer, _ limits: GateLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func scan() throws(GateError) {
        while true {
            skipSpace()
            guard index < bytes.count else { break }
            try step()
        }
        if expected != .nothing {
            throw .malformed("more: the body ends too early", "更多内容（提前结束）", at: index)
        }
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private mutating func skipSpace() {
        while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    }

    private mutating func step() throws(GateError) {
        let byte = bytes[index]
        switch expected {
        case .value:
            if byte == UInt8(ascii: "]"), previousIsComma { throw trailingComma() }
            try value(byte)
        case .firstElement:
            if byte == UInt8(ascii: "]") { close() } else { try value(byte) }
        case .firstKey:
            if byte == UInt8(ascii: "}") { close() } else { try key(byte) }
        case .key:
            if byte == UInt8(ascii: "}") { throw trailingComma() }
            try key(byte)
        case .colon:
            guard byte == UInt8(ascii: ":") else { throw .malformed("':'", "“:”", at: index) }
            index += 1
            expected = .value
        case .commaOrEnd:
            try commaOrEnd(byte)
        case .nothing:
            throw GateError(
                .trailingContent, at: index, "something follows the end of the JSON value. Send one value.",
                "JSON 值之后还有内容，请只发送一个值。")
        }
    }

    private var previousIsComma: Bool {
        var before = index - 1
        while before >= 0, isSpace(bytes[before]) { before -= 1 }
        return before >= 0 && bytes[before] == UInt8(ascii: ",")
    }

    private func trailingComma() -> GateError {
        GateError(
            .trailingComma, at: index, "a comma stands before the closing bracket. Remove it.",
            "右括号前多了一个逗号，请删除。")
    }

    private mutating func commaOrEnd(_ byte: UInt8) throws(GateError) {
        let isObject = levels.last?.object != nil
        switch byte {
        case UInt8(ascii: ","):
            index += 1
            expected = isObject ? .key : .value
        case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
            close()
        default:
            throw isObject
                ? .malformed("',' or '}'", "“,”或“}”", at: index) : .malformed("',' or ']'", "“,”或“]”", at: index)
        }
    }

    private mutating func close() {
        index += 1
        levels.removeLast()
        expected = levels.isEmpty ? .nothing : .commaOrEnd
    }

    private mutating func open(object: Bool) throws(GateError) {
        if levels.count == limits.maximumDepth {
            throw GateError(
                .tooDeep, at: index, "more than \(limits.maximumDepth) brackets are open. Nest less deeply.",
                "嵌套超过 \(limits.maximumDepth) 层，请减少层级。")
        }
        index += 1
        if object {
            objects += 1
            levels.append(Level(object: objects))
            expected = .firstKey
        } else {
            levels.append(Level(object: nil))
            expected = .firstElement
        }
    }

    private mutating func countToken() throws(GateError) {
        tokens += 1
        if tokens > limits.maximumTokens {
            throw GateError(
                .tooManyTokens, at: index,
                "there are more than \(limits.maximumTokens) keys and values. Send it in smaller parts.",
                "键和值的总数超过 \(limits.maximumTokens)，请分成几份发送。")
        }
    }

    private mutating func key(_ byte: UInt8) throws(GateError) {
        guard byte == UInt8(ascii: "\"") else { throw .malformed("a key in quotes", "带引号的键", at: index) }
        try countToken()
        let start = index + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            let byte = bytes[end]
            if byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "\\") {
                throw GateError(
                    .keyNotPlain, at: end, "keys are plain ASCII without escapes. Rename this one.",
                    "键只能是不含转义的 ASCII 字符，请改名。")
            }
            end += 1
            if end - start > limits.maximumKeyBytes {
                throw GateError(
                    .keyTooLong, at: start, "a key has at most \(limits.maximumKeyBytes) bytes. Shorten this one.",
                    "键最长 \(limits.maximumKeyBytes) 字节，请缩短。")
            }
        }
        guard end < bytes.count else { throw .malformed("a closing quote", "右引号", at: end) }
        let member = Member(object: objectNumber, key: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        if !members.insert(member).inserted {
            throw GateError(
                .duplicateKey, at: start, "this key stands twice in one object. Keep one of them.",
                "同一对象中键重复，请只保留一个。")
        }
        index = end + 1
        expected = .colon
    }

    private var objectNumber: Int { levels.last?.object ?? 0 }

    private mutating func value(_ byte: UInt8) throws(GateError) {
        try countToken()
        switch byte {
        case UInt8(ascii: "{"): return try open(object: true)
        case UInt8(ascii: "["): return try open(object: false)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default:
            throw byte < 0x20 && isRefusedControl(UInt32(byte))
                ? .control(UInt32(byte), at: index) : .malformed("a value", "一个值", at: index)
        }
        expected = levels.isEmpty ? .nothing : .commaOrEnd
    }

    private mutating func literal(_ word: StaticString) throws(GateError) {
        let end = index + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[index..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { throw .malformed("'\(word)'", "“\(word)”", at: index) }
        index = end
    }
}

// MARK: - Numbers

extension JSONScanner {
    private mutating func number() throws(GateError) {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "0") {
            index += 1
        } else {
            try digits()
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            try digits()
        }
        if index - start > limits.maximumNumberBytes {
            throw GateError(
                .numberTooLong, at: start, "a number has at most \(limits.maximumNumberBytes) bytes. Shorten it.",
                "数字最长 \(limits.maximumNumberBytes) 字节，请缩短。")
        }
    }

    private mutating func digits() throws(GateError) {
        let start = index
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
        if index == start { throw .malformed("a digit", "数字", at: index) }
    }
}

// MARK: - Strings

extension JSONScanner {
    private mutating func string() throws(GateError) {
        index += 1
        marks = 0
        while index < bytes.count {
            let start = index
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return
            case UInt8(ascii: "\\"):
                try admit(escape(), at: start)
            case 0..<0x20:
                // RFC 8259 wants these escaped, tab and line feed too.
                throw .control(UInt32(bytes[index]), at: index)
            default:
                guard let (value, length) = scalar(in: bytes, at: index) else { throw .invalidUTF8(at: index) }
                index += length
                try admit(value, at: start)
            }
        }
        throw .malformed("a closing quote", "右引号", at: index)
    }

    private mutating func admit(_ value: UInt32, at offset: Int) throws(GateError) {
        if isRefusedControl(value) { throw .control(value, at: offset) }
        guard isCombiningMark(value) else {
            marks = 0
            return
        }
        marks += 1
        if marks > limits.maximumCombiningRun { throw .marks(limit: limits.maximumCombiningRun, at: offset) }
    }

    /// Reads an escape and returns the scalar that it stands for.
    private mutating func escape() throws(GateError) -> UInt32 {
        let start = index
        index += 1
        guard index < bytes.count else { throw .malformed("an escape", "转义字符", at: index) }
        let letter = bytes[index]
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(letter)
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"): break
        default: throw .malformed("a known escape", "已知的转义字符", at: start)
        }
        let unit = try codeUnit()
        guard unit & 0xF800 == 0xD800 else { return unit }
        if unit < 0xDC00, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        {
            index += 2
            let low = try codeUnit()
            if low & 0xFC00 == 0xDC00 { return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00) }
        }
        throw GateError(
            .loneSurrogate, at: start, "half of a surrogate pair stands alone. Send the character itself.",
            "代理对只有一半，请直接发送该字符。")
    }

    private mutating func codeUnit() throws(GateError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw .malformed("four hexadecimal digits", "四位十六进制数字", at: index) }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[index]
            let digit: UInt32
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte - 0x30)
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                digit = UInt32(byte | 0x20) - 0x57
            default: throw .malformed("four hexadecimal digits", "四位十六进制数字", at: index)
            }
            unit = unit << 4 | digit
            index += 1
        }
        return unit
    }
}
