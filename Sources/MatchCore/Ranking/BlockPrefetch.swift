internal import CPrefetch

/// What a ranking reads of a block, fetched before it gets there.
///
/// A ranking jumps from block to block, and the first lines of a block's columns are in no cache: measured at a million
/// offers, waiting for them is a third of its time. While one block is looked at, the next one's come.
struct BlockPrefetch: Sendable {
    /// The columns that most scorers read.
    private let rows: ColumnPrefetch
    /// Those of them that scorers read which say something else for each wish.
    private let ownRows: ColumnPrefetch
    /// What scorers read of the summaries of fine blocks when a coarse one is opened.
    private let summaries: ColumnPrefetch

    /// Columns that are not listed are fetched when they are read.
    ///
    /// - Parameter likeRows: What only scorers read that say the same for many wishes.
    init(rows: [any PrefetchedColumn], likeRows: [any PrefetchedColumn], summaries: [any PrefetchedColumn]) {
        self.rows = ColumnPrefetch(likeRows + rows)
        ownRows = ColumnPrefetch(rows)
        self.summaries = ColumnPrefetch(summaries)
    }

    func fetchRows(_ range: Range<Int>) { rows.fetch(range) }

    func fetchOwnRows(_ range: Range<Int>) { ownRows.fetch(range) }

    func fetchSummaries(of fineBlocks: Range<Int>) { summaries.fetch(fineBlocks) }
}

/// Some columns of one length. Unchecked: the addresses are those of columns, which never change.
struct ColumnPrefetch: @unchecked Sendable {
    private static let lineBytes = 64

    /// Where each column begins, and the bytes of a row; valid while the columns live.
    private let columns: [(start: UnsafeRawPointer, width: Int)]

    init(_ columns: [any PrefetchedColumn]) {
        self.columns = columns.map { ($0.start, $0.width) }
    }

    func fetch(_ rows: Range<Int>) {
        for (start, width) in columns { ColumnPrefetch.fetch(start, rows, width) }
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

extension OfferSummaries {
    /// What scorers read of the summaries for their bounds.
    var prefetched: [any PrefetchedColumn] {
        let numbers = [
            leastCategory, greatestCategory, greatestAvailable, leastFirstDay, greatestLastDay, leastFatigue,
            trust.greatestStated, trust.greatestDelivered,
        ]
        let bits = [kinds, units, delivery, trust.facts]
        let flags = [
            hasUnstatedQuantity, hasUnnamedDays, hasUnknownFatigue, hasUnknownParty, hasRestricted, hasUnrestricted,
            hasUnstatedSkills, hasUnstatedLanguages,
        ]
        return places.prefetched + numbers + bits + flags + [trust.latestConfirmed] + skills + languages
    }
}

extension WishSummaries {
    /// What scorers read of the summaries for their bounds.
    var prefetched: [any PrefetchedColumn] {
        let numbers = [leastCategory, greatestCategory, leastFirstDay, greatestLastDay]
        let flags = [hasUnstatedQuantity, hasUnnamedDays, hasUngradedHardship]
        return places.prefetched + numbers + flags + [units, urgencies] + [greatestHardship]
            + [leastWanted, earliestSubmitted, earliestDue] + skills + languages
    }
}

extension PlaceBoxes {
    fileprivate var prefetched: [any PrefetchedColumn] {
        [leastX, greatestX, leastY, greatestY, leastZ, greatestZ, hasUnknown]
    }
}
