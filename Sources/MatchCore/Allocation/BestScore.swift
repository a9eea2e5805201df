/// Takes an empty plan to the one of the greatest total score.
struct BestScore {
    /// The auction's step as a part of the greatest score. Measured at 100,000 × 32: 1/80 to 1/500 are within a fifth of
    /// each other in time; smaller steps bid longer, greater ones leave more to repair.
    private static let stepsInScore: Int32 = 160
    /// How often prices are lowered over all candidates. Measured: a third sweep costs what it saves at 100,000 × 32, and a
    /// twentieth of the whole more at 1,000,000.
    private static let sweeps = 2
    /// How far the lists of the repair reach, in steps. Measured at 100,000 and 1,000,000 × 32: with 2 they are made two or
    /// three times, with 4 to 8 once, and they hold a sixth to a third of the candidates.
    static let stepsWithinReach: Int32 = 6

    let plan: WorkingPlan
    let repair: ExactRepair

    private let stepsWithinReach: Int32

    init(
        _ plan: WorkingPlan, _ repair: ExactRepair, stepsWithinReach: Int32 = BestScore.stepsWithinReach
    ) {
        self.plan = plan
        self.repair = repair
        self.stepsWithinReach = stepsWithinReach
    }

    /// How many wishes or offers go by between two looks at the deadline.
    private static let stretch = 4096

    /// Finds the plan.
    ///
    /// - Returns: false where `isOverdue` said yes first: what stands then is allowed, and its prices bound every plan.
    @discardableResult
    func find(isOverdue: () -> Bool = { false }) -> Bool {
        // Rows begin with their best score.
        var greatest: Int32 = 0
        for wish in 0..<plan.wishCount where plan.rowStart[wish] < plan.rowEnd[wish] {
            greatest = max(greatest, plan.candidates[Int(plan.rowStart[wish])].score)
        }
        let step = max(greatest / Self.stepsInScore, 1)
        repair.reach = max(1, step &* stepsWithinReach)
        let auction = Auction(plan: plan, step: step)
        for start in stride(from: 0, to: plan.wishCount, by: Self.stretch) {
            if isOverdue() { return false }
            let end = min(plan.wishCount, start + Self.stretch)
            auction.run(over: Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: end))
        }
        if isOverdue() { return false }
        let tightening = PriceTightening(plan: plan)
        tightening.lower(sweeps: Self.sweeps)
        for (count, wish) in tightening.open().enumerated() {
            if count % Self.stretch == 0, isOverdue() { return false }
            repair.place(wish)
        }
        for offer in 0..<plan.offerCount {
            if offer % Self.stretch == 0, isOverdue() { return false }
            repair.settleFully(offer)
        }
        return true
    }
}
