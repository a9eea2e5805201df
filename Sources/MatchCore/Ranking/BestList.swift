/// The best rows seen so far: at most `capacity`, by total descending and then by tie order ascending.
///
/// A binary heap with the worst of the best at its root.
struct BestList {
    struct Entry {
        var total: Int32
        var tieOrder: Int32
        var row: Int32

        /// Whether this entry stands before the other in the ranking.
        func precedes(_ other: Entry) -> Bool {
            total != other.total ? total > other.total : tieOrder < other.tieOrder
        }
    }

    private let capacity: Int
    private var heap: [Entry] = []

    private let atLeast: Int32

    /// Without totals under `atLeast`.
    init(capacity: Int, atLeast: Int32 = -1) {
        self.capacity = capacity
        self.atLeast = atLeast
        heap.reserveCapacity(capacity)
    }

    var isFull: Bool { heap.count == capacity }

    /// The least total that can still enter; −1 while there is room for any.
    var floor: Int32 { isFull ? heap.first?.total ?? Int32.max : atLeast }

    /// What a row with the total of the floor must come before to enter; `Int32.max` while there is room.
    var worstTieOrder: Int32 { isFull ? heap.first?.tieOrder ?? Int32.min : Int32.max }

    mutating func offer(_ entry: Entry) {
        guard capacity > 0 else { return }
        if heap.count < capacity {
            heap.append(entry)
            rise(from: heap.count - 1)
        } else if entry.precedes(heap[0]) {
            heap[0] = entry
            sink()
        }
    }

    /// Best first.
    func sorted() -> [Entry] { heap.sorted { $0.precedes($1) } }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[parent].precedes(heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[worst].precedes(heap[child])
            {
                worst = child
            }
            guard worst != parent else { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
