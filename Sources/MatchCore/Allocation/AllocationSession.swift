/// Keeps a best plan best while wishes change.
///
/// A day changes few wishes, and most prices stay as they are. The session keeps plan and prices; only the wishes whose
/// candidates were replaced are placed anew, and the seats they left are settled. The mode is the total score. The plan
/// is exactly best after every ``solve()``, and the prices prove it as those of ``AllocationSolver`` do.
///
/// Not `Sendable`: one task at a time owns a session.
public final class AllocationSession {
    /// Room for later changes, as a part of all candidates; when it is used up the session begins afresh.
    private static let spareShare = 4
    private static let spareSeats: Int32 = 16

    private let capacities: [Int32]
    private let frame: AllocationInstance
    private var order: NeighbourOrder
    private var plan: WorkingPlan
    private var repair: ExactRepair
    private var placeOfWish: [Int32]
    private var offerStates: OfferStates
    /// The number of the row that was checked last.
    private var rowNumber: Int64 = 0
    /// The row that was checked last: how much its score lacks of the greatest, then its offer in the instance.
    private var keys: [UInt64] = []
    private var checked: [AllocationCandidate] = []
    private var isFresh = true
    private var open: [Int32] = []
    private var loose: [Int32] = []

    /// Starts a session with an instance.
    ///
    /// - Throws: ``AllocationError`` as ``AllocationSolver`` does.
    public init(_ instance: AllocationInstance) throws {
        _ = try AllocationSolver(instance)
        frame = instance
        capacities = instance.capacities
        (order, plan, repair, placeOfWish, offerStates) = Self.begin(instance)
    }

    private static func begin(
        _ instance: AllocationInstance
    ) -> (NeighbourOrder, WorkingPlan, ExactRepair, [Int32], OfferStates) {
        let order = NeighbourOrder(instance, spare: instance.candidates.count / spareShare + 1024)
        let plan = WorkingPlan(order, capacities: instance.capacities, spareSeats: spareSeats)
        var places = [Int32](repeating: 0, count: instance.wishCount)
        for place in 0..<instance.wishCount { places[Int(order.wishes[place])] = Int32(truncatingIfNeeded: place) }
        let states = OfferStates(count: instance.offerCount)
        for place in 0..<instance.offerCount {
            // An offer with as many seats as units is never short of room.
            let isEnough = plan.seatLimit(place) == instance.capacities[Int(order.offers[place])]
            states.seatsLeft[place] = isEnough ? .max : spareSeats
        }
        return (order, plan, ExactRepair(plan, listsAll: true), places, states)
    }

    /// The instance as it stands after all changes; a copy of all candidates.
    public var instance: AllocationInstance {
        var rowStart: [Int32] = [0]
        rowStart.reserveCapacity(frame.wishCount + 1)
        var candidates: [AllocationCandidate] = []
        candidates.reserveCapacity(frame.candidates.count)
        for place in placeOfWish {
            for index in plan.row(Int(place)) {
                let candidate = plan.candidates[index]
                candidates.append(
                    AllocationCandidate(offer: order.offers[Int(candidate.offer)], score: candidate.score))
            }
            rowStart.append(Int32(truncatingIfNeeded: candidates.count))
        }
        return AllocationInstance(
            checkedCapacities: capacities, offerAreas: frame.offerAreas, quantities: frame.quantities,
            wishAreas: frame.wishAreas, urgencies: frame.urgencies, rowStart: rowStart, candidates: candidates)
    }

    /// Replaces the candidates of a wish; an empty row withdraws it. The next ``solve()`` takes it up.
    ///
    /// - Throws: ``AllocationError`` when an offer does not exist, stands there twice, or a score is out of range.
    public func replaceCandidates(of wish: Int, with row: [AllocationCandidate]) throws {
        guard placeOfWish.indices.contains(wish) else {
            throw AllocationError(
                .outOfRange, message: "There is no wish \(wish). Wishes run from 0 to \(placeOfWish.count - 1).")
        }
        try check(row, wish: wish)
        let place = placeOfWish[wish]
        let mate = plan.mate[Int(place)]
        if mate >= 0 {
            plan.unseat(place)
            repair.forgetGain(of: place)
            loose.append(mate)
        }
        guard hasRoom(), order.replaceRow(of: Int(place), with: checked) else {
            return beginAfresh(with: row, for: wish)
        }
        if !isFresh {
            repair.wishesByOffer.add(checked, of: place)
            open.append(place)
        }
    }

    /// Finds the best plan for what the instance is now.
    public func solve() -> AllocationResult {
        if isFresh {
            BestScore(plan, repair).find()
            // Built now, so that the first change does not wait for it.
            _ = repair.wishesByOffer
            isFresh = false
        } else {
            // Neighbours after each other, so that a search finds what the one before it read still in the cache.
            open.sort { favourite(of: $0) < favourite(of: $1) }
            loose.sort()
            // A wish replaced twice stands here twice; the second time it may hold a seat already.
            for wish in open where plan.mate[Int(wish)] < 0 { repair.place(wish) }
            for offer in loose { repair.settleFully(Int(offer)) }
        }
        open.removeAll()
        loose.removeAll()
        return AllocationResult(plan)
    }

    /// The offer that scores best for a wish, −1 for a wish without candidates; equal ones keep the order of wishes.
    private func favourite(of wish: Int32) -> Int64 {
        let row = plan.row(Int(wish))
        let offer = row.isEmpty ? -1 : Int64(plan.candidates[row.lowerBound].offer)
        return offer << 32 | Int64(wish)
    }

    /// Puts a row in the order of every instance (best score first, equal scores in the order of the instance's offers)
    /// into `checked`.
    private func check(_ row: [AllocationCandidate], wish: Int) throws {
        // Out of the object while it is written: each access there would be checked as the program runs.
        var (keys, checked) = (keys, checked)
        (self.keys, self.checked) = ([], [])
        defer { (self.keys, self.checked) = (keys, checked) }
        keys.removeAll(keepingCapacity: true)
        checked.removeAll(keepingCapacity: true)
        rowNumber &+= 1
        let (order, rowNumber) = (order, rowNumber)
        let namedBy = offerStates.namedBy
        var isInOrder = true
        var last: UInt64 = 0
        for candidate in row {
            guard candidate.offer >= 0, Int(candidate.offer) < frame.offerCount else {
                throw AllocationError(
                    .badCandidate,
                    message: "Wish \(wish) names offer \(candidate.offer), but offers run from 0 to "
                        + "\(frame.offerCount - 1).")
            }
            guard candidate.score >= 0, candidate.score <= AllocationInstance.greatestScore else {
                throw AllocationError(
                    .outOfRange,
                    message: "Wish \(wish) gives offer \(candidate.offer) the score \(candidate.score). Scores run "
                        + "from 0 to \(AllocationInstance.greatestScore).")
            }
            let place = order.placeOfOffer[Int(candidate.offer)]
            guard namedBy[Int(place)] != rowNumber else {
                throw AllocationError(
                    .badCandidate,
                    message: "Wish \(wish) names offer \(candidate.offer) twice. Name each offer once.")
            }
            namedBy[Int(place)] = rowNumber
            let lack = UInt64(AllocationInstance.greatestScore - candidate.score)
            let key = lack << 32 | UInt64(candidate.offer)
            isInOrder = isInOrder && key >= last
            last = key
            keys.append(key)
            checked.append(AllocationCandidate(offer: place, score: candidate.score))
        }
        if isInOrder { return }
        keys.sort()
        for (index, key) in keys.enumerated() {
            checked[index] = AllocationCandidate(
                offer: order.placeOfOffer[Int(key & 0xFFFF_FFFF)],
                score: AllocationInstance.greatestScore - Int32(key >> 32))
        }
    }

    private func hasRoom() -> Bool {
        // Before the first solve the offers' lists are not built yet, and take up every row as it then is.
        guard isFresh || repair.wishesByOffer.laterCount < frame.candidates.count / Self.spareShare + 1024 else {
            return false
        }
        let seatsLeft = offerStates.seatsLeft
        for candidate in checked {
            let left = seatsLeft[Int(candidate.offer)]
            if left == 0 { return false }
            if left != .max { seatsLeft[Int(candidate.offer)] = left - 1 }
        }
        return true
    }

    private func beginAfresh(with row: [AllocationCandidate], for wish: Int) {
        let now = instance
        var rowStart: [Int32] = [0]
        var candidates: [AllocationCandidate] = []
        for other in 0..<now.wishCount {
            if other == wish {
                candidates += row.sorted { $0.score != $1.score ? $0.score > $1.score : $0.offer < $1.offer }
            } else {
                candidates += now.candidates[Int(now.rowStart[other])..<Int(now.rowStart[other + 1])]
            }
            rowStart.append(Int32(truncatingIfNeeded: candidates.count))
        }
        let next = AllocationInstance(
            checkedCapacities: capacities, offerAreas: frame.offerAreas, quantities: frame.quantities,
            wishAreas: frame.wishAreas, urgencies: frame.urgencies, rowStart: rowStart, candidates: candidates)
        (order, plan, repair, placeOfWish, offerStates) = Self.begin(next)
        open.removeAll()
        loose.removeAll()
        isFresh = true
    }
}

/// What a session notes of each offer, by its place in the order: the offers of one row lie side by side.
private final class OfferStates {
    /// How many more candidates its seats have room for; the greatest number where they are never short of it.
    let seatsLeft: UnsafeMutablePointer<Int32>
    /// The number of the last row that named it.
    let namedBy: UnsafeMutablePointer<Int64>

    init(count: Int) {
        seatsLeft = .allocate(capacity: count + 1)
        namedBy = .allocate(capacity: count + 1)
        seatsLeft.initialize(repeating: 0, count: count + 1)
        namedBy.initialize(repeating: 0, count: count + 1)
    }

    deinit {
        seatsLeft.deallocate()
        namedBy.deallocate()
    }
}
