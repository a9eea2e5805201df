import MatchCore

/// How alike two texts are: the cosine of their grams, each weighted by its rarity.
///
/// The mass of some grams is Σ rarity²; a gram that is a catalogue item counts `itemWeight` thousandths of that.
/// In thousandths, and for texts of at most 65,536 grams, every mass stays below 2⁶³.
struct TextMass {
    /// Thousandths.
    let itemWeight: Int64

    func mass(words: Int64, items: Int64) -> Int64 { words &* 1000 &+ items &* itemWeight }

    /// 10⁶ · shared ÷ √(wish · offer), rounded down: IEEE arithmetic, which is the same on every machine. Texts of
    /// the same grams give exactly 10⁶, since the root of a rounded square is the number itself.
    @inline(__always)
    static func value(shared: Int64, wish: Int64, offer: Int64) -> Int32 {
        if shared <= 0 { return 0 }
        let cosine = Double(shared) / (Double(wish) * Double(offer)).squareRoot()
        return Int32(min(1, cosine) * 1_000_000)
    }
}
