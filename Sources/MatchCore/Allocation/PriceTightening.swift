/// Lowers each price to what the keenest outsider would pay, and opens the seats of wishes that then want another.
struct PriceTightening {
    let plan: WorkingPlan

    /// Lowers the prices, `sweeps` times over all candidates.
    func lower(sweeps: Int) {
        let offers = plan.offerCount
        let wanted = UnsafeMutablePointer<Int32>.allocate(capacity: offers + 1)
        defer { wanted.deallocate() }
        for _ in 0..<sweeps {
            wanted.initialize(repeating: 0, count: offers + 1)
            for wish in 0..<plan.wishCount {
                let mate = plan.mate[wish]
                let has = mate < 0 ? 0 : max(plan.mateScore[wish] &- plan.price[Int(mate)], 0)
                var index = Int(plan.rowStart[wish])
                let end = Int(plan.rowEnd[wish])
                while index < end {
                    let candidate = plan.candidates[index]
                    let pays = candidate.score &- has
                    if pays <= 0 { break }
                    if pays > wanted[Int(candidate.offer)], candidate.offer != mate {
                        wanted[Int(candidate.offer)] = pays
                    }
                    index &+= 1
                }
            }
            for offer in 0..<offers where plan.price[offer] > wanted[offer] {
                plan.price[offer] = wanted[offer]
            }
        }
    }

    /// Unseats every wish that is not at its best, and returns them.
    func open() -> [Int32] {
        var opened: [Int32] = []
        for wish in 0..<plan.wishCount {
            let mate = plan.mate[wish]
            let has = mate < 0 ? 0 : plan.mateScore[wish] &- plan.price[Int(mate)]
            var best: Int32 = 0
            var index = Int(plan.rowStart[wish])
            let end = Int(plan.rowEnd[wish])
            while index < end {
                let candidate = plan.candidates[index]
                if candidate.score <= best { break }
                best = max(best, candidate.score &- plan.price[Int(candidate.offer)])
                index &+= 1
            }
            if best > has || has < 0 {
                if mate >= 0 { plan.unseat(Int32(truncatingIfNeeded: wish)) }
                opened.append(Int32(truncatingIfNeeded: wish))
            }
        }
        return opened
    }
}
