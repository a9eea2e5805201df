/// Where each weight may go: the sum stays today's, no weight is below 0, and the admin's bounds hold.
public struct WeightBounds: Sendable, Hashable {
    /// In units of weight, one for each entry of the profile.
    public let ranges: [ClosedRange<Int32>]
    public let sum: Int64

    /// - Parameter given: by scorer; one that is not named may go from 0 to 10,000, or stays at 0 where it is switched
    ///   off today.
    /// - Throws: ``TuningError`` for a scorer that the profile lacks, a range outside 0…10,000, and bounds that no
    ///   weights with today's sum keep.
    public init(_ profile: ScoringProfile, given: [String: ClosedRange<Int32>] = [:]) throws(TuningError) {
        for (scorer, range) in given.sorted(by: { $0.key < $1.key }) {
            guard profile.entries.contains(where: { $0.scorer == scorer }) else {
                throw TuningError(
                    .badBounds,
                    LocalizedText(
                        zhHans: "方案中没有评分器“\(scorer)”，不能设界。",
                        en: "The profile has no scorer '\(scorer)' to set bounds for."))
            }
            guard range.lowerBound >= 0, range.upperBound <= 10_000 else {
                throw TuningError(
                    .badBounds,
                    LocalizedText(
                        zhHans: "“\(scorer)”的界须在 0…10000 之内。",
                        en: "The bounds of '\(scorer)' must lie within 0…10,000."))
            }
        }
        ranges = profile.entries.map { given[$0.scorer] ?? ($0.weight == 0 ? 0...0 : 0...10_000) }
        sum = profile.entries.reduce(0) { $0 + Int64($1.weight) }
        let least = ranges.reduce(Int64(0)) { $0 + Int64($1.lowerBound) }
        let most = ranges.reduce(Int64(0)) { $0 + Int64($1.upperBound) }
        guard sum > 0, least <= sum, most >= sum else {
            throw TuningError(
                .badBounds,
                LocalizedText(
                    zhHans: "权重之和保持今日的 \(sum)，而所设的界只容许 \(least)…\(most)。请放宽。",
                    en: "The weights keep today's sum of \(sum), but the bounds allow \(least)…\(most). Widen them."))
        }
    }

    /// The point within the bounds that is nearest to some shares of the sum.
    func projected(_ shares: [Double]) -> [Double] {
        let whole = Double(sum)
        let low = ranges.map { Double($0.lowerBound) / whole }
        let high = ranges.map { Double($0.upperBound) / whole }
        func moved(_ by: Double) -> [Double] { shares.indices.map { min(high[$0], max(low[$0], shares[$0] - by)) } }
        // The sum falls as the shift grows: halve the interval until both ends are as good as one.
        var (down, up) = (-2.0, 2.0)
        for index in shares.indices {
            down = min(down, shares[index] - high[index])
            up = max(up, shares[index] - low[index])
        }
        for _ in 0..<60 {
            let middle = (down + up) / 2
            if moved(middle).reduce(0, +) > 1 { down = middle } else { up = middle }
        }
        return moved((down + up) / 2)
    }

    /// Whole weights with exactly today's sum, nearest to the shares.
    func weights(_ shares: [Double]) -> [Int32] {
        let exact = shares.map { $0 * Double(sum) }
        var weights = exact.indices.map { index in
            min(ranges[index].upperBound, max(ranges[index].lowerBound, Int32(exact[index].rounded(.down))))
        }
        var left = sum - weights.reduce(0) { $0 + Int64($1) }
        let byRest = exact.indices.sorted {
            let (one, other) = (exact[$0] - Double(weights[$0]), exact[$1] - Double(weights[$1]))
            return one != other ? one > other : $0 < $1
        }
        while left != 0 {
            let before = left
            for index in left > 0 ? byRest : byRest.reversed() where left != 0 {
                if left > 0, weights[index] < ranges[index].upperBound {
                    weights[index] += 1
                    left -= 1
                } else if left < 0, weights[index] > ranges[index].lowerBound {
                    weights[index] -= 1
                    left += 1
                }
            }
            if left == before { break }
        }
        return weights
    }
}
