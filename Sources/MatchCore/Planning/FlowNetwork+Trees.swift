extension FlowNetwork {
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
    func breakCycle(closedBy closing: Int, _ neighbours: inout [[Int32]]) {
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
}
