public import MatchCore

/// All that the history says about one wish: its own entries, and those of its claims, clocks, approval and inbound
/// records, in the order they were made.
public enum WishStory {
    public static func entries(of wish: RecordID, in store: any CaseTransaction) throws -> [HistoryEntry] {
        var subjects = [wish]
        subjects += try store.claims(ofWish: wish).map(\.claim.id)
        subjects += try store.clocks(of: wish).map(\.id)
        subjects += try store.inboxRecords(ofWish: wish).map(\.id)
        if let approval = try store.approval(ofWish: wish) { subjects.append(approval.id) }
        return try store.history(of: subjects)
    }
}
