import MatchCore
import Testing

/// Every claim is tried on a thousand small instances of which all plans are known.
struct AllocationOptimumTests {
    private static let seeds = UInt64(1)...1000

    @Test func totalScoreIsTheBestOfAllPlans() throws {
        for seed in Self.seeds {
            let small = SmallInstance(seed: seed)
            let instance = try small.instance
            let result = try AllocationSolver(instance).solve(.bypass)
            #expect(result.objective == EveryPlan(small).bestScore, "seed \(seed)")
            #expect(throws: Never.self, "seed \(seed)") { try AllocationCertificate.check(result, of: instance) }
        }
    }

    /// The lists that a search reads leave out most wishes at first, and are made again until they suffice.
    @Test func planIsBestHoweverFewWishesAreListed() throws {
        for seed in UInt64(1)...60 {
            var chance = SmallInstance.Chance(state: seed)
            let offers = Int.random(in: 30...60, using: &chance)
            var starts: [Int32] = [0]
            var candidates: [AllocationCandidate] = []
            for _ in 0..<300 {
                let row = (0..<Int32(offers)).shuffled(using: &chance).prefix(6)
                    .map { AllocationCandidate(offer: $0, score: .random(in: 0...1_000_000, using: &chance)) }
                candidates += row
                starts.append(Int32(candidates.count))
            }
            let instance = try AllocationInstance(
                capacities: (0..<offers).map { _ in Int32.random(in: 1...9, using: &chance) },
                offerAreas: Array(repeating: 0, count: offers), quantities: Array(repeating: 1, count: 300),
                wishAreas: Array(repeating: 0, count: 300), urgencies: Array(repeating: 0, count: 300),
                rowStart: starts, candidates: candidates)
            let result = try AllocationSolver(instance, stepsWithinReach: 0).solve(.bypass)
            #expect(throws: Never.self, "seed \(seed)") { try AllocationCertificate.check(result, of: instance) }
            #expect(try result.objective == AllocationSolver(instance).solve(.bypass).objective)
        }
    }

    @Test func mostWishesAreServedThenTheScoreIsBest() throws {
        for seed in Self.seeds {
            let small = SmallInstance(seed: seed)
            let instance = try small.instance
            let result = try AllocationSolver(instance).solve(.max)
            let every = EveryPlan(small)
            #expect(result.matched == every.mostServed, "seed \(seed)")
            #expect(result.objective == every.scoreOfMostServed, "seed \(seed)")
            #expect(throws: Never.self, "seed \(seed)") { try AllocationCertificate.check(result, of: instance) }
        }
    }

    @Test func worstAreaIsServedAsWellAsAnyPlanCanThenTheScoreIsBest() throws {
        for seed in Self.seeds {
            let small = SmallInstance(seed: seed)
            let instance = try small.instance
            let result = try AllocationSolver(instance).solve(.fair)
            let every = EveryPlan(small)
            if let worst = result.areas.worst {
                let (here, best) = (worst.served * every.worstShare.wishes, every.worstShare.served * worst.wishes)
                #expect(here == best, "seed \(seed)")
            }
            #expect(result.objective == every.scoreOfFairest, "seed \(seed)")
            #expect(throws: Never.self, "seed \(seed)") { try AllocationCertificate.check(result, of: instance) }
        }
    }

    @Test func tighterCapacityNeverRaisesTheOptimum() throws {
        for seed in Self.seeds.prefix(300) {
            var small = SmallInstance(seed: seed)
            let before = try AllocationSolver(small.instance).solve(.bypass)
            let servedBefore = try AllocationSolver(small.instance).solve(.max).matched
            guard let offer = small.capacities.indices.first(where: { small.capacities[$0] > 0 }) else { continue }
            small.capacities[offer] -= 1
            let after = try AllocationSolver(small.instance).solve(.bypass)
            #expect(after.objective <= before.objective, "seed \(seed)")
            // And the price of the offer tells at most how much a unit less costs.
            let lost = Int64(before.objective - after.objective)
            #expect(lost >= before.offerPrices[offer], "seed \(seed)")
            #expect(try AllocationSolver(small.instance).solve(.max).matched <= servedBefore, "seed \(seed)")
        }
    }

    @Test(arguments: AllocationMode.allCases)
    func inputOrderNeverMatters(mode: AllocationMode) throws {
        for seed in Self.seeds.prefix(300) {
            let small = SmallInstance(seed: seed)
            let before = try AllocationSolver(small.instance).solve(mode)
            var chance = SmallInstance.Chance(state: seed)
            let order = small.rows.indices.shuffled(using: &chance)
            let places = small.capacities.indices.shuffled(using: &chance)
            var turned = small
            turned.rows = order.map { wish in
                small.rows[wish].map {
                    AllocationCandidate(offer: Int32(places.firstIndex(of: Int($0.offer))!), score: $0.score)
                }.shuffled(using: &chance)
            }
            turned.areas = order.map { small.areas[$0] }
            turned.capacities = places.map { small.capacities[$0] }
            let after = try AllocationSolver(turned.instance).solve(mode)
            #expect(after.objective == before.objective, "seed \(seed)")
            if mode == .max { #expect(after.matched == before.matched, "seed \(seed)") }
        }
    }
}
