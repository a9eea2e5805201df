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
    public var category: Int32? { isItem ? Int32(truncatingIfNeeded: bits & 0x7FFF_FFFF) : nil }

    /// Whether the gram is a catalogue item that the text names, not letters.
    public var isItem: Bool { bits >> 63 == 1 }

    /// The letters of the gram, empty for a catalogue item; `^` and `$` mark the beginning and end of a word.
    public var text: String {
        guard !isItem else { return "" }
        var scalars = String.UnicodeScalarView()
        for shift in [42, 21, 0] as [UInt64] {
            let value = UInt32(truncatingIfNeeded: bits >> shift & 0x1F_FFFF)
            if value != 0, let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    public static func < (left: Gram, right: Gram) -> Bool { left.bits < right.bits }
}

/// Cuts texts into grams. Letters are compared without case, full-width forms as plain ones; the first 65,536
/// scalars of a text count.
public struct GramCutter: Sendable {
    private let aliases: AliasIndex

    /// Knows the names and aliases of the catalogue, which count as their item.
    public init(categories: CategoryTree) {
        aliases = AliasIndex(categories: categories)
    }

    /// The grams of a text, ascending, each once.
    public func grams(of text: String) -> [Gram] {
        let scalars = TextFolding.folded(text)
        var grams: [Gram] = []
        grams.reserveCapacity(scalars.count + 4)
        var start = 0
        while start < scalars.count {
            let kind = TextFolding.kind(scalars[start])
            var end = start + 1
            while end < scalars.count, TextFolding.kind(scalars[end]) == kind { end += 1 }
            switch kind {
            case .separator: break
            case .ideograph:
                if end - start == 1 { grams.append(Gram(scalars[start])) }
                for at in start..<end - 1 { grams.append(Gram(scalars[at], scalars[at + 1])) }
            case .letter:
                for at in start..<end {
                    grams.append(
                        Gram(
                            at == start ? "^" : scalars[at - 1], scalars[at],
                            at == end - 1 ? "$" : scalars[at + 1]))
                }
            }
            start = end
        }
        for category in aliases.categories(in: scalars) { grams.append(Gram(category: category)) }
        // Sorting and dropping neighbours costs a fraction of a set, and registries hold millions of texts.
        grams.sort()
        var kept = 0
        for at in grams.indices where at == 0 || grams[at] != grams[at - 1] {
            grams[kept] = grams[at]
            kept += 1
        }
        grams.removeLast(grams.count - kept)
        return grams
    }

    /// The catalogue items that the text names, each once, in the order of the text.
    public func categories(in text: String) -> [Int32] {
        aliases.categories(in: TextFolding.folded(text))
    }
}
