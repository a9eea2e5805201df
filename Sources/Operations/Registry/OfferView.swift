public import Casework
public import MatchCore
public import Wire

/// An offer as a viewer sees it.
public struct OfferView: Projection {
    /// The same as in `record`.
    public let id: RecordID
    public let record: RecordNameView
    public let party: RecordID
    public let kind: String
    public let state: String
    public let received: Timestamp?
    public let place: PlaceView
    public let delivers: Bool
    public let isRemote: Bool
    public let serviceAreas: [String]
    public let serviceRadiusMetres: Int?
    public let from: Day?
    public let until: Day?
    public let hours: String?
    public let skills: [String]
    public let qualifications: [String]
    public let languages: [String]
    public let text: String
    public let lines: [Line]

    public struct Line: Described {
        public let number: Int
        public let category: String?
        public let unit: String
        public let pledged: Int64?
        public let available: Int64?
        public let reserved: Int64
        public let inTransit: Int64
        public let received: Int64
        public let withdrawn: Int64

        public static let schema = JSONSchema.object(
            "OfferLine",
            [
                .required("number", .lineNumber, "1 for the first line.", "明细序号，首条为 1。"),
                .optional("category", .text(1...64), "Code of the category.", "类目代码。"),
                .required("unit", .choice(Unit.allCases.map(\.code)), "What it counts.", "计量单位。"),
                .optional("pledged", .balance, "Pledged in all; left out where none is stated.", "认捐总量。"),
                .optional("available", .balance, "Still free.", "可用。"),
                .required("reserved", .balance, "Held by claims.", "已被认领占用。"),
                .required("inTransit", .balance, "On its way.", "在途。"),
                .required("received", .balance, "Arrived.", "已送达。"),
                .required("withdrawn", .balance, "Taken back.", "已撤回。"),
            ])
        public static let sample = Line(
            number: 1, category: "wheelchair", unit: "piece", pledged: 5, available: 4, reserved: 1, inTransit: 0,
            received: 0, withdrawn: 0)
    }

    public static let schema = JSONSchema.object(
        "Offer",
        [
            .required("id", .id, "The offer's id.", "资源编号。"),
            .required("record", RecordNameView.schema, "What names the offer.", "资源标识。"),
            .required("party", .id, "Whose offer it is.", "所属主体。"),
            .required("kind", .choice(OfferKind.allCases.map(\.code)), "What kind of thing it is.", "资源类型。"),
            .required("state", .choice(["open", "paused", "withdrawn"]), "Whether it can be matched.", "状态。"),
            .optional("received", .moment, "When it was made.", "提出时间。"),
            .required("place", PlaceView.schema, "Where it is.", "地点。"),
            .required("delivers", .flag, "Comes to the wish.", "是否送达。"),
            .required("isRemote", .flag, "Given over the telephone or the net.", "是否远程提供。"),
            .required("serviceAreas", .codes(), "Areas it serves; empty: anywhere.", "服务区划，空为不限。"),
            .optional(
                "serviceRadiusMetres", .integer(0...20_100_000), "Metres around its place that it serves.", "服务半径（米）。"),
        ] + JSONSchema.Property.availability + [
            .required("skills", .codes(), "Skills it brings.", "技能。"),
            .required("qualifications", .codes(), "Qualifications it brings.", "资质。"),
            .required("languages", .codes(), "Languages spoken.", "语言。"),
            .required("text", .text(0...4_000), "In words.", "文字说明。"),
            .required("lines", .list(of: Line.schema, 0...100), "What is promised.", "明细。"),
        ])

    public static let sample = OfferView(
        id: .sample(2), record: RecordNameView(RecordKey(source: "web", externalID: "O-3", id: .sample(2))),
        party: .sample(5),
        kind: "goods", state: "open", received: .sample, place: .sample, delivers: true, isRemote: false,
        serviceAreas: [], serviceRadiusMetres: 10_000, from: Day("2026-11-22"), until: Day("2026-12-31"),
        hours: "sat-sun 8-20",
        skills: [], qualifications: [], languages: [], text: "五辆轮椅 Five wheelchairs", lines: [.sample])

    public static func projecting(_ offer: RegisteredOffer, in context: OperationContext) throws -> OfferView? {
        let features = offer.features
        let isOwn = context.viewer.isParty(features.party)
        let parts = context.parts(of: .offer, isOwn: isOwn)
        guard parts.contains(.existence) else { return nil }
        if parts.contains(.exactPlace), features.place.point != nil, !isOwn { context.note(.place, of: features.party) }
        return OfferView(
            id: offer.key.id, record: RecordNameView(offer.key), party: features.party, kind: features.kind.code,
            state: offer.state,
            received: offer.received, place: PlaceView(features.place, seeing: parts, in: context.reference.areas),
            delivers: features.delivers,
            isRemote: features.isRemote, serviceAreas: features.serviceAreas,
            serviceRadiusMetres: features.serviceRadiusMetres, from: features.window?.from,
            until: features.window?.until, hours: features.hours?.description, skills: features.skills,
            qualifications: features.qualifications, languages: features.languages, text: features.text,
            lines: zip(features.lines, offer.promises).map { line, promise in
                Line(
                    number: line.number, category: line.category, unit: line.unit.code, pledged: promise.pledged,
                    available: line.available, reserved: promise.reserved, inTransit: promise.inTransit,
                    received: promise.received, withdrawn: promise.withdrawn)
            })
    }
}
