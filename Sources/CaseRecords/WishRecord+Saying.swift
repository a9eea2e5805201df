public import MatchCore

extension WishRecord {
    /// Whether a file that says this would change nothing in what is stored: balances count by what is wanted, and a line that
    /// the file no longer lists by whether anything of it is left to give up.
    public func says(sameAs stored: WishRecord) -> Bool {
        var kept = Dictionary(
            uniqueKeysWithValues: zip(stored.features.lines, stored.balances).map { ($0.number, ($0, $1)) })
        for (line, balance) in zip(features.lines, balances) {
            guard var (known, held) = kept.removeValue(forKey: line.number), held.wanted == balance.wanted else {
                return false
            }
            (known.quantity, held) = (line.quantity, balance)
            guard known == line else { return false }
        }
        guard kept.values.allSatisfy({ $1.wanted != nil && $1.open == 0 }) else { return false }
        var adjusted = stored
        (adjusted.features.lines, adjusted.balances) = (features.lines, balances)
        return self == adjusted
    }

    /// The wish as somebody says it who changes nothing: its lines ask for what they want in all, not for what is still open.
    public var asWanted: Wish {
        var wish = features
        for (index, balance) in balances.enumerated() { wish.lines[index].quantity = balance.wanted }
        return wish
    }
}
