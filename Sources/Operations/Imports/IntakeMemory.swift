public import Casework
public import MatchCore

/// What an import remembers from row to row.
struct IntakeMemory: Sendable {
    /// Parties by the identity under which rows name them, those of this file and those that were looked up.
    var parties: [String: RecordID] = [:]
    /// The rows in which identities stood first: one id twice is a mistake, for the earlier row would be lost.
    var firstRows: [String: Int] = [:]
    /// Records of several rows of which a row is at fault, with that row: their other rows are at fault with it.
    var givenUp: [String: Int] = [:]
}

/// What became of one record that a row, or several, state.
public struct Entered: Sendable, Hashable {
    public let kind: SaveKind
    /// Nil for what has no id, as distances.
    public let id: RecordID?

    init(_ kind: SaveKind, _ id: RecordID?) {
        self.kind = kind
        self.id = id
    }

    init(_ outcome: SaveOutcome) { self.init(outcome.kind, outcome.id) }
}

extension LocalizedText {
    /// A text in both languages, Chinese first.
    static func both(_ zhHans: String, _ en: String) -> LocalizedText { LocalizedText(zhHans: zhHans, en: en) }
}
