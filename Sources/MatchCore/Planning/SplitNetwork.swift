/// Which lines can be served how far at the same time: lines, their offers, and the parties whose caps can bind.
///
/// Keeps a flow that serves every line's ``demand``; what is asked for next only adds to it.
final class SplitNetwork {
    /// Lines and offers that share nothing with the rest of the problem.
    struct Part {
        var lines: [Int] = []
        var pairs: [Int] = []
    }

    /// The problem's number of each line here.
    let lines: [Int]
    /// For each line here what it is served.
    private(set) var demand: [Int64]

    // Nodes: sink, lines, offers, parties. An arc and its reverse stand side by side, so that `arc ^ 1` is the other.
    private var target: [Int32] = []
    private var room: [Int64] = []
    private let arcsOf: [[Int32]]
    /// For each node the arc by which the last search came to it, and which search that was.
    private var step: [Int32]
    private var seen: [Int]
    private var searches = 0
    private var queue: [Int32] = []
    /// Nodes from which nothing leads to the sink. A push leads along nodes that reach it, so it opens none of these again: no
    /// search looks at them twice, however many lines draw on a supply that is used up.
    private var isShut: [Bool]
    /// What was pushed along which arc since the last call of ``serve(_:)``, to take it back.
    private var pushed: [(arc: Int, amount: Int64)] = []

    /// The parts in which something may be split: lines of several units that need not be whole, with a usable pair.
    static func parts(of problem: PlanProblem) -> [Part] {
        var group = Array(0..<problem.offers.count + problem.partyCaps.count)
        func root(_ node: Int) -> Int {
            var node = node
            while group[node] != node {
                group[node] = group[group[node]]
                node = group[node]
            }
            return node
        }
        let binding = bindingParties(problem)
        for (index, offer) in problem.offers.enumerated() where binding[offer.party] {
            group[root(index)] = root(problem.offers.count + offer.party)
        }
        let pairs = problem.pairs.indices.filter { index in
            let pair = problem.pairs[index]
            let line = problem.lines[pair.line]
            return !line.isWhole && line.quantity > 1 && problem.offers[pair.offer].capacity > 0
        }
        var offerOfLine: [Int: Int] = [:]
        for pair in pairs.map({ problem.pairs[$0] }) {
            if let first = offerOfLine[pair.line] {
                group[root(pair.offer)] = root(first)
            } else {
                offerOfLine[pair.line] = pair.offer
            }
        }
        var parts: [Int: Part] = [:]
        for (line, offer) in offerOfLine { parts[root(offer), default: Part()].lines.append(line) }
        for pair in pairs { parts[root(problem.pairs[pair].offer)]?.pairs.append(pair) }
        return parts.values.map { Part(lines: $0.lines.sorted(), pairs: $0.pairs) }.sorted { $0.lines[0] < $1.lines[0] }
    }

    /// A cap binds nobody where it is at least what all offers of the party have together.
    private static func bindingParties(_ problem: PlanProblem) -> [Bool] {
        var total = problem.partyCaps.map { _ in Int64(0) }
        for offer in problem.offers { total[offer.party] = min(1 << 60, total[offer.party] + offer.capacity) }
        return total.indices.map { problem.partyCaps[$0] < total[$0] }
    }

    init(_ problem: PlanProblem, _ part: Part) {
        lines = part.lines
        demand = part.lines.map { _ in 0 }
        let binding = Self.bindingParties(problem)
        var nodes: [Int: Int32] = [:]
        var (target, room, arcsOf) = ([Int32](), [Int64](), [[Int32]](repeating: [], count: 1 + part.lines.count))
        func connect(_ source: Int32, _ end: Int32, _ most: Int64) {
            arcsOf[Int(source)].append(Int32(target.count))
            arcsOf[Int(end)].append(Int32(target.count + 1))
            target += [end, source]
            room += [most, 0]
        }
        func node(_ key: Int) -> (number: Int32, isNew: Bool) {
            if let known = nodes[key] { return (known, false) }
            nodes[key] = Int32(arcsOf.count)
            arcsOf.append([])
            return (Int32(arcsOf.count - 1), true)
        }
        var lineNode: [Int: Int32] = [:]
        for (index, line) in part.lines.enumerated() { lineNode[line] = Int32(1 + index) }
        for pair in part.pairs.map({ problem.pairs[$0] }) {
            let (offer, isNew) = node(pair.offer)
            if isNew {
                let party = problem.offers[pair.offer].party
                if binding[party] {
                    let (cap, isFirst) = node(problem.offers.count + party)
                    if isFirst { connect(cap, 0, problem.partyCaps[party]) }
                    connect(offer, cap, problem.offers[pair.offer].capacity)
                } else {
                    connect(offer, 0, problem.offers[pair.offer].capacity)
                }
            }
            connect(lineNode[pair.line] ?? 0, offer, 1 << 60)
        }
        (self.target, self.room, self.arcsOf) = (target, room, arcsOf)
        step = [Int32](repeating: -1, count: arcsOf.count)
        seen = [Int](repeating: 0, count: arcsOf.count)
        isShut = [Bool](repeating: false, count: arcsOf.count)
    }

    /// Serves all lines as far as is wanted, at least as far as they are; false, and nothing changed, where it cannot be.
    func serve(_ wanted: [Int64]) -> Bool {
        let (former, shut) = (demand, isShut)
        pushed.removeAll(keepingCapacity: true)
        for line in wanted.indices {
            while demand[line] < wanted[line] {
                let amount = push(from: line, upTo: wanted[line] - demand[line])
                if amount == 0 {
                    for push in pushed {
                        room[push.arc] += push.amount
                        room[push.arc ^ 1] -= push.amount
                    }
                    (demand, isShut) = (former, shut)
                    return false
                }
                demand[line] += amount
            }
        }
        return true
    }

    /// Serves one more unit of the line where that can be done.
    func serveOneMore(_ line: Int) -> Bool {
        guard push(from: line, upTo: 1) > 0 else { return false }
        demand[line] += 1
        return true
    }

    /// Whether the line could be served more while all others keep what they have.
    func hasRoom(for line: Int) -> Bool { findWay(from: line) }

    private func push(from line: Int, upTo most: Int64) -> Int64 {
        guard findWay(from: line) else { return 0 }
        var amount = most
        var node = 0
        while node != 1 + line {
            amount = min(amount, room[Int(step[node])])
            node = Int(target[Int(step[node]) ^ 1])
        }
        node = 0
        while node != 1 + line {
            let arc = Int(step[node])
            room[arc] -= amount
            room[arc ^ 1] += amount
            pushed.append((arc, amount))
            node = Int(target[arc ^ 1])
        }
        return amount
    }

    /// A shortest way to the sink, so that few pushes are needed (Edmonds and Karp 1972); `step` keeps it.
    private func findWay(from line: Int) -> Bool {
        let start = Int32(1 + line)
        if isShut[Int(start)] { return false }
        searches += 1
        seen[Int(start)] = searches
        queue.removeAll(keepingCapacity: true)
        queue.append(start)
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            for arc in arcsOf[Int(node)] where room[Int(arc)] > 0 {
                let end = target[Int(arc)]
                guard seen[Int(end)] != searches, !isShut[Int(end)] else { continue }
                seen[Int(end)] = searches
                step[Int(end)] = arc
                if end == 0 { return true }
                queue.append(end)
            }
        }
        for node in queue { isShut[Int(node)] = true }
        return false
    }
}
