internal import MatchCore
internal import Sealing

/// What is sealed of a stored suggestion: its total, the entries with what they were made of, and a digest over the row.
///
/// From distances to several offers somebody's place could be reckoned, and entries tell of hardship and groups. So they
/// open with the wish's key alone, and go with it. Each row is sealed by itself, a text of a kilobyte or so in a few
/// microseconds, because lists are cut, kept and looked at by rows.
struct SuggestionText {
    var total: Int32?
    /// SHA-256 over all that the row says; see ``ExplanationText``. In the open it would confirm whoever guesses.
    var digest: String
    var entries: String

    init(total: Int32?, digest: String, entries: String) {
        self.total = total
        self.digest = digest
        self.entries = entries
    }

    init(_ explanation: Explanation, rank: Int) {
        let entries = ExplanationText.encode(explanation)
        self.init(
            total: explanation.total, digest: ExplanationText.digest(of: explanation, rank: rank, entries: entries),
            entries: entries)
    }

    /// Reads what ``text`` wrote; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let total = parts[0] == "-" ? .some(nil) : Int32(parts[0]).map(Optional.some) else {
            return nil
        }
        self.init(total: total, digest: String(parts[1]), entries: String(parts[2]))
    }

    /// Total or `-`, digest, and entries, each on a line.
    var text: String { "\(total.map(String.init) ?? "-")\n\(digest)\n\(entries)" }

    /// The same among the lists that stand and those that are kept for learning: a row goes over as it is.
    static func place(wish: RecordID, line: Int, at moment: Timestamp, rank: Int) -> SealedPlace {
        SealedPlace("suggestion", "entries", row: "\(wish)/\(line)/\(moment.milliseconds)/\(rank)")
    }
}
