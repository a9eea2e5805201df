/// What the promise ledger, the claims and the clocks have to come to, told again in the plainest way: every claim is a
/// row of plain values, and every balance is counted anew from the rows. Nothing of Casework is used here.
struct WalkOracle {
    struct Row {
        var offer: Int
        var wish: Int
        var quantity: Int64
        var state: String
        var leaseEnd: Int64
        var renewals = 0
    }

    struct Stopwatch {
        /// Milliseconds, or working days.
        let allowed: Int64
        var countsDays = false
        /// The day it began on, in days since 1970 in Shanghai.
        var startDay: Int64 = 0
        /// What of it was used up to `seen`.
        var used: Int64 = 0
        var seen: Int64
        var mode = "running"
        /// When the last working day of it closed.
        var usedUpAt: Int64?
    }

    static let hour: Int64 = 3_600_000
    static let answer = 48 * hour
    static let dispatch = 72 * hour

    var now: Int64
    var pledged: [Int64]
    var withdrawnByHand: [Int64]
    var lost: [Int64]
    var wanted: [Int64]
    var cancelled: [Int64]
    var rows: [Int: Row] = [:]
    var watches: [Int: Stopwatch] = [:]

    init(now: Int64, lines: Int) {
        self.now = now
        let zeros = [Int64](repeating: 0, count: lines)
        (pledged, withdrawnByHand, lost, wanted, cancelled) = (zeros, zeros, zeros, zeros, zeros)
    }

    private func sum(_ fits: (Row) -> Bool) -> Int64 { rows.values.reduce(0) { $0 + (fits($1) ? $1.quantity : 0) } }

    /// available, reserved, inTransit, received, withdrawn
    func offerParts(_ line: Int) -> [Int64] {
        let reserved = sum { $0.offer == line && ($0.state == "proposed" || $0.state == "accepted") }
        let road = sum { $0.offer == line && $0.state == "inTransit" }
        let received = sum { $0.offer == line && ($0.state == "received" || $0.state == "confirmed") }
        let gone = withdrawnByHand[line] + lost[line]
        return [pledged[line] - reserved - road - received - gone, reserved, road, received, gone]
    }

    /// open, reserved, inTransit, received, cancelled
    func wishParts(_ line: Int) -> [Int64] {
        let reserved = sum { $0.wish == line && ($0.state == "proposed" || $0.state == "accepted") }
        let road = sum { $0.wish == line && $0.state == "inTransit" }
        let received = sum { $0.wish == line && ($0.state == "received" || $0.state == "confirmed") }
        return [wanted[line] - reserved - road - received - cancelled[line], reserved, road, received, cancelled[line]]
    }

    mutating func propose(_ claim: Int, offer: Int, wish: Int, quantity: Int64) -> Bool {
        guard quantity > 0, offerParts(offer)[0] >= quantity, wishParts(wish)[0] >= quantity else { return false }
        rows[claim] = Row(
            offer: offer, wish: wish, quantity: quantity, state: "proposed", leaseEnd: now + Self.answer)
        return true
    }

    mutating func step(_ name: String, _ claim: Int) -> Bool {
        guard var row = rows[claim] else { return false }
        let waits = row.state == "proposed" || row.state == "accepted"
        let inTime = now < row.leaseEnd
        switch name {
        case "accept":
            guard row.state == "proposed", inTime else { return false }
            row.state = "accepted"
            row.leaseEnd = now + Self.dispatch
            row.renewals = 0
        case "decline":
            guard row.state == "proposed" else { return false }
            row.state = "declined"
        case "release":
            guard waits else { return false }
            row.state = "released"
        case "expire":
            guard waits, !inTime else { return false }
            row.state = "expired"
        case "renew":
            guard waits, inTime, row.renewals < 2 else { return false }
            let end = now + (row.state == "proposed" ? Self.answer : Self.dispatch)
            guard end > row.leaseEnd else { return false }
            row.renewals += 1
            row.leaseEnd = end
        case "dispatch":
            guard row.state == "accepted", inTime else { return false }
            row.state = "inTransit"
        case "receive":
            guard row.state == "inTransit" else { return false }
            row.state = "received"
        case "confirm":
            guard row.state == "received" else { return false }
            row.state = "confirmed"
        case "usable", "unfit", "lost":
            guard ["inTransit", "received", "confirmed"].contains(row.state) else { return false }
            if name != "usable" { lost[row.offer] += row.quantity }
            row.state = "returned"
        default:
            return false
        }
        rows[claim] = row
        return true
    }

    mutating func split(_ claim: Int, _ quantity: Int64, into part: Int) -> Bool {
        guard var row = rows[claim],
            ["proposed", "accepted", "inTransit", "received", "confirmed"].contains(row.state),
            quantity > 0, quantity < row.quantity
        else { return false }
        row.quantity -= quantity
        rows[claim] = row
        row.quantity = quantity
        rows[part] = row
        return true
    }

    /// Lets the running stopwatches run on to the present.
    mutating func catchUp() {
        for key in watches.keys {
            guard var watch = watches[key] else { continue }
            if watch.mode == "running" {
                if watch.countsDays { countDays(&watch) } else { watch.used += now - watch.seen }
            }
            watch.seen = now
            watches[key] = watch
        }
    }

    /// Counts the midnights in Shanghai since the watch was seen at which a working day closed.
    private func countDays(_ watch: inout Stopwatch) {
        let day = 24 * Self.hour
        let eightHours = 8 * Self.hour
        let first = (watch.seen + eightHours) / day
        let last = (now + eightHours) / day
        for number in first..<max(first, last) where works(number) && watch.allowed > watch.used {
            // The day it began on does not count.
            if number == watch.startDay { continue }
            watch.used += 1
            if watch.used == watch.allowed { watch.usedUpAt = (number + 1) * day - eightHours }
        }
    }

    /// The Spring Festival of 2026, by the notice: 15 to 23 February off, Saturdays 14 and 28 work.
    private func works(_ day: Int64) -> Bool {
        let february = day - 20_484
        if february == 14 || february == 28 { return true }
        if (15...23).contains(february) { return false }
        return (day + 3) % 7 < 5
    }

    func isOverdue(_ key: Int) -> Bool {
        guard let watch = watches[key], watch.mode == "running" else { return false }
        if watch.countsDays { return watch.usedUpAt.map { now > $0 } ?? false }
        return watch.used > watch.allowed
    }

    mutating func turn(_ key: Int, _ step: String) -> Bool {
        guard var watch = watches[key], watch.mode != "ended" else { return false }
        switch step {
        case "pause":
            guard watch.mode == "running", watch.used < watch.allowed else { return false }
            watch.mode = "paused"
        case "resume":
            guard watch.mode == "paused" else { return false }
            watch.mode = "running"
        default:
            watch.mode = "ended"
        }
        watches[key] = watch
        return true
    }
}
