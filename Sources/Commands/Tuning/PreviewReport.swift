import Foundation
import MatchCore

/// A preview for people and for scripts, with the names of what it speaks of.
struct PreviewReport: Encodable {
    var published: String
    var draft: String
    var top: Int
    var lines: Int
    var topChanged: Int
    var listChanged: Int
    var orderChanged: Int
    var areas: [Group]
    var groups: [Group]
    var lanes: [Group]
    var parties: [Party]
    /// The first offers that change, the draft's greatest gain first.
    var changes: [Change]

    struct Group: Encodable {
        var code: String
        var name: String
        var lines: Int
        var topChanged: Int
        var listChanged: Int
        var nearer: Int
        var farther: Int
        /// Mean over the changed first offers, 0…1,000,000.
        var meanGainByDraft: Int64
        var meanLossByPublished: Int64
    }

    struct Party: Encodable {
        var party: String
        var name: String
        var firstBefore: Int
        var firstAfter: Int
        var listedBefore: Int
        var listedAfter: Int
        var gain: Int { firstAfter - firstBefore }
    }

    struct Change: Encodable {
        var wish: String
        var wishLine: Int
        var before: String?
        var after: String?
        var gainByDraft: Int32?
        var lossByPublished: Int32?
        var metresBefore: Int64?
        var metresAfter: Int64?
    }

    init(
        _ preview: RankingPreview, published: String, draft: String, registry: Registry, parties: [String: String],
        language: Language
    ) {
        self.published = published
        self.draft = draft
        top = preview.top
        lines = preview.lines
        topChanged = preview.topChanged
        listChanged = preview.listChanged
        orderChanged = preview.orderChanged
        func rows(_ groups: [String: RankingPreview.Group], _ name: (String) -> String) -> [Group] {
            groups.map { code, group in
                let count = Int64(max(1, group.topChanged))
                return Group(
                    code: code, name: name(code), lines: group.lines, topChanged: group.topChanged,
                    listChanged: group.listChanged, nearer: group.nearer, farther: group.farther,
                    meanGainByDraft: group.gain / count, meanLossByPublished: group.loss / count)
            }.sorted { ($1.topChanged, $0.code) < ($0.topChanged, $1.code) }
        }
        areas = rows(preview.areas) { code in
            code == "-" ? MatchWords.noArea[language] : registry.areas.path(of: code, in: language)
        }
        groups = rows(preview.groups) { $0 }
        lanes = rows(preview.lanes) { $0 }
        self.parties = preview.parties.map { id, places in
            Party(
                party: id, name: parties[id] ?? id, firstBefore: places.firstBefore, firstAfter: places.firstAfter,
                listedBefore: places.listedBefore, listedAfter: places.listedAfter)
        }.filter { $0.firstBefore != $0.firstAfter || $0.listedBefore != $0.listedAfter }
            .sorted { ($1.gain, $0.party) < ($0.gain, $1.party) }
        changes = preview.changes.map { change in
            let wish = registry.wishes[change.wishRow]
            return Change(
                wish: wish.key.handle, wishLine: wish.lineNumber,
                before: change.before.map { registry.offers[$0].key.handle },
                after: change.after.map { registry.offers[$0].key.handle }, gainByDraft: change.gainByDraft,
                lossByPublished: change.lossByPublished, metresBefore: change.metresBefore,
                metresAfter: change.metresAfter)
        }
    }

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
                Table.Cell("\(change.wish)/\(change.wishLine)"), Table.Cell(change.before ?? "–"),
                Table.Cell(change.after ?? "–"), Table.Cell(Self.score(change.gainByDraft.map(Int64.init))),
                Table.Cell(Self.score(change.lossByPublished.map(Int64.init))),
                Table.Cell("\(Self.km(change.metresBefore)) → \(Self.km(change.metresAfter))"),
            ])
        }
        return table
    }

    static func score(_ value: Int64?) -> String { value.map { String(format: "%.4f", Double($0) / 1e6) } ?? "–" }

    static func km(_ metres: Int64?) -> String { metres.map { String(format: "%.1f", Double($0) / 1000) } ?? "–" }
}
