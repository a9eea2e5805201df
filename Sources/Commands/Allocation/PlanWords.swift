import MatchCore
import Operations

/// What a plan's prices say, and why lines are left out, in words.
struct PlanWords {
    private let prices: [AllocationView.Price]
    private let proved: Set<PlanGoal>
    private let isProved: Bool

    /// - Parameter proved: the goals that are proved best; `isProved` says whether all of them are.
    init(_ prices: [AllocationView.Price], proved: [PlanGoal], isProved: Bool) {
        self.prices = prices
        self.proved = Set(proved)
        self.isProved = isProved
    }

    // MARK: Prices

    /// What one more unit would do.
    func text(of price: AllocationView.Price) -> LocalizedText {
        let exact = Self.exactText(of: price)
        if price.isExact { return exact }
        return (proved.contains(price.goal) ? AllocateWords.priceAtMost : .priceOfBound).around(exact)
    }

    private static func exactText(of price: AllocationView.Price) -> LocalizedText {
        let amount = price.amount
        // A fen is a very small part of a line: then the other way round.
        let isPart = (1..<PlanGoal.whole / 2).contains(amount)
        let units = isPart ? Numbers.grouped((PlanGoal.whole + amount - 1) / amount) : ""
        let value = OutcomeTable.lines(amount)
        let values = [
            "value": value.hasSuffix(".00") ? String(value.dropLast(3)) : value, "units": units,
            "score": Numbers.millionths(amount / 1_000_000),
        ]
        return switch price.goal {
        case .critical: (isPart ? AllocateWords.priceCriticalOf : .priceCritical).filled(values)
        case .areas: AllocateWords.priceAreas.text
        case .served: (isPart ? AllocateWords.priceServedOf : .priceServed).filled(values)
        case .score: (amount < 1_000_000 ? AllocateWords.priceScoreLess : .priceScore).filled(values)
        case .lottery: AllocateWords.priceLottery.text
        }
    }

    // MARK: Reasons

    /// One sentence: what the line lost against.
    func why(_ line: UnservedLine) -> LocalizedText {
        let values = [
            "offer": line.offer?.handle ?? "",
            "score": Numbers.score(Int32(line.total ?? 0)), "winners": line.winners.joined(separator: ", "),
        ]
        switch line.reason {
        case .notRanked: return AllocateWords.whyNotRanked.text
        case .split:
            let part = line.part ?? 0
            return AllocateWords.whySplit.filled([
                "part": Numbers.grouped(part), "asked": Numbers.grouped(part + line.open),
            ])
        case .noCandidate: return AllocateWords.whyNoCandidate.text
        case .tooSmall: return AllocateWords.whyTooSmall.filled(values)
        case .usedUp: return AllocateWords.whyUsedUp.text
        case .cap: return AllocateWords.whyCap.filled(values)
        case .unused: return AllocateWords.whyUnused.filled(values)
        case .gone: return AllocateWords.whyGone.filled(values)
        case .tie: return AllocateWords.whyTie.filled(values)
        case .goal: return lost(line, values)
        }
    }

    private func lost(_ line: UnservedLine, _ values: [String: String]) -> LocalizedText {
        let word: AllocateWords =
            switch line.goal {
            case .critical: .whyCritical
            case .areas: .whyAreas
            case .served: .whyServed
            case .score: .whyScore
            case .lottery: .whyLottery
            case nil: .whyTie
            }
        let price = prices.first { $0.offer == line.offer?.id && $0.offerLine == line.offerLine }
        let priced = price.map(text) ?? none
        let text = word.filled(values.merging(["price": "{price}"]) { $1 })
        return LocalizedText(
            zhHans: text.zhHans.filled(["price": priced.zhHans]), en: text.en.filled(["price": priced.en]))
    }

    /// What is said of one more unit where there is no price.
    private var none: LocalizedText {
        isProved ? AllocateWords.priceNone.text : AllocateWords.priceOfBound.around(AllocateWords.priceNone.text)
    }
}

extension AllocateWords {
    /// These words with another text in them.
    fileprivate func around(_ inner: LocalizedText) -> LocalizedText {
        LocalizedText(
            zhHans: text.zhHans.filled(["text": inner.zhHans]), en: text.en.filled(["text": inner.en]))
    }
}
