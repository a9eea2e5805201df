internal import Casework
internal import MatchCore
public import Wire

/// The best candidates for one line of a wish or an offer, best first.
public struct RankingView: Described {
    public let subject: RecordNameView
    public let subjectLine: Int
    public let title: String
    /// Who offers, where the subject is an offer.
    public let party: String?
    public let profile: String
    /// How many lines of the other side could be matched; nil for donors, and for whoever knows of some of them only.
    public let open: Int?
    public let scored: Int
    public let eligible: Int?
    public let vetoes: [Veto]?
    /// Whose vote made the order; nil where the totals made it.
    public let voices: [String]?
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
        /// Nil for donors: a score of theirs would be a distance.
        public let total: Int32?
        /// Twice the points of the vote; nil where the totals make the order.
        public let halfPoints: Int?
        public let explanation: ExplanationView?

        public static let schema = JSONSchema.object(
            "MatchCandidate",
            [
                .required("rank", .integer(1...Int64(Int32.max)), "1 for the best.", "名次，1 为最佳。"),
                .required("record", RecordNameView.schema, "The offer or the wish.", "资源或心愿。"),
                .required("line", .lineNumber, "Its line.", "明细序号。"),
                .required("title", .text(0...4_000), "Its wording, or its items.", "文字或物品。"),
                .optional("party", .text(0...200), "Who offers.", "资源主体。"),
                .optional("total", .integer(0...1_000_000), "The total score; for staff.", "总分，仅工作人员可见。"),
                .optional(
                    "halfPoints", .count, "Twice the points of the vote that made the order; for staff.",
                    "投票得分的两倍，仅工作人员可见。"),
                .optional("explanation", ExplanationView.schema, "Why, where asked for.", "评分说明（按需）。"),
            ])
        public static let sample = Candidate(
            rank: 1, record: RecordNameView(RecordKey(source: "web", externalID: "O-3", id: .sample(2))), line: 1,
            title: "五辆轮椅", party: "示例公益基金", total: 800_000, halfPoints: 50, explanation: .sample)
    }

    public static let schema = JSONSchema.object(
        "Ranking",
        [
            .required("subject", RecordNameView.schema, "The wish or the offer.", "心愿或资源。"),
            .required("subjectLine", .lineNumber, "Its line.", "明细序号。"),
            .required("title", .text(0...4_000), "Its wording, or its items.", "文字或物品。"),
            .optional("party", .text(0...200), "Who offers, where the subject is an offer.", "资源主体（对象为资源时）。"),
            .required("profile", .text(1...200), "Profile and revision.", "评分方案及版本。"),
            .optional("open", .integer(0...Int64(Int32.max)), "How many open lines there are.", "可匹配的明细数量。"),
            .required("scored", .integer(0...Int64(Int32.max)), "How many lines had to be scored.", "需要评分的数量。"),
            .optional(
                "eligible", .integer(0...Int64(Int32.max)), "How many no veto ruled out, where vetoes are counted.",
                "未被否决的数量（统计否决时）。"),
            .optional("vetoes", .list(of: Veto.schema, 0...1_000), "Vetoes, where asked for.", "否决统计（按需）。"),
            .optional(
                "voices", .list(of: .text(1...300), 0...10),
                "Whose vote made the order, as NAME=PROFILE*VOTES; left out where the totals made it.",
                "由哪几方投票排序（名称=方案*票数）；按总分排序时没有此项。"),
            .required("candidates", .list(of: Candidate.schema, 0...200), "The best, best first.", "候选，最佳在前。"),
        ])
    public static let sample = RankingView(
        subject: .sample, subjectLine: 1, title: "一台轮椅", party: "示例公益基金", profile: "default@1", open: 1_000,
        scored: 384,
        eligible: 12,
        vetoes: [.sample], voices: ["donors=donors@2*2"], candidates: [.sample])
}

/// The rankings of all lines of one wish or offer.
public struct MatchList: Projection {
    public let items: [RankingView]

    public static let schema = JSONSchema.object(
        "MatchList", [.required("items", .list(of: RankingView.schema, 0...100), "One per line.", "每条明细一项。")])
    public static let sample = MatchList(items: [.sample])

    /// Whoever sees no scores sees which visible wishes fit its own offer, in their order: no total, no facts of the people
    /// behind them, and not how many were ruled out.
    public static func projecting(_ finding: MatchFinding, in context: OperationContext) throws -> MatchList? {
        let parts = context.parts(of: .match, isOwn: true)
        guard parts.contains(.existence) else { return nil }
        let isScored = parts.contains(.scores)
        let language = context.viewer.language
        let files = try ExplainedFiles(of: isScored ? finding.wishes : [], in: context)
        return MatchList(
            items: try finding.lines.map { line in
                let titles = try context.titles(of: line.candidates.map(\.key.id), areWishes: !finding.isOfWish)
                var candidates: [RankingView.Candidate] = []
                for (place, candidate) in line.candidates.enumerated() {
                    guard let title = titles[candidate.key.id] else { continue }
                    let explanation = isScored && finding.explains ? candidate.explanation : nil
                    candidates.append(
                        RankingView.Candidate(
                            rank: candidates.count + 1,
                            record: title.isNamed
                                ? RecordNameView(candidate.key) : RecordNameView(anonymous: candidate.key),
                            line: candidate.line,
                            title: title.text, party: title.party, total: isScored ? candidate.total : nil,
                            halfPoints: isScored ? line.vote?.standings[place].halfPoints : nil,
                            explanation: try explanation.map { try files.view(of: $0, plan: finding.view.plan(of: $0)) }
                        ))
                }
                let vetoes =
                    finding.isOfWish ? files.told(line.vetoes, of: line.subject.id, finding.view.plans) : line.vetoes
                let title = try context.titles(of: [line.subject.id], areWishes: finding.isOfWish)[line.subject.id]
                return RankingView(
                    subject: RecordNameView(line.subject), subjectLine: line.number, title: title?.text ?? "",
                    party: title?.party, profile: line.profile, open: isScored ? finding.open : nil,
                    scored: finding.tellsScored(line) ? line.scored : candidates.count,
                    eligible: isScored ? line.eligible : nil,
                    vetoes: isScored ? vetoes?.map { RankingView.Veto($0, finding.view.plans, language) } : nil,
                    voices: isScored
                        ? line.vote.map { vote in
                            zip(vote.ballots, vote.profiles).map {
                                VoteTerms.Voice(name: $0.voice, votes: $0.votes, profile: $1).description
                            }
                        } : nil, candidates: candidates)
            })
    }
}

extension MatchList: AnyList {
    var count: Int { items.reduce(0) { $0 + $1.candidates.count } }
}

extension RankingView.Veto {
    /// A veto as people say it: the scorer's title and that of the veto.
    init(_ veto: Ranking.VetoCount, _ plans: [ScoringPlan], _ language: Language) {
        let descriptor = plans.lazy.flatMap(\.steps).first { $0.descriptor.id == veto.scorer }?.descriptor
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
    let view: MatchingView
    let explains: Bool
    /// Which rows of the other side were ranked.
    let filter: RankFilter
    let lines: [Line]

    struct Line {
        let subject: RecordKey
        let number: Int
        /// The profile's revision, with the layers that the line's own plan has.
        let profile: String
        let scored: Int
        let eligible: Int?
        let vetoes: [Ranking.VetoCount]?
        let candidates: [Candidate]
        /// Where a vote made the order.
        let vote: VoteCount?

        init<Subject: KeyedRow, Row: KeyedRow>(
            _ subject: Subject, profile: String, _ ranking: ViewRanking<Row>, vote: VoteCount? = nil,
            explanations: [Explanation]
        ) {
            self.vote = vote
            self.subject = subject.key
            number = subject.lineNumber
            self.profile = profile
            (scored, eligible, vetoes) = (ranking.scored, ranking.eligible, ranking.vetoes)
            candidates = ranking.candidates.enumerated().map { place, candidate in
                Candidate(
                    key: candidate.row.key, line: candidate.row.lineNumber, total: candidate.total,
                    explanation: explanations.indices.contains(place) ? explanations[place] : nil)
            }
        }
    }

    struct Candidate {
        let key: RecordKey
        let line: Int
        let total: Int32
        /// Where somebody wants it.
        let explanation: Explanation?
    }

    /// The wishes of whom something is explained, or counted.
    var wishes: [RecordID] {
        if isOfWish { return lines.filter { explains || $0.vetoes != nil }.map(\.subject.id) }
        return explains ? lines.flatMap { $0.candidates.map(\.key.id) } : []
    }

    /// Whether what had to be scored is the viewer's to know of. Where nothing was counted, blocks are scored whole, with rows
    /// that a filter then leaves out.
    func tellsScored(_ line: Line) -> Bool { filter == .everything || line.vetoes != nil }

    /// How many lines of the other side there are; nil where only some of them are the viewer's to know of.
    var open: Int? {
        guard filter == .everything else { return nil }
        return isOfWish ? view.ranker.view.offerLineCount : view.ranker.view.wishLineCount
    }
}

/// What to call a record.
struct RecordTitle {
    let text: String
    let party: String?
    /// Whether the viewer may know what the record is called elsewhere.
    let isNamed: Bool
}

extension OperationContext {
    /// The wishes that a ranking for the viewer is made of: those of the areas that it works in, where it knows of no others.
    func wishesInSight(in areas: AreaTree) -> RankFilter {
        let seesAll = viewer.areas.isEmpty || parts(of: .wish, at: .published).contains(.existence)
        return seesAll ? .everything : RankFilter(areas: Set(viewer.areas.compactMap { areas.tree.index(of: $0) }))
    }

    /// What a party is called, for whoever sees it; a person's name is noted as read.
    private func name(of title: PartyTitle?, _ party: RecordID) -> String? {
        let isOwn = viewer.isParty(party)
        guard let title, sees(.party, isOwn: isOwn) else { return nil }
        if title.isPersonal, !isOwn { note(.name, of: party) }
        return title.name
    }

    /// What to call records: their wording, or their items where there is none. Without the wishes that the viewer may
    /// not see. However many are asked for, the store is read once or twice.
    func titles(of ids: [RecordID], areWishes: Bool) throws -> [RecordID: RecordTitle] {
        func text(_ words: String, _ codes: [String?]) -> String {
            if !words.isEmpty { return words }
            return codes.compactMap { $0.flatMap { reference.categories[$0]?.name[viewer.language] } }
                .joined(separator: viewer.language == .zhHans ? "、" : ", ")
        }
        if areWishes {
            return try registry.wishes(ids).compactMapValues { wish in
                let sight = try sight(of: wish)
                guard sight.parts.contains(.existence) else { return nil }
                let words = sight.isApproved && sight.showsText ? wish.features.text : ""
                return RecordTitle(
                    text: text(words, wish.features.lines.map(\.category)), party: nil,
                    isNamed: sight.parts.contains(.handle))
            }
        }
        let titles = try room.matching.titles(ofOffers: ids, in: store)
        return titles.offers.mapValues {
            RecordTitle(
                text: text($0.words, $0.categories), party: name(of: titles.parties[$0.party], $0.party), isNamed: true)
        }
    }
}
