internal import Casework
internal import MatchCore
public import Wire

/// The first few offers of one wish line, before and after.
public struct PreviewLineView: Described {
    public let wish: RecordNameView
    public let wishLine: Int
    public let title: String
    /// What the profiles are called that hold for this wish, with their layers.
    public let published: String
    public let draft: String
    public let before: [Standing]
    public let after: [Standing]

    /// One offer in one of the two lists.
    public struct Standing: Described {
        public let place: Int
        public let offer: RecordNameView
        public let offerLine: Int
        public let title: String
        public let party: String?
        public let total: Int32
        /// Its place in the other list; nil where it does not stand there.
        public let otherPlace: Int?
        /// Its total by the other profile; nil where that vetoes it.
        public let otherTotal: Int32?

        public static let schema = JSONSchema.object(
            "PreviewStanding",
            [
                .required("place", .integer(1...50), "1 for the first.", "名次，1 为首位。"),
                .required("offer", RecordNameView.schema, "The offer.", "资源。"),
                .required("offerLine", .lineNumber, "Its line.", "明细序号。"),
                .required("title", .text(0...4_000), "Its wording, or its items.", "文字或物品。"),
                .optional("party", .text(0...200), "Who offers.", "资源主体。"),
                .required("total", .total, "Its total.", "总分。"),
                .optional("otherPlace", .integer(1...50), "Its place in the other list.", "在另一名单中的名次。"),
                .optional("otherTotal", .total, "Its total by the other profile.", "按另一方案的总分。"),
            ])
        public static let sample = Standing(
            place: 1, offer: .sample, offerLine: 1, title: "五辆轮椅", party: "示例公益基金", total: 812_000, otherPlace: 3,
            otherTotal: 760_000)
    }

    public static let schema = JSONSchema.object(
        "PreviewLine",
        [
            .required("wish", RecordNameView.schema, "The wish.", "心愿。"),
            .required("wishLine", .lineNumber, "Its line.", "明细序号。"),
            .required("title", .text(0...4_000), "The wish's wording, or its items.", "心愿文字或物品。"),
            .required("published", .text(1...400), "The profile that holds for it now.", "现行适用的方案。"),
            .required("draft", .text(1...400), "And by the draft.", "草案下适用的方案。"),
            .required("before", .list(of: Standing.schema, 0...50), "The first few now.", "现行前几名。"),
            .required("after", .list(of: Standing.schema, 0...50), "And by the draft.", "草案前几名。"),
        ])
    public static let sample = PreviewLineView(
        wish: .sample, wishLine: 1, title: "一台轮椅", published: "default@3", draft: "draft of default (from revision 3)",
        before: [.sample], after: [.sample])
}

/// The lists of a wish's open lines.
public struct PreviewLineList: Projection {
    public let items: [PreviewLineView]

    public static let schema = JSONSchema.object(
        "PreviewLineList",
        [.required("items", .list(of: PreviewLineView.schema, 0...100), "One for each open line.", "每条未满足明细一项。")])
    public static let sample = PreviewLineList(items: [.sample])

    public static func projecting(_ lines: [PreviewedLine], in context: OperationContext) throws -> PreviewLineList? {
        guard context.sees(.tuning) else { return nil }
        let wishes = try context.titles(of: lines.map(\.wish.id), areWishes: true)
        let offers = try context.titles(
            of: Array(Set(lines.flatMap { $0.before + $0.after }.map(\.offer.id))), areWishes: false)
        func view(_ place: PreviewedLine.Place) -> PreviewLineView.Standing {
            let title = offers[place.offer.id]
            return PreviewLineView.Standing(
                place: place.place, offer: RecordNameView(place.offer), offerLine: place.offerLine,
                title: title?.text ?? "", party: title?.party, total: place.total, otherPlace: place.otherPlace,
                otherTotal: place.otherTotal)
        }
        return PreviewLineList(
            items: lines.compactMap { line in
                guard let title = wishes[line.wish.id] else { return nil }
                return PreviewLineView(
                    wish: RecordNameView(line.wish), wishLine: line.wishLine, title: title.text,
                    published: line.published, draft: line.draft, before: line.before.map(view),
                    after: line.after.map(view))
            })
    }
}

/// One wish line ranked twice.
public struct PreviewedLine {
    let wish: RecordKey
    let wishLine: Int
    let published: String
    let draft: String
    let before: [Place]
    let after: [Place]
    /// Rows of the offers that came in, left, or are first in one of the two, in the order in which they are told of.
    let changed: [Int]

    struct Place {
        let place: Int
        let offer: RecordKey
        let offerLine: Int
        let total: Int32
        let otherPlace: Int?
        let otherTotal: Int32?
    }

    init(_ wish: WishRow, published: FamilyRanker, draft: FamilyRanker, top: Int) {
        let (old, new) = (
            published.offers(for: wish, limit: top).candidates, draft.offers(for: wish, limit: top).candidates
        )
        let offers = published.context.registry.offers
        func places(
            _ list: [Ranking.Candidate], _ other: [Ranking.Candidate], _ otherRanker: FamilyRanker
        ) -> [Place] {
            list.enumerated().map { index, candidate in
                let offer = offers[candidate.row]
                let place = other.firstIndex { $0.row == candidate.row }
                return Place(
                    place: index + 1, offer: offer.key, offerLine: offer.lineNumber, total: candidate.total,
                    otherPlace: place.map { $0 + 1 },
                    otherTotal: place.map { other[$0].total }
                        ?? otherRanker.explain(wish: wish, offer: offer).total)
            }
        }
        self.wish = wish.key
        wishLine = wish.lineNumber
        self.published = published.family.plan(for: wish).profile.reference
        self.draft = draft.family.plan(for: wish).profile.reference
        before = places(old, new, draft)
        after = places(new, old, published)
        let (oldRows, newRows) = (old.map(\.row), new.map(\.row))
        var rows: [Int] = []
        for row in [oldRows.first, newRows.first].compactMap({ $0 }) where !rows.contains(row) { rows.append(row) }
        for row in newRows where !oldRows.contains(row) && !rows.contains(row) { rows.append(row) }
        for row in oldRows where !newRows.contains(row) && !rows.contains(row) { rows.append(row) }
        changed = rows
    }
}
