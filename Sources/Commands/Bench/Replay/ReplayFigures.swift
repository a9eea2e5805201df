/// What a year of shipments came to, by the rules that the published results use.
struct ReplayFigures: Encodable {
    /// Σ units·miles ÷ Σ units.
    var unitMiles: Double
    /// Days from donation to batch, rounded, weighted by units.
    var holdingDays: Double
    /// Distinct (donor, recipient, batch) ÷ donors that ship.
    var shipmentsPerDonor: Double
    /// Mean over products of the mean over (recipient, product) of min(1, received ÷ requested).
    var fill: Double
    /// Different recipients that got anything.
    var recipients: Int
    /// Gini coefficient over all recipients of the mean fill of what each asked for; 0 is equal.
    var gini: Double
    var units: Int64

    init(_ shipments: [Replay.Shipment], of data: ReplayData) {
        var (units, miles, days) = (0.0, 0.0, 0.0)
        var legs: Set<[Int]> = []
        var donors: Set<Int> = []
        var received = data.requests.map { _ in Int64(0) }
        for shipment in shipments {
            let (donation, request) = (data.donations[shipment.donation], data.requests[shipment.request])
            let amount = Double(shipment.units)
            units += amount
            miles += amount * Double(shipment.miles)
            days += amount * (shipment.day - donation.day).rounded()
            legs.insert([donation.who, request.who, Int(shipment.day)])
            donors.insert(donation.who)
            received[shipment.request] += shipment.units
        }
        struct Wanted: Hashable {
            var who: Int
            var product: Int
        }
        var wanted: [Wanted: (asked: Int64, got: Int64)] = [:]
        for (index, request) in data.requests.enumerated() {
            let key = Wanted(who: request.who, product: request.product)
            wanted[key, default: (0, 0)].asked += request.quantity
            wanted[key, default: (0, 0)].got += received[index]
        }
        var byProduct: [Int: (sum: Double, count: Double)] = [:]
        var byRecipient: [Int: (sum: Double, count: Double)] = [:]
        var reached: Set<Int> = []
        // In a fixed order, so that the sums are the same in every run.
        for key in wanted.keys.sorted(by: { ($0.who, $0.product) < ($1.who, $1.product) }) {
            guard let (asked, got) = wanted[key], asked > 0 else { continue }
            let share = min(1, Double(got) / Double(asked))
            byProduct[key.product, default: (0, 0)].sum += share
            byProduct[key.product, default: (0, 0)].count += 1
            byRecipient[key.who, default: (0, 0)].sum += share
            byRecipient[key.who, default: (0, 0)].count += 1
            if got > 0 { reached.insert(key.who) }
        }
        unitMiles = units > 0 ? miles / units : 0
        holdingDays = units > 0 ? days / units : 0
        shipmentsPerDonor = donors.isEmpty ? 0 : Double(legs.count) / Double(donors.count)
        fill =
            byProduct.isEmpty
            ? 0
            : byProduct.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value.sum / $1.value.count }
                / Double(byProduct.count)
        recipients = reached.count
        let shares = byRecipient.values.map { $0.sum / $0.count }.sorted()
        let total = shares.reduce(0, +)
        let weighted = shares.enumerated().reduce(0.0) { $0 + Double($1.offset + 1) * $1.element }
        let count = Double(shares.count)
        gini = total > 0 ? 2 * weighted / (count * total) - (count + 1) / count : 0
        self.units = Int64(units)
    }
}
