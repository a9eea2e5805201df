internal import CaseRecords
public import MatchCore

/// Reading the registry as a viewer may: what comes out are views, never records.
extension CaseTransaction {
    /// The record that a person means by an id or an external id.
    ///
    /// Throws ``LookupError``: `notFound` with names that come close, `ambiguous` where several sources use the same
    /// external id; `source:externalID` tells them apart.
    public func find(_ kind: RecordKind, _ handle: String) throws -> RecordID {
        if let id = RecordID(handle), try exists(kind, id) { return id }
        let ids = try ids(of: kind, externalID: handle, limit: 2)
        if ids.count == 1 { return ids[0] }
        if ids.count > 1 {
            throw LookupError(.ambiguous, kind: kind, handle: handle, suggestions: [])
        }
        if let colon = handle.firstIndex(of: ":") {
            let source = String(handle[..<colon])
            let externalID = String(handle[handle.index(after: colon)...])
            let id: RecordID? =
                switch kind {
                case .party: try party(source: source, externalID: externalID)?.key.id
                case .offer: try offer(source: source, externalID: externalID)?.key.id
                case .wish: try wish(source: source, externalID: externalID)?.key.id
                }
            if let id { return id }
        }
        throw LookupError(
            .notFound, kind: kind, handle: handle, suggestions: try externalIDs(of: kind, near: handle, limit: 20))
    }

    public func partyView(_ id: RecordID) throws -> PartyView? { try party(id).map { PartyView($0) } }
    public func offerView(_ id: RecordID) throws -> OfferView? { try offer(id).map { OfferView($0) } }
    public func wishView(_ id: RecordID) throws -> WishView? { try wish(id).map { WishView($0) } }

    public func forEachPartyView(_ body: (PartyView) throws -> Void) throws {
        try forEachParty { try body(PartyView($0)) }
    }

    public func forEachOfferView(_ body: (OfferView) throws -> Void) throws {
        try forEachOffer { try body(OfferView($0)) }
    }

    public func forEachWishView(_ body: (WishView) throws -> Void) throws {
        try forEachWish { try body(WishView($0)) }
    }

    private func exists(_ kind: RecordKind, _ id: RecordID) throws -> Bool {
        switch kind {
        case .party: try party(id) != nil
        case .offer: try offer(id) != nil
        case .wish: try wish(id) != nil
        }
    }
}

/// A name that stands for no record, or for more than one.
public struct LookupError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable { case notFound, ambiguous }

    public var code: Code
    public var kind: RecordKind
    public var handle: String
    /// External ids that sort near what was typed; the caller picks those that look alike.
    public var suggestions: [String]

    public init(_ code: Code, kind: RecordKind, handle: String, suggestions: [String]) {
        self.code = code
        self.kind = kind
        self.handle = handle
        self.suggestions = suggestions
    }

    public var message: LocalizedText {
        switch code {
        case .notFound:
            LocalizedText(
                zhHans: "没有编号为“\(handle)”的\(kind.title.zhHans)。", en: "There is no \(kind.title.en) '\(handle)'.")
        case .ambiguous:
            LocalizedText(
                zhHans: "多个来源都有编号“\(handle)”，请写成“来源:编号”。",
                en: "Several sources have a \(kind.title.en) '\(handle)'. Write it as source:id.")
        }
    }

    public var description: String { message.en }
}

extension RecordKind {
    public var title: LocalizedText {
        switch self {
        case .party: LocalizedText(zhHans: "主体", en: "party")
        case .offer: LocalizedText(zhHans: "资源", en: "offer")
        case .wish: LocalizedText(zhHans: "心愿", en: "wish")
        }
    }
}

extension CaseTransaction {
    /// The suggestions that were stored for a wish, best first within each line; altered rows are left out and counted.
    public func suggestions(for wish: RecordID) throws -> (
        intact: [(rank: Int, explanation: Explanation)], altered: Int
    ) {
        var intact: [(rank: Int, explanation: Explanation)] = []
        var altered = 0
        try forEachMatch(wish: wish) { stored in
            switch stored {
            case .intact(let match): intact.append((match.rank, match.explanation))
            case .faulty: altered += 1
            }
        }
        return (intact, altered)
    }
}
