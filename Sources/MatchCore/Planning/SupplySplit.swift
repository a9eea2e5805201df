/// Divides a supply that is short among the lines that may be split, by a declared rule.
///
/// Every line's part rises with one level, as fast as the rule says, until what it can draw on is used up; then the lines
/// that stand there keep their part and the others rise on (max-min fairness on the network of lines, offers and parties).
/// So a line gets less than the rule's level only where nothing that could serve it is left, and parts of several offers
/// add up. Units are whole: each level is rounded down, and what is left over goes unit by unit to the largest remainder,
/// equal remainders in the order that is given. Lines of one unit and whole lines take no part; the goals decide on them.
public struct SupplySplit: Sendable {
    /// For each line of the problem the most it is to be given.
    public let most: [Int64]

    /// Divides.
    ///
    /// - Parameters:
    ///   - need: For each line a weight of 1 or more; only the rule ``SplitRule/need`` reads it.
    ///   - order: For each line its place where remainders are equal: the smaller comes first.
    public init(_ problem: PlanProblem, rule: SplitRule, need: [Int64], order: [Int]) {
        var most = problem.lines.map(\.most)
        for part in SplitNetwork.parts(of: problem) {
            let network = SplitNetwork(problem, part)
            var filling = Filling(network, problem, rule, need, order)
            filling.fill()
            for (index, line) in part.lines.enumerated() { most[line] = network.demand[index] }
        }
        self.most = most
    }
}

/// The rising level over one connected part of the network.
private struct Filling {
    private let network: SplitNetwork
    private let quantities: [Int64]
    private let weights: [Int64]
    private let order: [Int]
    private let isEqual: Bool
    private var isRising: [Bool]

    /// A line's part is its quantity × weight × level ÷ this; fine enough that a step moves a few units at most.
    private static let whole: Int64 = 1 << 40

    init(_ network: SplitNetwork, _ problem: PlanProblem, _ rule: SplitRule, _ need: [Int64], _ order: [Int]) {
        self.network = network
        quantities = network.lines.map { problem.lines[$0].quantity }
        weights = network.lines.map { rule == .need ? max(1, need[$0]) : 1 }
        self.order = network.lines.map { order[$0] }
        isEqual = rule == .equal
        isRising = network.lines.map { _ in true }
    }

    /// The line's part at a level and how much was rounded off.
    private func part(_ line: Int, _ level: Int64) -> (units: Int64, rest: Int64) {
        let quantity = quantities[line]
        if isEqual { return (min(quantity, level), 0) }
        let exact = Int128(quantity) * Int128(weights[line]) * Int128(level)
        guard exact < Int128(quantity) * Int128(Self.whole) else { return (quantity, 0) }
        return (Int64(exact / Int128(Self.whole)), Int64(exact % Int128(Self.whole)))
    }

    mutating func fill() {
        let top = isEqual ? quantities.max() ?? 0 : Self.whole
        var level: Int64 = 0
        while isRising.contains(true) {
            var (reached, refused) = (level, top + 1)
            // Usually there is enough: then one look is all.
            if rise(to: top) { reached = top }
            while reached < top, refused - reached > 1 {
                let middle = reached + (refused - reached) / 2
                if rise(to: middle) { reached = middle } else { refused = middle }
            }
            level = reached
            if level == top { return }
            handOutRemainder(above: level)
            for line in isRising.indices where isRising[line] {
                isRising[line] = network.demand[line] < quantities[line] && network.hasRoom(for: line)
            }
        }
    }

    private func rise(to level: Int64) -> Bool {
        var wanted = network.demand
        for line in wanted.indices where isRising[line] { wanted[line] = max(wanted[line], part(line, level).units) }
        return network.serve(wanted)
    }

    private func handOutRemainder(above level: Int64) {
        let rising = isRising.indices.filter { isRising[$0] }.sorted { first, second in
            let (left, right) = (part(first, level).rest, part(second, level).rest)
            return left != right ? left > right : order[first] < order[second]
        }
        for line in rising {
            while network.demand[line] < part(line, level + 1).units, network.serveOneMore(line) {}
        }
    }
}
