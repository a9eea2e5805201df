import MatchCore

/// The grams of one text with what each one weighs, in an open-addressing table so empty that a gram which the text
/// does not have is nearly always told by the first look: each slot in use is a branch guessed wrong.
///
/// The memory is written in `init` and only read later.
final class GramWeights {
    /// −1 in a free slot.
    let keys: UnsafeMutablePointer<Int32>
    /// What a shared gram adds to the mass of what is shared.
    let weights: UnsafeMutablePointer<Int64>
    /// Slots, a power of two, less one.
    let mask: Int
    let shift: UInt32
    /// The mass of the whole text.
    let mass: Int64
    /// For each gram of the text, the bit that stands for it in the sketch of a block, and its weight.
    private let parts: [(bit: Int, weight: Int64)]

    init(_ texts: TextColumns, row: Int, table: GramTable, measure: TextMass) {
        let grams = texts.grams(of: row)
        var bits: UInt32 = 4
        // A sixteenth full while that stays in the nearest cache, a quarter for long texts.
        let room = grams.count <= 256 ? 16 : 4
        while 1 << bits < grams.count * room { bits += 1 }
        let slots = 1 << Int(bits)
        keys = .allocate(capacity: slots)
        keys.initialize(repeating: -1, count: slots)
        weights = .allocate(capacity: slots)
        weights.initialize(repeating: 0, count: slots)
        mask = slots - 1
        shift = 32 - bits
        mass = measure.mass(words: texts.wordMass[row], items: texts.itemMass[row])
        var parts: [(bit: Int, weight: Int64)] = []
        for gram in grams {
            let rarity = Int64(table.rarity[Int(gram)])
            let isItem = table.grams[Int(gram)].isItem
            let weight = measure.mass(words: isItem ? 0 : rarity * rarity, items: isItem ? rarity * rarity : 0)
            parts.append((TextSummaries.bit(gram), weight))
            var slot = GramWeights.slot(gram, shift)
            while keys[slot] >= 0 { slot = (slot + 1) & mask }
            keys[slot] = gram
            weights[slot] = weight
        }
        self.parts = parts
    }

    /// The greatest score in a block.
    ///
    /// What is shared is at most what the block's sketch lets through, and a text that shares it weighs at least as
    /// much: with s the greatest shared mass the cosine is at most s ÷ √(wish · s) = √(s ÷ wish).
    func bound(_ texts: TextSummaries, _ block: Int) -> ScoreBound {
        var shared: Int64 = 0
        for part in parts where texts.mayHave(bit: part.bit, block: block) { shared &+= part.weight }
        let cosine = mass > 0 ? (Double(shared) / Double(mass)).squareRoot() : 1
        // Two units are more than what rounding can add.
        let value = shared == 0 ? 0 : min(Score.best, Int32(min(1, cosine) * 1_000_000) + 2)
        return ScoreBound(greatest: value, mayBeNotKnown: texts.hasEmpty[block], mayBeNotApplicable: false)
    }

    deinit {
        keys.deallocate()
        weights.deallocate()
    }

    /// Multiplication by 2³² ÷ φ spreads neighbouring numbers; the upper bits are the slot.
    @inline(__always)
    static func slot(_ gram: Int32, _ shift: UInt32) -> Int {
        Int((UInt32(bitPattern: gram) &* 0x9E37_79B1) >> shift)
    }

    /// Scores some rows against the text.
    func fill(_ texts: TextColumns, _ rows: Range<Int>, _ column: ScoreColumn, measure: TextMass) {
        let starts = texts.starts.base + rows.lowerBound
        let words = texts.wordMass.base + rows.lowerBound
        let items = texts.itemMass.base + rows.lowerBound
        let grams = texts.grams.base
        let (keys, weights, mask, shift, mass, base) = (
            self.keys, self.weights, self.mask, self.shift, self.mass, column.base
        )
        for row in 0..<column.count {
            let end = Int(starts[row &+ 1])
            var at = Int(starts[row])
            if at == end {
                base[row] = Score.notKnown.raw
                continue
            }
            var shared: Int64 = 0
            while at < end {
                let gram = grams[at]
                var slot = GramWeights.slot(gram, shift)
                while keys[slot] >= 0 {
                    if keys[slot] == gram {
                        shared &+= weights[slot]
                        break
                    }
                    slot = (slot &+ 1) & mask
                }
                at &+= 1
            }
            base[row] = TextMass.value(
                shared: shared, wish: mass, offer: measure.mass(words: words[row], items: items[row]))
        }
    }
}
