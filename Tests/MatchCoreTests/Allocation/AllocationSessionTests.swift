import MatchCore
import Testing

/// A session's plan is as good as one made afresh, whatever changes.
struct AllocationSessionTests {
    @Test func changedWishesLeaveThePlanBest() throws {
        for seed in UInt64(1)...400 {
            var small = SmallInstance(seed: seed)
            guard !small.rows.isEmpty else { continue }
            let session = try AllocationSession(small.instance)
            _ = session.solve()
            for round in UInt64(1)...4 {
                let other = SmallInstance(seed: seed + 1000 * round)
                for wish in small.rows.indices.prefix(2 + Int(round)) {
                    // Another row, without the offers that this instance does not have; now and then none at all.
                    let row = other.rows.indices.contains(wish) ? other.rows[wish] : []
                    small.rows[wish] = row.filter { Int($0.offer) < small.capacities.count }
                    try session.replaceCandidates(of: wish, with: small.rows[wish])
                }
                let result = session.solve()
                #expect(result.objective == EveryPlan(small).bestScore, "seed \(seed), round \(round)")
                let instance = try small.instance
                #expect(session.instance == instance, "seed \(seed), round \(round)")
                #expect(throws: Never.self, "seed \(seed), round \(round)") {
                    try AllocationCertificate.check(result, of: instance)
                }
            }
        }
    }

    @Test func manyChangesToOneOfferOutgrowItsRoomAndStayExact() throws {
        // 60 wishes that first want nothing, then all the same offer, whose seats were laid out for few.
        let count = 60
        let instance = try AllocationInstance(
            capacities: [50, 1], offerAreas: [0, 0], quantities: [Int32](repeating: 1, count: count),
            wishAreas: [Int32](repeating: 0, count: count), urgencies: [Int32](repeating: 0, count: count),
            rowStart: [Int32](repeating: 0, count: count + 1), candidates: [])
        let session = try AllocationSession(instance)
        #expect(session.solve().objective == 0)
        for wish in 0..<count {
            try session.replaceCandidates(
                of: wish, with: [AllocationCandidate(offer: 0, score: Int32(1 + wish))])
            let result = session.solve()
            let best = (1...(wish + 1)).suffix(50).reduce(0, +)
            #expect(result.objective == best, "after \(wish + 1) changes")
            try AllocationCertificate.check(result, of: session.instance)
        }
    }

    @Test func badRowIsRefusedAndChangesNothing() throws {
        let small = SmallInstance(seed: 12)
        let session = try AllocationSession(small.instance)
        let before = session.solve()
        let twice = [AllocationCandidate(offer: 0, score: 1), AllocationCandidate(offer: 0, score: 2)]
        let error = #expect(throws: AllocationError.self) { try session.replaceCandidates(of: 0, with: twice) }
        #expect(error?.code == .badCandidate)
        let stranger = [AllocationCandidate(offer: 99, score: 1)]
        #expect(throws: AllocationError.self) { try session.replaceCandidates(of: 0, with: stranger) }
        #expect(session.solve() == before)
    }
}

extension AllocationSessionTests {
    @Test(
        "A run that is cut anywhere gives an allowed plan with a bound that holds", arguments: AllocationMode.allCases)
    func cutRuns(mode: AllocationMode) throws {
        for seed in UInt64(1)...150 {
            let instance = try SmallInstance(seed: seed).instance
            let best = try AllocationSolver(instance).solve(.bypass)
            for patience in 0..<6 {
                var looks = 0
                let result = try AllocationSolver(instance).solve(mode) {
                    looks += 1
                    return looks > patience
                }
                #expect(throws: Never.self, "seed \(seed)") { try AllocationCertificate.check(result, of: instance) }
                if let bound = result.scoreBound {
                    #expect(bound >= best.objective && result.objective <= bound, "seed \(seed)")
                }
                if patience == 0 { #expect(result.isCut || instance.wishCount == 0, "seed \(seed)") }
            }
        }
    }

    @Test("Changes before the first plan, and again and again, are taken up without beginning afresh each time")
    func changesBeforeTheFirstPlan() throws {
        for seed in UInt64(1)...60 {
            let instance = try SmallInstance(seed: seed).instance
            guard instance.wishCount > 1 else { continue }
            let session = try AllocationSession(instance)
            for wish in 0..<instance.wishCount {
                let other = (wish + 1) % instance.wishCount
                let row = Int(instance.rowStart[other])..<Int(instance.rowStart[other + 1])
                try session.replaceCandidates(of: wish, with: Array(instance.candidates[row]))
            }
            let result = session.solve()
            try AllocationCertificate.check(result, of: session.instance)
            try #expect(result.objective == AllocationSolver(session.instance).solve(.bypass).objective, "seed \(seed)")
        }
    }
}
