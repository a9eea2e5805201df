import Foundation
import MatchCore
import Operations

/// A preview for people.
extension PreviewView {
    /// The summary in words.
    func headline(_ language: Language) -> String {
        func share(_ count: Int) -> String { String(format: "%.1f", 100 * Double(count) / Double(max(1, lines))) }
        return TuningWords.previewOf.filled([
            "lines": Numbers.grouped(Int64(lines)), "top": Numbers.grouped(Int64(topChanged)),
            "topShare": share(topChanged), "k": "\(top)", "list": Numbers.grouped(Int64(listChanged)),
            "listShare": share(listChanged),
        ])[language]
    }

    func show(in session: Session) {
        let language = session.language
        session.say(TuningWords.previewDrafts, ["published": published, "draft": draft], style: .heading)
        session.say(headline(language))
        if lines < open {
            session.say(
                TuningWords.partial, ["lines": Numbers.grouped(Int64(lines)), "open": Numbers.grouped(Int64(open))],
                style: .fair)
        }
        for (title, groups) in [(TuningWords.area, areas), (.group, groups), (.lane, lanes)] where !groups.isEmpty {
            session.say()
            session.say(table(title, Array(groups.prefix(12)), language))
        }
        if !parties.isEmpty {
            session.say()
            session.say(table(Array(parties.prefix(6)) + Array(parties.dropFirst(6).suffix(6)), language))
        }
        if !changes.isEmpty {
            session.say()
            session.say(table(Array(changes.prefix(10)), language))
        }
    }

    private func table(_ title: TuningWords, _ groups: [Group], _ language: Language) -> Table {
        var table = Table([
            .text(title[language]), .number(TuningWords.lines[language]), .number(TuningWords.topColumn[language]),
            .number(TuningWords.listColumn[language]), .number(TuningWords.nearerColumn[language]),
            .number(TuningWords.fartherColumn[language]), .number(TuningWords.gainColumn[language]),
            .number(TuningWords.lossColumn[language]),
        ])
        for group in groups {
            table.add([
                Table.Cell(group.name), Table.Cell(Numbers.grouped(Int64(group.lines))),
                Table.Cell(Numbers.grouped(Int64(group.topChanged))),
                Table.Cell(Numbers.grouped(Int64(group.listChanged))), Table.Cell("\(group.nearer)"),
                Table.Cell("\(group.farther)"), Table.Cell(Self.score(group.meanGainByDraft)),
                Table.Cell(Self.score(group.meanLossByPublished)),
            ])
        }
        return table
    }

    private func table(_ parties: [Party], _ language: Language) -> Table {
        var table = Table([
            .text(TuningWords.party[language]), .number(TuningWords.firstBefore[language]),
            .number(TuningWords.firstAfter[language]), .number(TuningWords.gained[language]),
        ])
        for party in parties {
            table.add([
                Table.Cell(party.name), Table.Cell("\(party.firstBefore)"), Table.Cell("\(party.firstAfter)"),
                Table.Cell(String(format: "%+d", party.gain), party.gain < 0 ? .fault : .advice),
            ])
        }
        return table
    }

    private func table(_ changes: [Change], _ language: Language) -> Table {
        var table = Table([
            .name(TuningWords.wish[language]), .name(TuningWords.offerBefore[language]),
            .name(TuningWords.offerAfter[language]), .number(TuningWords.gainColumn[language]),
            .number(TuningWords.lossColumn[language]), .name(TuningWords.kmColumn[language]),
        ])
        for change in changes {
            table.add([
                Table.Cell("\(change.wish.handle)/\(change.wishLine)"), Table.Cell(change.before?.handle ?? "–"),
                Table.Cell(change.after?.handle ?? "–"), Table.Cell(Self.score(change.gainByDraft.map(Int64.init))),
                Table.Cell(Self.score(change.lossByPublished.map(Int64.init))),
                Table.Cell("\(Self.km(change.metresBefore)) → \(Self.km(change.metresAfter))"),
            ])
        }
        return table
    }

    static func score(_ value: Int64?) -> String { value.map { String(format: "%.4f", Double($0) / 1e6) } ?? "–" }

    static func km(_ metres: Int64?) -> String { metres.map { String(format: "%.1f", Double($0) / 1000) } ?? "–" }
}
