extension FlowNetwork {
    /// What a try to serve more of an area came to.
    enum Raise {
        /// So many more units are served.
        case raised(Int64)
        /// The areas that the search reached: they cannot have more together.
        case blocked(Set<Int>)
    }

    /// Serves up to `most` more units of the area along one path, while no area falls under its lower bound and settled
    /// arcs stay as they are.
    func raise(_ area: Int, upTo most: Int64 = 1) -> Raise {
        guard settled[area] == .open else { return .blocked([area]) }
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
            return .blocked(Set(queue.filter { $0 >= areaBase && $0 < lineBase }.map { $0 - areaBase }))
        }
        var path: [(arc: Int, isForward: Bool)] = []
        var node = 0
        repeat {
            let arc = Int(step[node])
            let isForward = Int(to[arc]) == node
            path.append((arc, isForward))
            node = isForward ? Int(from[arc]) : Int(to[arc])
        } while node != start
        var amount = most
        for (arc, isForward) in path {
            amount = min(amount, isForward ? upper[arc] - flow[arc] : flow[arc] - lower[arc])
        }
        for (arc, isForward) in path { flow[arc] += isForward ? amount : -amount }
        flow[area] += amount
        return .raised(amount)
    }

    func indexArcs() {
        rows = [[Int32]](repeating: [], count: nodeCount)
        for arc in 0..<artificialArc {
            rows[Int(from[arc])].append(Int32(arc))
            rows[Int(to[arc])].append(Int32(arc))
        }
    }
}
