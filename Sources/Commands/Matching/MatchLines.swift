import Casework
import MatchCore

/// What a run found, kept until it is committed: rows and totals only, some tens of bytes a wish line, far less than the
/// snapshot that the run works on.
struct MatchLines {
    struct Best {
        /// Row in the registry's offer columns.
        var row: Int32
        var total: Int32
    }

    struct Cause: Hashable {
        var scorer: String
        var reason: String
    }

    /// A wish line and what was found for it.
    struct Line {
        /// Row in the registry's wish columns.
        var wishRow: Int
        /// Nil unless vetoes were counted.
        var eligible: Int?
        var best: ArraySlice<Best>
        /// What the offers that came furthest were refused for; only where nothing was found.
        var cause: Cause?
    }

    private struct Entry {
        var wishRow: Int32
        /// −1 unless vetoes were counted.
        var eligible: Int32
        /// Where its offers end in `best`.
        var end: Int
        /// Place in `causes`, or -1.
        var cause: Int32
    }

    private var entries: [Entry] = []
    private var best: [Best] = []
    private var causes: [Cause] = []
    private var placeOfCause: [Cause: Int32] = [:]

    var count: Int { entries.count }

    mutating func add(_ result: MatchRun.LineResult) {
        best += result.ranking.candidates.map { Best(row: Int32($0.row), total: $0.total) }
        var place: Int32 = -1
        if result.ranking.candidates.isEmpty, let veto = result.ranking.vetoes?.last {
            let cause = Cause(scorer: veto.scorer, reason: veto.reason)
            if let known = placeOfCause[cause] {
                place = known
            } else {
                place = Int32(causes.count)
                placeOfCause[cause] = place
                causes.append(cause)
            }
        }
        entries.append(
            Entry(
                wishRow: Int32(result.wishRow), eligible: Int32(clamping: result.ranking.eligible ?? -1),
                end: best.count,
                cause: place))
    }

    /// In the order in which they were added.
    func forEach(_ body: (Line) throws -> Void) rethrows {
        var start = 0
        for entry in entries {
            try body(
                Line(
                    wishRow: Int(entry.wishRow), eligible: entry.eligible < 0 ? nil : Int(entry.eligible),
                    best: best[start..<entry.end],
                    cause: entry.cause < 0 ? nil : causes[Int(entry.cause)]))
            start = entry.end
        }
    }
}
