internal import Casework
public import MatchCore
public import Wire

/// In which order a list by ids comes.
public enum ListOrder: String, Sendable, Hashable, Codable, CaseIterable {
    /// The oldest first.
    case created
    /// The newest first.
    case newest = "-created"

    static let property = JSONSchema.Property.optional(
        "sort", .choice(ListOrder.self), "'created' (the oldest first, the default) or '-created'.",
        "created（最早的在前，默认）或 -created。")
}

/// In which order wishes come.
public enum WishOrder: String, Sendable, Hashable, Codable, CaseIterable {
    case created
    case newest = "-created"
    case due, urgency

    static let property = JSONSchema.Property.optional(
        "sort", .choice(WishOrder.self),
        "'created' (the oldest first, the default), '-created', 'due' (the soonest first, without one last) or 'urgency' (the most "
            + "urgent first). The last two are for whoever may see when an answer is due.",
        "created（最早的在前，默认）、-created、due（期限最近的在前，无期限的在后）或 urgency（最紧急的在前）；后两项仅限可查看期限者。")

    var order: RecordOrder {
        switch self {
        case .created, .newest: .created
        case .due: .due
        case .urgency: .urgency
        }
    }
}

/// In which order offers come.
public enum OfferOrder: String, Sendable, Hashable, Codable, CaseIterable {
    case created
    case newest = "-created"
    case until

    static let property = JSONSchema.Property.optional(
        "sort", .choice(OfferOrder.self),
        "'created' (the oldest first, the default), '-created' or 'until' (what ends soonest first, without an end last).",
        "created（最早的在前，默认）、-created 或 until（最早到期的在前，无期限的在后）。")

    var order: RecordOrder { self == .until ? .until : .created }
}

/// Which wishes to list.
public struct WishListInput: Described {
    public var state: String?
    public var lane: String?
    public var area: String?
    public var category: String?
    public var text: String?
    public var changedSince: Timestamp?
    public var sort: WishOrder?
    public var limit: Int?
    public var cursor: String?

    public init(
        state: String? = nil, lane: String? = nil, area: String? = nil, category: String? = nil, text: String? = nil,
        changedSince: Timestamp? = nil, sort: WishOrder? = nil, limit: Int? = nil, cursor: String? = nil
    ) {
        self.state = state
        self.lane = lane
        self.area = area
        self.category = category
        self.text = text
        self.changedSince = changedSince
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("state", .choice(["open", "closed"]), "Only wishes in this state.", "只要此状态的心愿。"),
            .optional("lane", .choice(Lane.allCases.map(\.code)), "Only this lane.", "只要此类心愿。"),
            .optional("area", .area, "Only wishes in this area and all within it.", "只要此区划及其下级的心愿。"),
            .optional(
                "category", .category, "Only wishes with a line of this category or one under it.", "只要含此类目及其下级的心愿。"),
            .optional("text", .text(1...64), "Only wishes whose id or wording has this.", "只要编号或文字含此内容的心愿。"),
            .optional(
                "changedSince", .moment,
                "Only wishes that took a step since then, or a claim on them did. Counts where the viewer may read their history.",
                "只要此时间以来自身或其认领有变更的心愿；仅限可查看其历史者。"),
            WishOrder.property,
        ] + PageRequest.properties)
    public static let sample = WishListInput(state: "open", limit: 20)
}

/// Which offers to list.
public struct OfferListInput: Described {
    public var state: String?
    public var kind: String?
    public var party: RecordID?
    public var area: String?
    public var category: String?
    public var text: String?
    public var changedSince: Timestamp?
    public var sort: OfferOrder?
    public var limit: Int?
    public var cursor: String?

    public init(
        state: String? = nil, kind: String? = nil, party: RecordID? = nil, area: String? = nil,
        category: String? = nil, text: String? = nil, changedSince: Timestamp? = nil, sort: OfferOrder? = nil,
        limit: Int? = nil, cursor: String? = nil
    ) {
        self.state = state
        self.kind = kind
        self.party = party
        self.area = area
        self.category = category
        self.text = text
        self.changedSince = changedSince
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("state", .choice(["open", "paused", "withdrawn"]), "Only offers in this state.", "只要此状态的资源。"),
            .optional("kind", .choice(OfferKind.allCases.map(\.code)), "Only this kind.", "只要此类资源。"),
            .optional("party", .id, "Only this party's offers.", "只要此主体的资源。"),
            .optional("area", .area, "Only offers in this area and all within it.", "只要此区划及其下级的资源。"),
            .optional(
                "category", .category, "Only offers with a line of this category or one under it.", "只要含此类目及其下级的资源。"),
            .optional("text", .text(1...64), "Only offers whose id or wording has this.", "只要编号或文字含此内容的资源。"),
            .optional(
                "changedSince", .moment, "Only offers that took a step since then, or a claim on them did.",
                "只要此时间以来自身或其认领有变更的资源。"),
            OfferOrder.property,
        ] + PageRequest.properties)
    public static let sample = OfferListInput(state: "open", limit: 20)
}

/// Which parties to list.
public struct PartyListInput: Described {
    public var state: String?
    public var kind: String?
    public var text: String?
    public var changedSince: Timestamp?
    public var sort: ListOrder?
    public var limit: Int?
    public var cursor: String?

    public init(
        state: String? = nil, kind: String? = nil, text: String? = nil, changedSince: Timestamp? = nil,
        sort: ListOrder? = nil, limit: Int? = nil,
        cursor: String? = nil
    ) {
        self.state = state
        self.kind = kind
        self.text = text
        self.changedSince = changedSince
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional(
                "state", .choice(["unconfirmed", "active", "paused", "closed"]), "Only parties in this state.",
                "只要此状态的主体。"),
            .optional("kind", .choice(PartyKind.allCases.map(\.code)), "Only this kind.", "只要此类主体。"),
            .optional("text", .text(1...64), "Only parties whose id or name has this.", "只要编号或名称含此内容的主体。"),
            .optional(
                "changedSince", .moment, "Only parties that took a step since then, or a claim of theirs did.",
                "只要此时间以来自身或其认领有变更的主体。"),
            ListOrder.property,
        ] + PageRequest.properties)
    public static let sample = PartyListInput(state: "active", limit: 20)
}

/// One wish.
public struct WishInput: Described {
    public var wish: RecordID

    public init(wish: RecordID) { self.wish = wish }

    public static let schema = JSONSchema.object(nil, [.required("wish", .id, "The wish's id.", "心愿编号。")])
    public static let sample = WishInput(wish: .sample(3))
}

/// One offer.
public struct OfferInput: Described {
    public var offer: RecordID

    public init(offer: RecordID) { self.offer = offer }

    public static let schema = JSONSchema.object(nil, [.required("offer", .id, "The offer's id.", "资源编号。")])
    public static let sample = OfferInput(offer: .sample(2))
}

/// One party.
public struct PartyInput: Described {
    public var party: RecordID

    public init(party: RecordID) { self.party = party }

    public static let schema = JSONSchema.object(nil, [.required("party", .id, "The party's id.", "主体编号。")])
    public static let sample = PartyInput(party: .sample(5))
}
