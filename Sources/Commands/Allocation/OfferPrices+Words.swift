import MatchCore
import Operations

extension OfferPrices.Price {
    /// What one more unit would do, in words.
    var text: LocalizedText {
        switch standing {
        case .exact: exactText
        case .atMost: AllocateWords.priceAtMost.around(exactText)
        case .ofBound: AllocateWords.priceOfBound.around(exactText)
        }
    }

    /// The same where one more unit would do nothing.
    static func none(isProved: Bool) -> LocalizedText {
        let text = AllocateWords.priceNone.text
        return isProved ? text : AllocateWords.priceOfBound.around(text)
    }

    private var exactText: LocalizedText {
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

extension AllocateWords {
    /// These words with another text in them.
    fileprivate func around(_ inner: LocalizedText) -> LocalizedText {
        LocalizedText(
            zhHans: text.zhHans.filled(["text": inner.zhHans]), en: text.en.filled(["text": inner.en]))
    }
}
