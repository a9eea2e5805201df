/// Which rows of a snapshot no longer stand: a bit for each.
struct RowMask: Sendable {
    private var words: [UInt64]
    private(set) var count = 0

    init(rowCount: Int) {
        words = Array(repeating: 0, count: (rowCount + 63) / 64)
    }

    mutating func insert(_ row: Int) {
        let bit: UInt64 = 1 << UInt64(row & 63)
        if words[row >> 6] & bit == 0 {
            words[row >> 6] |= bit
            count += 1
        }
    }

    func contains(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }

    /// Whether a word that holds any of these rows is not empty: false is certain.
    func mayMeet(_ rows: Range<Int>) -> Bool {
        guard !rows.isEmpty else { return false }
        for word in rows.lowerBound >> 6...(rows.upperBound - 1) >> 6 where words[word] != 0 { return true }
        return false
    }
}
