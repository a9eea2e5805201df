internal import MatchCore

extension RegistryAllocation {
    /// The problem in the making: areas, guarantees, caps by party and unit, and parts of a short supply.
    struct Draft {
        private let registry: Registry
        private let rules: AllocationRules
        private let offers: [PlanProblem.Offer]
        private let partyCaps: [Int64]
        /// The number of each offer that takes part, by its row.
        let offerNumber: [Int: Int]
        private(set) var areas: [Int32] = []
        private(set) var bulkShares: [(area: Int, unit: Unit)] = []
        private var areaNumber: [Int32: Int] = [:]
        private var lines: [PlanProblem.Line] = []
        private var units: [Unit] = []
        private var need: [Int64] = []
        var pairs: [PlanProblem.Pair] = []

        init(
            _ registry: Registry, _ rules: AllocationRules, _ bars: AllocationBars, _ names: [LineReference],
            _ rows: [Int]
        ) {
            self.registry = registry
            self.rules = rules
            var numbers: [Int: Int] = [:]
            for (number, row) in rows.enumerated() { numbers[row] = number }
            offerNumber = numbers
            // A party's pieces, minutes and fen are capped apart. One more party, for those that are not known.
            let parties = registry.parties.count + 1
            let kinds = Unit.allCases.count
            offers = zip(rows, names).map { row, name in
                let offer = registry.offers[row]
                let party = Int(offer.party) < 0 ? parties - 1 : Int(offer.party)
                let capacity = offer.available.map { free in
                    max(0, free - Self.part(rules.reserve, of: bars.stated[name] ?? free))
                }
                return PlanProblem.Offer(
                    capacity: min(capacity ?? .max, PlanProblem.greatestQuantity),
                    party: party * kinds + Int(offer.unit.rawValue))
            }
            var caps = [Int64](repeating: PlanProblem.greatestQuantity, count: parties * kinds)
            for unit in Unit.allCases {
                guard let cap = rules.partyCaps[unit.code] else { continue }
                for party in 0..<parties { caps[party * kinds + Int(unit.rawValue)] = cap }
                for party in 0..<registry.parties.count {
                    let key = PromisedUnits.Key(party: registry.parties.ids[party], unit: unit)
                    caps[party * kinds + Int(unit.rawValue)] = max(0, cap - (bars.promised[key] ?? 0))
                }
            }
            partyCaps = caps
        }

        /// So many per cent of a quantity, rounded down.
        private static func part(_ percent: Int, of quantity: Int64) -> Int64 {
            quantity / 100 * Int64(percent) + quantity % 100 * Int64(percent) / 100
        }

        mutating func addLine(_ wish: WishRow, quantity: Int64, isRanked: Bool) {
            let town = RegistryAllocation.town(wish.area, registry.areas)
            let area = areaNumber[town] ?? areas.count
            if area == areas.count {
                areas.append(town)
                areaNumber[town] = area
            }
            lines.append(
                PlanProblem.Line(
                    quantity: quantity, area: area, isCritical: wish.urgency == .critical,
                    isWhole: wish.isWhole, isRanked: isRanked))
            units.append(wish.unit)
            need.append(1 + (wish.hardship ?? 0) + 2 * Int64(wish.urgency.rawValue))
        }

        /// The whole problem. Splitting comes last: it needs every pair.
        mutating func problem(seed: AllocationSeed?, names: [LineReference]) throws -> PlanProblem {
            let guarantees = guarantees()
            var problem = try PlanProblem(
                lines: lines, offers: offers, partyCaps: partyCaps, guarantees: guarantees, pairs: pairs)
            guard let split = rules.split else { return problem }
            // Equal remainders: by the draw where there is one, else in the order of the records.
            let drawn = names.indices.map { seed?.lot(line: names[$0].description, offer: "") ?? 0 }
            let sorted = names.indices.sorted { (drawn[$0], $0) < (drawn[$1], $1) }
            var order = [Int](repeating: 0, count: names.count)
            for (place, line) in sorted.enumerated() { order[line] = place }
            let most = SupplySplit(problem, rule: split, need: need, order: order).most
            for line in most.indices { problem.lines[line].most = most[line] }
            return problem
        }

        /// What each area is guaranteed: so many of its lines of one unit, and of its larger lines so many units.
        private mutating func guarantees() -> [Int64] {
            var asked = areas.map { _ in Int128(0) }
            for line in lines where line.quantity == 1 { asked[line.area] += 1 }
            if rules.areaShare > 0 {
                var shareOf: [[Int]: Int] = [:]
                for (index, line) in lines.enumerated() where line.quantity > 1 {
                    let key = [line.area, Int(units[index].rawValue)]
                    let share = shareOf[key] ?? asked.count
                    if share == asked.count {
                        shareOf[key] = share
                        asked.append(0)
                        bulkShares.append((line.area, units[index]))
                    }
                    asked[share] += Int128(line.quantity)
                    lines[index].share = share
                }
            }
            let most = Int128(PlanProblem.greatestQuantity)
            return asked.map { Int64(min(most, ($0 * Int128(rules.areaShare) + 99) / 100)) }
        }
    }

    /// The area right under the root; −1 where the place is not known.
    static func town(_ area: Int32, _ areas: AreaTree) -> Int32 {
        guard area >= 0 else { return -1 }
        var node = area
        while areas.tree.depths[Int(node)] > 1 { node = areas.tree.parents[Int(node)] }
        return node
    }
}
