public import MatchCore

extension DonorPreferenceScorer {
    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let registry = context.registry
        let parties = registry.parties
        let groups = wish.columns.groups.bits(of: wish.row)
        // Parties share few preferences; each is judged when a block first needs it.
        let answers = Answers(count: parties.preferences.count)
        return OfferFiller(bounds: { _, _, column in column.fill(DonorPreferenceScorer.bound) }) { block, column in
            let preference = block.columns.preference.base + block.rows.lowerBound
            let (known, base) = (answers.base, column.base)
            for row in 0..<column.count {
                let choice = Int(preference[row])
                if choice < 0 {
                    base[row] = Score.notKnown.raw
                    continue
                }
                if known[choice] == Answers.open {
                    let stated = parties.preferences[choice]
                    known[choice] = rule.raw(
                        PreferenceFacts(
                            stated, groups: groups, area: wish.area, category: wish.category, in: registry))
                }
                base[row] = known[choice]
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let registry = context.registry
        guard let stated = registry.parties.preference(of: offer.party) else { return .constant(.notKnown) }
        if stated.isEmpty { return .constant(Score(raw: rule.raw(PreferenceFacts()))) }
        let prepared = PreparedDonor(stated, in: registry)
        return WishFiller(bound: { _, _ in DonorPreferenceScorer.bound }) { block, column in
            let first = block.rows.lowerBound
            let area = block.columns.places.area.base + first
            let category = block.columns.category.base + first
            let base = column.base
            // The planes are few (one per 32 groups); their flags go to the column first, plane by plane.
            for row in 0..<column.count { base[row] = 0 }
            for (number, plane) in block.columns.groups.planes.enumerated() {
                let bits = plane.base + first
                let (wanted, excluded) = (stated.groups[number], stated.excludedGroups[number])
                for row in 0..<column.count {
                    base[row] |= (bits[row] & wanted != 0 ? 1 : 0) | (bits[row] & excluded != 0 ? 2 : 0)
                }
            }
            for row in 0..<column.count {
                base[row] = rule.raw(prepared.facts(flags: base[row], area: area[row], category: category[row]))
            }
        }
    }

    private static let bound = ScoreBound(greatest: Score.best, mayBeNotKnown: true, mayBeNotApplicable: false)
}

/// One score per distinct preference, found out when first needed. Belongs to one filler, which one thread uses.
private final class Answers {
    static let open = Int32.min
    let base: UnsafeMutablePointer<Int32>

    init(count: Int) {
        base = .allocate(capacity: max(1, count))
        base.initialize(repeating: Answers.open, count: max(1, count))
    }

    deinit { base.deallocate() }
}

extension PreferenceFacts {
    init(
        _ stated: PreparedPreference, groups: [UInt32], area: Int32, category: Int32, in registry: Registry
    ) {
        func meets(_ planes: [UInt32]) -> Bool { zip(planes, groups).contains { $0 & $1 != 0 } }
        let (areas, categories) = (registry.areas.tree, registry.categories.tree)
        if meets(stated.excludedGroups) { exclude(.inside, veto: 0) }
        if !stated.excludedAreas.isEmpty { exclude(areas.coverage(of: area, by: stated.excludedAreas), veto: 1) }
        if !stated.excludedCategories.isEmpty {
            exclude(categories.coverage(of: category, by: stated.excludedCategories), veto: 2)
        }
        if stated.groups.contains(where: { $0 != 0 }) { state(meets(stated.groups) ? .inside : .outside) }
        if !stated.areas.isEmpty { state(areas.coverage(of: area, by: stated.areas)) }
        if !stated.categories.isEmpty { state(categories.coverage(of: category, by: stated.categories)) }
    }
}

/// One donor's preference, as tables over the trees.
private struct PreparedDonor {
    let statesGroups: Bool
    let areas: Column<UInt8>?
    let excludedAreas: Column<UInt8>?
    let categories: Column<UInt8>?
    let excludedCategories: Column<UInt8>?

    init(_ stated: PreparedPreference, in registry: Registry) {
        func table(_ nodes: [Int32], _ tree: CodeTree) -> Column<UInt8>? {
            nodes.isEmpty ? nil : tree.coverageTable(by: nodes)
        }
        statesGroups = stated.groups.contains { $0 != 0 }
        areas = table(stated.areas, registry.areas.tree)
        excludedAreas = table(stated.excludedAreas, registry.areas.tree)
        categories = table(stated.categories, registry.categories.tree)
        excludedCategories = table(stated.excludedCategories, registry.categories.tree)
    }

    /// Bit 0 of the flags: the wish belongs to a stated group; bit 1: to an excluded one.
    func facts(flags: Int32, area: Int32, category: Int32) -> PreferenceFacts {
        func coverage(_ table: Column<UInt8>, _ node: Int32) -> Coverage {
            Coverage(rawValue: table[Int(node) &+ 1]) ?? .unclear
        }
        var facts = PreferenceFacts()
        if flags & 2 != 0 { facts.exclude(.inside, veto: 0) }
        if let excludedAreas { facts.exclude(coverage(excludedAreas, area), veto: 1) }
        if let excludedCategories { facts.exclude(coverage(excludedCategories, category), veto: 2) }
        if statesGroups { facts.state(flags & 1 != 0 ? .inside : .outside) }
        if let areas { facts.state(coverage(areas, area)) }
        if let categories { facts.state(coverage(categories, category)) }
        return facts
    }
}
