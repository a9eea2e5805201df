import MatchCore
import Operations

/// What a run over all wishes came to, on a terminal: the best pairs, how many lines find something by category and by
/// town, and why others find nothing. The same for a database of this machine and through a server.
struct MatchAllPage {
    let outcome: MatchOutcome
    /// Whether vetoes were counted for every line.
    let countsVetoes: Bool

    /// What to call the records of the best pairs.
    struct Titles {
        var wishes: [RecordID: String] = [:]
        var offers: [RecordID: String] = [:]
    }

    /// Says how many suggestions were stored.
    var stored: LocalizedText { MatchWords.stored.filled(["count": Numbers.grouped(Int64(outcome.stored))]) }

    func show(_ titles: Titles, in session: Session) {
        let language = session.language
        showBest(titles, in: session)
        for (title, none, groups) in [
            (MatchWords.byCategory, MatchWords.noCategory, outcome.byCategory),
            (MatchWords.byArea, MatchWords.noArea, outcome.byTown),
        ] {
            session.say(table(of: groups.map { ($0.key ?? none[language], $0.value) }, title[language], language))
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
        let causes = outcome.causes.map { (name: $0.key ?? MatchWords.noOffers[language], count: $0.value) }
        for (cause, count) in causes.sorted(by: { ($1.count, $0.name) < ($0.count, $1.name) }) {
            session.say("  \(Numbers.grouped(Int64(count)))  \(cause)")
        }
    }

    private func table(of groups: [(name: String, tally: MatchOutcome.Tally)], _ title: String, _ language: Language)
        -> Table
    {
        var table = Table([
            .text(title, least: 14), .number(MatchWords.wishLines[language]),
            .number(MatchWords.found[language]), .number(MatchWords.nothingFound[language]),
            .number(MatchWords.meanBest[language]),
        ])
        for (name, tally) in groups.sorted(by: { ($1.tally.lines, $0.name) < ($0.tally.lines, $1.name) }) {
            table.add([
                Table.Cell(name), Table.Cell(Numbers.grouped(Int64(tally.lines))),
                Table.Cell(Numbers.grouped(Int64(tally.found))),
                Table.Cell(
                    Numbers.grouped(Int64(tally.lines - tally.found)), tally.found == tally.lines ? .plain : .fair),
                tally.meanBest.map { Table.Cell(Numbers.score($0), Style.ofValue($0)) } ?? Table.Cell("—"),
            ])
        }
        return table
    }

    private func showBest(_ titles: Titles, in session: Session) {
        guard !outcome.best.isEmpty else { return }
        let language = session.language
        var columns: [Table.Column] = [
            .name(MatchWords.wish[language]), .text(RecordWords.text[language], least: 14),
            .number(MatchWords.total[language]), .name(MatchWords.bestOffer[language]), .text("", least: 14),
        ]
        if countsVetoes { columns.insert(.number(MatchWords.eligible[language]), at: 2) }
        var table = Table(columns)
        for line in outcome.best {
            guard let best = line.best.first else { continue }
            var cells = [
                Table.Cell(line.wish.handle + (line.wishLine == 1 ? "" : "/\(line.wishLine)")),
                Table.Cell(titles.wishes[line.wish.id] ?? ""),
                Table.Cell(Numbers.score(best.total), Style.ofValue(best.total)), Table.Cell(best.offer.handle),
                Table.Cell(titles.offers[best.offer.id] ?? "", .faint),
            ]
            if countsVetoes {
                cells.insert(Table.Cell(line.eligible.map { Numbers.grouped(Int64($0)) } ?? "—"), at: 2)
            }
            table.add(cells)
        }
        session.say(table)
        session.say()
    }
}
