public import Casework
public import MatchCore
public import Wire

/// A party that was just registered.
public struct PartyRegistered: Projection {
    public let party: PartyView
    /// The donor's token, shown this once; left out where staff registered the party.
    public let token: String?

    public static let schema = JSONSchema.object(
        "PartyRegistered",
        [
            .required("party", PartyView.schema, "The party.", "主体。"),
            .optional(
                "token", .text(47...47),
                "The donor's token: shown this once, and never kept. Send it as a bearer token.",
                "捐赠方令牌，仅显示一次。"),
        ])
    public static let sample = PartyRegistered(party: .sample, token: "alm_" + String(repeating: "x", count: 43))

    /// Whoever registered a party sees it, and nobody asks for one twice.
    public static func projecting(
        _ record: (party: RegisteredParty, token: AccessToken?), in context: OperationContext
    ) throws -> PartyRegistered? {
        PartyRegistered(
            party: try PartyView.view(
                of: record.party, isOwn: !context.viewer.isStaff, in: context), token: record.token?.text)
    }
}

/// A confirmation code that was just made.
public struct ConfirmationCodeView: OpenAnswer {
    public let party: RecordID
    /// Shown this once.
    public let code: String
    public let expires: Timestamp

    public static let schema = JSONSchema.object(
        "ConfirmationCode",
        [
            .required("party", .id, "The party that it confirms.", "所确认的主体。"),
            .required(
                "code", .text(19...19), "To be read or handed to the party; shown this once.", "请读出或交给该主体，仅显示一次。"),
            .required("expires", .moment, "Until when it holds.", "有效期至。"),
        ])
    public static let sample = ConfirmationCodeView(party: .sample(5), code: "7K3M-Q9TW-X2HV-5RDA", expires: .sample)
}

/// What a party did, as the history tells it: only what arrived, was confirmed and did not come back.
public struct PartyDeedsView: Projection {
    public let party: RecordID
    public let name: String
    public let from: Timestamp?
    public let until: Timestamp?
    public let asOf: Timestamp
    public let minutes: Int64
    public let pieces: Int64
    public let fen: Int64
    public let claims: Int
    public let wishes: Int
    public let carried: Int
    public let fitted: Int
    public let first: Timestamp?
    public let last: Timestamp?
    public let shares: [Share]
    public let historyNumber: Int64
    public let historyHash: String

    public struct Share: Described {
        public let category: String?
        public let unit: String
        public let quantity: Int64
        public let claims: Int

        public static let schema = JSONSchema.object(
            "DeedShare",
            [
                .optional("category", .text(1...64), "Code of the category.", "类目代码。"),
                .required("unit", .choice(Unit.allCases.map(\.code)), "What it counts.", "计量单位。"),
                .required("quantity", .integer(0...Int64.max), "How much arrived and was kept.", "送达且未退回的数量。"),
                .required("claims", .integer(0...Int64(Int32.max)), "In how many claims.", "认领数。"),
            ])
        public static let sample = Share(category: "wheelchair", unit: "piece", quantity: 3, claims: 2)
    }

    private static let count = JSONSchema.integer(0...Int64(Int32.max))

    public static let schema = JSONSchema.object(
        "PartyDeeds",
        [
            .required("party", .id, "The party.", "主体编号。"),
            .required("name", .text(0...200), "Its name.", "名称。"),
            .optional("from", .moment, "The first moment that counts.", "起始时间。"),
            .optional("until", .moment, "The last moment that counts.", "截止时间。"),
            .required("asOf", .moment, "The moment of the history that was read.", "统计时点。"),
            .required("minutes", .integer(0...Int64.max), "Volunteer minutes.", "志愿服务分钟数。"),
            .required("pieces", .integer(0...Int64.max), "Pieces.", "件数。"),
            .required("fen", .integer(0...Int64.max), "Money, in fen.", "金额（分）。"),
            .required("claims", count, "Confirmed claims on its offers.", "已确认的认领数。"),
            .required("wishes", count, "Wishes they were for.", "涉及的心愿数。"),
            .required("carried", count, "Claims of others that it carried.", "承运次数。"),
            .required("fitted", count, "Claims of others that it fitted.", "安装次数。"),
            .optional("first", .moment, "The first confirmation.", "首次确认时间。"),
            .optional("last", .moment, "The last confirmation.", "最近确认时间。"),
            .required("shares", .list(of: Share.schema, 0...20_000), "By category and unit.", "按类目和单位。"),
            .required("historyNumber", .integer(0...Int64.max), "The end of the history that was read.", "历史末条序号。"),
            .required("historyHash", .text(0...128), "Its hash; with it the certificate is checked.", "历史末条摘要，可用于核验。"),
        ])
    public static let sample = PartyDeedsView(
        party: .sample(5), name: "示例公益基金", from: .sample, until: .sample, asOf: .sample, minutes: 0, pieces: 3,
        fen: 0, claims: 2, wishes: 2, carried: 0, fitted: 0, first: .sample, last: .sample, shares: [.sample],
        historyNumber: 120, historyHash: "9f2c")

    public static func projecting(_ record: (deeds: PartyDeeds, name: String), in context: OperationContext) throws
        -> PartyDeedsView?
    {
        let deeds = record.deeds
        guard context.sees(.deeds, isOwn: context.viewer.isParty(deeds.party)) else { return nil }
        let window = deeds.window
        return PartyDeedsView(
            party: deeds.party, name: record.name,
            from: window.lowerBound.milliseconds == 0 ? nil : Timestamp(window.lowerBound),
            until: window.upperBound.milliseconds == .max ? nil : Timestamp(window.upperBound),
            asOf: Timestamp(context.now), minutes: deeds.total(.minute),
            pieces: deeds.total(.piece), fen: deeds.total(.fen), claims: deeds.claims, wishes: deeds.wishes,
            carried: deeds.carried, fitted: deeds.fitted, first: deeds.first.map { Timestamp($0) },
            last: deeds.last.map { Timestamp($0) },
            shares: deeds.shares.map {
                Share(category: $0.category, unit: $0.unit.code, quantity: $0.quantity, claims: $0.claims)
            }, historyNumber: deeds.head.number, historyHash: deeds.head.hash.description)
    }
}
