import Casework
import Exchange
import MatchCore

/// Finds the record that a person means by an id, an external id, a name, or the words of a wish or offer.
struct RecordNames {
    let transaction: any CaseTransaction
    let kind: RecordKind

    /// Above this many records only ids and external ids are looked up, because every record would have to be read.
    static let greatestSearch = 50_000

    func id(named text: String) throws -> RecordID {
        if let id = RecordID(text), try exists(id) { return id }
        let same = try transaction.ids(of: kind, externalID: text, limit: 3)
        if same.count == 1 { return same[0] }
        if same.count > 1 {
            throw CommandError(
                .usage,
                GeneralWords.ambiguous.filled(["name": text, "names": same.map(\.description).joined(separator: ", ")]))
        }
        let missing = Self.missing(kind).filled(["name": text])
        guard try transaction.count(of: kind) <= RecordNames.greatestSearch else {
            let near = try transaction.externalIDs(of: kind, near: text, limit: 20)
            throw CommandError(
                .notFound, missing, advice: NameList.didYouMean(Suggestion(near).closest(to: text)))
        }
        return try NameIndex(try everything()).item(named: text, orElse: missing)
    }

    /// The sentence that says that there is none of the kind.
    static func missing(_ kind: RecordKind) -> RecordWords {
        switch kind {
        case .party: .noParty
        case .offer: .noOffer
        case .wish: .noWish
        }
    }

    private func exists(_ id: RecordID) throws -> Bool {
        let reader = RegistryReader(transaction)
        switch kind {
        case .party: return try reader.party(id) != nil
        case .offer: return try reader.offer(id) != nil
        case .wish: return try reader.wish(id) != nil
        }
    }

    private func everything() throws -> [(item: RecordID, names: [String])] {
        let reader = RegistryReader(transaction)
        var found: [(item: RecordID, names: [String])] = []
        switch kind {
        case .party: try reader.forEachParty { found.append(($0.key.id, [$0.key.handle, $0.name])) }
        case .offer: try reader.forEachOffer { found.append(($0.key.id, [$0.key.handle, $0.features.text])) }
        case .wish: try reader.forEachWish { found.append(($0.key.id, [$0.key.handle, $0.features.text])) }
        }
        return found
    }
}
