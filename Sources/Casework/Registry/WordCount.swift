public import MatchCore

/// Counts how rare each word is among the texts of a program, now and then, for everybody who matches.
///
/// A small program has no table: whoever loads its registry counts, and counts again with every text that comes or goes, so
/// that all have the same. A large one keeps to a table in the store from one count to the next.
public struct WordCount: Sendable {
    private let areas: AreaTree
    private let categories: CategoryTree
    /// From so many offers and wishes on there is a table.
    private let leastRecords: Int
    /// A table is made anew when there are a quarter more or fewer records than then, or after so many milliseconds.
    public static let greatestAge: Int64 = 30 * 86_400_000
    public static let usualLeast = 4_096

    public init(areas: AreaTree, categories: CategoryTree, leastRecords: Int = WordCount.usualLeast) {
        self.areas = areas
        self.categories = categories
        self.leastRecords = leastRecords
    }

    /// What was counted, and in whose place it is to stand.
    public struct Look: Sendable {
        let standing: StoredWords.Facts?
        let words: StoredWords
    }

    /// Whether it is time to count.
    public func isDue(in store: any CaseTransaction, at now: Moment) throws -> Bool {
        isDue(try store.wordFacts(), records: try records(in: store), at: now)
    }

    /// Counts, where it is time to; nil where it is not. Reads every text, so do it where nobody waits.
    public func look(in store: any CaseTransaction, at now: Moment) throws -> Look? {
        let (standing, records) = (try store.wordFacts(), try records(in: store))
        guard isDue(standing, records: records, at: now) else { return nil }
        var counter = WordCounter(categories: categories)
        var households: [RecordID: RecordID] = [:]
        try store.forEachHouseholdFile { household, _, wishes in for wish in wishes { households[wish] = household } }
        // What donors may see of the program and nothing else, since their lists rest on the table too.
        try RegistrySnapshot.forEachRecord(
            in: store, areas: areas, categories: categories, for: .donors, party: { _ in },
            offer: { counter.add($0.text, of: $0.party) },
            wish: { counter.add($0.text, of: households[$0.key.id] ?? $0.key.id) })
        let facts = StoredWords.Facts(
            revision: (standing?.revision ?? 0) + 1, counted: now, texts: counter.texts, records: records)
        return Look(standing: standing, words: StoredWords(facts: facts, body: counter.body(categories)))
    }

    /// Keeps what was counted; false where somebody else was quicker.
    public func keep(_ look: Look, in store: any CaseTransaction) throws -> Bool {
        try store.replace(look.standing, with: look.words)
    }

    private func records(in store: any CaseTransaction) throws -> Int {
        try store.count(of: .offer) + store.count(of: .wish)
    }

    private func isDue(_ standing: StoredWords.Facts?, records: Int, at now: Moment) -> Bool {
        guard let standing else { return records >= leastRecords }
        return abs(records - standing.records) > standing.records / 4
            || now >= standing.counted.adding(milliseconds: Self.greatestAge)
    }
}
