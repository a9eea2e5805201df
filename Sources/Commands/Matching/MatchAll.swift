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

    /// How many of the best pairs the table shows.
    private static let shownPairs = 20

    private struct Record: Encodable {
        var wish: RecordNameView
        var wishLine: Int
        /// Only where vetoes were counted.
        var eligible: Int?
        var best: [Best]
        /// What the offers that came furthest were refused for; only where nothing can be matched.
        var nothingBecause: Cause?

        struct Best: Encodable {
            var offer: RecordNameView
            var offerLine: Int
            var total: Int32
        }

        struct Cause: Encodable {
            var scorer: String
            var reason: String
        }
    }

    func run() throws {
        let run = MatchRun(
            ranker: desk.ranker, limit: limit, threads: threads, vetoes: countsVetoes ? .always : .whereNothingIsFound)
        var outcome = MatchOutcome(desk: desk, shownPairs: Self.shownPairs)
        var lines = MatchLines()
        let progress = session.progress(MatchWords.ranking, total: Int64(desk.registry.wishes.count))
        func go(_ shelf: SuggestionShelf?) throws {
            // A transaction may run again after a collision, and then counts from the start.
            outcome = MatchOutcome(desk: desk, shownPairs: Self.shownPairs)
            lines = MatchLines()
            try run.forEachChunk { results in
                try shelf?.store(results, of: run)
                for result in results {
                    outcome.add(result)
                    if session.options.json { lines.add(result) }
                }
                progress.update(Int64(outcome.lines))
            }
        }
        if keeps {
            try store.cases.blockingWrite { try go(SuggestionShelf($0)) }
        } else {
            try go(nil)
        }
        progress.finish()
        // Only what is stored is told: a reader that goes away early must not undo it.
        if session.options.json {
            try lines.forEach { try session.emitLine(record($0)) }
        } else {
            try show(outcome)
        }
        session.note(
            keeps
                ? MatchWords.stored.filled(["count": Numbers.grouped(Int64(outcome.stored))])
                : ProfileWords.draftNotKept.text)
    }

    private func record(_ line: MatchLines.Line) -> Record {
        let wish = desk.registry.wishes[line.wishRow]
        return Record(
            wish: RecordNameView(wish.key), wishLine: wish.lineNumber, eligible: line.eligible,
            best: line.best.map {
                let offer = desk.registry.offers[Int($0.row)]
                return Record.Best(offer: RecordNameView(offer.key), offerLine: offer.lineNumber, total: $0.total)
            },
            nothingBecause: line.cause.map { Record.Cause(scorer: $0.scorer, reason: $0.reason) })
    }

    private func show(_ outcome: MatchOutcome) throws {
        let language = session.language
        try showBest(outcome.best)
        for (title, groups) in [
            (MatchWords.byCategory, outcome.byCategory), (MatchWords.byArea, outcome.byArea),
        ] {
            var table = Table([
                .text(title[language], least: 14), .number(MatchWords.wishLines[language]),
                .number(MatchWords.found[language]), .number(MatchWords.nothingFound[language]),
                .number(MatchWords.meanBest[language]),
            ])
            for (name, tally) in groups.sorted(by: { ($1.value.lines, $0.key) < ($0.value.lines, $1.key) }) {
                table.add([
                    Table.Cell(name), Table.Cell(Numbers.grouped(Int64(tally.lines))),
                    Table.Cell(Numbers.grouped(Int64(tally.found))),
                    Table.Cell(
                        Numbers.grouped(Int64(tally.lines - tally.found)), tally.found == tally.lines ? .plain : .fair),
                    tally.meanBest.map { Table.Cell(Numbers.score($0), Style.ofValue($0)) } ?? Table.Cell("—"),
                ])
            }
            session.say(table)
            session.say()
        }
        let nothing = outcome.lines - outcome.found
        session.say(
            session.styled(
                MatchWords.allFound[language].filled(["found": Numbers.grouped(Int64(outcome.found))]), .good)
                + GeneralWords.listSeparator[language]
                + session.styled(
                    MatchWords.allNothing[language].filled(["nothing": Numbers.grouped(Int64(nothing))]),
                    nothing == 0 ? .plain : .fair))
        guard !outcome.causes.isEmpty else { return }
        session.say(MatchWords.whyNothing)
        for (cause, count) in outcome.causes.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            session.say("  \(Numbers.grouped(Int64(count)))  \(cause)")
        }
    }

    private func showBest(_ best: [MatchOutcome.Pair]) throws {
        guard !best.isEmpty else { return }
        let language = session.language
        let titles = try store.cases.blockingRead { transaction in
            try RecordTitles(
                transaction, wishIDs: Set(best.map(\.explanation.wish.id)),
                offerIDs: Set(best.map(\.explanation.offer.id)), categories: desk.registry.categories,
                language: language)
        }
        var columns: [Table.Column] = [
            .name(MatchWords.wish[language]), .text(RecordWords.text[language], least: 14),
            .number(MatchWords.total[language]), .name(MatchWords.bestOffer[language]), .text("", least: 14),
        ]
        if countsVetoes { columns.insert(.number(MatchWords.eligible[language]), at: 2) }
        var table = Table(columns)
        for pair in best {
            let (wish, offer) = (pair.explanation.wish, pair.explanation.offer)
            let line = pair.explanation.wishLine
            var cells = [
                Table.Cell(wish.handle + (line == 1 ? "" : "/\(line)")), Table.Cell(titles.wish(wish.id)),
                Table.Cell(Numbers.score(pair.total), Style.ofValue(pair.total)), Table.Cell(offer.handle),
                Table.Cell(titles.offer(offer.id), .faint),
            ]
            if countsVetoes {
                cells.insert(Table.Cell(pair.eligible.map { Numbers.grouped(Int64($0)) } ?? "—"), at: 2)
            }
            table.add(cells)
        }
        session.say(table)
        session.say()
    }
}
