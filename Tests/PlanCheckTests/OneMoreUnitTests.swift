import MatchCore
import PlanCheck
import Testing

/// What a plan says that one more unit of an offer would do, beside every plan there is with that unit.
@Suite("One more unit")
struct OneMoreUnitTests {
    @Test("What is said to be added is added, and nothing beyond what is said", arguments: PlanOptimumTests.goalLists)
    func saidIsTrue(goals: [PlanGoal]) throws {
        var standings: [OfferPrices.Standing: Int] = [:]
        for seed in 0..<UInt64(120) {
            for kind in SmallProblem.Kind.allCases {
                let small = try SmallProblem(kind, seed: seed)
                var plan = GoalPlanner(small.problem, goals: goals).plan()
                plan.takeLeastPrices(of: small.problem)
                let name = "\(kind), seed \(seed)"
                #expect(throws: Never.self, "\(name)") {
                    try PlanVerifier.check(PlanDocument(plan, of: small.problem, goals: goals))
                }
                let prices = OfferPrices(plan, of: small.problem).prices
                #expect(Set(prices.map(\.offer)).count == prices.count, "\(name)")
                let best = small.bestMerit(goals, least: plan.held(small.problem))
                for (offer, row) in small.problem.offers.enumerated() where row.capacity > 0 {
                    let price = prices.first { $0.offer == offer }
                    if let price { standings[price.standing, default: 0] += 1 }
                    try expectTrue(price, of: offer, plan, small, goals, best, "\(name), offer \(offer)")
                }
            }
        }
        #expect(standings[.exact, default: 0] > 20 && standings[.atMost, default: 0] > 0)
    }

    private func expectTrue(
        _ price: OfferPrices.Price?, of offer: Int, _ plan: Plan, _ small: SmallProblem, _ goals: [PlanGoal],
        _ best: [Int64], _ name: String
    ) throws {
        var problem = small.problem
        problem.offers[offer].capacity += 1
        let more = SmallProblem(problem)
        // A guarantee that was short may be kept further with the unit.
        let held = GoalPlanner(problem, goals: goals).plan().held(problem)
        let isShort = !plan.shortAreas.isEmpty
        let reached = more.bestMerit(goals, least: held)
        let proved = goals.prefix { goal in plan.outcomes.first { $0.goal == goal }?.isProved == true }
        guard let price else {
            let count = small.merit(plan.amounts, Array(proved)).count
            let (after, before) = (Array(reached.prefix(count)), Array(best.prefix(count)))
            #expect(isShort ? !before.lexicographicallyPrecedes(after) : after == before, "\(name)")
            return
        }
        let goal = try #require(goals.firstIndex(of: price.goal))
        let place = small.merit(plan.amounts, Array(goals.prefix(goal))).count
        switch price.standing {
        case .exact:
            #expect(reached.prefix(place) == best.prefix(place), "\(name)")
            if price.goal == .areas {
                #expect(best.lexicographicallyPrecedes(reached), "\(name)")
            } else {
                #expect(reached[place] == best[place] + price.amount, "\(name): \(price)")
            }
        case .atMost:
            guard price.goal != .areas else { return }
            let most = Array(best.prefix(place)) + [best[place] + price.amount]
            #expect(!most.lexicographicallyPrecedes(Array(reached.prefix(place + 1))), "\(name): \(price)")
        case .ofBound:
            guard price.goal != .areas else { return }
            let top = more.bestMerit(Array(proved) + [price.goal], least: held)
            #expect(try #require(top.last) <= plan.outcomes[goal].bound + price.amount, "\(name): \(price)")
        }
    }

    @Test("An offer that gives just what is asked for is not short")
    func enough() throws {
        let problem = try PlanProblem(
            lines: [.init(), .init()], offers: [.init(capacity: 1), .init(capacity: 1)], partyCaps: [9],
            guarantees: [0],
            pairs: [.init(line: 0, offer: 0, score: 900_000), .init(line: 1, offer: 1, score: 800_000)])
        var plan = GoalPlanner(problem).plan()
        plan.takeLeastPrices(of: problem)
        #expect(plan.amounts == [1, 1])
        #expect(OfferPrices(plan, of: problem).prices.isEmpty)
    }

    @Test("Where the party's cap is used up, one more unit adds at most its price")
    func capped() throws {
        func price(cap: Int64) throws -> OfferPrices.Price? {
            let problem = try PlanProblem(
                lines: [.init(), .init(), .init()], offers: [.init(capacity: 1), .init(capacity: 1)], partyCaps: [cap],
                guarantees: [0],
                pairs: [
                    .init(line: 0, offer: 0, score: 900_000), .init(line: 1, offer: 0, score: 800_000),
                    .init(line: 2, offer: 1, score: 300_000),
                ])
            var plan = GoalPlanner(problem, goals: [.score]).plan()
            plan.takeLeastPrices(of: problem)
            return OfferPrices(plan, of: problem).prices.first
        }
        let (free, full) = (try #require(try price(cap: 9)), try price(cap: 2))
        #expect(free.standing == .exact && free.amount == 800_000 * 1_000_000)
        #expect(full.map { $0.standing == .atMost } ?? false)
    }

    @Test("An offer that is one unit too small for a whole line could add all of it")
    func nearlyEnough() throws {
        let problem = try PlanProblem(
            lines: [.init(quantity: 4, isWhole: true)], offers: [.init(capacity: 3)], partyCaps: [9], guarantees: [0],
            pairs: [.init(line: 0, offer: 0, score: 500_000)])
        var plan = GoalPlanner(problem, goals: [.score]).plan()
        plan.takeLeastPrices(of: problem)
        let price = try #require(OfferPrices(plan, of: problem).prices.first)
        #expect(price.standing == .atMost && price.amount == 500_000 * 1_000_000)
    }

    @Test("Prices that are to cover more pairs than the problem has stay, and are exact where they are the least")
    func kept() throws {
        for seed in 0..<UInt64(200) {
            let small = try SmallProblem(.divisible, seed: seed)
            let plan = GoalPlanner(small.problem, goals: [.served, .score]).plan()
            var (least, kept) = (plan, plan)
            least.takeLeastPrices(of: small.problem)
            kept.takeLeastPrices(of: small.problem, keepingProof: true)
            #expect(kept.proof == plan.proof)
            let exact = OfferPrices(least, of: small.problem).prices.filter { $0.standing == .exact }
            for price in OfferPrices(kept, of: small.problem).prices where price.standing == .exact {
                #expect(exact.contains(price), "seed \(seed)")
            }
        }
    }
}
