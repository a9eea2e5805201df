/// Takes an empty plan to the one of the greatest total score.
struct BestScore {
    /// The auction's step as a part of the greatest score. Measured at 100,000 × 32: 1/80 to 1/500 are within a fifth of
    /// each other in time; smaller steps bid longer, greater ones leave more to repair.
    private static let stepsInScore: Int32 = 160
    private static let sweeps = 3

    let plan: WorkingPlan
    let repair: ExactRepair

    init(_ plan: WorkingPlan, _ repair: ExactRepair) {
        self.plan = plan
        self.repair = repair
    }

    /// Finds the plan.
    func find() {
        // Rows begin with their best score.
        var greatest: Int32 = 0
        for wish in 0..<plan.wishCount where plan.rowStart[wish] < plan.rowEnd[wish] {
            greatest = max(greatest, plan.candidates[Int(plan.rowStart[wish])].score)
        }
        let step = max(greatest / Self.stepsInScore, 1)
        Auction(plan: plan, step: step).run(over: 0..<Int32(truncatingIfNeeded: plan.wishCount))
        let tightening = PriceTightening(plan: plan)
        tightening.lower(sweeps: Self.sweeps)
        for wish in tightening.open() { repair.place(wish) }
        repair.settleAll()
    }
}
