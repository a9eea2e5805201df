internal import CPrefetch

/// Makes a nearly best plan exactly best, by shortest paths on what each exchange would lose.
///
/// The rules of a best plan: a holder is at its best choice, a wish without an offer wants none at these prices, and an
/// offer with a free seat is priced 0. ``place(_:)`` seats a wish that holds nothing yet; ``settleFully(_:)`` fills seats
/// that are free at a price above 0, or lowers the price. Both keep every other rule, so after all of them the plan is
/// best. Searches are local: they stop at the first end that is nearer than anything still open.
final class ExactRepair {
    private static let far = Int32.max

    /// How a search reached an offer. In one record, since each step reads and writes all of it at an offer that lies
    /// anywhere: measured at 1,000,000 × 32, in columns the whole solve takes about a thirtieth longer.
    private struct Step {
        var distance: Int32
        /// The wish that would move to the offer (forward) or away from it (backward).
        var wish: Int32
        /// The score of the pair that the wish would take up.
        var score: Int32
        /// Backwards only: the offer that the wish would move to.
        var offer: Int32
    }

    private let plan: WorkingPlan
    /// For each offer the last step to it; its distance is `far` where the present search has not reached it.
    private let steps: UnsafeMutablePointer<Step>
    /// For each wish what it gains at its offer; 0 without one. Kept from the first backward search on: nine of ten
    /// wishes that such a search looks at are passed over by this column alone.
    private let gain: UnsafeMutablePointer<Int32>
    private var keepsGains = false
    private let queue = DistanceQueue()
    /// The offers whose distance is set, each once; at most all of them.
    private let reached: UnsafeMutablePointer<Int32>
    private var reachedCount = 0
    // How the nearest end so far looks: a free seat or a price of 0 (`endWish` is nobody), or a wish that gives way
    // (forward) or comes in (backward) at the offer.
    private var nearest: Int32 = 0
    private var endOffer = -1
    private var endWish = WorkingPlan.nobody
    private var endScore: Int32 = 0
    /// How far the first lists reach: few searches lower prices by more.
    var reach = AllocationInstance.greatestScore
    /// Only backward searches need them, and some plans need none.
    private var lists: WishesByOffer?
    /// Whether every wish is listed, once for all, and later ones by ``WishesByOffer/add(_:of:)``.
    private let listsAll: Bool

    init(_ plan: WorkingPlan, listsAll: Bool = false) {
        self.plan = plan
        self.listsAll = listsAll
        // One entry per offer; the extra one keeps the pointers valid for an instance without offers.
        steps = .allocate(capacity: plan.offerCount + 1)
        reached = .allocate(capacity: plan.offerCount + 1)
        gain = .allocate(capacity: plan.wishCount + 1)
        reached.initialize(repeating: 0, count: plan.offerCount + 1)
        gain.initialize(repeating: 0, count: plan.wishCount + 1)
        steps.initialize(
            repeating: Step(distance: Self.far, wish: WorkingPlan.nobody, score: 0, offer: 0),
            count: plan.offerCount + 1)
    }

    deinit {
        steps.deallocate()
        reached.deallocate()
        gain.deallocate()
    }

    /// Settles an offer until it is full or priced 0.
    func settleFully(_ offer: Int) {
        while plan.price[offer] > 0, plan.taken[offer] < plan.seatLimit(offer) { settle(offer) }
    }

    /// The lists that backward searches read.
    var wishesByOffer: WishesByOffer { lists ?? makeLists(reach: listsAll ? nil : reach) }

    private func makeLists(reach: Int32?) -> WishesByOffer {
        // The memory of the former ones is given back first.
        lists = nil
        let made = WishesByOffer(plan, reach: reach)
        lists = made
        return made
    }

    // MARK: Forward

    /// Seats a wish that holds nothing, or leaves it (or a wish that gains less) without an offer.
    func place(_ wish: Int32) {
        var gain: Int32 = 0
        var index = Int(plan.rowStart[Int(wish)])
        let end = Int(plan.rowEnd[Int(wish)])
        while index < end {
            let candidate = plan.candidates[index]
            if candidate.score <= gain { break }
            gain = max(gain, candidate.score &- plan.price[Int(candidate.offer)])
            index &+= 1
        }
        // The end that is always there: the wish itself stays without an offer.
        nearest = gain
        endOffer = -1
        endWish = wish
        relax(wish, at: 0, gain: gain)
        while let (offer, at) = queue.pop(), at < nearest {
            if at != steps[offer].distance { continue }
            let start = Int(plan.seatStart[offer])
            let end = start &+ Int(plan.taken[offer])
            // The holders' rows lie apart: while one is waited for, the next come.
            for seat in start..<min(end, start &+ 8) {
                let holder = Int(plan.seats[seat].wish)
                almoner_prefetch(plan.mateScore + holder)
                almoner_prefetch(plan.candidates + Int(plan.rowStart[holder]))
            }
            for seat in start..<end {
                let holder = plan.seats[seat].wish
                let gain = plan.mateScore[Int(holder)] &- plan.price[offer]
                if at &+ gain < nearest {
                    nearest = at &+ gain
                    endOffer = offer
                    endWish = holder
                }
                relax(holder, at: at, gain: gain)
            }
        }
        for index in 0..<reachedCount {
            let offer = Int(reached[index])
            if steps[offer].distance < nearest { plan.price[offer] &+= nearest &- steps[offer].distance }
            steps[offer].distance = Self.far
        }
        queue.removeAll()
        shiftForward(from: wish)
        forgetReached()
        // Prices rose.
        if !listsAll { lists = nil }
    }

    /// Takes up what the holders at the reached offers gain now, and forgets that they were reached.
    private func forgetReached() {
        if keepsGains { for index in 0..<reachedCount { noteGains(at: Int(reached[index])) } }
        reachedCount = 0
    }

    @inline(__always)
    private func reach(_ offer: Int) {
        reached[reachedCount] = Int32(truncatingIfNeeded: offer)
        reachedCount &+= 1
    }

    private func noteGains(at offer: Int) {
        let start = Int(plan.seatStart[offer])
        for seat in start..<(start &+ Int(plan.taken[offer])) {
            let holder = Int(plan.seats[seat].wish)
            gain[holder] = plan.mateScore[holder] &- plan.price[offer]
        }
    }

    /// Tells that a wish gave up its seat outside a search.
    func forgetGain(of wish: Int32) { gain[Int(wish)] = 0 }

    @inline(__always)
    private func relax(_ wish: Int32, at: Int32, gain: Int32) {
        let base = at &+ gain
        var index = Int(plan.rowStart[Int(wish)])
        let end = Int(plan.rowEnd[Int(wish)])
        while index < end {
            let candidate = plan.candidates[index]
            if base &- candidate.score >= nearest { break }
            let offer = Int(candidate.offer)
            let there = base &- candidate.score &+ plan.price[offer]
            if there < nearest, there < steps[offer].distance {
                if steps[offer].distance == Self.far { reach(offer) }
                steps[offer] = Step(distance: there, wish: wish, score: candidate.score, offer: 0)
                if plan.taken[offer] < plan.seatLimit(offer) {
                    nearest = there
                    endOffer = offer
                    endWish = WorkingPlan.nobody
                } else {
                    almoner_prefetch(plan.seats + Int(plan.seatStart[offer]))
                    queue.push(offer, at: there)
                }
            }
            index &+= 1
        }
    }

    /// Moves the wishes along the path that was found, from its end back to the wish it began with.
    private func shiftForward(from first: Int32) {
        guard endOffer >= 0 else { return }
        var offer = endOffer
        var leaving = endWish
        while true {
            let wish = steps[offer].wish
            let score = steps[offer].score
            let former = Int(plan.mate[Int(wish)])
            if leaving == WorkingPlan.nobody {
                plan.seat(wish, on: offer, score: score)
            } else {
                plan.replace(leaving, by: wish, on: offer, score: score)
                if leaving == endWish {
                    plan.mate[Int(leaving)] = WorkingPlan.nobody
                    plan.mateScore[Int(leaving)] = 0
                    gain[Int(leaving)] = 0
                }
            }
            if wish == first { return }
            leaving = wish
            offer = former
        }
    }

    // MARK: Backward

    /// Fills one free seat of an offer priced above 0, or lowers prices until one end of the exchange is priced 0.
    private func settle(_ first: Int) {
        if !keepsGains {
            keepsGains = true
            for offer in 0..<plan.offerCount { noteGains(at: offer) }
        }
        var byOffer = wishesByOffer
        while !search(from: first, byOffer) {
            forgetDistances()
            reachedCount = 0
            // The last doubling leaves nobody out.
            let reach = byOffer.reach.map { $0 < AllocationInstance.greatestScore ? $0 &* 2 : nil } ?? nil
            byOffer = makeLists(reach: reach)
        }
        for index in 0..<reachedCount {
            let offer = Int(reached[index])
            if steps[offer].distance < nearest { plan.price[offer] &-= nearest &- steps[offer].distance }
        }
        forgetDistances()
        shiftBackward(to: first)
        forgetReached()
    }

    private func forgetDistances() {
        for index in 0..<reachedCount { steps[Int(reached[index])].distance = Self.far }
        queue.removeAll()
    }

    /// Looks for the nearest end of an exchange that begins with a free seat of the offer.
    ///
    /// - Returns: false where the lists may have left out a nearer one.
    private func search(from first: Int, _ byOffer: WishesByOffer) -> Bool {
        var certain = Int32.max
        nearest = plan.price[first]
        endOffer = first
        endWish = WorkingPlan.nobody
        endScore = 0
        steps[first].distance = 0
        reach(first)
        queue.push(first, at: 0)
        while let (offer, at) = queue.pop(), at < nearest {
            if at != steps[offer].distance { continue }
            certain = min(certain, byOffer.certainty(of: offer, at: at, price: plan.price[offer]))
            let base = at &+ plan.price[offer]
            let listed = byOffer.wishes(of: offer)
            consider(listed.near, inOrder: listed.inOrder, for: offer, base: base, byOffer)
            if byOffer.nearCertainty(of: offer, at: at, price: plan.price[offer]) < nearest {
                consider(listed.others, inOrder: false, for: offer, base: base, byOffer)
            }
            byOffer.forEachLater(of: offer) { entry in
                if base &- entry.score &+ gain[Int(entry.wish)] >= nearest { return }
                if names(entry, offer) { consider(entry, for: offer, base: base, byOffer) }
            }
        }
        return nearest <= certain
    }

    /// Weighs moving each of the wishes to the offer; from where they are in order, those that are too far are left out.
    @inline(__always)
    private func consider(
        _ entries: UnsafeMutableBufferPointer<WishesByOffer.Entry>, inOrder: Bool, for offer: Int, base: Int32,
        _ byOffer: WishesByOffer
    ) {
        for entry in entries {
            let paid = base &- entry.score
            if paid &+ gain[Int(entry.wish)] >= nearest {
                if inOrder, paid >= nearest { break }
                continue
            }
            if byOffer.isReplaced(entry.wish), !names(entry, offer) { continue }
            consider(entry, for: offer, base: base, byOffer)
        }
    }

    /// Weighs moving a wish to the offer: from no offer it ends the search, from another offer it goes on there.
    @inline(__always)
    private func consider(
        _ entry: WishesByOffer.Entry, for offer: Int, base: Int32, _ byOffer: WishesByOffer
    ) {
        let mate = Int(plan.mate[Int(entry.wish)])
        if mate == offer { return }
        if mate < 0 {
            if base &- entry.score < nearest {
                nearest = base &- entry.score
                endOffer = offer
                endWish = entry.wish
                endScore = entry.score
            }
            return
        }
        let there = base &- entry.score &+ gain[Int(entry.wish)]
        guard there < nearest, there < steps[mate].distance else { return }
        if steps[mate].distance == Self.far { reach(mate) }
        steps[mate] = Step(
            distance: there, wish: entry.wish, score: entry.score, offer: Int32(truncatingIfNeeded: offer))
        if there &+ plan.price[mate] < nearest {
            nearest = there &+ plan.price[mate]
            endOffer = mate
            endWish = WorkingPlan.nobody
        }
        byOffer.fetch(mate)
        queue.push(mate, at: there)
    }

    /// Whether the wish's row still has the pair.
    private func names(_ entry: WishesByOffer.Entry, _ offer: Int) -> Bool {
        for index in plan.row(Int(entry.wish)) where Int(plan.candidates[index].offer) == offer {
            return plan.candidates[index].score == entry.score
        }
        return false
    }

    /// Moves the wishes along the path that was found, towards the seat that was free.
    private func shiftBackward(to first: Int) {
        var offer = endOffer
        var wish = endWish
        var score = endScore
        while offer != first {
            let leaving = steps[offer].wish
            let next = Int(steps[offer].offer)
            let nextScore = steps[offer].score
            if wish == WorkingPlan.nobody {
                plan.unseat(leaving)
            } else {
                plan.replace(leaving, by: wish, on: offer, score: score)
            }
            wish = leaving
            score = nextScore
            offer = next
        }
        if wish != WorkingPlan.nobody { plan.seat(wish, on: first, score: score) }
    }
}
