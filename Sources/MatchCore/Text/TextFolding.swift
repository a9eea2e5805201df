/// How letters are compared: without case, full-width forms as plain ones, and every run of spaces and punctuation
/// as one space.
enum TextFolding {
    enum Kind { case separator, ideograph, letter }

    /// Scalars of a text that are looked at. What stands behind them in a longer text does not count, so that no
    /// text costs more than this many steps or outgrows the arithmetic of similarity.
    static let longestText = 65_536

    static func folded(_ text: String) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(min(text.utf8.count, longestText))
        var endsInSeparator = true
        for scalar in text.unicodeScalars.prefix(longestText) {
            let scalar = folded(scalar)
            let isSeparator = kind(scalar) == .separator
            if !isSeparator {
                result.append(scalar)
            } else if !endsInSeparator {
                result.append(" ")
            }
            endsInSeparator = isSeparator
        }
        if result.last == " " { result.removeLast() }
        return result
    }

    static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        // Full-width forms stand 0xFEE0 above the plain ones.
        let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
        if (0x41...0x5A).contains(value) { return Unicode.Scalar(UInt8(value + 0x20)) }
        if value < 0x80 { return Unicode.Scalar(UInt8(value)) }
        // Chinese has no case, and asking for it makes a String per character.
        if (0x2E80...0xABFF).contains(value) || value >= 0x20000 { return scalar }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower[lower.startIndex] : scalar
    }

    static func kind(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: .letter
        case 0..<0x80: .separator
        // 々, 〆 and 〇 are written among Chinese characters; the rest of their block is punctuation.
        case 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: .ideograph
        case 0x3000...0x303F: .separator
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? .letter : .separator
        }
    }
}
