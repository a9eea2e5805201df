/// The blocks of the offers' rows.
public final class OfferSummaries: Sendable {
    /// Rows in a block; the last may be shorter.
    public static let blockRows = 256
    public let rowCount: Int

    init(rowCount: Int) {
        self.rowCount = rowCount
    }

    public var count: Int { (rowCount + Self.blockRows - 1) / Self.blockRows }

    public func rows(of block: Int) -> Range<Int> {
        block * Self.blockRows..<min(rowCount, (block + 1) * Self.blockRows)
    }
}

/// The blocks of the wishes' rows.
public final class WishSummaries: Sendable {
    public static let blockRows = 256
    public let rowCount: Int

    init(rowCount: Int) {
        self.rowCount = rowCount
    }

    public var count: Int { (rowCount + Self.blockRows - 1) / Self.blockRows }

    public func rows(of block: Int) -> Range<Int> {
        block * Self.blockRows..<min(rowCount, (block + 1) * Self.blockRows)
    }
}
