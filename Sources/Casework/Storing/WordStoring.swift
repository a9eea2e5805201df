internal import MatchCore

/// The table of how rare each word is, as a store keeps it: one for a program, the newest.
public protocol WordStoring {
    /// Nil where the words were never counted. Throws `corrupt` where the text is not what was stored.
    func wordTable() throws -> StoredWords?
    /// The same without the text.
    func wordFacts() throws -> StoredWords.Facts?
    /// Puts a table in the place of the one before it; false where there is another by now.
    func replace(_ standing: StoredWords.Facts?, with words: StoredWords) throws -> Bool
}

/// Words that were counted.
public struct StoredWords: Sendable, Hashable {
    /// When and among what they were counted.
    public struct Facts: Sendable, Hashable {
        /// 1 for the first.
        public var revision: Int
        public var counted: Moment
        /// Texts that were counted.
        public var texts: Int
        /// Offers and wishes that there were, counted or not.
        public var records: Int

        public init(revision: Int, counted: Moment, texts: Int, records: Int) {
            self.revision = revision
            self.counted = counted
            self.texts = texts
            self.records = records
        }
    }

    public var facts: Facts
    /// As ``WordCounter/body(_:)`` writes it.
    public var body: String

    public init(facts: Facts, body: String) {
        self.facts = facts
        self.body = body
    }

    func table(_ categories: CategoryTree) -> WordTable {
        WordTable(revision: facts.revision, texts: facts.texts, body: body, categories: categories)
    }
}
