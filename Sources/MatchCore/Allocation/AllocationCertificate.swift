/// Checks a result against its instance: that the plan is allowed, and that its prices prove it best.
///
/// Linear programming duality. Let the worth of a pair be its score, plus the bonus of a served wish (mode max) or the
/// price of the wish's area (mode fair). If no price is negative, wish price + offer price is at least the worth of
/// every pair, and all wish prices plus capacity × offer price sum to the worth of the plan, then no plan is worth more.
/// One pass over the candidates; it knows nothing of how the result was found. Sums are 128 bits wide, so that altered
/// results cannot overflow it.
public struct AllocationCertificate {
    private let instance: AllocationInstance
    private let result: AllocationResult

    /// Checks the result.
    ///
    /// - Throws: ``AllocationError`` with the code `proofFailed` and the first fault.
    public static func check(_ result: AllocationResult, of instance: AllocationInstance) throws {
        let certificate = AllocationCertificate(instance: instance, result: result)
        try certificate.checkPlan()
        try certificate.checkPrices()
        if result.mode == .fair, !result.isCut { try certificate.checkShares() }
    }

    private func fault(_ message: String) -> AllocationError {
        AllocationError(.proofFailed, message: "The result is not proved: \(message).")
    }

    private func row(_ wish: Int) -> Range<Int> { Int(instance.rowStart[wish])..<Int(instance.rowStart[wish + 1]) }

    private func checkPlan() throws {
        guard result.assignment.count == instance.wishCount, result.wishPrices.count == instance.wishCount,
            result.offerPrices.count == instance.offerCount
        else { throw fault("it has other numbers of wishes or offers than the instance") }
        if let wish = instance.quantities.firstIndex(where: { $0 != 1 }) {
            throw fault("wish \(wish) asks for more than one unit, which this check does not cover")
        }
        var left = instance.capacities
        var matched = 0
        var objective = 0
        for wish in 0..<instance.wishCount where result.assignment[wish] != AllocationResult.noOffer {
            let offer = result.assignment[wish]
            guard let index = row(wish).first(where: { instance.candidates[$0].offer == offer }) else {
                throw fault("wish \(wish) was given offer \(offer), not one of its candidates")
            }
            left[Int(offer)] -= 1
            guard left[Int(offer)] >= 0 else { throw fault("offer \(offer) is given more often than it has units") }
            matched += 1
            objective += Int(instance.candidates[index].score)
        }
        guard matched == result.matched, objective == result.objective else {
            throw fault(
                "it claims \(result.matched) served and \(result.objective), but its plan gives \(matched) and "
                    + "\(objective)")
        }
    }

    /// The first candidate of a wish that is worth more than the prices of both.
    private func underpaid<Price: FixedWidthInteger>(_ wish: Int, _ least: Int64, _ prices: [Price]) -> AllocationError?
    {
        for index in row(wish) {
            let candidate = instance.candidates[index]
            // Neither side can overflow: offer prices are not negative, so this is a comparison of differences.
            guard Int64(candidate.score) &- Int64(prices[Int(candidate.offer)]) <= least else {
                return fault("wish \(wish) and offer \(candidate.offer) are priced under their worth")
            }
        }
        return nil
    }

    private func checkPrices() throws {
        guard result.servedBonus >= 0, !result.areas.contains(where: { $0.price < 0 }) else {
            throw fault("a bonus is negative")
        }
        if result.mode == .max, !result.isCut {
            // More than all scores together, so that one more served wish outweighs them.
            let best = Int128(instance.candidates.reduce(0) { max($0, $1.score) })
            guard Int128(result.servedBonus) >= best * Int128(instance.wishCount) + 1 else {
                throw fault("the bonus \(result.servedBonus) is too small to put the number served first")
            }
        } else if result.servedBonus != 0 {
            throw fault("the mode \(result.mode.rawValue) has no bonus")
        }
        var bonuses = [Int64](repeating: result.servedBonus, count: result.isOfAreas ? result.areas.count : 1)
        if result.isOfAreas { for area in bonuses.indices { bonuses[area] = result.areas[area].price } }
        var worth = Int128(result.objective)
        var bound: Int128 = 0
        let offerPrices = result.offerPrices
        if let offer = offerPrices.firstIndex(where: { $0 < 0 }) {
            throw fault("the price of offer \(offer) is negative")
        }
        for offer in 0..<instance.offerCount {
            bound += Int128(offerPrices[offer]) * Int128(instance.capacities[offer])
        }
        // In half the memory, which is read at random. A greater price than any score stands for itself as well as one that
        // is greater by one, as long as no wish's own price is negative.
        let bar = Int64(AllocationInstance.greatestScore) + 1
        let compared = result.isOfAreas || result.servedBonus > 0 ? nil : offerPrices.map { Int32(min($0, bar)) }
        for wish in 0..<instance.wishCount {
            let area = result.isOfAreas ? Int(instance.wishAreas[wish]) : 0
            guard area < bonuses.count else { throw fault("area \(area) is missing") }
            let price = result.wishPrices[wish]
            guard price >= 0 else { throw fault("the price of wish \(wish) is negative") }
            let (least, overflow) = price.subtractingReportingOverflow(bonuses[area])
            guard !overflow else { throw fault("a price is out of range") }
            if let fault = compared.map({ underpaid(wish, least, $0) }) ?? underpaid(wish, least, offerPrices) {
                throw fault
            }
            bound += Int128(price)
            if result.assignment[wish] != AllocationResult.noOffer { worth += Int128(bonuses[area]) }
        }
        if let stated = result.scoreBound {
            guard bound == Int128(stated), worth <= bound else {
                throw fault("the prices bound the score by \(bound), not by \(stated)")
            }
            return
        }
        guard worth == bound else {
            throw fault("the prices bound the worth by \(bound), but the plan is worth \(worth)")
        }
    }
}

// MARK: Shares of areas

extension AllocationCertificate {
    private func checkShares() throws {
        var wishes = [Int](repeating: 0, count: result.areas.count)
        var served = wishes
        for wish in 0..<instance.wishCount {
            wishes[Int(instance.wishAreas[wish])] += 1
            if result.assignment[wish] != AllocationResult.noOffer { served[Int(instance.wishAreas[wish])] += 1 }
        }
        for (number, area) in result.areas.enumerated() {
            guard area.wishes == wishes[number], area.served == served[number] else {
                throw fault("area \(number) has \(wishes[number]) wishes and \(served[number]) served")
            }
            guard area.served >= area.quota, area.price == 0 || area.served == area.quota else {
                throw fault("the quota of area \(number) is not kept, or has a price without binding")
            }
        }
        guard let worst = result.areas.worst else { return }
        // The quotas may ask for no more than the worst share itself, or they would cost score for nothing.
        for (number, area) in result.areas.enumerated() where area.quota * worst.wishes > 0 {
            guard (area.quota - 1) * worst.wishes < worst.served * area.wishes else {
                throw fault("the quota of area \(number) asks for more than the worst share")
            }
        }
        guard worst.served < worst.wishes else { return }
        guard let limit = result.shareLimit else { throw fault("nothing shows that the worst area cannot do better") }
        try checkLimit(limit, worst: worst)
    }

    private func checkLimit(_ limit: AreaShareLimit, worst: AreaGuarantee) throws {
        let areas = Set(limit.areas)
        let offers = Set(limit.offers)
        let apart = Set(limit.wishes)
        guard areas.allSatisfy({ $0 >= 0 && Int($0) < result.areas.count }),
            offers.allSatisfy({ $0 >= 0 && Int($0) < instance.offerCount }),
            apart.allSatisfy({ $0 >= 0 && Int($0) < instance.wishCount })
        else { throw fault("the limit of the shares names what does not exist") }
        var needed: Int128 = 0
        for area in areas {
            let wishes = result.areas[Int(area)].wishes
            if wishes > 0 { needed += Int128(worst.served) * Int128(wishes) / Int128(worst.wishes) + 1 }
        }
        let units = offers.reduce(Int128(apart.count)) { $0 + Int128(instance.capacities[Int($1)]) }
        guard units < needed else { throw fault("the limit of the shares leaves enough units") }
        for wish in 0..<instance.wishCount
        where areas.contains(instance.wishAreas[wish]) && !apart.contains(Int32(truncatingIfNeeded: wish)) {
            guard row(wish).allSatisfy({ offers.contains(instance.candidates[$0].offer) }) else {
                throw fault("wish \(wish) has a candidate outside the limit of the shares")
            }
        }
    }
}

extension AllocationResult {
    /// Whether areas have prices in it.
    fileprivate var isOfAreas: Bool { mode == .fair && !isCut }
}

extension [AreaGuarantee] {
    /// The area with the smallest served share; nil where no area has a wish.
    public var worst: AreaGuarantee? {
        filter { $0.wishes > 0 }.min { $0.served * $1.wishes < $1.served * $0.wishes }
    }
}
