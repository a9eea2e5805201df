import MatchCore

/// A year of donations and requests, matched week by week.
///
/// A batch stands at the end of every week. It sees the requests and donations made until then; what a batch leaves
/// over waits for the next. Products must be the same, and only recipients on the donor's list of near ones are reached.
struct Replay {
    struct Shipment {
        var donation: Int
        var request: Int
        var day: Double
        var units: Int64
        var miles: Int64
    }

    /// How the pairs of a batch are chosen.
    enum Method {
        /// The nearest pair first, as much as it takes, then the next.
        case nearestFirst
        /// The best plan of the batch: as many units as possible, and then fill against distance.
        case plan(Terms)
    }

    /// What a plan trades.
    struct Terms {
        /// What filling a request to the full is worth, in unit-miles.
        var fill: Int64
        /// What reaching a recipient that got nothing yet is worth, in unit-miles for a whole request.
        var reach: Int64
        /// Pairs farther than this wait for a nearer one; nil for none.
        var farthest: Int64?
        /// What comes before the number of units; nil for nothing.
        var first: Fairness?
        /// How many miles farther (or, below 0, less far) a donation may go for each week that it has waited.
        var fartherPerWeek: Int64 = 0
    }

    /// What a batch may put before everything else: filling requests, or reaching recipients that got nothing yet.
    enum Fairness { case fill, reach }

    let data: ReplayData
    let method: Method

    /// Runs all weeks.
    func run() -> [Shipment] {
        guard let last = (data.donations + data.requests).map(\.day).max() else { return [] }
        var left = data.donations.map(\.quantity)
        var open = data.requests.map(\.quantity)
        var reached = Set<Int>()
        var requestsOf: [Int: [Int]] = [:]
        for (index, request) in data.requests.enumerated() { requestsOf[request.who, default: []].append(index) }
        var shipments: [Shipment] = []
        var day = 7.0
        while day < last + 7 {
            var pairs: [Shipment] = []
            for (donation, row) in data.donations.enumerated() where left[donation] > 0 && row.day <= day {
                for (recipient, miles) in data.near[row.who] {
                    for request in requestsOf[recipient] ?? []
                    where open[request] > 0 && data.requests[request].day <= day
                        && data.requests[request].product == row.product
                    {
                        pairs.append(Shipment(donation: donation, request: request, day: day, units: 0, miles: miles))
                    }
                }
            }
            switch method {
            case .nearestFirst: fillNearest(&pairs, left, open)
            case .plan(let terms): fillBest(&pairs, left, open, reached, terms)
            }
            for shipment in pairs where shipment.units > 0 {
                left[shipment.donation] -= shipment.units
                open[shipment.request] -= shipment.units
                reached.insert(data.requests[shipment.request].who)
                shipments.append(shipment)
            }
            day += 7
        }
        return shipments
    }

    private func fillNearest(_ pairs: inout [Shipment], _ left: [Int64], _ open: [Int64]) {
        var (left, open) = (left, open)
        pairs.sort { ($0.miles, $0.donation, $0.request) < ($1.miles, $1.donation, $1.request) }
        for index in pairs.indices {
            let amount = min(left[pairs[index].donation], open[pairs[index].request])
            pairs[index].units = amount
            left[pairs[index].donation] -= amount
            open[pairs[index].request] -= amount
        }
    }

    private func fillBest(
        _ pairs: inout [Shipment], _ left: [Int64], _ open: [Int64], _ reached: Set<Int>, _ terms: Terms
    ) {
        if let farthest = terms.farthest {
            pairs.removeAll { pair in
                let weeks = Int64((pair.day - data.donations[pair.donation].day) / 7)
                return pair.miles > farthest + weeks * terms.fartherPerWeek
            }
        }
        var lines: [Int: Int] = [:]
        var offers: [Int: Int] = [:]
        var problemLines: [PlanProblem.Line] = []
        var problemOffers: [PlanProblem.Offer] = []
        var problemPairs: [PlanProblem.Pair] = []
        var (worth, fairness): ([Int64], [Int64]) = ([], [])
        for pair in pairs {
            let line = lines[pair.request] ?? problemLines.count
            if line == problemLines.count {
                lines[pair.request] = line
                problemLines.append(PlanProblem.Line(quantity: open[pair.request]))
            }
            let offer = offers[pair.donation] ?? problemOffers.count
            if offer == problemOffers.count {
                offers[pair.donation] = offer
                problemOffers.append(PlanProblem.Offer(capacity: left[pair.donation]))
            }
            problemPairs.append(PlanProblem.Pair(line: line, offer: offer, score: 0))
            let request = data.requests[pair.request]
            // Parts of a request: whole requests count alike, however many units they ask for.
            let isMeant = terms.first == .fill || !reached.contains(request.who)
            fairness.append(isMeant ? PlanGoal.whole / request.quantity : 0)
            let gain = terms.fill + (reached.contains(request.who) ? 0 : terms.reach)
            // Thousandths of a mile; far above any distance for the unit itself, so that no unit waits for nothing.
            worth.append(1_000_000_000 - pair.miles * 1_000 + gain * 1_000 / request.quantity)
        }
        // The rows come from files; what is out of range was refused when they were read.
        guard
            let problem = try? PlanProblem(
                lines: problemLines, offers: problemOffers, partyCaps: [PlanProblem.greatestQuantity],
                guarantees: [0], pairs: problemPairs)
        else { return }
        let amounts = WorthPlan(
            problem, stages: (terms.first == nil ? [] : [fairness]) + [worth.map { _ in 1 }, worth]
        ).amounts
        for index in pairs.indices { pairs[index].units = amounts[index] }
    }
}
