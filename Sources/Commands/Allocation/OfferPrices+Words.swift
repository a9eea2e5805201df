import MatchCore
import Operations

extension OfferPrices.Price {
    /// What one more unit would do, in words.
    var text: LocalizedText { Self.text(of: amount, in: goal) }

    /// What one more unit would do for a goal, in words.
    static func text(of amount: Int64, in goal: PlanGoal) -> LocalizedText {
        // A fen is a very small part of a line: then the other way round.
        let isPart = (1..<PlanGoal.whole / 2).contains(amount)
        let units = isPart ? Numbers.grouped((PlanGoal.whole + amount - 1) / amount) : ""
        let value = OutcomeTable.lines(amount)
        let values = [
            "value": value.hasSuffix(".00") ? String(value.dropLast(3)) : value, "units": units,
            "score": Numbers.millionths(amount / 1_000_000),
        ]
        return switch goal {
        case .critical: (isPart ? AllocateWords.priceCriticalOf : .priceCritical).filled(values)
        case .areas: AllocateWords.priceAreas.text
        case .served: (isPart ? AllocateWords.priceServedOf : .priceServed).filled(values)
        case .score: (amount < 1_000_000 ? AllocateWords.priceScoreLess : .priceScore).filled(values)
        case .lottery: AllocateWords.priceLottery.text
        }
    }
}
