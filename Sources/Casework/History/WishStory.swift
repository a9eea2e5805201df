public import MatchCore

/// All that the history says about one wish: its own entries, those of its claims, clocks, approval and inbound records, and
/// into which household's file it was put, in the order they were made.
public enum WishStory {
    public static func entries(of wish: RecordID, in store: any CaseTransaction) throws -> [HistoryEntry] {
        var subjects = [wish]
        subjects += try store.claims(ofWish: wish).map(\.claim.id)
        subjects += try store.clocks(of: wish).map(\.id)
        subjects += try store.inboxRecords(ofWish: wish).map(\.id)
        if let approval = try store.approval(ofWish: wish) { subjects.append(approval.id) }
        subjects += try households(of: wish, in: store)
        return try store.history(of: subjects).filter { $0.subjectKind != "household" || isFiling($0, of: wish) }
    }

    /// The households in whose files the wish is or was.
    private static func households(of wish: RecordID, in store: any CaseTransaction) throws -> [RecordID] {
        var found: [RecordID] = []
        var waiting = try store.household(ofWish: wish).map { [$0] } ?? []
        while let next = waiting.popLast() {
            guard !found.contains(next) else { continue }
            found.append(next)
            for entry in try store.history(of: [next]) where isFiling(entry, of: wish) {
                for change in entry.changes where change.field == "household" {
                    waiting += [change.before, change.after].compactMap { $0?.record }
                }
            }
        }
        return found
    }

    private static func isFiling(_ entry: HistoryEntry, of wish: RecordID) -> Bool {
        ["household/file", "household/unfile"].contains(entry.action)
            && entry.changes.contains { $0.field == "wish" && [$0.before?.record, $0.after?.record].contains(wish) }
    }
}

extension HistoryValue {
    fileprivate var record: RecordID? { if case .record(let id) = self { id } else { nil } }
}
