/// A text as the search for what is personal reads it: one scalar for each of the text's, full-width and styled forms of
/// digits and Latin letters as plain ones, in small letters.
struct PlainScalars {
    let original: [Unicode.Scalar]
    let scalars: [Unicode.Scalar]

    init(_ text: String) {
        original = Array(text.unicodeScalars)
        scalars = original.map(Self.fold)
    }

    var count: Int { scalars.count }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        var value = scalar.value
        if value == 0x3000 || value == 0x00A0 { return " " }
        if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
        if (0x41...0x5A).contains(value) { value += 0x20 }
        if value < 0x80 { return Unicode.Scalar(value) ?? scalar }
        let properties = scalar.properties
        switch properties.numericType {
        case .decimal, .digit:
            guard let number = properties.numericValue, (0...9).contains(number), number == number.rounded() else {
                return scalar
            }
            return Unicode.Scalar(0x30 + UInt32(number)) ?? scalar
        default: return scalar
        }
    }

    /// Whether it is written in Chinese, as far as what is put into it goes.
    var isChinese: Bool { scalars.contains { $0.isHan } }

    /// 0 to 9 for a digit of whatever script, a Chinese numeral included.
    func digit(_ index: Int) -> Int? {
        let scalar = scalars[index]
        if scalar.isASCIIDigit { return Int(scalar.value) - 0x30 }
        return Self.numerals[scalar]
    }

    private static let numerals: [Unicode.Scalar: Int] = [
        "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
        "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "幺": 1, "貳": 2, "參": 3, "陸": 6,
    ]

    /// Whether the scalar may stand between the digits of one number.
    func isSeparator(_ index: Int) -> Bool { scalars[index].isSeparator }

    /// The first place at or behind `index` that is no separator, at most `most` of them passed over.
    func skipping(_ index: Int, most: Int = 3) -> Int {
        var place = index
        while place < count, place - index < most, isSeparator(place) { place += 1 }
        return place
    }

    func begins(_ word: [Unicode.Scalar], at index: Int) -> Bool {
        guard index >= 0, index + word.count <= count else { return false }
        for (offset, scalar) in word.enumerated() where scalars[index + offset] != scalar { return false }
        return true
    }

    /// Whether one of the words ends within `reach` scalars before a place.
    func has(_ words: [[Unicode.Scalar]], before index: Int, within reach: Int) -> Bool {
        for start in max(0, index - reach)..<max(0, index) {
            for word in words where start + word.count <= index && begins(word, at: start) { return true }
        }
        return false
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { (0x30...0x39).contains(value) }
    var isASCIILetter: Bool { (0x61...0x7A).contains(value) }
    /// Of the common blocks of Chinese characters.
    var isHan: Bool {
        (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || (0x20000...0x323AF).contains(value)
            || (0xF900...0xFAFF).contains(value) || value == 0x3007
    }

    fileprivate var isSeparator: Bool {
        switch self {
        case " ", "\t", "\n", "\r", "-", ".", "_", "/", "(", ")", "[", "]", ",", "*", "~", "+", "'", "\"", ":", ";",
            "|",
            "·", "・", "•", "，", "、", "。", "—", "–", "‐", "‑", "‒", "―", "−", "：", "…":
            true
        default:
            // Spaces of all widths, and what is not seen at all.
            (0x2000...0x200F).contains(value) || (0x2028...0x202F).contains(value) || (0x205F...0x206F).contains(value)
                || value == 0xFEFF || value == 0xAD || value == 0x20E3 || (0xFE00...0xFE0F).contains(value)
                || properties.isWhitespace
        }
    }
}
