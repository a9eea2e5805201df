import Casework
import MatchCore

/// What to call the records of a ranking: their wording, or the item and quantity where there is none.
struct RecordTitles {
    private var wishes: [RecordID: String] = [:]
    private var offers: [RecordID: (text: String, party: RecordID)] = [:]
    private var parties: [RecordID: String] = [:]
    private let categories: CategoryTree
    private let language: Language

    /// Reads the titles of these records only, unless there are so many that reading all is quicker.
    init(
        _ transaction: any CaseTransaction, wishIDs: Set<RecordID>, offerIDs: Set<RecordID>, categories: CategoryTree,
        language: Language
    ) throws {
        self.categories = categories
        self.language = language
        let reader = RegistryReader(transaction)
        if wishIDs.count > 200 {
            try reader.forEachWish { if wishIDs.contains($0.key.id) { add($0) } }
        } else {
            for id in wishIDs { if let wish = try reader.wish(id) { add(wish) } }
        }
        if offerIDs.count > 200 {
            try reader.forEachOffer { if offerIDs.contains($0.key.id) { add($0) } }
            try reader.forEachParty { parties[$0.key.id] = $0.name }
        } else {
            for id in offerIDs { if let offer = try reader.offer(id) { add(offer) } }
            for id in Set(offers.values.map(\.party)) { parties[id] = try reader.party(id)?.name }
        }
    }

    func wish(_ id: RecordID) -> String { wishes[id] ?? "" }

    func offer(_ id: RecordID) -> String { offers[id]?.text ?? "" }

    func party(ofOffer id: RecordID) -> String { offers[id].flatMap { parties[$0.party] } ?? "" }

    private mutating func add(_ wish: RegisteredWish) {
        wishes[wish.key.id] = title(wish.features.text, wish.features.lines.map(\.category))
    }

    private mutating func add(_ offer: RegisteredOffer) {
        let text = title(offer.features.text, offer.features.lines.map(\.category))
        offers[offer.key.id] = (text, offer.features.party)
    }

    private func title(_ text: String, _ codes: [String?]) -> String {
        if !text.isEmpty { return text }
        return codes.compactMap { $0.flatMap { categories[$0]?.name[language] } }
            .joined(separator: GeneralWords.listSeparator[language])
    }
}
