internal import Casework
internal import MatchCore
public import Wire

/// The best candidates for one line of a wish or an offer, best first.
public struct RankingView: Described {
    public let subject: RecordNameView
    public let subjectLine: Int
    public let title: String
    public let profile: String
    public let scored: Int
    public let eligible: Int?
    public let vetoes: [Veto]?
    public let candidates: [Candidate]

    public struct Veto: Described {
        public let scorer: String
        public let reason: String
        public let title: String
        public let count: Int

        public static let schema = JSONSchema.object(
            "VetoCount",
            [
                .required("scorer", .text(1...64), "The scorer.", "评分项。"),
                .required("reason", .text(1...200), "The veto's code.", "否决代码。"),
                .required("title", .text(1...400), "The veto in words.", "否决说明。"),
                .required("count", .integer(0...Int64(Int32.max)), "How many it ruled out.", "否决数量。"),
            ])
        public static let sample = Veto(scorer: "categoryFit", reason: "other", title: "Category · other", count: 12)
    }

    public struct Candidate: Described {
        public let rank: Int
        public let record: RecordNameView
        public let line: Int
        public let title: String
        /// Who offers; nil where wishes are ranked.
        public let party: String?
        public let total: Int32
        public let explanation: ExplanationView?

        public static let schema = JSONSchema.object(
            "MatchCandidate",
            [
                .required("rank", .integer(1...Int64(Int32.max)), "1 for the best.", "名次，1 为最佳。"),
                .required("record", RecordNameView.schema, "The offer or the wish.", "资源或心愿。"),
                .required("line", .lineNumber, "Its line.", "明细序号。"),
                .required("title", .text(0...4_000), "Its wording, or its items.", "文字或物品。"),
                .optional("party", .text(0...200), "Who offers.", "资源主体。"),
                .required("total", .integer(0...1_000_000), "The total score.", "总分。"),
                .optional("explanation", ExplanationView.schema, "Why, where asked for.", "评分说明（按需）。"),
            ])
        public static let sample = Candidate(
            rank: 1, record: RecordNameView(RecordKey(source: "web", externalID: "O-3", id: .sample(2))), line: 1,
            title: "五辆轮椅", party: "示例公益基金", total: 800_000, explanation: .sample)
    }

    public static let schema = JSONSchema.object(
        "Ranking",
        [
            .required("subject", RecordNameView.schema, "The wish or the offer.", "心愿或资源。"),
            .required("subjectLine", .lineNumber, "Its line.", "明细序号。"),
            .required("title", .text(0...4_000), "Its wording, or its items.", "文字或物品。"),
            .required("profile", .text(1...200), "Profile and revision.", "评分方案及版本。"),
            .required("scored", .integer(0...Int64(Int32.max)), "How many lines were scored.", "已评分数量。"),
            .optional(
                "eligible", .integer(0...Int64(Int32.max)), "How many no veto ruled out, where vetoes are counted.",
                "未被否决的数量（统计否决时）。"),
            .optional("vetoes", .list(of: Veto.schema, 0...1_000), "Vetoes, where asked for.", "否决统计（按需）。"),
            .required("candidates", .list(of: Candidate.schema, 0...200), "The best, best first.", "候选，最佳在前。"),
        ])
    public static let sample = RankingView(
        subject: .sample, subjectLine: 1, title: "一台轮椅", profile: "default@1", scored: 1_000, eligible: 12,
        vetoes: [.sample], candidates: [.sample])
}

/// The rankings of all lines of one wish or offer.
public struct MatchList: Projection {
    public let items: [RankingView]

    public static let schema = JSONSchema.object(
        "MatchList", [.required("items", .list(of: RankingView.schema, 0...100), "One per line.", "每条明细一项。")])
    public static let sample = MatchList(items: [.sample])

    /// Staff see everything. A donor sees which visible wishes fit its own offer, but neither facts of the people behind
    /// them nor how many were ruled out.
    public static func projecting(_ finding: MatchFinding, in context: OperationContext) throws -> MatchList? {
        let isStaff = context.viewer.isStaff
        let language = context.viewer.language
        let plan = finding.plan
        return MatchList(
            items: try finding.lines.map { line in
                var candidates: [RankingView.Candidate] = []
                for match in line.matches {
                    let key = finding.isOfWish ? match.offer : match.wish
                    guard let title = try context.title(of: key.id, isWish: !finding.isOfWish) else { continue }
                    candidates.append(
                        RankingView.Candidate(
                            rank: candidates.count + 1, record: RecordNameView(key),
                            line: finding.isOfWish ? match.offerLine : match.wishLine, title: title.text,
                            party: title.party, total: match.total ?? 0,
                            explanation: isStaff && finding.explains
                                ? ExplanationView(match, plan: plan, language: language) : nil))
                }
                return RankingView(
                    subject: RecordNameView(line.subject), subjectLine: line.number,
                    title: try context.title(of: line.subject.id, isWish: finding.isOfWish)?.text ?? "",
                    profile: plan.profile.reference, scored: line.ranking.scored,
                    eligible: isStaff && finding.countsVetoes ? line.ranking.eligible : nil,
                    vetoes: isStaff && finding.countsVetoes
                        ? line.ranking.vetoes.map { RankingView.Veto($0, plan, language) } : nil,
                    candidates: candidates)
            })
    }
}

extension RankingView.Veto {
    /// A veto as people say it: the scorer's title and that of the veto.
    init(_ veto: Ranking.VetoCount, _ plan: ScoringPlan, _ language: Language) {
        let descriptor = plan.steps.first { $0.descriptor.id == veto.scorer }?.descriptor
        let title = descriptor?.vetoes.first { $0.reason == veto.reason }?.title[language] ?? veto.reason
        self.init(
            scorer: veto.scorer, reason: veto.reason,
            title: descriptor.map { "\($0.title[language])·\(title)" } ?? "\(veto.scorer) \(veto.reason)",
            count: veto.count)
    }
}

/// What ranking found, before projection.
public struct MatchFinding {
    let isOfWish: Bool
    let plan: ScoringPlan
    let explains: Bool
    let countsVetoes: Bool
    let lines: [Line]

    struct Line {
        let subject: RecordKey
        let number: Int
        let ranking: Ranking
        let matches: [Explanation]
    }
}

extension OperationContext {
    /// What to call a record: its wording, or its items where there is none; nil for a wish that the viewer may not see.
    fileprivate func title(of id: RecordID, isWish: Bool) throws -> (text: String, party: String?)? {
        func text(_ words: String, _ codes: [String?]) -> String {
            if !words.isEmpty { return words }
            return codes.compactMap { $0.flatMap { reference.categories[$0]?.name[viewer.language] } }
                .joined(separator: viewer.language == .zhHans ? "、" : ", ")
        }
        if isWish {
            guard let wish = try registry.wish(id), try WishView.projecting(wish, in: self) != nil else { return nil }
            return (text(wish.features.text, wish.features.lines.map(\.category)), nil)
        }
        guard let offer = try registry.offer(id) else { return nil }
        return (
            text(offer.features.text, offer.features.lines.map(\.category)),
            try registry.party(offer.features.party)?.name
        )
    }
}
