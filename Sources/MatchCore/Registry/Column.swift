/// A fixed run of plain values in memory of its own: one feature of every row.
///
/// Unchecked `Sendable` is sound because the memory is written only in `init`, before the object is shared, and
/// freed only when the last owner is gone.
public final class Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// Valid for `count` elements for the life of the column.
    public let base: UnsafePointer<Element>
    public let count: Int

    /// Takes the elements in the given order: row i of the column is element `order[i]` of the list.
    public init(_ elements: [Element], order: [Int32]) {
        let memory = Column.memory(order.count)
        elements.withUnsafeBufferPointer { elements in
            for row in order.indices { (memory + row).initialize(to: elements[Int(order[row])]) }
        }
        base = UnsafePointer(memory)
        count = order.count
    }

    public init(_ elements: [Element]) {
        let memory = Column.memory(elements.count)
        // One copy of memory: a loop over any element type would run unspecialised in other modules.
        elements.withUnsafeBufferPointer { elements in
            if let start = elements.baseAddress { memory.initialize(from: start, count: elements.count) }
        }
        base = UnsafePointer(memory)
        count = elements.count
    }

    private static func memory(_ count: Int) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
        MemoryAdvice.useLargePages(UnsafeMutableRawPointer(memory), bytes: count * MemoryLayout<Element>.stride)
        return memory
    }

    deinit { base.deallocate() }

    @inlinable
    public subscript(row: Int) -> Element { base[row] }

    /// Bytes held.
    public var byteCount: Int { count * MemoryLayout<Element>.stride }
}
