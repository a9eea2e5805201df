/// What one more unit of an offer would be worth, all else as it is, for the offers where it could be worth something: the
/// prices of the proof.
public struct OfferPrices: Sendable {
    /// The price of one offer.
    public struct Price: Sendable, Hashable {
        /// Its number in the problem.
        public let offer: Int
        /// The most important goal that it would help.
        public let goal: PlanGoal
        /// In the goal's unit for one more unit of the offer; for areas it only says that there is one.
        public let amount: Int64
        public let standing: Standing
    }

    /// What a price says.
    public enum Standing: Sendable, Hashable {
        /// One more unit adds just that.
        case exact
        /// One more unit adds no more than that: the party's cap is used up, a whole line is in the way, a guarantee is
        /// short, or nobody looked for better prices.
        case atMost
        /// The goal is not proved, so that a better plan may be there anyway: what no plan can pass rises by no more than
        /// that.
        case ofBound
    }

    /// The most important goal first, in it the greatest price first.
    public let prices: [Price]

    public init(_ plan: Plan, of problem: PlanProblem) {
        let reading = PriceReading(plan, of: problem)
        let proved = Set(plan.outcomes.filter(\.isProved).map(\.goal))
        let nearly = problem.wholeLinesNearlyServed
        let served = Set(
            zip(problem.pairs, plan.amounts).lazy.filter { $1 == problem.lines[$0.line].quantity }.map { $0.0.line })
        var room = problem.partyCaps
        for (pair, amount) in zip(problem.pairs, plan.amounts) { room[problem.offers[pair.offer].party] -= amount }
        var found: [(stage: Int, price: Price)] = []
        for (offer, row) in problem.offers.enumerated() where row.capacity > 0 {
            let waiting = nearly[offer] ?? []
            guard
                let (stage, amount) = reading.firstPrice(
                    of: offer, with: waiting, mayServeMore: waiting.contains { !served.contains($0.line) })
            else { continue }
            let goal = plan.proof.stages[stage].sum.goal
            guard goal != .lottery else { continue }
            // The next unit also has to pass the party's cap, and a guarantee that is short asks for more of it.
            let isExact =
                plan.exactlyPriced.contains(offer) && room[row.party] > 0 && plan.shortAreas.isEmpty
                && nearly[offer] == nil
            let standing: Standing = isExact ? .exact : proved.contains(goal) ? .atMost : .ofBound
            found.append((stage, Price(offer: offer, goal: goal, amount: amount, standing: standing)))
        }
        prices = found.sorted { left, right in
            if left.stage != right.stage { return left.stage < right.stage }
            return (left.price.amount, right.price.offer) > (right.price.amount, left.price.offer)
        }.map(\.price)
    }
}

extension PriceReading {
    /// The first stage that one more unit of an offer could add to, and how much at most; nil where it adds to none.
    ///
    /// - Parameter nearly: pairs of whole lines that the offer is one unit too small for. No price was asked of them, so
    ///   that what theirs fall short of counts too.
    /// - Parameter mayServeMore: whether the plan leaves out one of those lines.
    fileprivate func firstPrice(
        of offer: Int, with nearly: [PlanProblem.Pair], mayServeMore: Bool
    ) -> (stage: Int, amount: Int64)? {
        var open = nearly
        for (index, stage) in plan.proof.stages.enumerated() {
            var more: Int64 = 0
            // Weights stand for the rates of those areas alone that something could serve before.
            if case .weights = stage.sum, mayServeMore { more = 1 }
            open.removeAll { pair in
                let slack = slack(of: pair, in: stage)
                // The offer serves one of them at most: it has just as much.
                let (gain, isBeyond) = max(0, -slack).multipliedReportingOverflow(by: problem.lines[pair.line].quantity)
                more = max(more, isBeyond ? .max : gain)
                return slack > 0 && stage.settles
            }
            let (amount, isBeyond) = stage.prices.offers[offer].addingReportingOverflow(more)
            if isBeyond || amount > 0 { return (index, isBeyond ? .max : amount) }
        }
        return nil
    }
}

extension PlanProblem {
    /// For each offer the pairs of whole lines that it is one unit too small for.
    fileprivate var wholeLinesNearlyServed: [Int: [Pair]] {
        Dictionary(
            grouping: pairs.filter {
                lines[$0.line].isWhole && lines[$0.line].quantity == offers[$0.offer].capacity + 1
            },
            by: \.offer)
    }
}
