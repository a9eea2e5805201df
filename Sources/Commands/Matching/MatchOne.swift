import Casework
import MatchCore
import Storage

/// Ranks the other side for one wish or one offer, and shows the list.
struct MatchOne {
    let desk: MatchDesk
    let store: Store
    let session: Session
    let limit: Int
    /// Each candidate with its full explanation, not only the first line of it.
    let explains: Bool
    /// Also where as many are found as were asked for.
    let countsVetoes: Bool

    func offers(forWish name: String) throws {
        let id = try store.cases.blockingRead { try RecordNames(transaction: $0, kind: .wish).id(named: name) }
        let rows = desk.wishRows(of: id)
        guard !rows.isEmpty else { throw CommandError(.notFound, MatchWords.closed.filled(["name": name])) }
        for row in rows {
            let wish = desk.registry.wishes[row]
            let ranking = ranking { desk.ranker.offers(for: wish, limit: limit, countingVetoes: $0) }
            let explanations = ranking.candidates.map {
                desk.ranker.explain(wish: wish, offer: desk.registry.offers[$0.row])
            }
            try store.cases.blockingWrite {
                try SuggestionShelf($0).store(explanations, wish: id, line: wish.lineNumber)
            }
            try show(
                ranking, explanations, subject: (wish.key, wish.lineNumber), isWish: true,
                candidates: explanations.map {
                    ($0.offer, $0.offerLine)
                })
        }
    }

    func wishes(forOffer name: String) throws {
        let id = try store.cases.blockingRead { try RecordNames(transaction: $0, kind: .offer).id(named: name) }
        let rows = desk.offerRows(of: id)
        guard !rows.isEmpty else { throw CommandError(.notFound, MatchWords.offerClosed.filled(["name": name])) }
        for row in rows {
            let offer = desk.registry.offers[row]
            let ranking = ranking { desk.ranker.wishes(for: offer, limit: limit, countingVetoes: $0) }
            let explanations = ranking.candidates.map {
                desk.ranker.explain(wish: desk.registry.wishes[$0.row], offer: offer)
            }
            try show(
                ranking, explanations, subject: (offer.key, offer.lineNumber), isWish: false,
                candidates: explanations.map {
                    ($0.wish, $0.wishLine)
                })
        }
    }

    /// Where fewer are found than were asked for, somebody wants to know what stopped the others.
    private func ranking(_ rank: (_ countingVetoes: Bool) -> Ranking) -> Ranking {
        let ranking = rank(countsVetoes)
        return !countsVetoes && ranking.candidates.count < limit ? rank(true) : ranking
    }

    private func show(
        _ ranking: Ranking, _ explanations: [Explanation], subject: (key: RecordKey, line: Int), isWish: Bool,
        candidates: [(key: RecordKey, line: Int)]
    ) throws {
        let language = session.language
        if session.options.json {
            try session.emitLine(
                RankingRecord(
                    subject: RecordName(subject.key), subjectLine: subject.line,
                    profile: desk.plan.profile.reference, open: open(isWish: isWish), scored: ranking.scored,
                    eligible: ranking.eligible,
                    vetoes: ranking.vetoes?.map { .init(scorer: $0.scorer, reason: $0.reason, count: $0.count) },
                    candidates: zip(explanations, candidates).enumerated().map { index, pair in
                        RankingRecord.Candidate(
                            rank: index + 1, record: RecordName(pair.1.key), line: pair.1.line,
                            total: pair.0.total ?? 0,
                            explanation: explains
                                ? ExplanationRecord(pair.0, plan: desk.plan, language: language) : nil)
                    }))
            return
        }
        let titles = try titles(explanations, subject: subject.key, isWish: isWish)
        // The page of an explanation names both sides itself.
        if !explains || explanations.isEmpty {
            let word = isWish ? MatchWords.wish : .offer
            let title = isWish ? titles.wish(subject.key.id) : titles.offer(subject.key.id)
            session.sayProse("\(word[language]) \(subject.key.handle)  \(title)", style: .heading)
        }
        if explains {
            for explanation in explanations {
                ExplanationPage(
                    explanation: explanation, plan: desk.plan, wishTitle: titles.wish(explanation.wish.id),
                    offerTitle: titles.offer(explanation.offer.id), party: titles.party(ofOffer: explanation.offer.id)
                ).show(in: session)
                session.say()
            }
        } else if !explanations.isEmpty {
            session.say(table(explanations, candidates, titles, isWish: isWish))
        }
        if explanations.isEmpty { session.say(MatchWords.nothing, style: .fair) }
        let summary = RankingSummary(ranking, open: open(isWish: isWish), plan: desk.plan)
        session.sayProse(summary.text(in: language), style: .faint)
    }

    private func open(isWish: Bool) -> Int { isWish ? desk.registry.offers.count : desk.registry.wishes.count }

    private func table(
        _ explanations: [Explanation], _ candidates: [(key: RecordKey, line: Int)], _ titles: RecordTitles, isWish: Bool
    ) -> Table {
        let language = session.language
        let columns: [Table.Column] = [
            .number(MatchWords.rank[language]), .number(MatchWords.total[language]), .name(""),
            .name((isWish ? MatchWords.offer : .wish)[language]), .text(RecordWords.text[language], least: 16),
        ]
        // Wishes have no party beside them.
        var table = Table(isWish ? columns + [.text(MatchWords.party[language], least: 8)] : columns)
        for (index, pair) in zip(explanations, candidates).enumerated() {
            let total = pair.0.total ?? 0
            let line = pair.1.line == 1 ? "" : "/\(pair.1.line)"
            let offer = pair.0.offer.id
            let cells = [
                Table.Cell("\(index + 1)"), Table.Cell(Numbers.score(total), Style.ofValue(total)),
                Table.Cell(Bar.text(share: Double(total) / 1e6, width: 10), Style.ofValue(total)),
                Table.Cell(pair.1.key.handle + line, .heading),
                Table.Cell(isWish ? titles.offer(offer) : titles.wish(pair.0.wish.id)),
            ]
            table.add(isWish ? cells + [Table.Cell(titles.party(ofOffer: offer), .faint)] : cells)
        }
        return table
    }

    private func titles(_ explanations: [Explanation], subject: RecordKey, isWish: Bool) throws -> RecordTitles {
        try store.cases.blockingRead { transaction in
            try RecordTitles(
                transaction, wishIDs: Set(explanations.map(\.wish.id) + (isWish ? [subject.id] : [])),
                offerIDs: Set(explanations.map(\.offer.id) + (isWish ? [] : [subject.id])),
                categories: desk.registry.categories, language: session.language)
        }
    }
}

/// How many there are and how many had to be scored; where vetoes were counted, how many may be matched, and which
/// vetoes fell.
struct RankingSummary {
    private let ranking: Ranking
    private let open: Int
    private let plan: ScoringPlan

    init(_ ranking: Ranking, open: Int, plan: ScoringPlan) {
        self.ranking = ranking
        self.open = open
        self.plan = plan
    }

    func text(in language: Language) -> String {
        guard let counted = ranking.vetoes, let eligible = ranking.eligible else {
            return MatchWords.bestSummary[language].filled([
                "best": Numbers.grouped(Int64(ranking.candidates.count)), "open": Numbers.grouped(Int64(open)),
                "scored": Numbers.grouped(Int64(ranking.scored)),
            ])
        }
        let vetoes = counted.sorted { $0.count > $1.count }.map { veto in
            "\(RankingSummary.title(scorer: veto.scorer, reason: veto.reason, plan: plan, in: language)) "
                + Numbers.grouped(Int64(veto.count))
        }
        return MatchWords.vetoSummary[language].filled([
            "scored": Numbers.grouped(Int64(ranking.scored)), "eligible": Numbers.grouped(Int64(eligible)),
            "vetoes": vetoes.isEmpty
                ? GeneralWords.none[language] : vetoes.joined(separator: GeneralWords.listSeparator[language]),
        ])
    }

    /// A veto as people say it: the scorer's title and that of the veto.
    static func title(scorer: String, reason: String, plan: ScoringPlan, in language: Language) -> String {
        guard let descriptor = plan.steps.first(where: { $0.descriptor.id == scorer })?.descriptor else {
            return "\(scorer) \(reason)"
        }
        let veto = descriptor.vetoes.first { $0.reason == reason }?.title[language] ?? reason
        return "\(descriptor.title[language])·\(veto)"
    }
}
