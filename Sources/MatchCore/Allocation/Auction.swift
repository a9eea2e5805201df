/// Finds a nearly best plan: every wish bids for the offer it likes best at the current prices.
///
/// The transportation form of the auction by Bertsekas and Castañón (1989): an offer keeps its bids in a heap of seats,
/// and its price is the smallest of them once it is full, else 0. Prices start at 0 and there is one fixed step, so
/// "a price above 0 means full" holds throughout, which problems with unequal sides need. Afterwards each holder is
/// within `step` of its best choice; ``PriceTightening`` and ``ExactRepair`` close the rest.
struct Auction {
    let plan: WorkingPlan
    /// How much a bid passes what is needed to win; greater is faster and coarser.
    let step: Int32

    /// Lets the wishes bid, in the given order, until each holds a seat or wants none at these prices.
    func run(over wishes: some RandomAccessCollection<Int32>) {
        let rowStart = plan.rowStart
        let rowEnd = plan.rowEnd
        let candidates = plan.candidates
        let price = plan.price
        let seatStart = plan.seatStart
        let taken = plan.taken
        let mate = plan.mate
        let mateScore = plan.mateScore
        for first in wishes {
            var wish = first
            // A wish that loses its seat bids next: its row and its rivals are still in the cache.
            while wish >= 0 {
                var index = Int(rowStart[Int(wish)])
                let end = Int(rowEnd[Int(wish)])
                // Staying without an offer is worth 0, and is always there as the second choice.
                var best: Int32 = 0
                var second: Int32 = 0
                var chosen = -1
                while index < end {
                    let candidate = candidates[index]
                    // Rows fall in score and prices are not negative: nothing further can matter.
                    if candidate.score <= second { break }
                    let worth = candidate.score &- price[Int(candidate.offer)]
                    if worth > second {
                        if worth > best {
                            second = best
                            best = worth
                            chosen = index
                        } else {
                            second = worth
                        }
                    }
                    index &+= 1
                }
                if chosen < 0 {
                    mate[Int(wish)] = WorkingPlan.nobody
                    mateScore[Int(wish)] = 0
                    break
                }
                let candidate = candidates[chosen]
                let offer = Int(candidate.offer)
                // At most the score itself: the bid never makes the holder worse off than without an offer.
                let bid = price[offer] &+ best &- max(second &- step, 0)
                mate[Int(wish)] = candidate.offer
                mateScore[Int(wish)] = candidate.score
                let start = Int(seatStart[offer])
                let limit = Int(seatStart[offer &+ 1]) &- start
                let count = Int(taken[offer])
                let heap = SeatHeap(seats: plan.seats + start, count: limit)
                if count < limit {
                    heap.seats[count] = WorkingPlan.Seat(bid: bid, wish: wish)
                    taken[offer] = Int32(truncatingIfNeeded: count &+ 1)
                    if count &+ 1 == limit {
                        heap.order()
                        price[offer] = heap.seats[0].bid
                    }
                    break
                }
                let loser = heap.seats[0].wish
                heap.replaceSmallest(with: WorkingPlan.Seat(bid: bid, wish: wish))
                price[offer] = heap.seats[0].bid
                wish = loser
            }
        }
    }
}
