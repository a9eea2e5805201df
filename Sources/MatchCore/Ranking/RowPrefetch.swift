internal import CPrefetch

/// The columns that most scorers read, fetched for rows that are looked at next.
///
/// A ranking jumps from block to block, and the first lines of a block's columns are in no cache: measured at a million
/// offers, waiting for them is a fifth of its time. While one block is scored the next one's come.
struct RowPrefetch {
    private static let lineBytes = 64

    /// Where each column begins, and the bytes of a row; valid while the columns live.
    private let columns: [(start: UnsafeRawPointer, width: Int)]

    /// Columns that are not listed are fetched when they are read.
    init(_ columns: [any PrefetchedColumn] = []) {
        self.columns = columns.map { ($0.start, $0.width) }
    }

    func fetch(_ rows: Range<Int>) {
        for (start, width) in columns { RowPrefetch.fetch(start, rows, width) }
    }

    /// Fetches some rows of one column.
    @inline(__always)
    static func fetch(_ start: UnsafeRawPointer, _ rows: Range<Int>, _ width: Int) {
        var at = rows.lowerBound &* width
        let end = rows.upperBound &* width
        while at < end {
            almoner_prefetch(start + at)
            at &+= lineBytes
        }
    }
}

/// A column of any type.
protocol PrefetchedColumn {
    var start: UnsafeRawPointer { get }
    /// Bytes of a row.
    var width: Int { get }
}

extension Column: PrefetchedColumn {
    var start: UnsafeRawPointer { UnsafeRawPointer(base) }
    var width: Int { MemoryLayout<Element>.stride }
}

extension OfferColumns {
    /// Places are left out: they are dear to score and asked for last, for few rows.
    var prefetch: RowPrefetch {
        RowPrefetch(
            [category, unit, availableClamped, firstDay, lastDay, kind, delivery, statedTrust, fatigue, preference]
                + skills.planes + qualifications.planes + languages.planes)
    }
}

extension WishColumns {
    var prefetch: RowPrefetch {
        RowPrefetch(
            [category, unit, wanted, firstDay, lastDay, hours] + skills.planes + qualifications.planes
                + languages.planes)
    }
}
