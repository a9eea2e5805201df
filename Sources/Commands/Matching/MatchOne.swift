import Casework
import MatchCore
import Operations
import Wire

/// Ranks the other side for one wish or one offer, and shows the list.
struct MatchOne {
    let session: Session
    let limit: Int
    let profile: String
    /// Each candidate with its full explanation, not only the first line of it.
    let explains: Bool
    /// Also where as many are found as were asked for.
    let countsVetoes: Bool

    /// The suggestions are kept, with their explanations.
    func offers(forWish name: String) async throws {
        // What is kept names a revision, and a draft has none.
        let isDraft = try ProfileName(profile, at: "?profile").isDraft
        let matches = try await session.withService(changing: !isDraft) { service in
            let id = try await service.id(of: .wish, named: name)
            return try await MatchFault.naming(wish: name) {
                try await service.call(
                    isDraft ? MatchOperations.forWish : MatchOperations.suggest,
                    WishMatchInput(
                        wish: id, limit: limit, explain: explains, vetoes: countsVetoes ? true : nil, profile: profile))
            }
        }
        for ranking in matches.items { try show(ranking, isOfWish: true) }
        if isDraft { session.note(ProfileWords.draftNotKept.text) }
    }

    func wishes(forOffer name: String) async throws {
        let matches = try await session.withService { service in
            let id = try await service.id(of: .offer, named: name)
            return try await MatchFault.naming(offer: name) {
                try await service.call(
                    MatchOperations.forOffer,
                    OfferMatchInput(
                        offer: id, limit: limit, explain: explains, vetoes: countsVetoes ? true : nil, profile: profile)
                )
            }
        }
        for ranking in matches.items { try show(ranking, isOfWish: false) }
    }

    private func show(_ ranking: RankingView, isOfWish: Bool) throws {
        let language = session.language
        if session.options.json { return try session.emit(answer: ranking) }
        // The page of an explanation names both sides itself.
        if !explains || ranking.candidates.isEmpty {
            let word = isOfWish ? MatchWords.wish : .offer
            session.sayProse("\(word[language]) \(ranking.subject.handle)  \(ranking.title)", style: .heading)
        }
        if explains {
            for candidate in ranking.candidates {
                guard let explanation = candidate.explanation else { continue }
                ExplanationPage(
                    explanation: explanation, wishTitle: isOfWish ? ranking.title : candidate.title,
                    offerTitle: isOfWish ? candidate.title : ranking.title,
                    party: (isOfWish ? candidate.party : ranking.party) ?? ""
                ).show(in: session)
                session.say()
            }
        } else if !ranking.candidates.isEmpty {
            session.say(table(ranking, isOfWish: isOfWish))
        }
        if ranking.candidates.isEmpty { session.say(MatchWords.nothing, style: .fair) }
        if let voices = ranking.voices {
            session.say(
                MatchWords.votedBy, ["voices": voices.joined(separator: GeneralWords.listSeparator[language])],
                style: .faint)
        }
        session.sayProse(RankingSummary.text(of: ranking, in: language), style: .faint)
    }

    private func table(_ ranking: RankingView, isOfWish: Bool) -> Table {
        let language = session.language
        let columns: [Table.Column] = [
            .number(MatchWords.rank[language])
        ]
        // A donor is told an order without totals.
        let isScored = ranking.candidates.contains { $0.total != nil }
        let scores: [Table.Column] = isScored ? [.number(MatchWords.total[language]), .name("")] : []
        let points: [Table.Column] = ranking.voices == nil ? [] : [.number(MatchWords.votedPoints[language])]
        let names: [Table.Column] = [
            .name((isOfWish ? MatchWords.offer : .wish)[language]), .text(RecordWords.text[language], least: 16),
        ]
        // Wishes have no party beside them.
        let parties: [Table.Column] = isOfWish ? [.text(MatchWords.party[language], least: 8)] : []
        var table = Table(columns + points + scores + names + parties)
        for candidate in ranking.candidates {
            var cells = [Table.Cell("\(candidate.rank)")]
            if ranking.voices != nil {
                cells.append(Table.Cell(candidate.halfPoints.map { ExplanationPage.points($0) } ?? "–"))
            }
            if isScored {
                let total = candidate.total ?? 0
                cells.append(Table.Cell(Numbers.score(total), Style.ofValue(total)))
                cells.append(Table.Cell(Bar.text(share: Double(total) / 1e6, width: 10), Style.ofValue(total)))
            }
            cells += [
                Table.Cell(candidate.record.handle + (candidate.line == 1 ? "" : "/\(candidate.line)"), .heading),
                Table.Cell(candidate.title),
            ]
            table.add(isOfWish ? cells + [Table.Cell(candidate.party ?? "", .faint)] : cells)
        }
        return table
    }
}

/// What a command says where there is nothing to match, or no such profile: by the name that was typed.
enum MatchFault {
    static func naming<Answer>(
        wish: String = "", offer: String = "", _ body: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await body()
        } catch let problem as Problem {
            switch problem.fields.first?.place {
            case "{wish}": throw CommandError(.notFound, MatchWords.closed.filled(["name": wish]))
            case "{offer}": throw CommandError(.notFound, MatchWords.offerClosed.filled(["name": offer]))
            case "?profile": throw CommandError(.notFound, problem.fields.first?.message ?? problem.detail)
            default: throw problem
            }
        }
    }
}

/// How many there are and how many had to be scored; where vetoes were counted, how many may be matched, and which
/// vetoes fell.
enum RankingSummary {
    static func text(of ranking: RankingView, in language: Language) -> String {
        guard let counted = ranking.vetoes, let eligible = ranking.eligible else {
            return MatchWords.bestSummary[language].filled([
                "best": Numbers.grouped(Int64(ranking.candidates.count)),
                "open": Numbers.grouped(Int64(ranking.open ?? ranking.scored)),
                "scored": Numbers.grouped(Int64(ranking.scored)),
            ])
        }
        let vetoes = counted.sorted { $0.count > $1.count }.map { veto in
            "\(veto.title) " + Numbers.grouped(Int64(veto.count))
        }
        return MatchWords.vetoSummary[language].filled([
            "scored": Numbers.grouped(Int64(ranking.scored)),
            "eligible": Numbers.grouped(Int64(eligible)),
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
