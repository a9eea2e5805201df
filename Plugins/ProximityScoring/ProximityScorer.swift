public import MatchCore

/// Scores how near the offer is to where the wish is.
///
/// 1 at the door, 1/e at `decay` metres, towards 0 far away: exp(−distance ÷ decay). A distance table wins over the
/// great circle. An offer that delivers or is remote is `.notApplicable`. When either place is unknown and no table
/// helps, the answer is `.notKnown`, never a low score.
public struct ProximityScorer: Scorer {
    private let curve: DecayCurve

    public init(parameters: ParameterValues) {
        curve = DecayCurve(metres: parameters.integer("decay"))
    }

    /// Where a distance comes from; each is also the reason of its score.
    enum Basis: String, CaseIterable {
        /// Two points on the map.
        case points
        /// At least one point is the centroid of an area.
        case areaCentroid
        /// The pair stands in the distance table.
        case table
        /// The pair is missing in the table, which means that it is as far as the farthest one listed.
        case tableFarthest
    }

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let distances = context.registry.distances
        let found: (centimetres: Int64, basis: Basis)? =
            if let listed = distances.listed(offer: offer.record, wish: wish.record) {
                (Int64(listed), .table)
            } else if let farthest = distances.farthest(offer: offer.record) {
                (Int64(farthest), .tableFarthest)
            } else if let from = wish.position, let to = offer.position {
                (
                    Int64(from.centimetres(to: to)),
                    wish.precision == .point && offer.precision == .point ? .points : .areaCentroid
                )
            } else {
                nil
            }
        return [
            "delivers": .flag(offer.delivers), "remote": .flag(offer.isRemote),
            "centimetres": .optional(found?.centimetres), "basis": found.map { .text($0.basis.rawValue) } ?? .missing,
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        if try inputs.flag("delivers") { return Judgement(.notApplicable, reason: "delivers") }
        if try inputs.flag("remote") { return Judgement(.notApplicable, reason: "remote") }
        guard let centimetres = try inputs.optionalInteger("centimetres") else {
            return Judgement(.notKnown, reason: "placeUnknown")
        }
        guard (0...Int64(Int32.max)).contains(centimetres) else {
            throw ScoreInputError(name: "centimetres", expected: "a distance, 0…\(Int32.max)")
        }
        guard let basis = Basis(rawValue: try inputs.text("basis")) else {
            throw ScoreInputError(
                name: "basis", expected: "one of: " + Basis.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return Judgement(.value(curve.value(centimetres: Float(centimetres))), reason: basis.rawValue)
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let curve = curve
        let from = wish.position
        let listed = context.registry.distances.overrides(wish: wish.record)
        let bound = ProximityBound(from: from, curve: curve, leastListed: listed.flatMap(ProximityBound.least))
        return OfferFiller(
            cost: .high,
            bounds: { summaries, blocks, column in
                bound.write(summaries.places, blocks, moves: summaries.delivery, column)
            }
        ) { block, column in
            let first = block.rows.lowerBound
            let distances = DistanceColumn(column)
            distances.measure(from: from, to: block.columns.places, first: first, curve: curve)
            if let listed {
                let records = block.columns.record.base + first
                for row in 0..<column.count {
                    let centimetres = listed.base[Int(records[row])]
                    if centimetres >= 0 { distances.set(row, centimetres: Float(centimetres)) }
                }
            }
            distances.score(by: curve)
            let result = column.base
            let delivery = block.columns.delivery.base + first
            let notApplicable = Score.notApplicable.raw
            var moves: UInt8 = 0
            for row in 0..<column.count { moves |= delivery[row] }
            if moves != 0 {
                for row in 0..<column.count { result[row] = delivery[row] != 0 ? notApplicable : result[row] }
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        guard !offer.delivers, !offer.isRemote else { return .constant(.notApplicable) }
        let curve = curve
        let from = offer.position
        let record = offer.record
        let table = context.registry.distances
        let isListed = table.lists(offer: record)
        let farthest = table.farthest(offer: record)
        // A table of what was measured may say of any wish that it is near.
        let bound = ProximityBound(from: from, curve: curve, leastListed: isListed ? 0 : nil)
        return WishFiller(
            cost: .high,
            bounds: { summaries, blocks, column in
                bound.write(summaries.places, blocks, moves: nil, column)
            }
        ) { block, column in
            let first = block.rows.lowerBound
            let distances = DistanceColumn(column)
            distances.measure(from: from, to: block.columns.places, first: first, curve: curve)
            if isListed {
                let records = block.columns.record.base + first
                for row in 0..<column.count {
                    if let centimetres = table.listed(offer: record, wish: records[row]) ?? farthest {
                        distances.set(row, centimetres: Float(centimetres))
                    }
                }
            }
            distances.score(by: curve)
        }
    }
}
