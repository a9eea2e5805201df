public import Casework
public import MatchCore
public import Wire

/// A party as a viewer sees it.
public struct PartyView: Projection {
    /// The same as in `record`.
    public let id: RecordID
    public let record: RecordNameView
    public let name: String
    public let kind: String
    public let state: String
    public let isConfirmationDue: Bool
    public let codeExpires: Timestamp?
    public let isIdentityVerified: Bool?
    public let lastConfirmed: Timestamp?
    public let fatigue: Int?
    public let preference: Preference

    /// Whom the party wants to help, and whom it excludes. Empty lists say nothing.
    public struct Preference: Described, Hashable {
        public let groups: [String]
        public let areas: [String]
        public let categories: [String]
        public let excludedGroups: [String]
        public let excludedAreas: [String]
        public let excludedCategories: [String]

        public static let schema = JSONSchema.object(
            "DonorPreference",
            [
                .required("groups", .codes(), "Groups it wants to help.", "希望帮助的人群。"),
                .required("areas", .areas, "Areas it wants to help in.", "希望帮助的区划。"),
                .required("categories", .categories, "Categories it wants to give.", "希望提供的类目。"),
                .required("excludedGroups", .codes(), "Groups it excludes.", "排除的人群。"),
                .required("excludedAreas", .areas, "Areas it excludes.", "排除的区划。"),
                .required("excludedCategories", .categories, "Categories it excludes.", "排除的类目。"),
            ])
        public static let sample = Preference(DonorPreference(groups: ["elders"]))

        /// As matching knows it.
        public var preference: DonorPreference {
            DonorPreference(
                groups: groups, areas: areas, categories: categories, excludedGroups: excludedGroups,
                excludedAreas: excludedAreas, excludedCategories: excludedCategories)
        }

        public init(_ preference: DonorPreference) {
            groups = preference.groups
            areas = preference.areas
            categories = preference.categories
            excludedGroups = preference.excludedGroups
            excludedAreas = preference.excludedAreas
            excludedCategories = preference.excludedCategories
        }
    }

    public static let schema = JSONSchema.object(
        "Party",
        [
            .required("id", .id, "The party's id.", "主体编号。"),
            .required("record", RecordNameView.schema, "What names the party.", "主体标识。"),
            .required("name", .text(0...200), "Its name.", "名称。"),
            .required("kind", .choice(PartyKind.allCases.map(\.code)), "What kind of party it is.", "主体类型。"),
            .required(
                "state", .choice(["unconfirmed", "active", "paused", "closed"]),
                "Only what active parties offer is matched.",
                "只有启用的主体参与匹配。"),
            .required(
                "isConfirmationDue", .flag, "It registered itself, and a coordinator has yet to confirm it.",
                "自行登记，尚待确认。"),
            .optional(
                "codeExpires", .moment, "Until when the confirmation code holds that was handed out.", "已发放确认码的有效期。"),
            .optional("isIdentityVerified", .flag, "Left out where nobody has looked.", "身份是否核实；未核查则无此项。"),
            .optional("lastConfirmed", .moment, "When it last confirmed its offers.", "最近确认时间。"),
            .optional("fatigue", .integer(0...1_000_000), "How much it gave lately; for staff.", "近期负担，仅工作人员可见。"),
            .required("preference", Preference.schema, "Whom it wants to help.", "帮扶意愿。"),
        ])

    public static let sample = PartyView(
        id: .sample(5), record: RecordNameView(RecordKey(source: "web", externalID: "P-7", id: .sample(5))),
        name: "示例公益基金",
        kind: "fund", state: "active", isConfirmationDue: false, codeExpires: .sample, isIdentityVerified: true,
        lastConfirmed: .sample, fatigue: 0,
        preference: .sample)

    public static func projecting(_ party: RegisteredParty, in context: OperationContext) throws -> PartyView? {
        let isOwn = context.viewer.isParty(party.key.id)
        guard context.sees(.party, isOwn: isOwn) else { return nil }
        return try view(of: party, isOwn: isOwn, in: context)
    }

    /// The party as one who may know of it sees it.
    static func view(of party: RegisteredParty, isOwn: Bool, in context: OperationContext) throws -> PartyView {
        let parts = context.parts(of: .party, isOwn: isOwn)
        // The names of organisations are public.
        if !isOwn, party.features.kind.isPerson { context.note(.name, of: party.key.id) }
        let isDue = party.state == "unconfirmed"
        let code = isDue ? try context.store.code(.confirmation, of: party.key.id) : nil
        return PartyView(
            id: party.key.id, record: RecordNameView(party.key), name: party.name, kind: party.features.kind.code,
            state: party.state,
            isConfirmationDue: isDue, codeExpires: code?.expiresAt.map { Timestamp($0) },
            isIdentityVerified: party.features.isIdentityVerified, lastConfirmed: party.features.lastConfirmed,
            fatigue: parts.contains(.burden) ? party.features.fatigue : nil,
            preference: Preference(party.features.preference))
    }
}
