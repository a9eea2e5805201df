/// A best plan and the prices that prove it.
public struct AllocationResult: Hashable, Sendable {
    /// What stands for "without an offer" in ``assignment``.
    public static let noOffer: Int32 = -1

    /// What was maximised.
    public let mode: AllocationMode
    /// The total score of the plan.
    public let objective: Int
    /// How many wishes are served.
    public let matched: Int
    /// For each wish its offer, or ``noOffer``.
    public let assignment: [Int32]
    /// For each wish what it gains over staying without an offer, at these prices; never negative.
    public let wishPrices: [Int64]
    /// For each offer what one more unit of it would be worth; never negative.
    public let offerPrices: [Int64]
    /// What serving one more wish is worth beyond its score. Only ``AllocationMode/max`` has one; 0 elsewhere.
    public let servedBonus: Int64
    /// For each area the least number served and its price. Only ``AllocationMode/fair`` has them.
    public let areas: [AreaGuarantee]
    /// Why no plan serves the worst area better. Only ``AllocationMode/fair`` has one, unless all wishes are served.
    public let shareLimit: AreaShareLimit?
    /// What no plan's total score passes; nil where the run ended by itself, and the plan is proved best.
    public let scoreBound: Int?

    /// Whether a deadline cut the run.
    public var isCut: Bool { scoreBound != nil }
}

/// How many wishes of an area a plan guarantees, and what that costs.
public struct AreaGuarantee: Hashable, Sendable {
    /// The wishes of the area, with and without candidates.
    public let wishes: Int
    /// How many of them are served.
    public let served: Int
    /// The least number that had to be served.
    public let quota: Int
    /// What the guarantee adds to the worth of serving a wish here; 0 unless the quota binds.
    public let price: Int64
}

/// The reason why no plan serves every area to a greater share than `served / wishes` of the worst one.
///
/// To pass that share each named area would need `floor(share · wishes) + 1` served. Their wishes, apart from `wishes`,
/// have all their candidates among `offers`; so they can be served at most as often as these have units and `wishes`
/// counts, and that is less than they would need together. A short check needs nothing of the solver.
public struct AreaShareLimit: Hashable, Sendable {
    /// The areas that cannot all be raised.
    public let areas: [Int32]
    /// The offers their wishes depend on.
    public let offers: [Int32]
    /// Wishes of these areas that may be served by other offers too.
    public let wishes: [Int32]
}

extension AllocationResult {
    /// The result in the ALLOCRESULT1 text format: head, an offer or -1 per wish, prices of wishes, prices of offers.
    ///
    /// The head's fifth number is the bonus of a served wish where the mode has one.
    public var text: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(12 * (assignment.count * 2 + offerPrices.count))
        let bonus = mode == .max ? " \(servedBonus)" : ""
        text += "ALLOCRESULT1 \(assignment.count) \(offerPrices.count) \(matched) \(objective)\(bonus)\n".utf8
        for offer in assignment { Self.write(Int64(offer), to: &text) }
        for price in wishPrices { Self.write(price, to: &text) }
        for price in offerPrices { Self.write(price, to: &text) }
        return text
    }

    private static func write(_ number: Int64, to text: inout [UInt8]) {
        if number < 0 { text.append(45) }
        var rest = number.magnitude
        let first = text.count
        repeat {
            text.append(UInt8(truncatingIfNeeded: rest % 10) + 48)
            rest /= 10
        } while rest > 0
        text[first...].reverse()
        text.append(10)
    }
}
