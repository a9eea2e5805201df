/// The feed of changes, as a store keeps it: each entry is written in the transaction that made the change.
public protocol ChangeStoring {
    /// The changes behind a place, in order, at most `limit`; only of transactions that no earlier one can join any more.
    func changes(behind place: ChangePlace, limit: Int) throws -> [KeptChange]
    /// Everything up to and with this place has been forgotten.
    func forgottenChanges() throws -> ChangePlace
    /// The place of the last change that ``changes(behind:limit:)`` would give, forgotten ones included.
    func lastChange() throws -> ChangePlace
    /// Whether a place that was given out is one of this feed: not where another server has taken the database over since,
    /// and need not have what the place counts.
    func holdsChange(_ place: ChangePlace) throws -> Bool
    /// Forgets changes made before a moment, the oldest first, at most `limit`; returns how many.
    func forgetChanges(before moment: Moment, limit: Int) throws -> Int
}
