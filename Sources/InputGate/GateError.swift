/// Says why the gate refused an input, where in it, and what to do.
public struct GateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reasons for which the gate refuses. The list is closed and its names are stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case tooLong
        case byteOrderMark
        case invalidUTF8
        case controlCharacter
        case nulCharacter
        case tooManyCombiningMarks
        case loneSurrogate
        case malformed
        case trailingComma
        case trailingContent
        case keyNotPlain
        case keyTooLong
        case duplicateKey
        case tooDeep
        case tooManyTokens
        case numberTooLong
    }

    public let code: Code
    /// Where the fault begins, in bytes from the start of the input.
    public let offset: Int
    /// What is wrong and what to do, in both languages.
    public let wording: Wording

    /// What is wrong and what to do, in English.
    public var message: String { wording.english }
    public var description: String { message }

    init(_ code: Code, at offset: Int, _ english: String, _ chinese: String) {
        self.code = code
        self.offset = offset
        self.wording = Wording("At byte \(offset): \(english)", "第 \(offset) 字节处：\(chinese)")
    }
}

extension GateError {
    static func tooLong(_ count: Int, limit: Int, unit: String, _ unitInChinese: String) -> GateError {
        GateError(
            .tooLong, at: limit,
            "the input has \(count) \(unit); at most \(limit) are accepted. Send it in smaller parts.",
            "内容有 \(count) \(unitInChinese)，最多接受 \(limit)。请分成几份发送。")
    }

    static func invalidUTF8(at offset: Int) -> GateError {
        GateError(
            .invalidUTF8, at: offset, "these bytes are not UTF-8. Send the text as UTF-8.",
            "此处不是有效的 UTF-8。请以 UTF-8 编码发送。")
    }

    static func control(_ value: UInt32, at offset: Int) -> GateError {
        if value == 0 {
            return GateError(
                .nulCharacter, at: offset, "the character U+0000 is not accepted. Remove it.",
                "不接受字符 U+0000，请删除。")
        }
        let hex = String(value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
        return GateError(
            .controlCharacter, at: offset,
            "the control character \(code) is not accepted here. Remove it.",
            "此处不接受控制字符 \(code)，请删除。")
    }

    static func marks(limit: Int, at offset: Int) -> GateError {
        GateError(
            .tooManyCombiningMarks, at: offset,
            "more than \(limit) combining marks follow one another. Remove the stacked accents.",
            "连续的组合附加符号超过 \(limit) 个，请删去叠加的符号。")
    }

    static func malformed(_ expected: String, _ expectedInChinese: String, at offset: Int) -> GateError {
        GateError(
            .malformed, at: offset, "this is not JSON: expected \(expected).", "不是有效的 JSON：此处应为\(expectedInChinese)。")
    }
}
