/// Which grams may occur in each block: a sketch of bits, and the least text of the block.
public final class TextSummaries: Sendable {
    /// Bits of a block's sketch, in words of 64.
    public static let sketchBits = 2_048
    static let words = sketchBits / 64

    /// `words` words for each block; nil where no row of the snapshot has a text.
    private let sketches: Column<UInt64>?
    /// Whether a row of the block has no words.
    public let hasEmpty: Column<Bool>

    init(_ texts: TextColumns, _ layout: BlockLayout) {
        hasEmpty = layout.any { texts.starts[$0] == texts.starts[$0 + 1] }
        guard texts.grams.count > 0 else {
            sketches = nil
            return
        }
        var bits = Array(repeating: UInt64(0), count: layout.count * TextSummaries.words)
        for block in 0..<layout.count {
            let rows = layout.rows(of: block)
            for at in Int(texts.starts[rows.lowerBound])..<Int(texts.starts[rows.upperBound]) {
                let bit = TextSummaries.bit(texts.grams[at])
                bits[block * TextSummaries.words + bit >> 6] |= 1 << UInt64(bit & 63)
            }
        }
        sketches = Column(bits)
    }

    /// The bit that stands for a gram.
    public static func bit(_ gram: Int32) -> Int {
        Int((UInt32(bitPattern: gram) &* 0x85EB_CA6B) >> 21)
    }

    /// Whether a row of the block may have a gram with this bit; false is certain.
    public func mayHave(bit: Int, block: Int) -> Bool {
        guard let sketches else { return false }
        return sketches.base[block * TextSummaries.words + bit >> 6] >> UInt64(bit & 63) & 1 == 1
    }
}
