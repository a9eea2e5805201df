import AlmonerTesting
import MatchCore
import ScorerCatalog
import Synchronization
import Testing

@testable import Casework

/// Plans over all pairs, and what a deadline leaves of them.
@Suite struct CompletePlanTests {
    private let sample = RegistrySample(seed: 11, offers: 140, wishes: 70)
    private let rules = AllocationRules(goals: [.score])

    private func run(limit: Int) throws -> MatchRun {
        let profile = ScoringProfile(
            name: "plan", revision: 1, title: LocalizedText(zhHans: "方案", en: "Plan"),
            entries: [.init(scorer: "CategoryFit", weight: 60), .init(scorer: "Proximity", weight: 40)])
        let plan = try ScoringPlan(profile, scorers: ScorerCatalog.all)
        return MatchRun(ranker: Ranker(plan: plan, context: sample.context), limit: limit, threads: 2)
    }

    @Test func pairsAreAddedUntilThePricesCoverAllWithoutRankingAgain() throws {
        let run = try run(limit: 1)
        var allocation = try RegistryAllocation(run: run, rules: rules)
        var plan = GoalPlanner(allocation.problem, goals: rules.goals).plan()
        let first = allocation.problem.pairs.count
        var rounds = 0
        while let found = allocation.uncovered(by: plan, run: run), !found.isEmpty {
            let wider = try RegistryAllocation(
                allocation, adding: found, run: run, rules: rules, bars: AllocationBars())
            #expect(wider.problem.pairs.count > allocation.problem.pairs.count)
            #expect(Set(wider.problem.pairs).isSuperset(of: allocation.problem.pairs))
            #expect(wider.problem.lines == allocation.problem.lines && wider.fingerprint != allocation.fingerprint)
            (allocation, rounds) = (wider, rounds + 1)
            plan = GoalPlanner(allocation.problem, goals: rules.goals).plan()
        }
        let whole = try RegistryAllocation(run: self.run(limit: sample.registry.offers.count), rules: rules)
        let best = GoalPlanner(whole.problem, goals: rules.goals).plan()
        #expect(plan.outcomes[0].bound == best.outcomes[0].bound)
        #expect(rounds > 0 && first < allocation.problem.pairs.count)
        #expect(allocation.problem.pairs.count < whole.problem.pairs.count)
    }

    @Test func aDeadlineEndsTheLookForPairsAndNothingIsSaidToBeCovered() throws {
        let run = try run(limit: 1)
        let allocation = try RegistryAllocation(run: run, rules: rules)
        let plan = GoalPlanner(allocation.problem, goals: rules.goals).plan()
        #expect(allocation.uncovered(by: plan, run: run)?.isEmpty == false)
        #expect(allocation.uncovered(by: plan, run: run, isOverdue: { true }) == nil)
        // It is looked at for every line, not only before the first.
        let looks = Mutex(0)
        let cut = allocation.uncovered(by: plan, run: run) {
            looks.withLock { count in
                count += 1
                return count > 20
            }
        }
        #expect(cut == nil && looks.withLock { $0 } > 20)
    }

    @Test(arguments: [0, 25, 60, 100]) func asManyLinesAsAGuaranteeCountsComeBeforeTheOthers(share: Int) throws {
        let wishes = (0..<sample.registry.wishes.count).map { sample.registry.wishes[$0] }
        let quantities = wishes.map { $0.wanted ?? 1 }
        let order = RankingOrder(
            of: wishes, quantities: quantities, areas: sample.registry.areas, areaShare: share
        ).lines
        #expect(order.sorted() == Array(wishes.indices))
        let critical = wishes.indices.count { wishes[$0].urgency == .critical }
        #expect(order.prefix(critical).allSatisfy { wishes[$0].urgency == .critical })
        func name(_ line: Int) -> [Int] {
            [
                Int(RegistryAllocation.town(wishes[line].area, sample.registry.areas)),
                quantities[line] == 1 ? -1 : Int(wishes[line].unit.rawValue),
            ]
        }
        var demand: [[Int]: Int64] = [:]
        for line in order { demand[name(line), default: 0] += quantities[line] }
        var ranked: [[Int]: Int64] = [:]
        var hasOthers = false
        for line in order {
            let isNeeded = ranked[name(line), default: 0] * 100 < demand[name(line), default: 0] * Int64(share)
            ranked[name(line), default: 0] += quantities[line]
            guard wishes[line].urgency != .critical else { continue }
            #expect(!(isNeeded && hasOthers), "line \(line) counts in a guarantee and comes after others")
            if !isNeeded { hasOthers = true }
        }
    }
}
