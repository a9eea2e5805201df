import Casework
import MatchCore

/// What a plain book-keeper would say of the same steps: a few numbers, no rule shared with the code under test.
struct WalkOracle: Equatable {
    struct Line: Equatable {
        var free: Int64
        var reserved: Int64 = 0
        var inTransit: Int64 = 0
        var received: Int64 = 0
        var gone: Int64 = 0

        var total: Int64 { free + reserved + inTransit + received + gone }
    }

    struct Promise: Equatable {
        var offer: Int
        var wish: Int
        var quantity: Int64
        var state: String
        var leaseEnd: Int64?
        var renewals = 0
    }

    static let hour: Int64 = 3_600_000
    static let answerHours: Int64 = 48
    static let dispatchHours: Int64 = 72
    static let renewals = 2

    var now: Int64
    var offers: [Line]
    var wishes: [Line]
    var closedWishes: Set<Int> = []
    var promises: [RecordID: Promise] = [:]

    mutating func propose(_ id: RecordID, offer: Int, wish: Int, _ quantity: Int64) -> Bool {
        guard quantity > 0, !closedWishes.contains(wish), offers[offer].free >= quantity, wishes[wish].free >= quantity
        else { return false }
        offers[offer].free -= quantity
        offers[offer].reserved += quantity
        wishes[wish].free -= quantity
        wishes[wish].reserved += quantity
        promises[id] = Promise(
            offer: offer, wish: wish, quantity: quantity, state: "proposed",
            leaseEnd: now + Self.answerHours * Self.hour)
        return true
    }

    mutating func make(_ step: String, _ id: RecordID) -> Bool {
        guard var promise = promises[id] else { return false }
        let (o, w, q) = (promise.offer, promise.wish, promise.quantity)
        let leased = promise.leaseEnd.map { now < $0 } ?? false
        switch (step, promise.state) {
        case ("accept", "proposed") where leased:
            promise.state = "accepted"
            promise.leaseEnd = now + Self.dispatchHours * Self.hour
            promise.renewals = 0
        case ("renew", "proposed"), ("renew", "accepted"):
            let end = now + (promise.state == "proposed" ? Self.answerHours : Self.dispatchHours) * Self.hour
            guard leased, promise.renewals < Self.renewals, let before = promise.leaseEnd, end > before else {
                return false
            }
            promise.leaseEnd = end
            promise.renewals += 1
        case ("decline", "proposed"), ("release", "proposed"), ("release", "accepted"):
            free(o, w, q)
            promise.state = step == "decline" ? "declined" : "released"
            promise.leaseEnd = nil
        case ("dispatch", "accepted") where leased:
            offers[o].reserved -= q
            offers[o].inTransit += q
            wishes[w].reserved -= q
            wishes[w].inTransit += q
            promise.state = "inTransit"
            promise.leaseEnd = nil
        case ("receive", "inTransit"):
            offers[o].inTransit -= q
            offers[o].received += q
            wishes[w].inTransit -= q
            wishes[w].received += q
            promise.state = "received"
        case ("confirm", "received"):
            promise.state = "confirmed"
            promises[id] = promise
            let line = wishes[w]
            let isMoving = promises.values.contains { $0.wish == w && $0.state == "received" }
            if line.free == 0, line.reserved == 0, line.inTransit == 0, !isMoving { closedWishes.insert(w) }
        case ("usable", "inTransit"), ("lost", "inTransit"):
            offers[o].inTransit -= q
            wishes[w].inTransit -= q
            giveBack(step, o, w, q)
            promise.state = "returned"
        case ("usable", "confirmed") where closedWishes.contains(w),
            ("lost", "confirmed") where closedWishes.contains(w):
            return false
        case ("usable", "received"), ("lost", "received"), ("usable", "confirmed"), ("lost", "confirmed"):
            offers[o].received -= q
            wishes[w].received -= q
            giveBack(step, o, w, q)
            promise.state = "returned"
        default: return false
        }
        promises[id] = promise
        return true
    }

    mutating func split(_ id: RecordID, _ quantity: Int64, into part: RecordID) -> Bool {
        guard var promise = promises[id], quantity > 0, quantity < promise.quantity,
            ["proposed", "accepted", "inTransit", "received", "confirmed"].contains(promise.state),
            promise.state != "confirmed" || !closedWishes.contains(promise.wish)
        else { return false }
        promise.quantity -= quantity
        promises[id] = promise
        promise.quantity = quantity
        promises[part] = promise
        return true
    }

    mutating func endLeases() {
        for (id, promise) in promises {
            guard let end = promise.leaseEnd, end <= now else { continue }
            free(promise.offer, promise.wish, promise.quantity)
            promises[id]?.state = "expired"
            promises[id]?.leaseEnd = nil
        }
    }

    private mutating func free(_ offer: Int, _ wish: Int, _ quantity: Int64) {
        offers[offer].reserved -= quantity
        offers[offer].free += quantity
        wishes[wish].reserved -= quantity
        wishes[wish].free += quantity
    }

    private mutating func giveBack(_ step: String, _ offer: Int, _ wish: Int, _ quantity: Int64) {
        if step == "usable" { offers[offer].free += quantity } else { offers[offer].gone += quantity }
        wishes[wish].free += quantity
    }
}
