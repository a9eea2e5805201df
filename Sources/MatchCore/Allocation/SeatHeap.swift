/// The taken seats of one offer as a heap with the smallest bid first.
struct SeatHeap {
    /// The first seat of the offer; the heap owns `count` seats from there on.
    let seats: UnsafeMutablePointer<WorkingPlan.Seat>
    let count: Int

    /// Orders seats that stand in any order.
    func order() {
        var index = count / 2
        while index > 0 {
            index &-= 1
            sink(index, seats[index])
        }
    }

    /// Puts a seat in the place of the smallest.
    @inline(__always)
    func replaceSmallest(with seat: WorkingPlan.Seat) {
        if count == 1 { seats[0] = seat } else { sink(0, seat) }
    }

    private func sink(_ start: Int, _ seat: WorkingPlan.Seat) {
        var hole = start
        while true {
            var child = 2 &* hole &+ 1
            if child >= count { break }
            if child &+ 1 < count, seats[child &+ 1].bid < seats[child].bid { child &+= 1 }
            if seats[child].bid >= seat.bid { break }
            seats[hole] = seats[child]
            hole = child
        }
        seats[hole] = seat
    }
}
