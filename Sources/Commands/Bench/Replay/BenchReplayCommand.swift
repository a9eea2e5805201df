import ArgumentParser
import Foundation
import MatchCore

/// `almoner bench replay`: the best weekly plans beside plain greedy, on the demand of a real year.
struct BenchReplayCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("replay", .benchReplay, isLocal: true) }

    @Flag(help: ArgumentHelp(.benchCurve))
    var curve = false

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var method: String
        var figures: ReplayFigures
    }

    func perform(in session: Session) throws -> ExitStatus {
        guard let folder = session.options.data else { throw CommandError(.usage, BenchWords.noFolder.text) }
        let data = try ReplayData(folder: folder)
        let language = session.language
        var table = Table([
            .text(BenchWords.method[language], least: 14), .number(BenchWords.unitMiles[language]),
            .number(BenchWords.holding[language]), .number(BenchWords.shipments[language]),
            .number(BenchWords.fill[language]), .number(BenchWords.recipients[language]),
            .number(BenchWords.gini[language]), .number(BenchWords.units[language]),
        ])
        for (name, method) in curve ? Self.curves : Self.methods {
            let figures = ReplayFigures(Replay(data: data, method: method).run(), of: data)
            if session.options.json {
                try session.emitLine(Record(method: name.en, figures: figures))
                continue
            }
            func number(_ value: Double, _ digits: Int) -> Table.Cell {
                Table.Cell(String(format: "%.\(digits)f", value))
            }
            table.add([
                Table.Cell(name[language]), number(figures.unitMiles, 1), number(figures.holdingDays, 2),
                number(figures.shipmentsPerDonor, 2), number(figures.fill, 4),
                Table.Cell(Numbers.grouped(Int64(figures.recipients))), number(figures.gini, 4),
                Table.Cell(Numbers.grouped(figures.units)),
            ])
        }
        guard !session.options.json else { return .success }
        session.say(table)
        session.say()
        session.say(
            BenchWords.rules,
            ["donations": "\(data.donations.count)", "requests": Numbers.grouped(Int64(data.requests.count))])
        return .success
    }

    /// Greedy, then plans from near to far, then the curve towards fill and towards those who got nothing yet.
    private static let methods: [(LocalizedText, Replay.Method)] =
        [(BenchWords.nearestFirst.text, .nearestFirst)]
        + [(Int64(300), Int64(0)), (1_300, 150), (1_300, 120), (1_300, 0)].map { miles, less in
            (
                BenchWords.balanced.filled(["miles": Numbers.grouped(miles), "less": Numbers.grouped(less)]),
                .plan(Replay.Terms(fill: 100, reach: 0, farthest: miles, fartherPerWeek: -less))
            )
        }
        + [(BenchWords.soonest.text, .plan(Replay.Terms(fill: 100, reach: 0, farthest: nil)))]
        + [Int64(1_000), 10_000, 100_000].map { weight in
            (
                BenchWords.fillFirst.filled(["weight": Numbers.grouped(weight)]),
                .plan(Replay.Terms(fill: weight, reach: 0, farthest: nil))
            )
        }
        + [Int64(1_000), 10_000, 100_000].map { weight in
            (
                BenchWords.reachFirst.filled(["weight": Numbers.grouped(weight)]),
                .plan(Replay.Terms(fill: 300, reach: weight, farthest: nil))
            )
        }

    /// Greedy, then the two curves: fill, and those who got nothing yet, from no weight to first place.
    private static let curves: [(LocalizedText, Replay.Method)] = {
        let weights: [Int64] = [300, 1_000, 3_000, 10_000, 30_000, 100_000]
        var curves: [(LocalizedText, Replay.Method)] = [(BenchWords.nearestFirst.text, .nearestFirst)]
        curves.append((BenchWords.soonest.text, .plan(Replay.Terms(fill: 0, reach: 0, farthest: nil))))
        for weight in weights {
            let name = BenchWords.fillFirst.filled(["weight": Numbers.grouped(weight)])
            curves.append((name, .plan(Replay.Terms(fill: weight, reach: 0, farthest: nil))))
        }
        curves.append(
            (BenchWords.fillBefore.text, .plan(Replay.Terms(fill: 0, reach: 0, farthest: nil, first: .fill))))
        for weight in weights {
            let name = BenchWords.reachFirst.filled(["weight": Numbers.grouped(weight)])
            curves.append((name, .plan(Replay.Terms(fill: 0, reach: weight, farthest: nil))))
        }
        curves.append(
            (BenchWords.reachBefore.text, .plan(Replay.Terms(fill: 0, reach: 0, farthest: nil, first: .reach))))
        return curves
    }()
}
