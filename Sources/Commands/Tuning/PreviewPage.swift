import Foundation
import MatchCore
import Operations

/// A preview as one page that asks nobody for anything: styles and charts stand in it, and scripts have no leave to
/// run.
struct PreviewPage {
    let report: PreviewView
    let language: Language
    /// Every row, rather than as many as a reader goes through.
    var showsAll = false

    /// Rows of the tables of changes.
    private static let mostChanges = 200
    /// Bars of a chart.
    private static let mostBars = 20

    var html: String {
        let title = escaped(TuningWords.pageTitle[language])
        let lead = escaped(
            TuningWords.previewDrafts.filled(["published": report.published, "draft": report.draft])[language])
        return """
            <!doctype html>
            <html lang="\(language == .zhHans ? "zh-Hans" : "en")">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width">
            <title>\(title)</title>
            <style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
            table{border-collapse:collapse;width:100%;font-size:.9rem}
            th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #ddd}
            th:first-child,td:first-child{text-align:left}
            svg{width:100%;height:auto}text{font:13px system-ui,sans-serif;fill:#222}
            .warning{color:#b5482f}.up{fill:#2a7f62}.down{fill:#b5482f}.bar{fill:#3d6fa5}
            </style>
            </head>
            <body>
            <h1>\(title)</h1>
            <p>\(lead)</p>
            <p><strong>\(escaped(report.headline(language)))</strong></p>
            \(warnings)
            <h2>\(escaped(TuningWords.byArea[language]))</h2>
            \(shares(showsAll ? report.areas : Array(report.areas.prefix(Self.mostBars))))
            \(rest(report.areas.count, shown: Self.mostBars))
            <h2>\(escaped(TuningWords.howMuch[language]))</h2>
            \(histogram(report.changes.compactMap(\.gainByDraft)))
            \(untold(report.topChanged - report.changes.count))
            <h2>\(escaped(TuningWords.gainers[language]))</h2>
            \(gains(showsAll ? moved : PreviewView.ends(of: moved, Self.mostBars / 2)))
            \(rest(moved.count, shown: Self.mostBars))
            \(tables)
            <h2>\(escaped(TuningWords.biggest[language]))</h2>
            \(changes)
            \(rest(report.changes.count, shown: Self.mostChanges))
            \(untold(report.topChanged - report.changes.count))
            <h2>\(escaped(TuningWords.biggestLists.filled(["k": "\(report.top)"])[language]))</h2>
            \(lists)
            \(rest(report.lists.count, shown: Self.mostChanges))
            \(untold(report.listChanged - report.lists.count))
            </body>
            </html>

            """
    }

    /// What must not be overlooked, as on the screen.
    private var warnings: String {
        [report.emptiedText(language), report.partialText(language)].compactMap { $0 }
            .map { "<p><strong class=\"warning\">\(escaped($0))</strong></p>" }.joined(separator: "\n")
    }

    /// Who gains or loses a first place.
    private var moved: [PreviewView.Party] { report.parties.filter { $0.gain != 0 } }

    // MARK: Charts

    private func shares(_ groups: [PreviewView.Group]) -> String {
        chart(
            groups.map { group in
                let share = Double(group.topChanged) / Double(max(1, group.lines))
                return (
                    group.name, share, String(format: "%.1f%%", 100 * share) + " (\(group.topChanged)/\(group.lines))"
                )
            }, most: 1)
    }

    /// Bars to the right of their names.
    private func chart(_ rows: [(name: String, value: Double, label: String)], most: Double) -> String {
        let height = rows.count * 24 + 4
        var svg = "<svg viewBox=\"0 0 800 \(height)\" role=\"img\">"
        for (index, row) in rows.enumerated() {
            let y = index * 24 + 4
            let width = number(420 * row.value / most)
            svg += "<text x=\"210\" y=\"\(y + 14)\" text-anchor=\"end\">\(escaped(shortened(row.name)))</text>"
            svg += "<rect class=\"bar\" x=\"220\" y=\"\(y)\" width=\"\(width)\" height=\"18\"/>"
            svg += "<text x=\"\(number(226 + 420 * row.value / most))\" y=\"\(y + 14)\">\(escaped(row.label))</text>"
        }
        return svg + "</svg>"
    }

    /// Bars to both sides of a middle line.
    private func gains(_ parties: [PreviewView.Party]) -> String {
        let most = Double(parties.map { abs($0.gain) }.max() ?? 1)
        let height = parties.count * 24 + 4
        var svg = "<svg viewBox=\"0 0 800 \(height)\" role=\"img\">"
        for (index, party) in parties.enumerated() {
            let y = index * 24 + 4
            let width = 200 * Double(abs(party.gain)) / max(1, most)
            let x = party.gain < 0 ? 520 - width : 520
            svg += "<text x=\"290\" y=\"\(y + 14)\" text-anchor=\"end\">\(escaped(shortened(party.name)))</text>"
            svg += "<rect class=\"\(party.gain < 0 ? "down" : "up")\" x=\"\(number(x))\" y=\"\(y)\" "
            svg += "width=\"\(number(width))\" height=\"18\"/>"
            svg += "<text x=\"740\" y=\"\(y + 14)\">\(String(format: "%+d", party.gain))</text>"
        }
        return svg + "</svg>"
    }

    private func histogram(_ gains: [Int32]) -> String {
        let edges = [0, 1, 5, 10, 20, 50, 100, 200, 1001]
        let rows = zip(edges, edges.dropFirst()).map { low, high in
            let count = gains.filter { Int($0) >= low * 1000 && Int($0) < high * 1000 }.count
            return (low == 200 ? "200+" : "\(low)–\(high)", Double(count), "\(count)")
        }
        return chart(rows, most: max(1, rows.map(\.1).max() ?? 1))
    }

    /// Says what this page leaves out.
    private func rest(_ count: Int, shown: Int) -> String {
        showsAll || count <= shown ? "" : note(.moreRows, count - shown)
    }

    /// Says what the preview itself does not tell of, however long a list is asked for.
    private func untold(_ count: Int) -> String { count > 0 ? note(.untoldRows, count) : "" }

    private func note(_ words: TuningWords, _ count: Int) -> String {
        "<p>\(escaped(words.filled(["count": Numbers.grouped(Int64(count))])[language]))</p>"
    }

    // MARK: Tables

    private var lists: String {
        table(
            [TuningWords.wish, .cameIn, .wentOut, .gainColumn, .lossColumn].map { $0[language] },
            report.lists.prefix(showsAll ? report.lists.count : Self.mostChanges).map {
                [
                    "\($0.wish.handle)/\($0.wishLine)", PreviewView.text($0.cameIn), PreviewView.text($0.left),
                    PreviewView.score($0.gainByDraft), PreviewView.score($0.lossByPublished),
                ]
            })
    }

    private var tables: String {
        [(TuningWords.area, report.areas), (.group, report.groups), (.lane, report.lanes)].filter { !$0.1.isEmpty }
            .map { title, groups in
                table(
                    [
                        title, .lines, .topColumn, .listColumn, .emptiedColumn, .nearerColumn, .fartherColumn,
                        .gainColumn, .lossColumn,
                    ].map { $0[language] },
                    groups.map {
                        [
                            $0.name, "\($0.lines)", "\($0.topChanged)", "\($0.listChanged)", "\($0.emptied)",
                            "\($0.nearer)", "\($0.farther)", PreviewView.score($0.meanGainByDraft),
                            PreviewView.score($0.meanLossByPublished),
                        ]
                    })
            }.joined(separator: "\n<p></p>\n")
    }

    private var changes: String {
        table(
            [TuningWords.wish, .offerBefore, .offerAfter, .gainColumn, .lossColumn, .kmColumn].map { $0[language] },
            report.changes.prefix(showsAll ? report.changes.count : Self.mostChanges).map {
                [
                    "\($0.wish.handle)/\($0.wishLine)", $0.before?.handle ?? "–", $0.after?.handle ?? "–",
                    PreviewView.score($0.gainByDraft.map(Int64.init)),
                    PreviewView.score($0.lossByPublished.map(Int64.init)),
                    "\(PreviewView.km($0.metresBefore)) → \(PreviewView.km($0.metresAfter))",
                ]
            })
    }

    private func table(_ titles: [String], _ rows: [[String]]) -> String {
        let head = titles.map { "<th>\(escaped($0))</th>" }.joined()
        let body = rows.map { "<tr>" + $0.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }
        return "<table><tr>\(head)</tr>\n\(body.joined(separator: "\n"))\n</table>"
    }

    private func number(_ value: Double) -> String { String(format: "%.1f", value) }

    private func shortened(_ text: String) -> String { text.count > 30 ? text.prefix(29) + "…" : text }

    /// Text that a donor or a recipient wrote must not become markup.
    private func escaped(_ text: String) -> String {
        PrintableText.clean(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
