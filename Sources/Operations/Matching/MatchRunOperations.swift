internal import Casework
public import MatchCore
public import Wire

/// Some open wishes, in the order of their ids, whose suggestions are made anew.
public struct MatchRunInput: Described {
    public var profile: String?
    public var top: Int?
    public var vetoes: Bool?
    public var limit: Int?
    public var cursor: String?

    public init(
        profile: String? = nil, top: Int? = nil, vetoes: Bool? = nil, limit: Int? = nil, cursor: String? = nil
    ) {
        self.profile = profile
        self.top = top
        self.vetoes = vetoes
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        "MatchRunInput",
        [
            .profile,
            .optional("top", .integer(1...50), "Suggestions kept for each line; 5 by default.", "每条明细保存的建议数，默认 5。"),
            .optional(
                "vetoes", .flag,
                "Count what vetoes rule out, which scores every offer. By default only where nothing is found.",
                "统计被否决的数量（需逐项评分）；默认仅在没有结果时统计。"),
        ] + PageRequest.properties)
    public static let sample = MatchRunInput(top: 5, limit: 100)
}

/// What one wish line was suggested.
public struct SuggestedLine: Projection {
    public let wish: RecordNameView
    public let wishLine: Int
    /// How many offers may be matched; nil where no vetoes were counted.
    public let eligible: Int?
    /// The name of the top category that the line is of; nil where it is of none.
    public let category: String?
    /// The name of the town that the wish is from; nil where it names none.
    public let town: String?
    public let best: [Best]
    /// What the offers that came furthest were refused for; nil where there is something, and where there is no offer.
    public let nothingBecause: Cause?

    public init(
        wish: RecordNameView, wishLine: Int, eligible: Int?, category: String?, town: String?, best: [Best],
        nothingBecause: Cause?
    ) {
        self.wish = wish
        self.wishLine = wishLine
        self.eligible = eligible
        self.category = category
        self.town = town
        self.best = best
        self.nothingBecause = nothingBecause
    }

    /// The names of the top category above a category, and of the town that an area lies in.
    public static func groups(
        category: String?, area: String?, _ categories: CategoryTree, _ areas: AreaTree, _ language: Language
    ) -> (category: String?, town: String?) {
        var top = category
        while let code = top.flatMap({ categories[$0]?.parent }) { top = code }
        return (
            top.flatMap { categories[$0]?.name[language] },
            area.flatMap { areas[areas.town(of: $0)]?.name[language] }
        )
    }

    /// A veto.
    public struct Cause: Described {
        public let scorer: String
        public let reason: String
        /// As people say it.
        public let title: String

        public init(scorer: String, reason: String, title: String) {
            self.scorer = scorer
            self.reason = reason
            self.title = title
        }

        public static let schema = JSONSchema.object(
            "SuggestionCause",
            [
                .required("scorer", .text(1...64), "The scorer.", "评分项。"),
                .required("reason", .text(1...200), "The veto's code.", "否决代码。"),
                .required("title", .text(1...400), "The veto in words.", "否决说明。"),
            ])
        public static let sample = Cause(scorer: "categoryFit", reason: "other", title: "Category · other")
    }

    public struct Best: Described {
        public let offer: RecordNameView
        public let offerLine: Int
        public let total: Int32

        public init(offer: RecordNameView, offerLine: Int, total: Int32) {
            self.offer = offer
            self.offerLine = offerLine
            self.total = total
        }

        public static let schema = JSONSchema.object(
            "SuggestedOffer",
            [
                .required("offer", RecordNameView.schema, "The offer.", "资源。"),
                .required("offerLine", .lineNumber, "Its line.", "资源明细序号。"),
                .required("total", .integer(0...1_000_000), "The score.", "总分。"),
            ])
        public static let sample = Best(offer: .sample, offerLine: 1, total: 812_345)
    }

    public static let schema = JSONSchema.object(
        "SuggestedLine",
        [
            .required("wish", RecordNameView.schema, "The wish.", "心愿。"),
            .required("wishLine", .lineNumber, "Its line.", "心愿明细序号。"),
            .optional(
                "eligible", .integer(0...Int64(Int32.max)), "How many no veto ruled out, where vetoes were counted.",
                "未被否决的数量（统计否决时）。"),
            .optional("category", .text(1...200), "The name of its top category.", "所属大类的名称。"),
            .optional("town", .text(1...200), "The name of the town.", "所在镇街的名称。"),
            .required(
                "best", .list(of: Best.schema, 0...200), "The best offers; empty where none can be matched.",
                "最佳资源；无可匹配时为空。"),
            .optional(
                "nothingBecause", Cause.schema,
                "Where none can be matched: what the offers that came furthest were refused for.",
                "无可匹配时：走得最远的资源因何被否决。"),
        ])
    public static let sample = SuggestedLine(
        wish: .sample, wishLine: 1, eligible: 12, category: "辅助器具", town: "虎门镇", best: [.sample],
        nothingBecause: .sample)

    public struct Record {
        let wish: RecordKey
        let area: String?
        let line: Int
        let category: String?
        let eligible: Int?
        /// Where vetoes were counted.
        let vetoes: [Ranking.VetoCount]?
        let plans: [ScoringPlan]
        let best: [(offer: RecordKey, line: Int, total: Int32)]
    }

    public static func projecting(_ record: Record, in context: OperationContext) throws -> SuggestedLine? {
        guard context.sees(.suggestion, isWithin: context.isInScope(area: record.area)) else { return nil }
        let language = context.viewer.language
        let groups = groups(
            category: record.category, area: record.area, context.reference.categories, context.reference.areas,
            language)
        var cause: Ranking.VetoCount?
        if record.best.isEmpty, record.vetoes != nil {
            // Vetoes are counted under the first scorer that says one, in the order of the profile: the last that stopped
            // anything is as far as any offer came.
            cause = try ExplainedFiles(of: [record.wish.id], in: context)
                .told(record.vetoes, of: record.wish.id, record.plans)?.last
        }
        return SuggestedLine(
            wish: RecordNameView(record.wish), wishLine: record.line, eligible: record.eligible,
            category: groups.category, town: groups.town,
            best: record.best.map { Best(offer: RecordNameView($0.offer), offerLine: $0.line, total: $0.total) },
            nothingBecause: cause.map {
                let veto = RankingView.Veto($0, record.plans, language)
                return Cause(scorer: veto.scorer, reason: veto.reason, title: veto.title)
            })
    }
}

extension MatchOperations {
    /// Suggestions for every open wish, a page of wishes at a time.
    public static let run = Operation<MatchRunInput, Page<SuggestedLine>>(
        OperationFacts(
            .matchesRun, .post, "/v1/matches",
            "Makes the suggestions of open wishes anew, some at a time, and keeps them.",
            zhHans: "为未办结的心愿重新生成并保存建议，每次一部分。",
            details: LocalizedText(
                zhHans: "以 next 作为下次的 cursor，直到没有 next。",
                en: "Give 'next' as 'cursor' the next time, until there is none."),
            weight: .sweeping)
    ) { input, context in
        let request = PageRequest(limit: input.limit, cursor: input.cursor)
        let name = try context.profileToRank(by: input.profile, at: "/profile", keeps: true)
        guard let view = try context.room.matching.view(by: name, at: context.now, in: context.store) else {
            throw Problem.notFound
        }
        let wishes = try context.registry.wishes(
            RecordQuery(
                state: "open", areas: context.inScope(nil), after: try request.place?.recordID), limit: request.limit)
        let shelf = SuggestionShelf(context.store)
        var lines: [SuggestedLine.Record] = []
        for wish in wishes {
            for row in view.wishes(of: wish.key.id) {
                let limit = input.top ?? 5
                var ranking = view.ranker.offers(for: row, limit: limit, countingVetoes: input.vetoes == true)
                if ranking.candidates.isEmpty, ranking.vetoes == nil {
                    ranking = view.ranker.offers(for: row, limit: limit, countingVetoes: true)
                }
                let explanations = view.ranker.explanations(of: ranking, for: row)
                try shelf.store(explanations, wish: wish.key.id, line: row.lineNumber)
                lines.append(
                    SuggestedLine.Record(
                        wish: wish.key, area: wish.features.place.area, line: row.lineNumber,
                        category: wish.features.lines.first { $0.number == row.lineNumber }?.category,
                        eligible: ranking.eligible, vetoes: ranking.vetoes, plans: view.plans,
                        best: explanations.compactMap { one in
                            one.total.map { (offer: one.offer, line: one.offerLine, total: $0) }
                        }))
            }
        }
        return PageRecord(
            items: lines, next: wishes.count < request.limit ? nil : wishes.last.map { Cursor($0.key.id) })
    }

    /// Whether stored explanations add up.
    public static let verify = Operation<VerificationInput, VerificationView>(
        OperationFacts(
            .matchesVerify, .get, "/v1/matches/verification",
            "Adds every stored explanation up again; 'deep' judges the listed facts again, too.",
            zhHans: "重新核算全部已存的评分说明；deep 时逐项重新评判。", weight: .sweeping)
    ) { input, context in
        guard context.viewer.areas.isEmpty else {
            throw Problem(
                .forbidden, "This looks at the whole programme, and this token is limited to areas.",
                zhHans: "此操作涉及整个项目，而此令牌限于部分区划。")
        }
        var recomputation = Recomputation()
        let matching = context.room.matching
        let profile = try input.profile.map {
            try ProfileName($0, at: "?profile").kept(in: context.store, at: "?profile")
        }
        try recomputation.run(
            over: context.store, under: profile,
            plan: input.deep == true ? { try matching.plan(of: $0, in: context.store) } : nil)
        return VerificationView(recomputation, isDeep: input.deep == true)
    }
}

/// How thoroughly to look.
public struct VerificationInput: Described {
    public var deep: Bool?
    /// Only what was made under it.
    public var profile: String?

    public init(deep: Bool? = nil, profile: String? = nil) {
        self.deep = deep
        self.profile = profile
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("deep", .flag, "Judge the listed facts again.", "逐项重新评判。"),
            .optional(
                "profile", .text(1...130), "Only what was made under NAME or NAME@REVISION; everything by default.",
                "只看在 名称 或 名称@版次 下所作者；默认全部。"),
        ])
    public static let sample = VerificationInput(deep: true)
}

/// What a look at all stored explanations found.
public struct VerificationView: OpenAnswer {
    public let explanations: Int
    public let differing: Int
    public let isDeep: Bool
    public let skipped: [String]
    public let differences: [Difference]

    /// One explanation that does not add up; the first thousand are named.
    public struct Difference: Described {
        public let place: String
        public let faults: [String]

        public static let schema = JSONSchema.object(
            "Difference",
            [
                .required("place", .text(1...1_000), "Which one.", "位置。"),
                .required("faults", .list(of: .text(1...4_000), 0...1_000), "What is wrong.", "问题。"),
            ])
        public static let sample = Difference(place: "W-12/1 #1 O-3/1", faults: ["the total is 1, not 2"])
    }

    static let most = 1_000

    public static let schema = JSONSchema.object(
        "Verification",
        [
            .required("explanations", .integer(0...Int64.max), "How many were looked at.", "核算的数量。"),
            .required("differing", .integer(0...Int64.max), "How many differ.", "不符的数量。"),
            .required("isDeep", .flag, "Whether facts were judged again.", "是否逐项重新评判。"),
            .required(
                "skipped", .list(of: .text(1...1_000), 0...10_000), "What could not be judged again.", "无法重新评判的部分。"),
            .required("differences", .list(of: Difference.schema, 0...most), "Which differ.", "不符之处。"),
        ])
    public static let sample = VerificationView(
        explanations: 10, differing: 1, isDeep: true, skipped: ["profile default@1"], differences: [.sample])

    private init(
        explanations: Int, differing: Int, isDeep: Bool, skipped: [String], differences: [Difference]
    ) {
        self.explanations = explanations
        self.differing = differing
        self.isDeep = isDeep
        self.skipped = skipped
        self.differences = differences
    }

    init(_ recomputation: Recomputation, isDeep: Bool) {
        self.init(
            explanations: recomputation.checked, differing: recomputation.differences.count, isDeep: isDeep,
            skipped: recomputation.skipped.sorted(),
            differences: recomputation.differences.prefix(Self.most).map {
                Difference(place: $0.place, faults: $0.faults)
            })
    }
}
