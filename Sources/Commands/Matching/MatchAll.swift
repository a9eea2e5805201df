import Casework
import MatchCore
import Operations
import Storage

/// Ranks the offers for every open wish line, stores the best of each, and says how many find something, how many
/// nothing, and why. Works in chunks, so that memory does not grow with the number of wishes.
struct MatchAll {
    let desk: MatchDesk
    let store: Store
    let session: Session
    let limit: Int
    let threads: Int
    /// For every line, not only where nothing is found: then each offer is scored for each wish.
    let countsVetoes: Bool
    /// False under a draft: what is kept names a revision.
    var keeps = true

    func run() throws {
        let run = MatchRun(
            ranker: desk.ranker, limit: limit, threads: threads, vetoes: countsVetoes ? .always : .whereNothingIsFound)
        var lines = MatchLines()
        let progress = session.progress(MatchWords.ranking, total: Int64(desk.registry.wishes.count))
        func go(_ shelf: SuggestionShelf?) throws {
            // A transaction may run again after a collision, and then counts from the start.
            lines = MatchLines()
            try run.forEachChunk { results in
                try shelf?.store(results, of: run)
                for result in results { lines.add(result) }
                progress.update(Int64(lines.count))
            }
        }
        if keeps {
            try store.cases.blockingWrite { try go(SuggestionShelf($0)) }
        } else {
            try go(nil)
        }
        progress.finish()
        // Only what is stored is told: a reader that goes away early must not undo it.
        var outcome = MatchOutcome()
        try lines.forEach {
            let line = suggested($0)
            outcome.add(line)
            if session.options.json { try session.emit(answer: line) }
        }
        let page = MatchAllPage(outcome: outcome, countsVetoes: countsVetoes)
        if !session.options.json { page.show(try titles(of: outcome.best), in: session) }
        session.note(keeps ? page.stored : ProfileWords.draftNotKept.text)
    }

    private func suggested(_ line: MatchLines.Line) -> SuggestedLine {
        let registry = desk.registry
        let wish = registry.wishes[line.wishRow]
        let (category, area) = (wish.category, wish.area)
        let groups = SuggestedLine.groups(
            category: category < 0 ? nil : registry.categories.tree.codes[Int(category)],
            area: area < 0 ? nil : registry.areas.tree.codes[Int(area)], registry.categories, registry.areas,
            desk.language)
        return SuggestedLine(
            wish: RecordNameView(wish.key), wishLine: wish.lineNumber, eligible: line.eligible,
            category: groups.category, town: groups.town,
            best: line.best.map {
                let offer = registry.offers[Int($0.row)]
                return SuggestedLine.Best(
                    offer: RecordNameView(offer.key), offerLine: offer.lineNumber, total: $0.total)
            },
            nothingBecause: line.cause.map {
                SuggestedLine.Cause(
                    scorer: $0.scorer, reason: $0.reason,
                    title: RankingSummary.title(
                        scorer: $0.scorer, reason: $0.reason, among: desk.descriptors, in: desk.language))
            })
    }

    private func titles(of best: [SuggestedLine]) throws -> MatchAllPage.Titles {
        let offers = Set(best.compactMap { $0.best.first?.offer.id })
        let titles = try store.cases.blockingRead { transaction in
            try RecordTitles(
                transaction, wishIDs: Set(best.map(\.wish.id)), offerIDs: offers,
                categories: desk.registry.categories, language: session.language)
        }
        return MatchAllPage.Titles(
            wishes: Dictionary(best.map { ($0.wish.id, titles.wish($0.wish.id)) }) { $1 },
            offers: Dictionary(offers.map { ($0, titles.offer($0)) }) { $1 })
    }
}
