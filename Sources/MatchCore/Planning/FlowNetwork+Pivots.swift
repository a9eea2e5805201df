/// The simplex method on the network's tree: every pivot brings in an arc that gains and takes out the last one that
/// blocks, so that the tree stays strongly feasible and no pivot sequence repeats (Cunningham 1976).
extension FlowNetwork {
    func priced() -> Int? {
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

    /// How much more can flow from the node towards the root over its tree arc, or from the root to it.
    @inline(__always)
    func room(_ node: Int, towardsRoot: Bool) -> Int64 {
        let arc = Int(parentArc[node])
        let isUp = Int(from[arc]) == node
        return isUp == towardsRoot ? upper[arc] &- flow[arc] : flow[arc] &- lower[arc]
    }

    func push(_ node: Int, _ amount: Int64, towardsRoot: Bool) {
        let arc = Int(parentArc[node])
        let isUp = Int(from[arc]) == node
        flow[arc] &+= isUp == towardsRoot ? amount : -amount
    }

    func pivot(_ entering: Int) {
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
    func hang(_ node: Int, below newParent: Int, by arc: Int, upTo top: Int) {
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

    func detach(_ node: Int) {
        let (previous, next) = (previousSibling[node], nextSibling[node])
        if previous >= 0 { nextSibling[Int(previous)] = next } else { firstChild[Int(parent[node])] = next }
        if next >= 0 { previousSibling[Int(next)] = previous }
    }

    func attach(_ node: Int, to above: Int, by arc: Int) {
        parent[node] = Int32(above)
        parentArc[node] = Int32(arc)
        let first = firstChild[above]
        nextSibling[node] = first
        previousSibling[node] = -1
        if first >= 0 { previousSibling[Int(first)] = Int32(node) }
        firstChild[above] = Int32(node)
    }

    /// Depths and potentials of a node and all below it.
    func refresh(_ top: Int) {
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

    func recomputePotentials() {
        potential[0] = 0
        refresh(0)
    }
}
