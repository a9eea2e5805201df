internal import Casework
internal import MatchCore
internal import Wire

/// What people call a record, and in a few words what it is; nil where the viewer may not know, or nobody said.
struct ShortTitle {
    var handle: String?
    /// The approved wording, or else the items.
    var words: String?

    static let nothing = ShortTitle()
    private static let longest = 80

    init(handle: String? = nil, words: String? = nil) {
        self.handle = handle
        let line = words?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let short = line.count > Self.longest ? line.prefix(Self.longest) + "…" : line[...]
        self.words = short.isEmpty ? nil : String(short)
    }
}

extension JSONSchema {
    /// The words of a ``ShortTitle``.
    static let titleWords = JSONSchema.text(1...4_000)
    /// What people call a record.
    static let handle = JSONSchema.text(1...200)
}

extension OperationContext {
    /// Of a wish. Words that nobody has approved are no title, whoever looks.
    func title(ofWish id: RecordID) throws -> ShortTitle {
        guard let wish = try registry.wish(id) else { return .nothing }
        let sight = try sight(of: wish)
        guard sight.parts.contains(.existence) else { return .nothing }
        let isWorded = sight.isApproved && sight.showsText && !wish.features.text.isEmpty
        return ShortTitle(
            handle: sight.parts.contains(.handle) ? wish.key.handle : nil,
            words: isWorded ? wish.features.text : items(wish.features.lines.map(\.category)))
    }

    /// Of an offer.
    func title(ofOffer id: RecordID) throws -> ShortTitle {
        guard let offer = try registry.offer(id),
            sees(.offer, isOwn: viewer.isParty(offer.features.party))
        else { return .nothing }
        let text = offer.features.text
        return ShortTitle(
            handle: offer.key.handle, words: text.isEmpty ? items(offer.features.lines.map(\.category)) : text)
    }

    /// What a party is called, for whoever sees it; a person's name is noted as read.
    func partyName(_ id: RecordID) throws -> String? {
        guard let party = try registry.party(id), !party.name.isEmpty else { return nil }
        let isOwn = viewer.isParty(id)
        guard sees(.party, isOwn: isOwn) else { return nil }
        if !isOwn, party.features.kind.isPerson { note(.name, of: id) }
        return party.name
    }

    private func items(_ codes: [String?]) -> String {
        codes.compactMap { $0.map { reference.categories[$0]?.name[viewer.language] ?? $0 } }
            .joined(separator: viewer.language == .zhHans ? "、" : ", ")
    }
}
