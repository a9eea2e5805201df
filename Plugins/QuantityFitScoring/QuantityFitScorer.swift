public import MatchCore

/// Scores how much of the wanted quantity the offer has left: min(1, available ÷ wanted).
///
/// Money (in fen) fits a line of pieces or minutes through the line's estimated price. A veto where the units
/// differ otherwise, where nothing is left, or where nothing is wanted any more. When a quantity or the price is not
/// stated the answer is `.notKnown`.
public struct QuantityFitScorer: Scorer {
    public init(parameters: ParameterValues) {}

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        [
            "available": .optional(offer.available), "offerUnit": .text(offer.unit.code),
            "wanted": .optional(wish.wanted), "wishUnit": .text(wish.unit.code), "priceFen": .optional(wish.price),
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        let need = WantedQuantity(
            unit: try Self.unit("wishUnit", of: inputs), quantity: try Self.quantity("wanted", of: inputs),
            price: try Self.quantity("priceFen", of: inputs))
        return need.judgement(
            available: try Self.quantity("available", of: inputs), unit: try Self.unit("offerUnit", of: inputs)
        ).judgement
    }

    private static func unit(_ name: String, of inputs: ScoreInputs) throws(ScoreInputError) -> Unit {
        guard let unit = Unit(code: try inputs.text(name)) else {
            throw ScoreInputError(name: name, expected: "one of: " + Unit.allCases.map(\.code).joined(separator: ", "))
        }
        return unit
    }

    private static func quantity(_ name: String, of inputs: ScoreInputs) throws(ScoreInputError) -> Int64 {
        guard let quantity = try inputs.optionalInteger(name) else { return -1 }
        guard (0...Quantity.greatest).contains(quantity) else {
            throw ScoreInputError(name: name, expected: "a quantity, 0…\(Quantity.greatest), or nothing")
        }
        return quantity
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let need = WantedQuantity(unit: wish.unit, quantity: wish.wanted ?? -1, price: wish.price ?? -1)
        let share = need.quantity > 0 ? ShareOfWhole(need.quantity) : nil
        let unit = need.unit.rawValue
        let wanted = Int32(clamping: need.quantity)
        let (notKnown, nothingLeft) = (Score.notKnown.raw, WantedQuantity.Answer.nothingLeft.raw)
        return OfferFiller(bounds: { summaries, blocks, column in
            if let share {
                need.writeBounds(summaries, blocks, share, column.base)
            } else {
                for block in blocks { column[block - blocks.lowerBound] = need.bound(summaries, block) }
            }
        }) { block, column in
            let start = block.rows.lowerBound
            let units = block.columns.unit.base + start
            let (result, count) = (column.base, column.count)
            var differs: UInt8 = 0
            let summaries = block.columns.summaries
            let number = start / summaries.layout.blockRows
            if block.rows.upperBound > summaries.rows(of: number).upperBound
                || summaries.units[number] != 1 << unit
            {
                for row in 0..<count { differs |= units[row] ^ unit }
            }
            if let share, differs == 0 {
                let available = block.columns.availableClamped.base + start
                for row in 0..<count {
                    let left = available[row]
                    let value = share.value(of: min(left, wanted))
                    let some = left == 0 ? nothingLeft : value
                    result[row] = left < 0 ? notKnown : some
                }
            } else {
                let available = block.columns.available.base + start
                for row in 0..<count {
                    let offered = Unit(rawValue: units[row]) ?? .piece
                    result[row] = need.judgement(available: available[row], unit: offered).raw
                }
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let available = offer.available ?? -1
        let unit = offer.unit
        return WishFiller(bound: { summaries, block in
            let wanted = summaries.units[block]
            // Pieces and minutes are wanted by a unit of their own, or of anything where money is offered.
            if wanted & (1 << unit.rawValue) == 0, unit != .fen || available == 0 { return .vetoed }
            if available == 0 { return .vetoed }
            let mayBeNotKnown = available < 0 || unit == .fen || summaries.hasUnstatedQuantity[block]
            var greatest = Score.best
            if unit != .fen, available > 0, summaries.leastWanted[block] < .max {
                greatest =
                    summaries.leastWanted[block] == 0
                    ? Score.best : Score.share(available, of: summaries.leastWanted[block])
            }
            return ScoreBound(greatest: greatest, mayBeNotKnown: mayBeNotKnown, mayBeNotApplicable: false)
        }) { block, column in
            let first = block.rows.lowerBound
            let wanted = block.columns.wanted.base + first
            let prices = block.columns.price.base + first
            let units = block.columns.unit.base + first
            let result = column.base
            for row in 0..<column.count {
                let need = WantedQuantity(
                    unit: Unit(rawValue: units[row]) ?? .piece, quantity: wanted[row], price: prices[row])
                result[row] = need.judgement(available: available, unit: unit).raw
            }
        }
    }
}

/// What a wish line wants; −1 stands for a quantity or price that is not stated.
struct WantedQuantity {
    let unit: Unit
    let quantity: Int64
    let price: Int64

    enum Answer {
        case nothingWanted, nothingLeft, unitDiffers
        case availableNotStated, wantedNotStated, noPrice
        case share(Int32, isByPrice: Bool)

        @inline(__always)
        var raw: Int32 {
            switch self {
            case .unitDiffers: -16
            case .nothingLeft: -17
            case .nothingWanted: -18
            case .availableNotStated, .wantedNotStated, .noPrice: -1
            case .share(let value, _): value
            }
        }

        var judgement: Judgement {
            let score = Score(raw: raw)
            return switch self {
            case .unitDiffers: Judgement(score, reason: "unitDiffers")
            case .nothingLeft: Judgement(score, reason: "nothingLeft")
            case .nothingWanted: Judgement(score, reason: "nothingWanted")
            case .availableNotStated: Judgement(score, reason: "availableNotStated")
            case .wantedNotStated: Judgement(score, reason: "wantedNotStated")
            case .noPrice: Judgement(score, reason: "noPrice")
            case .share(let value, let isByPrice):
                Judgement(
                    score,
                    reason: value == Score.best
                        ? (isByPrice ? "enoughMoney" : "enough")
                        : isByPrice ? "partOfPrice" : "part")
            }
        }
    }

    @inline(__always)
    func judgement(available: Int64, unit offered: Unit) -> Answer {
        let isByPrice = offered == .fen && unit != .fen
        if offered != unit && !isByPrice { return .unitDiffers }
        if available == 0 { return .nothingLeft }
        if quantity == 0 { return .nothingWanted }
        if available < 0 { return .availableNotStated }
        if quantity < 0 { return .wantedNotStated }
        guard isByPrice else { return .share(Score.share(available, of: quantity), isByPrice: false) }
        // A price of 0 is an estimate that nobody has made.
        if price <= 0 { return .noPrice }
        // A product beyond 2⁶³ is more than a million times what any offer has: the share is 0 either way.
        let (product, isTooGreat) = quantity.multipliedReportingOverflow(by: price)
        return .share(Score.share(available, of: isTooGreat ? .max : product), isByPrice: true)
    }

    /// The greatest scores of some blocks, where a quantity is wanted: as ``bound(_:_:)`` has them, without branches.
    func writeBounds(
        _ summaries: OfferSummaries, _ blocks: Range<Int>, _ share: ShareOfWhole, _ result: UnsafeMutablePointer<Int32>
    ) {
        let units = summaries.units.base + blocks.lowerBound
        let unstated = summaries.hasUnstatedQuantity.base + blocks.lowerBound
        let available = summaries.greatestAvailable.base + blocks.lowerBound
        let money: UInt8 = 1 << Unit.fen.rawValue
        let fitting: UInt8 = 1 << unit.rawValue | money
        let paying = unit == .fen ? 0 : money
        let wanted = Int32(clamping: quantity)
        for block in 0..<blocks.count {
            let (greatest, isUnstated, own) = (available[block], unstated[block], units[block])
            let isByPrice = own & paying != 0
            let part = share.value(of: min(max(0, greatest), wanted))
            let value = isByPrice ? Score.best : part
            let bound = ScoreBound.packed(
                greatest == .max ? Score.best : value, mayBeNotKnown: isUnstated || isByPrice)
            let isEmpty = greatest == 0 && !isUnstated
            result[block] = own & fitting == 0 || isEmpty ? ScoreBound.packedVeto : bound
        }
    }

    /// The greatest score in a block.
    func bound(_ summaries: OfferSummaries, _ block: Int) -> ScoreBound {
        let own: UInt8 = 1 << unit.rawValue
        let money: UInt8 = 1 << Unit.fen.rawValue
        let units = summaries.units[block]
        if units & (own | money) == 0 || quantity == 0 { return .vetoed }
        let hasUnstated = summaries.hasUnstatedQuantity[block]
        let greatest = summaries.greatestAvailable[block]
        if greatest == 0, !hasUnstated { return .vetoed }
        let isByPrice = unit != .fen && units & money != 0
        let mayBeNotKnown = quantity < 0 || hasUnstated || isByPrice
        // A quantity that reached the end of 32 bits may be greater.
        if isByPrice || quantity < 0 || greatest == .max {
            return ScoreBound(greatest: Score.best, mayBeNotKnown: mayBeNotKnown, mayBeNotApplicable: false)
        }
        return ScoreBound(
            greatest: Score.share(Int64(max(0, greatest)), of: quantity), mayBeNotKnown: mayBeNotKnown,
            mayBeNotApplicable: false)
    }
}
