import Testing

@testable import MatchCore

struct AllocationCertificateTests {
    /// A result that a test may alter.
    private struct Draft {
        var mode: AllocationMode
        var objective: Int
        var matched: Int
        var assignment: [Int32]
        var wishPrices: [Int64]
        var offerPrices: [Int64]
        var servedBonus: Int64
        var areas: [AreaGuarantee]
        var shareLimit: AreaShareLimit?

        init(_ result: AllocationResult) {
            mode = result.mode
            objective = result.objective
            matched = result.matched
            assignment = result.assignment
            wishPrices = result.wishPrices
            offerPrices = result.offerPrices
            servedBonus = result.servedBonus
            areas = result.areas
            shareLimit = result.shareLimit
        }

        var result: AllocationResult {
            AllocationResult(
                mode: mode, objective: objective, matched: matched, assignment: assignment, wishPrices: wishPrices,
                offerPrices: offerPrices, servedBonus: servedBonus, areas: areas, shareLimit: shareLimit,
                scoreBound: nil)
        }
    }

    @Test(arguments: AllocationMode.allCases)
    func alteredResultsAreRejected(mode: AllocationMode) throws {
        var altered = 0
        for seed in UInt64(1)...600 {
            let small = SmallInstance(seed: seed)
            let instance = try small.instance
            guard instance.wishCount > 0 else { continue }
            let draft = Draft(try AllocationSolver(instance).solve(mode))
            var chance = SmallInstance.Chance(state: seed)
            let wish = Int.random(in: 0..<instance.wishCount, using: &chance)
            let offer = Int.random(in: 0..<instance.offerCount, using: &chance)
            var drafts = [Draft](repeating: draft, count: 5)
            drafts[0].objective += 1
            drafts[1].matched -= 1
            drafts[2].wishPrices[wish] += 1
            drafts[3].wishPrices[wish] -= 1
            // A seat taken away: the claim no longer fits, also when its count and score are corrected.
            if draft.assignment[wish] >= 0, draft.wishPrices[wish] > 0 {
                let row = small.rows[wish].first { $0.offer == draft.assignment[wish] }
                drafts[4].assignment[wish] = AllocationResult.noOffer
                drafts[4].matched -= 1
                drafts[4].objective -= Int(row?.score ?? 0)
            } else {
                drafts[4].assignment[wish] = Int32(instance.offerCount)
            }
            if instance.capacities[offer] > 0 {
                var more = draft
                more.offerPrices[offer] += 1
                drafts.append(more)
            }
            for (number, draft) in drafts.enumerated() {
                #expect(throws: AllocationError.self, "seed \(seed), alteration \(number)") {
                    try AllocationCertificate.check(draft.result, of: instance)
                }
                altered += 1
            }
        }
        #expect(altered > 1000)
    }

    @Test func planThatIsOnlyNearlyBestIsRejected() throws {
        // 60 + 50 looks good; 50 + 100 is better.
        let instance = try AllocationInstance(
            capacities: [1, 1], offerAreas: [0, 0], quantities: [1, 1], wishAreas: [0, 0], urgencies: [0, 0],
            rowStart: [0, 2, 3],
            candidates: [
                AllocationCandidate(offer: 0, score: 60), AllocationCandidate(offer: 1, score: 50),
                AllocationCandidate(offer: 0, score: 100),
            ])
        let best = try AllocationSolver(instance).solve(.bypass)
        #expect(best.assignment == [1, 0])
        #expect(best.objective == 150)
        var draft = Draft(best)
        draft.assignment = [0, -1]
        draft.objective = 60
        draft.matched = 1
        #expect(throws: AllocationError.self) { try AllocationCertificate.check(draft.result, of: instance) }
    }

    @Test func fairPlanWithoutItsLimitIsRejected() throws {
        var seen = 0
        for seed in UInt64(1)...300 {
            let instance = try SmallInstance(seed: seed).instance
            var draft = Draft(try AllocationSolver(instance).solve(.fair))
            guard let limit = draft.shareLimit, !limit.areas.isEmpty else { continue }
            seen += 1
            draft.shareLimit = nil
            #expect(throws: AllocationError.self, "seed \(seed)") {
                try AllocationCertificate.check(draft.result, of: instance)
            }
            draft.shareLimit = AreaShareLimit(areas: [], offers: limit.offers, wishes: limit.wishes)
            #expect(throws: AllocationError.self, "seed \(seed)") {
                try AllocationCertificate.check(draft.result, of: instance)
            }
        }
        #expect(seen > 50)
    }
}
