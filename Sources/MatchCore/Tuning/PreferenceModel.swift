#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How likely one candidate is chosen before another: the logistic function of the difference of their totals, times
/// how decided people are, and of where the two were shown.
struct PreferenceModel: Sendable {
    /// Shares of the sum of weights.
    var shares: [Double]
    /// How much a difference of totals counts, in units of ``decisionUnit``; 0 where totals say nothing.
    var decidedness: Double
    /// Logarithms of the chance to be looked at, by position; the first is 0.
    var offsets: [Double]

    /// A difference of 0.05 of a total counts as 1.
    static let decisionUnit = 20.0

    /// Totals of the candidates, 0…1, into `totals`, and Σ weight of what applies into `sums`.
    func score(_ pairs: PreferencePairs, totals: inout [Double], sums: inout [Double]) {
        let width = pairs.scorerCount
        let shares = shares
        pairs.values.withUnsafeBufferPointer { values in
            shares.withUnsafeBufferPointer { shares in
                totals.withUnsafeMutableBufferPointer { totals in
                    sums.withUnsafeMutableBufferPointer { sums in
                        for candidate in 0..<totals.count {
                            var (sum, weight) = (0.0, 0.0)
                            let row = candidate &* width
                            for column in 0..<width {
                                let value = values[row &+ column]
                                guard value >= 0 else { continue }
                                sum += value * shares[column]
                                weight += shares[column]
                            }
                            totals[candidate] = weight > 1e-9 ? sum / weight : 0
                            sums[candidate] = weight
                        }
                    }
                }
            }
        }
    }

    /// ln(1 + e to the power −x), without overflow.
    static func loss(_ margin: Double) -> Double {
        margin > 0 ? log1p(exp(-margin)) : -margin + log1p(exp(margin))
    }
}

/// The loss of a model over pairs, with its slope.
struct PreferenceLoss {
    let pairs: PreferencePairs
    /// Today's shares, towards which the weights are drawn.
    let anchor: [Double]
    /// How strongly, in decisions.
    let strength: Double
    let learnsOffsets: Bool
    /// How strongly the offsets of positions are drawn towards 0, in decisions.
    let offsetPull: Double
    private var totals: [Double]
    private var sums: [Double]
    private var pulls: [Double]

    init(
        _ pairs: PreferencePairs, anchor: [Double], strength: Double, learnsOffsets: Bool, offsetPull: Double = 1
    ) {
        self.offsetPull = offsetPull
        self.pairs = pairs
        self.anchor = anchor
        self.strength = strength
        self.learnsOffsets = learnsOffsets
        totals = Array(repeating: 0, count: pairs.slots.count)
        sums = totals
        pulls = totals
    }

    private var scale: Double { 1 / Double(max(1, pairs.listCount)) }

    /// The loss per decision, the drawing towards today's weights included; fills `slope` (shares, decidedness, offsets).
    mutating func value(_ model: PreferenceModel, slope: inout [Double]) -> Double {
        let width = pairs.scorerCount
        for index in slope.indices { slope[index] = 0 }
        for index in pulls.indices { pulls[index] = 0 }
        model.score(pairs, totals: &totals, sums: &sums)
        let unit = PreferenceModel.decisionUnit
        let factor = model.decidedness * unit
        let scale = scale
        var loss = 0.0
        for pair in pairs.winners.indices {
            let (winner, loser) = (pairs.winners[pair], pairs.losers[pair])
            let gap = totals[winner] - totals[loser]
            var margin = factor * gap
            let (up, down) = (pairs.slots[winner], pairs.slots[loser])
            if pairs.isChoice[pair] { margin += model.offsets[up] - model.offsets[down] }
            let weight = pairs.strengths[pair] * scale
            loss += weight * PreferenceModel.loss(margin)
            // The slope of the loss by the margin: minus the chance that the model gives to the other outcome.
            let pull = -weight / (1 + exp(margin))
            pulls[winner] += pull
            pulls[loser] -= pull
            slope[width] += pull * unit * gap
            if pairs.isChoice[pair], learnsOffsets {
                slope[width + 1 + up] += pull
                slope[width + 1 + down] -= pull
            }
        }
        pairs.values.withUnsafeBufferPointer { values in
            for candidate in pulls.indices where pulls[candidate] != 0 && sums[candidate] > 1e-9 {
                let pull = factor * pulls[candidate] / sums[candidate]
                for column in 0..<width {
                    let value = values[candidate &* width &+ column]
                    if value >= 0 { slope[column] += pull * (value - totals[candidate]) }
                }
            }
        }
        for column in 0..<width {
            let away = model.shares[column] - anchor[column]
            loss += strength * scale * away * away
            slope[column] += 2 * strength * scale * away
        }
        if learnsOffsets {
            // Positions that hardly occur stay near 0.
            slope[width + 1] = 0
            for slot in 1..<PositionBias.positions {
                loss += 0.5 * offsetPull * scale * model.offsets[slot] * model.offsets[slot]
                slope[width + 1 + slot] += offsetPull * scale * model.offsets[slot]
            }
        }
        return loss
    }

    /// The loss of the choices alone, list by list (nil where a list holds none): what a model is judged by.
    mutating func choiceLosses(_ model: PreferenceModel) -> [Double?] {
        model.score(pairs, totals: &totals, sums: &sums)
        let factor = model.decidedness * PreferenceModel.decisionUnit
        return (0..<pairs.listCount).map { list in
            var loss: Double?
            for pair in pairs.pairStarts[list]..<pairs.pairStarts[list + 1] where !pairs.isRefusal[pair] {
                let (winner, loser) = (pairs.winners[pair], pairs.losers[pair])
                var margin = factor * (totals[winner] - totals[loser])
                if pairs.isChoice[pair] {
                    margin += model.offsets[pairs.slots[winner]] - model.offsets[pairs.slots[loser]]
                }
                loss = (loss ?? 0) + pairs.strengths[pair] * PreferenceModel.loss(margin)
            }
            return loss
        }
    }
}
