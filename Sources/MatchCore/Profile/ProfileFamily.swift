/// One published profile with all that its layers make of it: which plan each wish of a snapshot is scored under.
public struct ProfileFamily: Sendable {
    /// As it was published, with its layers.
    public let profile: ScoringProfile
    /// The plans that some wish of the snapshot needs; the first is the program's own.
    public let plans: [ScoringPlan]
    /// For each wish row the number of its plan; nil where all have the first.
    let planOfRow: Column<Int32>?

    /// Throws ``ProfileError`` where the program's own entries, or those of a part of it, cannot be used.
    public init(_ profile: ScoringProfile, scorers: [any Scorer.Type], registry: Registry) throws(ProfileError) {
        self.profile = profile
        var plans = [try ScoringPlan(profile.resolved().profile, scorers: scorers)]
        guard !profile.layers.isEmpty else {
            self.plans = plans
            planOfRow = nil
            return
        }
        struct Place: Hashable {
            var lane: UInt8
            var category: Int32
            var area: Int32
        }
        let wishes = registry.wishes
        var planOfScopes: [[ProfileScope]: Int32] = [[]: 0]
        var planOfPlace: [Place: Int32] = [:]
        var numbers: [Int32] = []
        numbers.reserveCapacity(wishes.count)
        for row in 0..<wishes.count {
            let wish = wishes[row]
            let place = Place(lane: wish.lane.rawValue, category: wish.category, area: wish.area)
            if let known = planOfPlace[place] {
                numbers.append(known)
                continue
            }
            let scopes = profile.scopes(
                lane: wish.lane.code, categories: registry.categories.tree.path(to: wish.category),
                areas: registry.areas.tree.path(to: wish.area))
            let number: Int32
            if let known = planOfScopes[scopes] {
                number = known
            } else {
                number = Int32(plans.count)
                plans.append(try ScoringPlan(profile.resolved(under: scopes).profile, scorers: scorers))
                planOfScopes[scopes] = number
            }
            planOfPlace[place] = number
            numbers.append(number)
        }
        self.plans = plans
        planOfRow = plans.count == 1 ? nil : Column(numbers)
    }

    /// One plan for every wish.
    public init(_ plan: ScoringPlan) {
        profile = plan.profile
        plans = [plan]
        planOfRow = nil
    }

    /// The plan that a wish of the snapshot is scored under.
    public func plan(for wish: WishRow) -> ScoringPlan { plans[number(of: wish)] }

    /// The plan that an explanation names; nil where no wish of the snapshot has it.
    public func plan(named reference: String) -> ScoringPlan? { plans.first { $0.profile.reference == reference } }

    /// Which of the ``plans`` a wish of the snapshot is scored under.
    public func number(of wish: WishRow) -> Int { planOfRow.map { Int($0[wish.row]) } ?? 0 }
}
