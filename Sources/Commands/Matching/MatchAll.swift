import Casework
import MatchCore
import Storage

/// Ranks the offers for every open wish line, stores the best of each, and says how many find something, how many
/// nothing, and why.
struct MatchAll {
    let desk: MatchDesk
    let store: Store
    let session: Session
    let limit: Int
    let threads: Int

    private struct Record: Encodable {
        var wish: RecordName
        var wishLine: Int
        var eligible: Int
        var best: [Best]

        struct Best: Encodable {
            var offer: RecordName
            var offerLine: Int
            var total: Int32
        }
    }

    func run() throws {
        let registry = desk.registry
        let rows = Array(0..<registry.wishes.count)
        let progress = session.progress(MatchWords.ranking, total: Int64(rows.count))
        let rankings = desk.offerRankings(forWishRows: rows, limit: limit, threads: threads, progress: progress)
        progress.finish()
        let ranker = desk.ranker
        let explanations = desk.parallel(rows.count, threads: threads, progress: nil) { index in
            rankings[index].candidates.map {
                ranker.explain(wish: registry.wishes[rows[index]], offer: registry.offers[$0.row])
            }
        }
        try store.cases.blockingWrite { transaction in
            let reader = RegistryReader(transaction)
            for (row, list) in zip(rows, explanations) {
                let wish = registry.wishes[row]
                try reader.store(list, wish: wish.key.id, line: wish.lineNumber)
            }
        }
        // By key, whatever the order of the rows in memory.
        let order = rows.indices.sorted { registry.wishes.tieOrder[rows[$0]] < registry.wishes.tieOrder[rows[$1]] }
        if session.options.json {
            for index in order { try session.emitLine(record(rows[index], rankings[index], explanations[index])) }
        } else {
            try show(order, rows, rankings, explanations)
        }
        session.note(
            MatchWords.stored.filled([
                "count": Numbers.grouped(Int64(explanations.reduce(0) { $0 + $1.count }))
            ]))
    }

    private func record(_ row: Int, _ ranking: Ranking, _ explanations: [Explanation]) -> Record {
        let wish = desk.registry.wishes[row]
        return Record(
            wish: RecordName(wish.key), wishLine: wish.lineNumber, eligible: ranking.eligible,
            best: explanations.map {
                Record.Best(offer: RecordName($0.offer), offerLine: $0.offerLine, total: $0.total ?? 0)
            })
    }

    private func show(
        _ order: [Int], _ rows: [Int], _ rankings: [Ranking], _ explanations: [[Explanation]]
    ) throws {
        let language = session.language
        let titles = try store.cases.blockingRead { transaction in
            try RecordTitles(
                transaction, wishIDs: Set(rows.map { desk.registry.wishes[$0].key.id }),
                offerIDs: Set(explanations.compactMap { $0.first?.offer.id }), categories: desk.registry.categories,
                language: language)
        }
        var table = Table([
            .name(MatchWords.wish[language]), .text(RecordWords.text[language], least: 14),
            .number(MatchWords.eligible[language]), .number(MatchWords.total[language]),
            .name(MatchWords.bestOffer[language]), .text("", least: 14),
        ])
        for index in order {
            let wish = desk.registry.wishes[rows[index]]
            let best = explanations[index].first
            table.add([
                Table.Cell(wish.key.handle + (wish.lineNumber == 1 ? "" : "/\(wish.lineNumber)")),
                Table.Cell(titles.wish(wish.key.id)), Table.Cell(Numbers.grouped(Int64(rankings[index].eligible))),
                best.map { Table.Cell(Numbers.score($0.total ?? 0), Style.ofValue($0.total ?? 0)) } ?? Table.Cell("—"),
                Table.Cell(best?.offer.handle ?? ""), Table.Cell(best.map { titles.offer($0.offer.id) } ?? "", .faint),
            ])
        }
        session.say(table)
        session.say()
        summarise(rankings)
    }

    private func summarise(_ rankings: [Ranking]) {
        let language = session.language
        let nothing = rankings.filter(\.candidates.isEmpty)
        session.say(
            session.styled(
                MatchWords.allFound[language].filled([
                    "found": Numbers.grouped(Int64(rankings.count - nothing.count))
                ]), .good) + GeneralWords.listSeparator[language]
                + session.styled(
                    MatchWords.allNothing[language].filled(["nothing": Numbers.grouped(Int64(nothing.count))]),
                    nothing.isEmpty ? .plain : .fair))
        var counts: [String: Int] = [:]
        for veto in nothing.flatMap(\.vetoes) {
            let title = VetoSummary.title(scorer: veto.scorer, reason: veto.reason, plan: desk.plan, in: language)
            counts[title, default: 0] += veto.count
        }
        guard !counts.isEmpty else { return }
        session.say(MatchWords.whyNothing)
        for (title, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            session.say("  \(title)  \(Numbers.grouped(Int64(count)))")
        }
    }
}
