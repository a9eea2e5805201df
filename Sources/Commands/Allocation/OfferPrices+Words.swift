import MatchCore
import Operations

extension OfferPrices.Price {
    /// What one more unit would do, in words.
    var text: LocalizedText {
        let value = ["value": OutcomeTable.lines(amount), "score": Numbers.millionths(amount / 1_000_000)]
        return switch goal {
        case .critical: AllocateWords.priceCritical.filled(value)
        case .areas: AllocateWords.priceAreas.text
        case .served: AllocateWords.priceServed.filled(value)
        case .score: AllocateWords.priceScore.filled(value)
        case .lottery: AllocateWords.priceLottery.text
        }
    }
}
