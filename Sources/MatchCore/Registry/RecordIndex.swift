/// Finds records of one snapshot by their ids, and rows by their records.
///
/// Open addressing, half full at most, so that a million records take eight to sixteen megabytes.
struct RecordIndex: Sendable {
    private let slots: Column<Int32>
    private let mask: Int
    private let starts: Column<Int32>
    private let rows: Column<Int32>

    /// `records` holds the record number of each row. Of records with the same id the last one is found.
    init(count: Int, records: Column<Int32>, id: (Int) -> RecordID) {
        var size = 8
        while size < count * 2 { size *= 2 }
        var slots = Array(repeating: Int32(-1), count: size)
        let mask = size - 1
        for record in 0..<count {
            let own = id(record)
            var slot = RecordIndex.slot(own, mask)
            while slots[slot] >= 0, id(Int(slots[slot])) != own { slot = (slot + 1) & mask }
            slots[slot] = Int32(record)
        }
        self.slots = Column(slots)
        self.mask = mask
        var starts = Array(repeating: Int32(0), count: count + 1)
        for row in 0..<records.count { starts[Int(records[row]) + 1] += 1 }
        for record in 0..<count { starts[record + 1] += starts[record] }
        var next = starts
        var rows = Array(repeating: Int32(0), count: records.count)
        for row in 0..<records.count {
            rows[Int(next[Int(records[row])])] = Int32(row)
            next[Int(records[row])] += 1
        }
        self.starts = Column(starts)
        self.rows = Column(rows)
    }

    /// `id` gives the id of a record number, as in `init`.
    func record(of wanted: RecordID, id: (Int) -> RecordID) -> Int? {
        var slot = RecordIndex.slot(wanted, mask)
        while slots[slot] >= 0 {
            if id(Int(slots[slot])) == wanted { return Int(slots[slot]) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    func rows(of record: Int) -> UnsafeBufferPointer<Int32> {
        UnsafeBufferPointer(
            start: rows.base + Int(starts[record]), count: Int(starts[record + 1] - starts[record]))
    }

    /// Multiplication spreads ids that are counted up; the upper half is the slot.
    private static func slot(_ id: RecordID, _ mask: Int) -> Int {
        let mixed = (id.high &* 0xD6E8_FEB8_6659_FD93 ^ id.low) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 32) & mask
    }
}
