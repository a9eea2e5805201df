internal import Casework
public import MatchCore
public import Wire

/// What a draft would change for the open wishes of today, with the names of what it speaks of.
public struct PreviewView: OpenAnswer {
    public let published: String
    public let draft: String
    public let top: Int
    public let lines: Int
    /// All open lines; more than `lines` where time ran out.
    public let open: Int
    public let topChanged: Int
    public let listChanged: Int
    /// Open lines that have an offer now, and would have none.
    public let emptied: Int
    public let orderChanged: Int
    public let areas: [Group]
    public let groups: [Group]
    public let lanes: [Group]
    public let parties: [Party]
    /// The first offers that change, the draft's greatest gain first; as many as were asked for of ``topChanged``.
    public let changes: [Change]
    /// The lists that change, the draft's greatest gain first; as many as were asked for of ``listChanged``.
    public let lists: [ListChange]

    public struct Group: Described {
        public let code: String
        public let name: String
        public let lines: Int
        public let topChanged: Int
        public let listChanged: Int
        public let emptied: Int
        public let nearer: Int
        public let farther: Int
        /// Means over the changed first offers of which both have a total; nil where there is none.
        public let meanGainByDraft: Int64?
        public let meanLossByPublished: Int64?

        public static let schema = JSONSchema.object(
            "PreviewGroup",
            [
                .required("code", .text(0...200), "Its code; '-' where it is not known.", "代码；不详为 -。"),
                .required("name", .text(0...400), "Its name.", "名称。"),
                .required("lines", .count, "Its open lines.", "未满足明细数。"),
                .required("topChanged", .count, "Those with another first offer.", "首位改变数。"),
                .required("listChanged", .count, "Those with other first few.", "前几名改变数。"),
                .required("emptied", .count, "Those that have an offer now and would have none.", "现有资源而草案下全无者。"),
                .required("nearer", .count, "Those whose first offer is nearer.", "首位更近数。"),
                .required("farther", .count, "Those whose first offer is farther.", "首位更远数。"),
                .optional(
                    "meanGainByDraft", .difference,
                    "By the draft's totals, over the changed first offers of which both have one.",
                    "按草案的平均增益，只计两者皆有总分者。"),
                .optional(
                    "meanLossByPublished", .difference,
                    "By the published totals, over the changed first offers of which both have one.",
                    "按现行的平均损失，只计两者皆有总分者。"),
            ])
        public static let sample = Group(
            code: "441900119", name: "Humen", lines: 40, topChanged: 9, listChanged: 20, emptied: 0, nearer: 5,
            farther: 3, meanGainByDraft: 30_000, meanLossByPublished: 12_000)
    }

    public struct Party: Described {
        public let party: RecordID
        public let name: String
        public let firstBefore: Int
        public let firstAfter: Int
        public let listedBefore: Int
        public let listedAfter: Int
        public var gain: Int { firstAfter - firstBefore }

        public static let schema = JSONSchema.object(
            "PreviewParty",
            [
                .required("party", .id, "The party.", "主体。"), .required("name", .text(0...400), "Its name.", "名称。"),
                .required("firstBefore", .count, "How often it stands first now.", "现行首位次数。"),
                .required("firstAfter", .count, "And by the draft.", "草案首位次数。"),
                .required("listedBefore", .count, "How often among the first few now.", "现行前几名次数。"),
                .required("listedAfter", .count, "And by the draft.", "草案前几名次数。"),
            ])
        public static let sample = Party(
            party: .sample(5), name: "示例公益基金", firstBefore: 12, firstAfter: 9, listedBefore: 40, listedAfter: 41)
    }

    public struct Change: Described {
        public let wish: RecordNameView
        public let wishLine: Int
        public let before: RecordNameView?
        public let after: RecordNameView?
        public let gainByDraft: Int32?
        public let lossByPublished: Int32?
        public let metresBefore: Int64?
        public let metresAfter: Int64?

        public static let schema = JSONSchema.object(
            "PreviewChange",
            [
                .required("wish", RecordNameView.schema, "The wish.", "心愿。"),
                .required("wishLine", .lineNumber, "Its line.", "明细序号。"),
                .optional("before", RecordNameView.schema, "Its first offer now.", "现行首位。"),
                .optional("after", RecordNameView.schema, "And by the draft.", "草案首位。"),
                .optional("gainByDraft", .difference, "How much better by the draft.", "按草案的增益。"),
                .optional("lossByPublished", .difference, "How much worse by what is published.", "按现行的损失。"),
                .optional("metresBefore", .integer(0...100_000_000), "How far it was.", "原距离（米）。"),
                .optional("metresAfter", .integer(0...100_000_000), "How far it would be.", "新距离（米）。"),
            ])
        public static let sample = Change(
            wish: .sample, wishLine: 1, before: .sample, after: .sample, gainByDraft: 40_000, lossByPublished: 9_000,
            metresBefore: 9_000, metresAfter: 2_000)
    }

    /// A wish line among whose first few an offer came in, and which left.
    public struct ListChange: Described {
        public let wish: RecordNameView
        public let wishLine: Int
        public let cameIn: [Mover]
        public let left: [Mover]
        /// All that came in less all that left, by the draft's totals.
        public let gainByDraft: Int64?
        public let lossByPublished: Int64?

        public static let schema = JSONSchema.object(
            "PreviewListChange",
            [
                .required("wish", RecordNameView.schema, "The wish.", "心愿。"),
                .required("wishLine", .lineNumber, "Its line.", "明细序号。"),
                .required(
                    "cameIn", .list(of: Mover.schema, 0...50), "Offers that come into the first few.", "进入前几名的资源。"),
                .required("left", .list(of: Mover.schema, 0...50), "Offers that leave them.", "退出前几名的资源。"),
                .optional(
                    "gainByDraft", .listDifference,
                    "Totals of those that come in less those that leave, by the draft.", "按草案，进入者与退出者总分之差。"),
                .optional(
                    "lossByPublished", .listDifference,
                    "Totals of those that leave less those that come in, by what is published.",
                    "按现行，退出者与进入者总分之差。"),
            ])
        public static let sample = ListChange(
            wish: .sample, wishLine: 1, cameIn: [.sample], left: [.sample], gainByDraft: 40_000, lossByPublished: 9_000)
    }

    /// An offer that comes into a list or leaves it.
    public struct Mover: Described {
        public let offer: RecordNameView
        public let offerLine: Int
        public let place: Int
        public let byDraft: Int32?
        public let byPublished: Int32?

        public static let schema = JSONSchema.object(
            "PreviewMover",
            [
                .required("offer", RecordNameView.schema, "The offer.", "资源。"),
                .required("offerLine", .lineNumber, "Its line.", "明细序号。"),
                .required("place", .integer(1...50), "Its place in the list that it stands in.", "在所在名单中的名次。"),
                .optional(
                    "byDraft", .total, "Its total by the draft; left out where that vetoes it.", "按草案的总分；被否决时没有此项。"),
                .optional(
                    "byPublished", .total, "Its total by what is published; left out where that vetoes it.",
                    "按现行的总分；被否决时没有此项。"),
            ])
        public static let sample = Mover(
            offer: .sample, offerLine: 1, place: 4, byDraft: 812_000, byPublished: 760_000)
    }

    public static let schema = JSONSchema.object(
        "Preview",
        [
            .required("published", .text(1...200), "The profile compared with.", "对照方案。"),
            .required("draft", .text(1...200), "The draft.", "草案。"),
            .required("top", .integer(1...100), "How many first places are compared.", "比较前几名。"),
            .required("lines", .count, "Open lines compared.", "已比较的明细数。"),
            .required("open", .count, "All open lines; more where time ran out.", "全部未满足明细；超时则多于已比较数。"),
            .required("topChanged", .count, "Lines with another first offer.", "首位改变数。"),
            .required("listChanged", .count, "Lines with other first few.", "前几名改变数。"),
            .required("emptied", .count, "Lines that have an offer now and would have none.", "现有资源而草案下全无的明细数。"),
            .required("orderChanged", .count, "Lines with another order, or more.", "次序改变数。"),
            .required("areas", .list(of: Group.schema, 0...100_000), "By area.", "按区划。"),
            .required("groups", .list(of: Group.schema, 0...1_000), "By group.", "按人群。"),
            .required("lanes", .list(of: Group.schema, 0...10), "By lane.", "按通道。"),
            .required("parties", .list(of: Party.schema, 0...1_000_000), "Who gains and loses places.", "各主体的增减。"),
            .required(
                "changes", .list(of: Change.schema, 0...TuningLimits.mostChanges),
                "First offers that change, the greatest gains first; as many as were asked for.", "首位改变者，增益最大者在前；数目依请求。"
            ),
            .required(
                "lists", .list(of: ListChange.schema, 0...TuningLimits.mostChanges),
                "Lists that change, the greatest gains first; as many as were asked for.", "名单改变者，增益最大者在前；数目依请求。"),
        ])
    public static let sample = PreviewView(
        published: "default@3", draft: "default:draft", top: 5, lines: 900, open: 900, topChanged: 120,
        listChanged: 300, emptied: 0, orderChanged: 420, areas: [.sample], groups: [.sample], lanes: [.sample],
        parties: [.sample], changes: [.sample], lists: [.sample])

    private init(
        published: String, draft: String, top: Int, lines: Int, open: Int, topChanged: Int, listChanged: Int,
        emptied: Int, orderChanged: Int, areas: [Group], groups: [Group], lanes: [Group], parties: [Party],
        changes: [Change],
        lists: [ListChange]
    ) {
        self.lists = lists
        (self.published, self.draft, self.top, self.lines, self.open) = (published, draft, top, lines, open)
        (self.topChanged, self.listChanged, self.orderChanged) = (topChanged, listChanged, orderChanged)
        self.emptied = emptied
        (self.areas, self.groups, self.lanes) = (areas, groups, lanes)
        (self.parties, self.changes) = (parties, changes)
    }

    /// - Parameters:
    ///   - parties: names by id.
    ///   - groups: what a group's code is called.
    ///   - mostChanges: how many single changes are told of.
    public init(
        _ preview: RankingPreview, published: String, draft: String, registry: Registry, parties: [String: String],
        groups: (String) -> String = { $0 }, mostChanges: Int, language: Language
    ) {
        func mover(_ mover: RankingPreview.Mover) -> Mover {
            let offer = registry.offers[mover.row]
            return Mover(
                offer: RecordNameView(offer.key), offerLine: offer.lineNumber, place: mover.place,
                byDraft: mover.byDraft, byPublished: mover.byPublished)
        }
        func rows(_ groups: [String: RankingPreview.Group], _ name: (String) -> String) -> [Group] {
            groups.map { code, group in
                Group(
                    code: code, name: name(code), lines: group.lines, topChanged: group.topChanged,
                    listChanged: group.listChanged, emptied: group.emptied, nearer: group.nearer,
                    farther: group.farther,
                    meanGainByDraft: group.meanGain, meanLossByPublished: group.meanLoss)
            }.sorted { ($1.topChanged, $0.code) < ($0.topChanged, $1.code) }
        }
        let noArea = LocalizedText(zhHans: "区划不详", en: "area not known")
        self.init(
            published: published, draft: draft, top: preview.top, lines: preview.lines, open: registry.wishes.count,
            topChanged: preview.topChanged, listChanged: preview.listChanged, emptied: preview.emptied,
            orderChanged: preview.orderChanged,
            areas: rows(preview.areas) { code in
                code == "-" ? noArea[language] : registry.areas.path(of: code, in: language)
            }, groups: rows(preview.groups, groups),
            lanes: rows(preview.lanes) { Lane(code: $0)?.title[language] ?? $0 },
            parties: preview.parties.compactMap { id, places in
                guard let party = RecordID(id) else { return nil }
                return Party(
                    party: party, name: parties[id] ?? id, firstBefore: places.firstBefore,
                    firstAfter: places.firstAfter, listedBefore: places.listedBefore, listedAfter: places.listedAfter)
            }.filter { $0.firstBefore != $0.firstAfter || $0.listedBefore != $0.listedAfter }
                .sorted { ($1.gain, $0.party) < ($0.gain, $1.party) },
            changes: preview.changes.prefix(mostChanges).map { change in
                let wish = registry.wishes[change.wishRow]
                return Change(
                    wish: RecordNameView(wish.key), wishLine: wish.lineNumber,
                    before: change.before.map { RecordNameView(registry.offers[$0].key) },
                    after: change.after.map { RecordNameView(registry.offers[$0].key) },
                    gainByDraft: change.gainByDraft, lossByPublished: change.lossByPublished,
                    metresBefore: change.metresBefore, metresAfter: change.metresAfter)
            },
            lists: preview.lists.prefix(mostChanges).map { change in
                let wish = registry.wishes[change.wishRow]
                return ListChange(
                    wish: RecordNameView(wish.key), wishLine: wish.lineNumber, cameIn: change.cameIn.map(mover),
                    left: change.left.map(mover), gainByDraft: change.gainByDraft,
                    lossByPublished: change.lossByPublished)
            })
    }
}

extension Lane {
    fileprivate var title: LocalizedText {
        switch self {
        case .microWish: LocalizedText(zhHans: "微心愿", en: "micro wish")
        case .microProject: LocalizedText(zhHans: "微实事", en: "micro project")
        }
    }
}

extension JSONSchema {
    static let difference = JSONSchema.integer(-1_000_000...1_000_000)
    static let listDifference = JSONSchema.integer(-50_000_000...50_000_000)
    static let total = JSONSchema.integer(0...Int64(Score.best))
}

/// Asks what a draft would change.
public struct PreviewInput: Described {
    public var draft: ProfileSource
    public var against: ProfileSource?
    public var top: Int?
    public var changes: Int?

    public init(draft: ProfileSource, against: ProfileSource? = nil, top: Int? = nil, changes: Int? = nil) {
        (self.draft, self.against, self.top, self.changes) = (draft, against, top, changes)
    }

    static let profiles: [JSONSchema.Property] = [
        .required("draft", ProfileSource.schema, "The draft.", "草案。"),
        .optional(
            "against", ProfileSource.schema, "The one to compare with; what is published by default.", "对照方案，默认现行。"),
    ]
    public static let schema = JSONSchema.object(
        "PreviewInput",
        profiles + [
            .optional(
                "top", .integer(TuningLimits.top.int64), "How many first places to compare; 5 by default.",
                "比较前几名，默认 5。"),
            .optional(
                "changes", .integer(0...Int64(TuningLimits.mostChanges)),
                "How many changes to tell of; 200 by default.",
                "列出多少处改变，默认 200。"),
        ])
    public static let sample = PreviewInput(
        draft: .sample, against: ProfileSource(name: "default"), top: 5, changes: 200)
}

/// Asks what changes for one wish: its lists before and after, or the explanations of what changes in them.
public struct PreviewWishInput: Described {
    public var draft: ProfileSource
    public var against: ProfileSource?
    public var wish: RecordID
    public var top: Int?

    public init(draft: ProfileSource, against: ProfileSource? = nil, wish: RecordID, top: Int? = nil) {
        (self.draft, self.against, self.wish, self.top) = (draft, against, wish, top)
    }

    public static let schema = JSONSchema.object(
        "PreviewWishInput",
        PreviewInput.profiles + [
            .required("wish", .id, "The wish.", "心愿。"),
            .optional(
                "top", .integer(TuningLimits.top.int64), "How many first places to look at; 5 by default.", "看前几名，默认 5。"
            ),
        ])
    public static let sample = PreviewWishInput(
        draft: .sample, against: ProfileSource(name: "default"), wish: .sample(3), top: 5)
}
