internal import CaseRecords
internal import MatchCore

extension OfferRecord {
    /// What a budget comes to is set with the budget, never by a file that is imported again, whether or not it lists the
    /// line.
    mutating func keepBudgets(of stored: OfferRecord, on numbers: Set<Int>) {
        for (line, balance) in zip(stored.features.lines, stored.balances) where numbers.contains(line.number) {
            if let index = features.lines.firstIndex(where: { $0.number == line.number }) {
                balances[index] = OfferBalanceRecord(pledged: balance.pledged)
                features.lines[index].available = balance.pledged
            } else {
                features.lines.append(line)
                balances.append(OfferBalanceRecord(pledged: balance.pledged))
            }
        }
    }

    /// Whether a file that says this would change nothing in what is stored: balances count by what is pledged, and a line
    /// that the file no longer lists by whether anything of it is left to take back.
    func says(sameAs stored: OfferRecord) -> Bool {
        var kept = Dictionary(
            uniqueKeysWithValues: zip(stored.features.lines, stored.balances).map { ($0.number, ($0, $1)) })
        for (line, balance) in zip(features.lines, balances) {
            guard var (known, held) = kept.removeValue(forKey: line.number), held.pledged == balance.pledged else {
                return false
            }
            (known.available, held) = (line.available, balance)
            guard known == line else { return false }
        }
        guard kept.values.allSatisfy({ $1.pledged != nil && $1.available == 0 }) else { return false }
        var adjusted = stored
        (adjusted.features.lines, adjusted.balances) = (features.lines, balances)
        return self == adjusted
    }
}
