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

    /// What must not be overlooked: wishes that are left with nothing.
    func emptiedText(_ language: Language) -> String? {
        emptied > 0 ? TuningWords.emptied.filled(["count": Numbers.grouped(Int64(emptied))])[language] : nil
    }

    /// Where time ran out, how much of it was compared.
    func partialText(_ language: Language) -> String? {
        guard lines < open else { return nil }
        return TuningWords.partial.filled([
            "lines": Numbers.grouped(Int64(lines)), "open": Numbers.grouped(Int64(open)),
        ])[language]
    }

    /// - Parameter all: every row of every table, rather than the first few.
    func show(in session: Session, all: Bool = false) {
        let language = session.language
        session.say(TuningWords.previewDrafts, ["published": published, "draft": draft], style: .heading)
        session.say(headline(language))
        if let text = emptiedText(language) { session.say(text, style: .fault) }
        if let text = partialText(language) { session.say(text, style: .fair) }
        for (title, groups) in [(TuningWords.area, areas), (.group, groups), (.lane, lanes)] where !groups.isEmpty {
            session.say()
            session.say(table(title, all ? groups : Array(groups.prefix(12)), language))
            rest(groups.count, of: 12, all, in: session)
        }
        if !parties.isEmpty {
            session.say()
            session.say(table(all ? parties : Self.ends(of: parties, 6), language))
            rest(parties.count, of: 12, all, in: session)
        }
        if !changes.isEmpty {
            session.say()
            session.say(TuningWords.biggest, style: .heading)
            session.say(table(all ? changes : Array(changes.prefix(10)), language))
            rest(topChanged, of: 10, all, in: session)
        }
        if !lists.isEmpty {
            session.say()
            session.say(TuningWords.biggestLists, ["k": "\(top)"], style: .heading)
            session.say(table(all ? lists : Array(lists.prefix(10)), language))
            rest(listChanged, of: 10, all, in: session)
        }
    }

    /// Those that gain most and those that lose most.
    static func ends(of parties: [Party], _ count: Int) -> [Party] {
        Array(parties.prefix(count)) + Array(parties.dropFirst(count).suffix(count))
    }

    /// Says how many rows a table leaves out, and what shows them.
    private func rest(_ count: Int, of shown: Int, _ all: Bool, in session: Session) {
        guard !all, count > shown else { return }
        session.say(TuningWords.moreRows, ["count": Numbers.grouped(Int64(count - shown))], style: .faint)
    }

    /// `O7 #4`, one after another.
    static func text(_ movers: [Mover]) -> String {
        movers.isEmpty ? "–" : movers.map { "\($0.offer.handle) #\($0.place)" }.joined(separator: ", ")
    }

    private func table(_ lists: [ListChange], _ language: Language) -> Table {
        var table = Table([
            .name(TuningWords.wish[language]), .text(TuningWords.cameIn[language], least: 12),
            .text(TuningWords.wentOut[language], least: 12), .number(TuningWords.gainColumn[language]),
            .number(TuningWords.lossColumn[language]),
        ])
        for list in lists {
            table.add([
                Table.Cell("\(list.wish.handle)/\(list.wishLine)"), Table.Cell(Self.text(list.cameIn)),
                Table.Cell(Self.text(list.left)), Table.Cell(Self.score(list.gainByDraft)),
                Table.Cell(Self.score(list.lossByPublished)),
            ])
        }
        return table
    }

    private func table(_ title: TuningWords, _ groups: [Group], _ language: Language) -> Table {
        var table = Table([
            .text(title[language]), .number(TuningWords.lines[language]), .number(TuningWords.topColumn[language]),
            .number(TuningWords.listColumn[language]), .number(TuningWords.emptiedColumn[language]),
            .number(TuningWords.nearerColumn[language]), .number(TuningWords.fartherColumn[language]),
            .number(TuningWords.gainColumn[language]), .number(TuningWords.lossColumn[language]),
        ])
        for group in groups {
            table.add([
                Table.Cell(group.name), Table.Cell(Numbers.grouped(Int64(group.lines))),
                Table.Cell(Numbers.grouped(Int64(group.topChanged))),
                Table.Cell(Numbers.grouped(Int64(group.listChanged))),
                Table.Cell(Numbers.grouped(Int64(group.emptied)), group.emptied > 0 ? .fault : .plain),
                Table.Cell("\(group.nearer)"), Table.Cell("\(group.farther)"),
                Table.Cell(Self.score(group.meanGainByDraft)), Table.Cell(Self.score(group.meanLossByPublished)),
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
