/// The problem as a circulation: root → areas → lines → offers → parties → root, with a tree of arcs that holds the
/// plan together.
///
/// Stage after stage only the worths of the arcs change; arcs that an earlier stage settled are left out, so that every
/// later plan is best for the earlier stages too. ``pivot(_:)`` and what belongs to it stand in `FlowNetwork+Pivots`,
/// trees from flows in `FlowNetwork+Trees`, raising areas in `FlowNetwork+Raising`.
final class FlowNetwork {
    let problem: PlanProblem
    let nodeCount: Int
    let arcCount: Int
    let areaBase: Int
    let lineBase: Int
    let offerBase: Int
    let partyBase: Int
    /// The first arc of each kind; areas, lines, pairs, offers, parties, then one artificial arc per node.
    let lineArc: Int
    let pairArc: Int
    let offerArc: Int
    let partyArc: Int
    let artificialArc: Int

    var from: [Int32] = []
    var to: [Int32] = []
    var lower: [Int64] = []
    var upper: [Int64] = []
    var flow: [Int64] = []
    var worth: [Int64] = []
    /// What an earlier stage settled: nothing, at the lower bound, at the upper bound.
    enum Settled: UInt8 { case open, low, high }
    var settled: [Settled] = []
    /// Pairs that no plan uses which is best for the earlier stages.
    var isClosed: [Bool]

    // The tree.
    var potential: [Int64]
    var parent: [Int32]
    var parentArc: [Int32]
    var depth: [Int32]
    var firstChild: [Int32]
    var nextSibling: [Int32]
    var previousSibling: [Int32]
    var inTree: [Bool] = []
    var nextPriced = 0
    /// For each node its arcs; empty until an area is first raised.
    var rows: [[Int32]] = []

    static let unbounded: Int64 = 1 << 60

    init(_ problem: PlanProblem) {
        self.problem = problem
        let (areas, lines, offers) = (problem.guarantees.count, problem.lines.count, problem.offers.count)
        areaBase = 1
        lineBase = areaBase + areas
        offerBase = lineBase + lines
        partyBase = offerBase + offers
        nodeCount = partyBase + problem.partyCaps.count
        isClosed = problem.pairs.map { !problem.isUsable($0) }
        lineArc = areas
        pairArc = lineArc + lines
        offerArc = pairArc + problem.pairs.count
        partyArc = offerArc + offers
        artificialArc = partyArc + problem.partyCaps.count
        arcCount = artificialArc + nodeCount
        potential = [Int64](repeating: 0, count: nodeCount)
        parent = [Int32](repeating: -1, count: nodeCount)
        parentArc = parent
        depth = [Int32](repeating: 0, count: nodeCount)
        firstChild = parent
        nextSibling = parent
        previousSibling = parent
        func add(_ source: Int, _ target: Int, _ most: Int64) {
            from.append(Int32(source))
            to.append(Int32(target))
            upper.append(most)
        }
        for area in 0..<areas { add(0, areaBase + area, Self.unbounded) }
        for (index, line) in problem.lines.enumerated() {
            add(problem.node(of: line).map { areaBase + $0 } ?? 0, lineBase + index, line.most)
        }
        for pair in problem.pairs {
            add(lineBase + pair.line, offerBase + pair.offer, problem.isUsable(pair) ? Self.unbounded : 0)
        }
        for (index, offer) in problem.offers.enumerated() {
            add(offerBase + index, partyBase + offer.party, offer.capacity)
        }
        for (index, cap) in problem.partyCaps.enumerated() { add(partyBase + index, 0, cap) }
        for node in 0..<nodeCount { add(node, 0, node == 0 ? 0 : Self.unbounded) }
        lower = [Int64](repeating: 0, count: arcCount)
        flow = lower
        worth = lower
        settled = [Settled](repeating: .open, count: arcCount)
        inTree = [Bool](repeating: false, count: arcCount)
        plantTree()
    }

    // MARK: Stages

    /// Finds the plan of the greatest worth that earlier stages allow. Returns false when `isOverdue` said so first.
    func maximise(_ pairWorth: (PlanProblem.Pair) -> Int64, isOverdue: () -> Bool) -> Bool {
        var greatest: Int64 = 1
        for (index, pair) in problem.pairs.enumerated() {
            worth[pairArc + index] = pairWorth(pair)
            greatest = max(greatest, worth[pairArc + index])
        }
        // No cycle gains more than all nodes' best pairs together, so no artificial arc ever pays.
        for node in 1..<nodeCount { worth[artificialArc + node] = -greatest * Int64(min(nodeCount, 1 << 20)) }
        recomputePotentials()
        var pivots = 0
        while let entering = priced() {
            pivot(entering)
            pivots &+= 1
            if pivots & 127 == 0, isOverdue() { return false }
        }
        return true
    }

    /// Settles every arc that the stage's prices tie to one of its bounds, and closes the pairs they leave slack.
    ///
    /// - Parameter keepingTree: Whether the potentials are those of the tree, whose arcs are then tied to nothing.
    func settle(_ prices: PlanPrices, _ pairWorth: (PlanProblem.Pair) -> Int64, keepingTree: Bool = true) {
        for (index, pair) in problem.pairs.enumerated() where !isClosed[index] {
            isClosed[index] = slack(of: pair, prices, pairWorth) > 0
        }
        for arc in 0..<artificialArc where !(keepingTree && inTree[arc]) && settled[arc] == .open {
            let gain = reducedWorth(arc)
            if gain != 0 { settled[arc] = gain > 0 ? .high : .low }
        }
    }

    @inline(__always)
    func reducedWorth(_ arc: Int) -> Int64 { worth[arc] &- potential[Int(from[arc])] &+ potential[Int(to[arc])] }
}
