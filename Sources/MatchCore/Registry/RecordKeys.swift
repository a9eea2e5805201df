/// The keys of the records of a snapshot, and the order that they give.
public struct RecordKeys: Sendable {
    private let keys: [RecordKey]

    init(_ keys: [RecordKey]) {
        self.keys = keys
    }

    public var count: Int { keys.count }

    public subscript(record: Int) -> RecordKey { keys[record] }

    /// For rows given by record and line number: the position of each row in the order of keys, then lines.
    func tieOrder(records: [Int32], lines: [Int32]) -> [Int32] {
        var positions = (0..<Int32(records.count)).map { $0 }
        let isSorted = zip(records.indices, records.indices.dropFirst()).allSatisfy { left, right in
            precedes(left, right, records, lines)
        }
        if !isSorted { positions.sort { precedes(Int($0), Int($1), records, lines) } }
        var order = Array(repeating: Int32(0), count: records.count)
        for (place, row) in positions.enumerated() { order[Int(row)] = Int32(place) }
        return order
    }

    private func precedes(_ left: Int, _ right: Int, _ records: [Int32], _ lines: [Int32]) -> Bool {
        if records[left] == records[right] { return lines[left] < lines[right] }
        return keys[Int(records[left])] < keys[Int(records[right])]
    }
}
