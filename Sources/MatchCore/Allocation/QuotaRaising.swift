/// Serves more wishes of chosen groups than the plain optimum does, at the least loss of score.
///
/// A group (an area, or all wishes together) has a quota and a price: the price is a bonus for each of its wishes, and is
/// 0 unless the quota binds. ``raise(_:)`` serves one more wish of a group along the shortest path of losses: from the
/// group's wishes without an offer, over offers and their holders, to a free seat or to a holder whose group is over its
/// quota. A group at its quota may also swap one of its wishes for another, so it is a node of the search too. Each raise
/// keeps the plan the best one for the quotas reached so far, and prices only ever rise.
final class QuotaRaising {
    /// A state to come back to.
    struct Mark {
        fileprivate let price: [Int64]
        fileprivate let bonus: [Int64]
        fileprivate let served: [Int]
        fileprivate let mate: [Int32]
        fileprivate let mateScore: [Int32]
        fileprivate let seats: [WorkingPlan.Seat]
        fileprivate let taken: [Int32]
    }

    /// What a search without an end has reached.
    struct Closure {
        let groups: [Int]
        let offers: [Int]
    }

    private static let far = Int64.max
    private static let none = -1

    private let plan: WorkingPlan
    /// For each wish its group.
    let group: [Int32]
    /// For each group its wishes.
    private let members: [[Int32]]
    private(set) var price: [Int64]
    private(set) var bonus: [Int64]
    private(set) var served: [Int]
    var quota: [Int]

    // The state of one search. Nodes are the offers, then the groups.
    private var distance: [Int64]
    private var stepWish: [Int32]
    private var stepScore: [Int32]
    private var reached: [Int] = []
    private var queue = WideDistanceQueue()
    private var nearest = QuotaRaising.far
    private var endOffer = QuotaRaising.none
    private var endWish = WorkingPlan.nobody

    /// Takes over a best plan; `group` is by place in the plan's order.
    init(_ plan: WorkingPlan, group: [Int32], groups: Int) {
        self.plan = plan
        self.group = group
        var members = [[Int32]](repeating: [], count: groups)
        var served = [Int](repeating: 0, count: groups)
        for wish in 0..<plan.wishCount {
            members[Int(group[wish])].append(Int32(truncatingIfNeeded: wish))
            if plan.mate[wish] >= 0 { served[Int(group[wish])] += 1 }
        }
        self.members = members
        self.served = served
        price = (0..<plan.offerCount).map { Int64(plan.price[$0]) }
        bonus = [Int64](repeating: 0, count: groups)
        quota = [Int](repeating: 0, count: groups)
        let nodes = plan.offerCount + groups
        distance = [Int64](repeating: Self.far, count: nodes)
        stepWish = [Int32](repeating: WorkingPlan.nobody, count: nodes)
        stepScore = [Int32](repeating: 0, count: nodes)
    }

    /// How many wishes the group has.
    func size(of group: Int) -> Int { members[group].count }

    /// Serves one more wish of the group.
    ///
    /// - Returns: nil when that was possible, else everything the search could reach; the plan is then unchanged.
    func raise(_ first: Int) -> Closure? {
        search(from: first)
        defer { forget() }
        guard nearest < Self.far else {
            return Closure(
                groups: reached.filter { $0 >= plan.offerCount }.map { $0 - plan.offerCount },
                offers: reached.filter { $0 < plan.offerCount })
        }
        lift(to: nearest)
        shift(from: first)
        return nil
    }

    /// Raises the bonus of a group that cannot be raised further to `least` or more, and the prices it needs with it.
    ///
    /// - Returns: the bonus.
    func liftBonus(of first: Int, atLeast least: Int64) -> Int64 {
        search(from: first)
        defer { forget() }
        precondition(nearest == Self.far, "the group could still be raised")
        let farthest = reached.reduce(0) { max($0, distance[$1]) }
        lift(to: max(least &- bonus[first], farthest, 0))
        return bonus[first]
    }

    func mark() -> Mark {
        let seats = Int(plan.seatStart[plan.offerCount])
        return Mark(
            price: price, bonus: bonus, served: served,
            mate: Array(UnsafeBufferPointer(start: plan.mate, count: plan.wishCount)),
            mateScore: Array(UnsafeBufferPointer(start: plan.mateScore, count: plan.wishCount)),
            seats: Array(UnsafeBufferPointer(start: plan.seats, count: seats)),
            taken: Array(UnsafeBufferPointer(start: plan.taken, count: plan.offerCount)))
    }

    func restore(_ mark: Mark) {
        price = mark.price
        bonus = mark.bonus
        served = mark.served
        for wish in 0..<plan.wishCount {
            plan.mate[wish] = mark.mate[wish]
            plan.mateScore[wish] = mark.mateScore[wish]
        }
        for seat in mark.seats.indices { plan.seats[seat] = mark.seats[seat] }
        for offer in 0..<plan.offerCount { plan.taken[offer] = mark.taken[offer] }
    }

    // MARK: Search

    private func search(from first: Int) {
        nearest = Self.far
        endOffer = Self.none
        endWish = WorkingPlan.nobody
        reach(plan.offerCount + first, at: 0, by: WorkingPlan.nobody, score: 0)
        while let (node, at) = queue.pop(), at < nearest {
            if at != distance[node] { continue }
            if node >= plan.offerCount {
                for wish in members[node - plan.offerCount] where plan.mate[Int(wish)] < 0 {
                    relax(wish, at: at, gain: 0)
                }
            } else {
                let start = Int(plan.seatStart[node])
                for seat in start..<(start &+ Int(plan.taken[node])) { expand(plan.seats[seat].wish, on: node, at: at) }
            }
        }
    }

    /// Follows what the holder of a seat could do instead: take another offer, or make room within its group.
    private func expand(_ holder: Int32, on offer: Int, at: Int64) {
        let own = Int(group[Int(holder)])
        let gain = Int64(plan.mateScore[Int(holder)]) &+ bonus[own] &- price[offer]
        relax(holder, at: at, gain: gain)
        let there = at &+ gain
        guard there < nearest else { return }
        if served[own] > quota[own] {
            nearest = there
            endOffer = offer
            endWish = holder
        } else if there < distance[plan.offerCount &+ own] {
            reach(plan.offerCount &+ own, at: there, by: holder, score: 0)
        }
    }

    private func relax(_ wish: Int32, at: Int64, gain: Int64) {
        let base = at &+ gain &- bonus[Int(group[Int(wish)])]
        var index = Int(plan.rowStart[Int(wish)])
        let end = Int(plan.rowEnd[Int(wish)])
        while index < end {
            let candidate = plan.candidates[index]
            let floor = base &- Int64(candidate.score)
            if floor >= nearest { break }
            let offer = Int(candidate.offer)
            let there = floor &+ price[offer]
            if there < nearest, there < distance[offer] {
                reach(offer, at: there, by: wish, score: candidate.score)
                if plan.taken[offer] < plan.seatLimit(offer) {
                    nearest = there
                    endOffer = offer
                    endWish = WorkingPlan.nobody
                }
            }
            index &+= 1
        }
    }

    private func reach(_ node: Int, at: Int64, by wish: Int32, score: Int32) {
        if distance[node] == Self.far { reached.append(node) }
        distance[node] = at
        stepWish[node] = wish
        stepScore[node] = score
        queue.push(node, at: at)
    }

    private func lift(to level: Int64) {
        for node in reached where distance[node] < level {
            if node < plan.offerCount {
                price[node] &+= level &- distance[node]
            } else {
                bonus[node - plan.offerCount] &+= level &- distance[node]
            }
        }
    }

    private func forget() {
        for node in reached { distance[node] = Self.far }
        reached.removeAll(keepingCapacity: true)
        queue.removeAll()
    }

    // MARK: Exchange

    /// Moves the wishes along the path, from its end back to the first group.
    private func shift(from first: Int) {
        served[first] &+= 1
        var offer = endOffer
        var leaving = endWish
        if leaving != WorkingPlan.nobody {
            served[Int(group[Int(leaving)])] &-= 1
            drop(leaving)
        }
        while true {
            let wish = stepWish[offer]
            let score = stepScore[offer]
            let former = plan.mate[Int(wish)]
            if leaving == WorkingPlan.nobody {
                plan.seat(wish, on: offer, score: score)
            } else {
                plan.replace(leaving, by: wish, on: offer, score: score)
            }
            if former >= 0 {
                leaving = wish
                offer = Int(former)
                continue
            }
            // The wish held nothing: the path began with its group, or came into the group by one that gives way.
            let own = Int(group[Int(wish)])
            if own == first { return }
            leaving = stepWish[plan.offerCount &+ own]
            offer = Int(plan.mate[Int(leaving)])
            drop(leaving)
        }
    }

    private func drop(_ wish: Int32) {
        plan.mate[Int(wish)] = WorkingPlan.nobody
        plan.mateScore[Int(wish)] = 0
    }
}
