internal import MatchCore

/// What the history tells of one claim, as far as it says whether something was given: when its arrival was confirmed, what
/// of it was split off, and whether it came back.
struct ClaimTrace {
    private let id: RecordID
    private let lines: [RecordID]
    /// When the claim itself was confirmed; nil for one that was not, or that was split off afterwards.
    private(set) var confirmedAt: Moment?
    /// What it holds now.
    private(set) var quantity: Int64 = 0
    /// Whether it was confirmed, and nothing of what it holds came back.
    private(set) var isKept = false
    /// Where it began as a part of another claim.
    private var origin: Split?
    private var splits: [Split] = []

    private struct Split: Hashable {
        let at: Moment
        let quantity: Int64
    }

    init(of kept: KeptClaim, _ store: any CaseTransaction) throws {
        id = kept.claim.id
        lines = [kept.offer.id, kept.wish.id]
        for entry in try store.history(of: [id]) { take(entry) }
    }

    private mutating func take(_ entry: HistoryEntry) {
        for change in entry.changes {
            switch (change.field, change.before, change.after) {
            case ("quantity", .integer(let before)?, .integer(let after)?):
                quantity = after
                if entry.action == "claim/split" { splits.append(Split(at: entry.at, quantity: before - after)) }
            case ("quantity", nil, .integer(let after)?):
                quantity = after
                if entry.action == "claim/split" { origin = Split(at: entry.at, quantity: after) }
            case ("state", _, .code(let state)?): isKept = state == "confirmed"
            default: break
            }
        }
        if entry.action == "claim/confirm" { confirmedAt = confirmedAt ?? entry.at }
    }

    /// When what the claim holds was confirmed: by its own step, or by that of the claim it was split off from.
    func confirmation(among traces: [ClaimTrace]) -> Moment? {
        if let confirmedAt { return confirmedAt }
        guard let origin else { return nil }
        let whole = traces.first { $0.id != id && $0.lines == lines && $0.splits.contains(origin) }
        // A part of a part is smaller than what it was cut from, so that this ends.
        return whole?.confirmation(among: traces)
    }
}
