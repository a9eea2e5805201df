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

    func offers(forWish name: String) throws {
        let id = try store.cases.blockingRead { try RecordNames(transaction: $0, kind: .wish).id(named: name) }
        let rows = desk.wishRows(of: id)
        guard !rows.isEmpty else { throw CommandError(.notFound, MatchWords.closed.filled(["name": name])) }
        for row in rows {
            let wish = desk.registry.wishes[row]
            let ranking = desk.ranker.offers(for: wish, limit: limit, countingVetoes: true)
            let explanations = ranking.candidates.map {
                desk.ranker.explain(wish: wish, offer: desk.registry.offers[$0.row])
            }
            try store.cases.blockingWrite {
                try SuggestionShelf($0).store(explanations, wish: id, line: wish.lineNumber)
            }
            try show(
                ranking, explanations, plan: desk.ranker.family.plan(for: wish),
                subject: (wish.key, wish.lineNumber),
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
            let ranking = desk.ranker.wishes(for: offer, limit: limit, countingVetoes: true)
            let explanations = ranking.candidates.map {
                desk.ranker.explain(wish: desk.registry.wishes[$0.row], offer: offer)
            }
            try show(
                ranking, explanations, plan: desk.plan, subject: (offer.key, offer.lineNumber),
                candidates: explanations.map {
                    ($0.wish, $0.wishLine)
                })
        }
    }

    private func show(
        _ ranking: Ranking, _ explanations: [Explanation], plan: ScoringPlan, subject: (key: RecordKey, line: Int),
        candidates: [(key: RecordKey, line: Int)]
    ) throws {
        let language = session.language
        if session.options.json {
            try session.emitLine(
                RankingRecord(
                    subject: RecordName(subject.key), subjectLine: subject.line,
                    profile: plan.profile.reference, scored: ranking.scored, eligible: ranking.eligible,
                    vetoes: ranking.vetoes.map { .init(scorer: $0.scorer, reason: $0.reason, count: $0.count) },
                    candidates: zip(explanations, candidates).enumerated().map { index, pair in
                        RankingRecord.Candidate(
                            rank: index + 1, record: RecordName(pair.1.key), line: pair.1.line,
                            total: pair.0.total ?? 0,
                            explanation: explains
                                ? ExplanationRecord(pair.0, plan: desk.plan(of: pair.0), language: language) : nil)
                    }))
            return
        }
        let isWish = explanations.first.map { $0.wish == subject.key } ?? true
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
                    explanation: explanation, plan: desk.plan(of: explanation),
                    wishTitle: titles.wish(explanation.wish.id),
                    offerTitle: titles.offer(explanation.offer.id), party: titles.party(ofOffer: explanation.offer.id)
                ).show(in: session)
                session.say()
            }
        } else if !explanations.isEmpty {
            session.say(table(explanations, candidates, titles, isWish: isWish))
        }
        if explanations.isEmpty { session.say(MatchWords.nothing, style: .fair) }
        session.sayProse(VetoSummary(ranking, descriptors: desk.descriptors).text(in: language), style: .faint)
    }

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

/// How many were looked at, how many may be matched, and which vetoes fell.
struct VetoSummary {
    private let ranking: Ranking
    private let descriptors: [ScorerDescriptor]

    init(_ ranking: Ranking, descriptors: [ScorerDescriptor]) {
        self.ranking = ranking
        self.descriptors = descriptors
    }

    func text(in language: Language) -> String {
        let vetoes = ranking.vetoes.sorted { $0.count > $1.count }.map { veto in
            "\(VetoSummary.title(scorer: veto.scorer, reason: veto.reason, among: descriptors, in: language)) "
                + Numbers.grouped(Int64(veto.count))
        }
        return MatchWords.vetoSummary[language].filled([
            "scored": Numbers.grouped(Int64(ranking.scored)), "eligible": Numbers.grouped(Int64(ranking.eligible)),
            "vetoes": vetoes.isEmpty
                ? GeneralWords.none[language] : vetoes.joined(separator: GeneralWords.listSeparator[language]),
        ])
    }

    /// A veto as people say it: the scorer's title and that of the veto.
    static func title(
        scorer: String, reason: String, among descriptors: [ScorerDescriptor], in language: Language
    ) -> String {
        guard let descriptor = descriptors.first(where: { $0.id == scorer }) else {
            return "\(scorer) \(reason)"
        }
        let veto = descriptor.vetoes.first { $0.reason == reason }?.title[language] ?? reason
        return "\(descriptor.title[language])·\(veto)"
    }
}
