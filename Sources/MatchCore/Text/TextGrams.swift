/// The pieces of a text that are compared: pairs of Chinese characters, triples of letters, and catalogue items.
///
/// A gram is one number: up to three scalars of 21 bits each, or, with the top bit set, the number of a category
/// that the text names. A text is a set of grams; how often one occurs does not matter.
public struct Gram: Sendable, Hashable, Comparable, BitwiseCopyable {
    public let bits: UInt64

    init(_ first: Unicode.Scalar, _ second: Unicode.Scalar? = nil, _ third: Unicode.Scalar? = nil) {
        bits = UInt64(first.value) << 42 | UInt64(second?.value ?? 0) << 21 | UInt64(third?.value ?? 0)
    }

    init(category: Int32) {
        bits = 1 << 63 | UInt64(category)
    }

    /// The category that the gram stands for.
    public var category: Int32? { bits >> 63 == 1 ? Int32(truncatingIfNeeded: bits & 0x7FFF_FFFF) : nil }

    /// The letters of the gram; `^` and `$` mark the beginning and end of a word.
    public var text: String {
        var scalars = String.UnicodeScalarView()
        for shift in [42, 21, 0] as [UInt64] {
            let value = UInt32(truncatingIfNeeded: bits >> shift & 0x1F_FFFF)
            if value != 0, let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    public static func < (left: Gram, right: Gram) -> Bool { left.bits < right.bits }
}

/// Cuts texts into grams. Letters are compared without case, full-width forms as plain ones.
public struct GramCutter: Sendable {
    private let aliases: AliasIndex

    /// Knows the names and aliases of the catalogue, which count as their item.
    public init(categories: CategoryTree) {
        aliases = AliasIndex(categories: categories)
    }

    /// The grams of a text, ascending, each once.
    public func grams(of text: String) -> [Gram] {
        let scalars = text.unicodeScalars.map(TextFolding.folded)
        var grams: Set<Gram> = []
        var start = 0
        while start < scalars.count {
            let kind = TextFolding.kind(scalars[start])
            var end = start + 1
            while end < scalars.count, TextFolding.kind(scalars[end]) == kind { end += 1 }
            switch kind {
            case .separator: break
            case .ideograph:
                if end - start == 1 { grams.insert(Gram(scalars[start])) }
                for at in start..<max(start, end - 1) { grams.insert(Gram(scalars[at], scalars[at + 1])) }
            case .letter:
                let word: [Unicode.Scalar] = ["^"] + scalars[start..<end] + ["$"]
                for at in 0..<word.count - 2 { grams.insert(Gram(word[at], word[at + 1], word[at + 2])) }
            }
            start = end
        }
        for category in aliases.categories(in: scalars) { grams.insert(Gram(category: category)) }
        return grams.sorted()
    }

    /// The catalogue items that the text names, each once, in the order of the text.
    public func categories(in text: String) -> [Int32] {
        aliases.categories(in: text.unicodeScalars.map(TextFolding.folded))
    }
}

/// How letters are compared.
enum TextFolding {
    enum Kind { case separator, ideograph, letter }

    static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        // Full-width forms stand 0xFEE0 above the plain ones.
        let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
        if (0x41...0x5A).contains(value) { return Unicode.Scalar(UInt8(value + 0x20)) }
        if value < 0x80 { return Unicode.Scalar(UInt8(value)) }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower[lower.startIndex] : scalar
    }

    static func kind(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: .letter
        case 0..<0x80: .separator
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: .ideograph
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? .letter : .separator
        }
    }
}
