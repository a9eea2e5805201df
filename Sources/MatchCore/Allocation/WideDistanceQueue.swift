/// Nodes reached by a search whose distances may need 64 bits, nearest first.
///
/// Apart from the width it is ``DistanceQueue``; that one packs an entry into eight bytes, which the plain solve needs.
struct WideDistanceQueue {
    private struct Entry {
        let distance: Int64
        let node: Int
    }

    private var entries: [Entry] = []

    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    mutating func push(_ node: Int, at distance: Int64) {
        let entry = Entry(distance: distance, node: node)
        entries.append(entry)
        var hole = entries.count - 1
        while hole > 0 {
            let parent = (hole - 1) / 2
            if entries[parent].distance <= distance { break }
            entries[hole] = entries[parent]
            hole = parent
        }
        entries[hole] = entry
    }

    mutating func pop() -> (node: Int, distance: Int64)? {
        guard let last = entries.popLast() else { return nil }
        guard let first = entries.first else { return (last.node, last.distance) }
        var hole = 0
        while true {
            var child = 2 * hole + 1
            if child >= entries.count { break }
            if child + 1 < entries.count, entries[child + 1].distance < entries[child].distance { child += 1 }
            if entries[child].distance >= last.distance { break }
            entries[hole] = entries[child]
            hole = child
        }
        entries[hole] = last
        return (first.node, first.distance)
    }
}
