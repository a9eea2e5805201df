/// Fits a preference model by projected gradient steps with the length of Barzilai and Borwein (the spectral projected
/// gradient method of Birgin, Martínez and Raydan): always within the bounds, and the same for the same input.
struct WeightFit {
    let bounds: WeightBounds
    let anchor: [Double]
    var bias: PositionBias
    /// False to learn the positions alone, as if totals said nothing.
    var usesTotals = true
    /// How strongly the offsets of positions are drawn towards 0, in decisions.
    var offsetPull = 1.0
    /// How far an offset may go from 0.
    var offsetReach = 6.0
    /// Whether time has run out: the fit ends as it is, and whoever asked for it takes nothing from it.
    var isOverdue: @Sendable () -> Bool = { false }

    private static let mostSteps = 300
    /// Offsets move the loss far less than shares do; counted in units of so many they move it about as much, without
    /// which the steps would be too short for them.
    private static let offsetUnit = 6.0
    /// The fit ends where a step moves nothing by more than this.
    private static let tolerance = 1e-5

    func model(_ pairs: PreferencePairs, strength: Double) -> PreferenceModel {
        var model = PreferenceModel(
            shares: bounds.projected(anchor), decidedness: usesTotals ? 1 : 0,
            offsets: bias.offsets ?? Array(repeating: 0, count: PositionBias.positions))
        guard !pairs.winners.isEmpty else { return model }
        let learnsOffsets = bias == .estimated
        var loss = PreferenceLoss(
            pairs, anchor: anchor, strength: strength, learnsOffsets: learnsOffsets, offsetPull: offsetPull)
        let size = anchor.count + 1 + PositionBias.positions
        var slope = Array(repeating: 0.0, count: size)
        var point = flat(model)
        var value = loss.value(model, slope: &slope)
        scale(&slope)
        var recent = [value]
        var length = 1.0
        for _ in 0..<WeightFit.mostSteps where !isOverdue() {
            let target = projected(point.indices.map { point[$0] - length * slope[$0] })
            let way = point.indices.map { target[$0] - point[$0] }
            if way.allSatisfy({ abs($0) < WeightFit.tolerance }) { break }
            let fall = zip(way, slope).reduce(0) { $0 + $1.0 * $1.1 }
            let worst = recent.max() ?? value
            var part = 1.0
            var next = point
            var nextSlope = slope
            var nextValue = value
            var isLower = false
            for _ in 0..<20 {
                next = point.indices.map { point[$0] + part * way[$0] }
                model = unflat(next)
                nextValue = loss.value(model, slope: &nextSlope)
                scale(&nextSlope)
                isLower = nextValue <= worst + 1e-4 * part * fall
                if isLower { break }
                part /= 2
            }
            guard isLower else { break }
            let moved = point.indices.map { next[$0] - point[$0] }
            let turned = slope.indices.map { nextSlope[$0] - slope[$0] }
            let along = zip(moved, turned).reduce(0) { $0 + $1.0 * $1.1 }
            let size = moved.reduce(0) { $0 + $1 * $1 }
            length = along > 0 ? min(1e4, max(1e-4, size / along)) : 1e4
            (point, slope, value) = (next, nextSlope, nextValue)
            recent.append(value)
            if recent.count > 8 { recent.removeFirst() }
        }
        return unflat(point)
    }

    private func flat(_ model: PreferenceModel) -> [Double] {
        model.shares + [model.decidedness] + model.offsets.map { $0 / WeightFit.offsetUnit }
    }

    private func scale(_ slope: inout [Double]) {
        for index in (anchor.count + 1)..<slope.count { slope[index] *= WeightFit.offsetUnit }
    }

    private func unflat(_ point: [Double]) -> PreferenceModel {
        let width = anchor.count
        return PreferenceModel(
            shares: Array(point[..<width]), decidedness: point[width],
            offsets: point[(width + 1)...].map { $0 * WeightFit.offsetUnit })
    }

    /// Shares within their bounds, decidedness of 0…10, offsets within their reach.
    private func projected(_ point: [Double]) -> [Double] {
        let width = anchor.count
        var result = usesTotals ? bounds.projected(Array(point[..<width])) : bounds.projected(anchor)
        result.append(usesTotals ? min(10, max(0, point[width])) : 0)
        let fixed = bias.offsets
        for slot in 0..<PositionBias.positions {
            let offset =
                fixed?[slot]
                ?? (slot == 0
                    ? 0 : min(offsetReach, max(-offsetReach, point[width + 1 + slot] * WeightFit.offsetUnit)))
            result.append(offset / WeightFit.offsetUnit)
        }
        return result
    }
}
