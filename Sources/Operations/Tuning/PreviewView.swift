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
    public let orderChanged: Int
    public let areas: [Group]
    public let groups: [Group]
    public let lanes: [Group]
    public let parties: [Party]
    /// The first offers that change, the draft's greatest gain first.
    public let changes: [Change]

    public struct Group: Described {
        public let code: String
        public let name: String
        public let lines: Int
        public let topChanged: Int
        public let listChanged: Int
        public let nearer: Int
        public let farther: Int
        /// Means over the changed first offers.
        public let meanGainByDraft: Int64
        public let meanLossByPublished: Int64

        public static let schema = JSONSchema.object(
            "PreviewGroup",
            [
                .required("code", .text(0...200), "Its code; '-' where it is not known.", "代码；不详为 -。"),
                .required("name", .text(0...400), "Its name.", "名称。"),
                .required("lines", .count, "Its open lines.", "未满足明细数。"),
                .required("topChanged", .count, "Those with another first offer.", "首位改变数。"),
                .required("listChanged", .count, "Those with other first few.", "前几名改变数。"),
                .required("nearer", .count, "Those whose first offer is nearer.", "首位更近数。"),
                .required("farther", .count, "Those whose first offer is farther.", "首位更远数。"),
                .required("meanGainByDraft", .difference, "By the draft's totals.", "按草案的平均增益。"),
                .required("meanLossByPublished", .difference, "By the published totals.", "按现行的平均损失。"),
            ])
        public static let sample = Group(
            code: "441900119", name: "Humen", lines: 40, topChanged: 9, listChanged: 20, nearer: 5, farther: 3,
            meanGainByDraft: 30_000, meanLossByPublished: 12_000)
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
            .required("orderChanged", .count, "Lines with another order, or more.", "次序改变数。"),
            .required("areas", .list(of: Group.schema, 0...100_000), "By area.", "按区划。"),
            .required("groups", .list(of: Group.schema, 0...1_000), "By group.", "按群体。"),
            .required("lanes", .list(of: Group.schema, 0...10), "By lane.", "按通道。"),
            .required("parties", .list(of: Party.schema, 0...1_000_000), "Who gains and loses places.", "各主体的增减。"),
            .required(
                "changes", .list(of: Change.schema, 0...TuningLimits.mostChanges), "The greatest gains first.",
                "增益最大者在前。"),
        ])
    public static let sample = PreviewView(
        published: "default@3", draft: "default:draft", top: 5, lines: 900, open: 900, topChanged: 120,
        listChanged: 300, orderChanged: 420, areas: [.sample], groups: [.sample], lanes: [.sample],
        parties: [.sample], changes: [.sample])

    private init(
        published: String, draft: String, top: Int, lines: Int, open: Int, topChanged: Int, listChanged: Int,
        orderChanged: Int, areas: [Group], groups: [Group], lanes: [Group], parties: [Party], changes: [Change]
    ) {
        (self.published, self.draft, self.top, self.lines, self.open) = (published, draft, top, lines, open)
        (self.topChanged, self.listChanged, self.orderChanged) = (topChanged, listChanged, orderChanged)
        (self.areas, self.groups, self.lanes) = (areas, groups, lanes)
        (self.parties, self.changes) = (parties, changes)
    }

    /// - Parameters:
    ///   - parties: names by id.
    ///   - mostChanges: how many single changes are told of.
    public init(
        _ preview: RankingPreview, published: String, draft: String, registry: Registry, parties: [String: String],
        mostChanges: Int, language: Language
    ) {
        func rows(_ groups: [String: RankingPreview.Group], _ name: (String) -> String) -> [Group] {
            groups.map { code, group in
                let count = Int64(max(1, group.topChanged))
                return Group(
                    code: code, name: name(code), lines: group.lines, topChanged: group.topChanged,
                    listChanged: group.listChanged, nearer: group.nearer, farther: group.farther,
                    meanGainByDraft: group.gain / count, meanLossByPublished: group.loss / count)
            }.sorted { ($1.topChanged, $0.code) < ($0.topChanged, $1.code) }
        }
        let noArea = LocalizedText(zhHans: "区划不详", en: "area not known")
        self.init(
            published: published, draft: draft, top: preview.top, lines: preview.lines, open: registry.wishes.count,
            topChanged: preview.topChanged, listChanged: preview.listChanged, orderChanged: preview.orderChanged,
            areas: rows(preview.areas) { code in
                code == "-" ? noArea[language] : registry.areas.path(of: code, in: language)
            }, groups: rows(preview.groups) { $0 }, lanes: rows(preview.lanes) { $0 },
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
            })
    }
}

extension JSONSchema {
    static let difference = JSONSchema.integer(-1_000_000...1_000_000)
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
            .optional("top", .integer(1...50), "How many first places to compare; 5 by default.", "比较前几名，默认 5。"),
            .optional(
                "changes", .integer(0...Int64(TuningLimits.mostChanges)),
                "How many changes to tell of; 200 by default.",
                "列出多少处改变，默认 200。"),
        ])
    public static let sample = PreviewInput(
        draft: .sample, against: ProfileSource(name: "default"), top: 5, changes: 200)
}

/// Asks for the explanation of one wish's change.
public struct PreviewWishInput: Described {
    public var draft: ProfileSource
    public var against: ProfileSource?
    public var wish: RecordID

    public init(draft: ProfileSource, against: ProfileSource? = nil, wish: RecordID) {
        (self.draft, self.against, self.wish) = (draft, against, wish)
    }

    public static let schema = JSONSchema.object(
        "PreviewWishInput", PreviewInput.profiles + [.required("wish", .id, "The wish.", "心愿。")])
    public static let sample = PreviewWishInput(
        draft: .sample, against: ProfileSource(name: "default"), wish: .sample(3))
}
