/// Finds the best plan for an instance, with the prices that prove it.
///
/// ``NeighbourOrder`` → ``Auction`` → ``PriceTightening`` → ``ExactRepair`` give the plan of the greatest total score.
/// The modes max and fair go on from there with ``QuotaRaising``. The same instance gives the same plan, to the last
/// wish: nothing here depends on time, chance or hash order.
public struct AllocationSolver {
    private let instance: AllocationInstance
    private let stepsWithinReach: Int32

    /// Makes a solver.
    ///
    /// - Throws: ``AllocationError`` with the code `unsupported` when a line asks for more than one unit.
    public init(_ instance: AllocationInstance) throws {
        try self.init(instance, stepsWithinReach: BestScore.stepsWithinReach)
    }

    /// With other lists of wishes within reach, which changes how long a solve takes, never what it finds.
    package init(_ instance: AllocationInstance, stepsWithinReach: Int32) throws {
        if let wish = instance.quantities.firstIndex(where: { $0 != 1 }) {
            throw AllocationError(
                .unsupported,
                message: "Wish \(wish) asks for \(instance.quantities[wish]) units. Give each unit a line of its own.")
        }
        self.instance = instance
        self.stepsWithinReach = stepsWithinReach
    }

    /// Solves in the given mode. Check the result with ``AllocationCertificate``.
    ///
    /// - Parameter isOverdue: Asked now and then. When it says yes, the best plan so far is given, with a bound on the
    ///   total score of every plan.
    public func solve(_ mode: AllocationMode, isOverdue: () -> Bool = { false }) -> AllocationResult {
        let order = NeighbourOrder(instance)
        let plan = WorkingPlan(order, capacities: instance.capacities)
        guard
            BestScore(plan, ExactRepair(plan), stepsWithinReach: stepsWithinReach)
                .find(isOverdue: isOverdue)
        else {
            return AllocationResult(cut: mode, plan, capacities: instance.capacities)
        }
        switch mode {
        case .bypass: return AllocationResult(plan)
        case .max: return fullest(plan, isOverdue)
        case .fair: return fairest(plan, isOverdue)
        }
    }

    // MARK: Modes

    // The raises change who is served, but not the prices of the best score: those bound it still after a cut.

    private func fullest(_ plan: WorkingPlan, _ isOverdue: () -> Bool) -> AllocationResult {
        let raising = QuotaRaising(plan, group: [Int32](repeating: 0, count: plan.wishCount), groups: 1)
        raising.quota[0] = raising.served[0] + 1
        while raising.served[0] < plan.wishCount, raising.raise(0) == nil {
            raising.quota[0] += 1
            if isOverdue() { return AllocationResult(cut: .max, plan, capacities: instance.capacities) }
        }
        raising.quota[0] = raising.served[0]
        let best = instance.candidates.reduce(0) { max($0, $1.score) }
        let bonus = raising.liftBonus(of: 0, atLeast: Int64(best) * Int64(plan.wishCount) + 1)
        return AllocationResult(.max, plan, prices: raising.price, bonus: { _ in bonus }, servedBonus: bonus)
    }

    private func fairest(_ plan: WorkingPlan, _ isOverdue: () -> Bool) -> AllocationResult {
        let areaCount = Int((instance.wishAreas.max() ?? -1) + 1)
        let group = (0..<plan.wishCount).map { instance.wishAreas[Int(plan.order.wishes[$0])] }
        let raising = QuotaRaising(plan, group: group, groups: areaCount)
        let closure: QuotaRaising.Closure?
        switch FairShares(raising, areaCount: areaCount).raise(isOverdue: isOverdue) {
        case .cut: return AllocationResult(cut: .fair, plan, capacities: instance.capacities)
        case .raised(let limit): closure = limit
        }
        let areas = (0..<areaCount).map { area in
            AreaGuarantee(
                wishes: raising.size(of: area), served: raising.served[area], quota: raising.quota[area],
                price: raising.bonus[area])
        }
        let limit = closure.map { shareLimit($0, plan, group) }
        return AllocationResult(
            .fair, plan, prices: raising.price, bonus: { raising.bonus[Int(group[$0])] }, areas: areas, limit: limit)
    }

    private func shareLimit(_ closure: QuotaRaising.Closure, _ plan: WorkingPlan, _ group: [Int32]) -> AreaShareLimit {
        let areas = Set(closure.groups.map { Int32(truncatingIfNeeded: $0) })
        let offers = Set(closure.offers.map { Int32(truncatingIfNeeded: $0) })
        let apart = (0..<plan.wishCount).filter {
            areas.contains(group[$0]) && plan.mate[$0] >= 0 && !offers.contains(plan.mate[$0])
        }
        return AreaShareLimit(
            areas: areas.sorted(), offers: offers.map { plan.order.offers[Int($0)] }.sorted(),
            wishes: apart.map { plan.order.wishes[$0] }.sorted())
    }
}
