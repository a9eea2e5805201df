import ArgumentParser
import Foundation
import MatchCore

/// `almoner bench`: measures the engine on generated data.
struct BenchCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("bench", .bench, subcommands: [BenchRankCommand.self, BenchReplayCommand.self])
    }
}

struct BenchRankCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("rank", .benchRank) }

    @Option(help: ArgumentHelp(.benchOut, value: "file"), completion: .file(extensions: ["json"]))
    var out: String?

    @Option(help: ArgumentHelp(.matchTop, value: "count"))
    var top: Int = 20

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var medianMilliseconds: Double
        var p95Milliseconds: Double
        var wishes: [Answer]

        struct Answer: Encodable {
            var top: [[Int64]]
        }

        enum CodingKeys: String, CodingKey {
            case medianMilliseconds = "median_ms"
            case p95Milliseconds = "p95_ms"
            case wishes
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        // In this command `--data` names the folder of the data set; everything else it needs is built in.
        guard let folder = session.options.data else {
            throw CommandError(.usage, BenchWords.noFolder.text)
        }
        let registry = try BenchData(folder: folder).registry()
        let plan = try ScoringPlan(BenchProfile.profile, scorers: session.scorers)
        let ranker = Ranker(
            plan: plan,
            context: ScoringContext(registry: registry, now: Timestamp(milliseconds: 0), utcOffsetSeconds: 0))
        let rows = (0..<registry.wishes.count).sorted { registry.wishes.tieOrder[$0] < registry.wishes.tieOrder[$1] }
        // The first call of each kind pays for pages and caches that later ones find warm.
        for row in rows.prefix(3) { _ = ranker.offers(for: registry.wishes[row], limit: top) }
        var times: [Double] = []
        var answers: [Record.Answer] = []
        for row in rows {
            let start = ContinuousClock.now
            let ranking = ranker.offers(for: registry.wishes[row], limit: top)
            let elapsed = ContinuousClock.now - start
            times.append(Double(elapsed.components.attoseconds) / 1e15 + Double(elapsed.components.seconds) * 1e3)
            answers.append(
                Record.Answer(
                    top: ranking.candidates.map { candidate in
                        let handle = registry.offers[candidate.row].key.handle
                        return [Int64(handle) ?? -1, Int64(candidate.total)]
                    }))
        }
        times.sort()
        let record = Record(
            medianMilliseconds: times.isEmpty ? 0 : times[times.count / 2],
            p95Milliseconds: times.isEmpty ? 0 : times[min(times.count - 1, times.count * 95 / 100)], wishes: answers)
        let text = try JSONOutput().line(record)
        if let out {
            try Data(text.utf8).write(to: URL(filePath: out))
        } else if session.options.json {
            session.say(String(text.dropLast()))
        }
        if !session.options.json || out != nil {
            session.note(
                BenchWords.result.filled([
                    "wishes": "\(rows.count)", "offers": Numbers.grouped(Int64(registry.offers.count)),
                    "median": String(format: "%.2f", record.medianMilliseconds),
                    "p95": String(format: "%.2f", record.p95Milliseconds),
                ]))
        }
        return .success
    }
}
