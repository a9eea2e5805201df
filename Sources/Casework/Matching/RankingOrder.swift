internal import MatchCore

/// In which order the lines of a plan get their candidates: a deadline leaves out the last of them.
struct RankingOrder {
    /// By number, first the critical ones, then as many of every area as its guarantee counts, then the others by urgency.
    let lines: [Int]

    /// - Parameter areaShare: the per cent of each area's demand that is guaranteed.
    init(of wishes: [WishRow], quantities: [Int64], areas: AreaTree, areaShare: Int) {
        let byUrgency = wishes.indices.sorted { first, second in
            let (a, b) = (wishes[first].urgency, wishes[second].urgency)
            return a != b ? a > b : first < second
        }
        guard areaShare > 0 else {
            lines = byUrgency
            return
        }
        /// Lines of one unit are counted by area, larger ones by area and unit.
        func share(_ line: Int) -> [Int] {
            let town = Int(RegistryAllocation.town(wishes[line].area, areas))
            return quantities[line] == 1 ? [town] : [town, Int(wishes[line].unit.rawValue)]
        }
        var demand: [[Int]: Int128] = [:]
        for line in wishes.indices { demand[share(line), default: 0] += Int128(quantities[line]) }
        var ranked: [[Int]: Int128] = [:]
        var (first, needed, others): ([Int], [Int], [Int]) = ([], [], [])
        for line in byUrgency {
            let share = share(line)
            let isNeeded = ranked[share, default: 0] * 100 < demand[share, default: 0] * Int128(areaShare)
            ranked[share, default: 0] += Int128(quantities[line])
            if wishes[line].urgency == .critical {
                first.append(line)
            } else if isNeeded {
                needed.append(line)
            } else {
                others.append(line)
            }
        }
        lines = first + needed + others
    }
}
