/// The problem as a circulation: root → areas → lines → offers → parties → root, and the simplex method on it.
///
/// A tree of arcs holds the plan together; every pivot brings in an arc that gains and takes out the last one that
/// blocks, so that the tree stays strongly feasible and no pivot sequence repeats (Cunningham 1976). Stage after stage
/// only the worths of the arcs change; arcs that an earlier stage settled are left out, so that every later plan is best
/// for the earlier stages too.
final class FlowNetwork {
    let problem: PlanProblem
    private let nodeCount: Int
    let arcCount: Int
    private let areaBase: Int
    private let lineBase: Int
    private let offerBase: Int
    private let partyBase: Int
    /// The first arc of each kind; areas, lines, pairs, offers, parties, then one artificial arc per node.
    let lineArc: Int
    let pairArc: Int
    let offerArc: Int
    let partyArc: Int
    private let artificialArc: Int

    private(set) var from: [Int32] = []
    private(set) var to: [Int32] = []
    var lower: [Int64] = []
    var upper: [Int64] = []
    private(set) var flow: [Int64] = []
    private var worth: [Int64] = []
    /// What an earlier stage settled: nothing, at the lower bound, at the upper bound.
    enum Settled: UInt8 { case open, low, high }
    private(set) var settled: [Settled] = []
    /// Pairs that no plan uses which is best for the earlier stages.
    private(set) var isClosed: [Bool]

    // The tree.
    private var potential: [Int64]
    private var parent: [Int32]
    private var parentArc: [Int32]
    private var depth: [Int32]
    private var firstChild: [Int32]
    private var nextSibling: [Int32]
    private var previousSibling: [Int32]
    private var inTree: [Bool] = []
    private var nextPriced = 0

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
            // Only lines of one unit count in their area's node: there a unit is a line.
            add(line.quantity == 1 ? areaBase + line.area : 0, lineBase + index, line.quantity)
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
    func settle(_ prices: PlanPrices, _ pairWorth: (PlanProblem.Pair) -> Int64) {
        for (index, pair) in problem.pairs.enumerated() where !isClosed[index] {
            isClosed[index] = slack(of: pair, prices, pairWorth) > 0
        }
        for arc in 0..<artificialArc where !inTree[arc] && settled[arc] == .open {
            let gain = reducedWorth(arc)
            if gain != 0 { settled[arc] = gain > 0 ? .high : .low }
        }
    }

    @inline(__always)
    func reducedWorth(_ arc: Int) -> Int64 { worth[arc] &- potential[Int(from[arc])] &+ potential[Int(to[arc])] }

    // MARK: Pricing

    private func priced() -> Int? {
        let block = max(64, Int(Double(artificialArc).squareRoot()) * 2)
        var best = -1
        var bestGain: Int64 = 0
        var left = block
        for _ in 0..<artificialArc {
            let arc = nextPriced
            nextPriced = nextPriced + 1 == artificialArc ? 0 : nextPriced + 1
            if !inTree[arc], settled[arc] == .open, lower[arc] < upper[arc] {
                let gain = reducedWorth(arc)
                let found = gain > 0 ? (flow[arc] < upper[arc] ? gain : 0) : (flow[arc] > lower[arc] ? -gain : 0)
                if found > bestGain {
                    bestGain = found
                    best = arc
                }
            }
            left -= 1
            if left == 0 {
                if best >= 0 { return best }
                left = block
            }
        }
        return best >= 0 ? best : nil
    }

    // MARK: Pivots

    /// How much more can flow from the node towards the root over its tree arc, or from the root to it.
    @inline(__always)
    private func room(_ node: Int, towardsRoot: Bool) -> Int64 {
        let arc = Int(parentArc[node])
        let isUp = Int(from[arc]) == node
        return isUp == towardsRoot ? upper[arc] &- flow[arc] : flow[arc] &- lower[arc]
    }

    private func push(_ node: Int, _ amount: Int64, towardsRoot: Bool) {
        let arc = Int(parentArc[node])
        let isUp = Int(from[arc]) == node
        flow[arc] &+= isUp == towardsRoot ? amount : -amount
    }

    private func pivot(_ entering: Int) {
        let isRising = reducedWorth(entering) > 0
        let source = Int(isRising ? from[entering] : to[entering])
        let target = Int(isRising ? to[entering] : from[entering])
        var (a, b) = (source, target)
        while a != b {
            if depth[a] >= depth[b] { a = Int(parent[a]) } else { b = Int(parent[b]) }
        }
        let apex = a
        var amount = upper[entering] &- lower[entering]
        var leaving = -1
        var leavesAtSource = false
        // The flow comes down from the apex to the source, over the arc, and up from the target: last block wins.
        var node = source
        while node != apex {
            let left = room(node, towardsRoot: false)
            if left < amount { (amount, leaving, leavesAtSource) = (left, node, true) }
            node = Int(parent[node])
        }
        node = target
        while node != apex {
            let left = room(node, towardsRoot: true)
            if left <= amount { (amount, leaving, leavesAtSource) = (left, node, false) }
            node = Int(parent[node])
        }
        if amount > 0 {
            flow[entering] &+= isRising ? amount : -amount
            node = source
            while node != apex {
                push(node, amount, towardsRoot: false)
                node = Int(parent[node])
            }
            node = target
            while node != apex {
                push(node, amount, towardsRoot: true)
                node = Int(parent[node])
            }
        }
        guard leaving >= 0 else { return }
        inTree[Int(parentArc[leaving])] = false
        inTree[entering] = true
        hang(leavesAtSource ? source : target, below: leavesAtSource ? target : source, by: entering, upTo: leaving)
    }

    /// Turns the path from `node` up to `top` around, so that `node` hangs on `newParent`.
    private func hang(_ node: Int, below newParent: Int, by arc: Int, upTo top: Int) {
        var (child, above, link) = (node, newParent, arc)
        while true {
            let oldParent = Int(parent[child])
            let oldArc = Int(parentArc[child])
            let isLast = child == top
            detach(child)
            attach(child, to: above, by: link)
            if isLast { break }
            (above, link, child) = (child, oldArc, oldParent)
        }
        refresh(node)
    }

    private func detach(_ node: Int) {
        let (previous, next) = (previousSibling[node], nextSibling[node])
        if previous >= 0 { nextSibling[Int(previous)] = next } else { firstChild[Int(parent[node])] = next }
        if next >= 0 { previousSibling[Int(next)] = previous }
    }

    private func attach(_ node: Int, to above: Int, by arc: Int) {
        parent[node] = Int32(above)
        parentArc[node] = Int32(arc)
        let first = firstChild[above]
        nextSibling[node] = first
        previousSibling[node] = -1
        if first >= 0 { previousSibling[Int(first)] = Int32(node) }
        firstChild[above] = Int32(node)
    }

    /// Depths and potentials of a node and all below it.
    private func refresh(_ top: Int) {
        var node = top
        while true {
            if node != 0 {
                let arc = Int(parentArc[node])
                let above = Int(parent[node])
                depth[node] = depth[above] &+ 1
                // The reduced worth of a tree arc is 0.
                potential[node] =
                    Int(from[arc]) == node ? worth[arc] &+ potential[above] : potential[above] &- worth[arc]
            }
            if firstChild[node] >= 0 {
                node = Int(firstChild[node])
                continue
            }
            while node != top, nextSibling[node] < 0 { node = Int(parent[node]) }
            if node == top { return }
            node = Int(nextSibling[node])
        }
    }

    private func recomputePotentials() {
        potential[0] = 0
        refresh(0)
    }

    // MARK: Trees from flows

    /// Makes a strongly feasible tree for the flow: the arcs between their bounds, and an artificial arc to the root
    /// for every part that they leave alone. Cycles of such arcs are emptied first.
    func plantTree() {
        for index in inTree.indices { inTree[index] = false }
        for node in 0..<nodeCount {
            (parent[node], parentArc[node], firstChild[node]) = (-1, -1, -1)
            (nextSibling[node], previousSibling[node]) = (-1, -1)
        }
        var neighbours = [[Int32]](repeating: [], count: nodeCount)
        var part = Array(0..<nodeCount)
        func root(_ node: Int) -> Int {
            var node = node
            while part[node] != node {
                part[node] = part[part[node]]
                node = part[node]
            }
            return node
        }
        for arc in 0..<artificialArc where flow[arc] > lower[arc] && flow[arc] < upper[arc] {
            let (source, target) = (Int(from[arc]), Int(to[arc]))
            if root(source) == root(target) {
                breakCycle(closedBy: arc, &neighbours)
                if flow[arc] <= lower[arc] || flow[arc] >= upper[arc] { continue }
            }
            part[root(source)] = root(target)
            neighbours[source].append(Int32(arc))
            neighbours[target].append(Int32(arc))
        }
        var seen = [Bool](repeating: false, count: nodeCount)
        for start in 0..<nodeCount where !seen[start] {
            if start != 0 {
                attach(start, to: 0, by: artificialArc + start)
                inTree[artificialArc + start] = true
            }
            seen[start] = true
            var stack = [start]
            while let node = stack.popLast() {
                for arc in neighbours[node] {
                    let other = Int(from[Int(arc)]) == node ? Int(to[Int(arc)]) : Int(from[Int(arc)])
                    if seen[other] { continue }
                    seen[other] = true
                    attach(other, to: node, by: Int(arc))
                    inTree[Int(arc)] = true
                    stack.append(other)
                }
            }
        }
        recomputePotentials()
    }

    /// Pushes flow around the cycle until one of its arcs is at a bound, and takes that arc out of the forest.
    private func breakCycle(closedBy closing: Int, _ neighbours: inout [[Int32]]) {
        let (start, end) = (Int(to[closing]), Int(from[closing]))
        var step: [Int: Int] = [start: -1]
        var queue = [start]
        var head = 0
        while head < queue.count, step[end] == nil {
            let node = queue[head]
            head += 1
            for arc in neighbours[node] {
                let other = Int(from[Int(arc)]) == node ? Int(to[Int(arc)]) : Int(from[Int(arc)])
                if step[other] == nil {
                    step[other] = Int(arc)
                    queue.append(other)
                }
            }
        }
        // An earlier cycle may have left its part in two pieces; then this arc joins them.
        guard step[end] != nil else { return }
        var path: [(arc: Int, isForward: Bool)] = [(closing, true)]
        var node = end
        while node != start, let arc = step[node] {
            let isForward = Int(to[arc]) == node
            path.append((arc, isForward))
            node = isForward ? Int(from[arc]) : Int(to[arc])
        }
        let amount = path.map { $0.isForward ? upper[$0.arc] - flow[$0.arc] : flow[$0.arc] - lower[$0.arc] }.min() ?? 0
        for (arc, isForward) in path { flow[arc] += isForward ? amount : -amount }
        for (arc, _) in path.dropFirst() where flow[arc] <= lower[arc] || flow[arc] >= upper[arc] {
            neighbours[Int(from[arc])].removeAll { $0 == Int32(arc) }
            neighbours[Int(to[arc])].removeAll { $0 == Int32(arc) }
        }
    }

    // MARK: Raising areas

    /// Serves one more line of the area, while no area falls under its lower bound and settled arcs stay as they are.
    ///
    /// - Returns: nil when that was done, else the areas that the search reached: they cannot have more together.
    func raise(_ area: Int) -> Set<Int>? {
        guard settled[area] == .open else { return [area] }
        if rows.isEmpty { indexArcs() }
        let start = areaBase + area
        var step = [Int32](repeating: -1, count: nodeCount)
        step[start] = Int32(area)
        var queue = [start]
        var head = 0
        while head < queue.count, step[0] < 0 {
            let node = queue[head]
            head += 1
            for arc in rows[node] {
                let arc = Int(arc)
                guard settled[arc] == .open else { continue }
                let isForward = Int(from[arc]) == node
                let other = isForward ? Int(to[arc]) : Int(from[arc])
                guard step[other] < 0, isForward ? flow[arc] < upper[arc] : flow[arc] > lower[arc] else { continue }
                step[other] = Int32(arc)
                queue.append(other)
                if other == 0 { break }
            }
        }
        guard step[0] >= 0 else {
            return Set(queue.filter { $0 >= areaBase && $0 < lineBase }.map { $0 - areaBase })
        }
        var node = 0
        repeat {
            let arc = Int(step[node])
            let isForward = Int(to[arc]) == node
            flow[arc] += isForward ? 1 : -1
            node = isForward ? Int(from[arc]) : Int(to[arc])
        } while node != start
        flow[area] += 1
        return nil
    }

    private var rows: [[Int32]] = []

    private func indexArcs() {
        rows = [[Int32]](repeating: [], count: nodeCount)
        for arc in 0..<artificialArc {
            rows[Int(from[arc])].append(Int32(arc))
            rows[Int(to[arc])].append(Int32(arc))
        }
    }
}
