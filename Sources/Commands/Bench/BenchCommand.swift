import ArgumentParser
import Benchmarks
import Foundation
import MatchCore

/// `almoner bench`: measures the engine on generated data.
struct BenchCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "bench", .bench,
            subcommands: [
                BenchRankCommand.self, BenchAllocateCommand.self, BenchImportCommand.self, BenchMatchCommand.self,
                BenchReplayCommand.self, BenchTuneCommand.self, BenchPreviewCommand.self,
                BenchScorersCommand.self,
            ])
    }
}

struct BenchRankCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("rank", .benchRank, isLocal: true) }

    @Option(help: ArgumentHelp(.benchOut, value: "file"), completion: .file(extensions: ["json"]))
    var out: String?

    @Option(help: ArgumentHelp(.matchTop, value: "count"))
    var top: Int = 20

    @Option(help: ArgumentHelp(.benchOffers, value: "count"))
    var offers: Int = 100_000

    @Option(help: ArgumentHelp(.benchWishes, value: "count"))
    var wishes: Int = 50

    @Option(help: ArgumentHelp(.benchSeed, value: "number"))
    var seed: UInt64 = 1

    @Flag(help: ArgumentHelp(.benchTwelve))
    var twelve = false

    @Flag(help: ArgumentHelp(.benchUnbounded))
    var unbounded = false

    @Option(help: ArgumentHelp(.benchThreads, value: "count"))
    var threads: Int?

    @Option(help: ArgumentHelp(.benchRegistering, value: "count"))
    var registering: Int?

    @Option(help: ArgumentHelp(.benchVoices, value: "count"))
    var voices: Int?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var engine = "almoner"
        var offers: Int
        var top: Int
        var queries: Int
        var medianMilliseconds = 0.0
        var p95Milliseconds = 0.0
        var meanCPUMilliseconds = 0.0
        var medianCPUMilliseconds = 0.0
        var p95CPUMilliseconds = 0.0
        var medianRows = 0
        var loadCPU: Double
        var bytesPerOffer: Double
        var allWall: Double?
        var allCPU: Double?
        var quiet: Double?
        var busy: Double?
        var registered: Int?
        var longestApply: Double?
        var voices: Int?
        var totalsCPU: Double?
        var voteCPU: Double?
        var voteP95: Double?
        var wishes: [Answer] = []

        struct Answer: Encodable {
            var top: [[Int64]]
        }

        enum CodingKeys: String, CodingKey {
            case engine, offers, top, queries, wishes
            case medianMilliseconds = "median_ms"
            case p95Milliseconds = "p95_ms"
            case meanCPUMilliseconds = "cpu_ms_mean"
            case medianCPUMilliseconds = "cpu_ms_median"
            case p95CPUMilliseconds = "cpu_ms_p95"
            case medianRows = "rows_median"
            case loadCPU = "load_cpu"
            case bytesPerOffer = "bytes_per_offer"
            case allWall = "all_wall"
            case allCPU = "all_cpu"
            case quiet = "quiet_cpu_ms_median"
            case busy = "busy_cpu_ms_median"
            case registered
            case longestApply = "longest_apply_ms"
            case voices
            case totalsCPU = "totals_cpu_ms_median"
            case voteCPU = "vote_cpu_ms_median"
            case voteP95 = "vote_cpu_ms_p95"
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        if let voices { try CommandError.check("--voices", voices, within: VoteTerms.voiceCounts) }
        let cpu = ProcessorTime.now
        let registry = try registry(session)
        let plan = try ScoringPlan(twelve ? RankProfile.twelve : RankProfile.nine, scorers: session.scorers)
        let measurement = RankMeasurement(
            ranker: Ranker(
                plan: plan,
                context: ScoringContext(registry: registry, now: Timestamp(milliseconds: 0), utcOffsetSeconds: 0),
                usingBounds: !unbounded), top: top)
        var record = Record(
            offers: registry.offers.count, top: top, queries: registry.wishes.count,
            loadCPU: ProcessorTime.now - cpu,
            bytesPerOffer: Double(registry.byteCountOfOffers) / Double(max(1, registry.offers.count)))
        if let registering {
            let figures = try LiveMeasurement(registry: registry, plan: plan, top: top)
                .run(perSecond: registering, seconds: 10)
            (record.quiet, record.busy) = (figures.quiet, figures.busy)
            (record.registered, record.longestApply) = (figures.registered, figures.longestApply)
        } else if let voices {
            let rows = (0..<registry.wishes.count).sorted {
                registry.wishes.tieOrder[$0] < registry.wishes.tieOrder[$1]
            }
            let figures = try VoteMeasurement(
                twelve ? RankProfile.twelve : RankProfile.nine, voices: voices, top: top, scorers: session.scorers,
                context: measurement.ranker.context
            ).run(rows)
            (record.voices, record.totalsCPU) = (voices, figures.totals)
            (record.voteCPU, record.voteP95) = (figures.vote, figures.voteP95)
        } else if let threads {
            let all = measurement.all(threads: threads)
            (record.allWall, record.allCPU) = (all.wall, all.cpu)
        } else {
            measure(measurement, into: &record)
        }
        try write(record, session)
        return .success
    }

    /// In this command `--data` names the folder of a data set; without it one is generated.
    private func registry(_ session: Session) throws -> Registry {
        guard let folder = session.options.data else {
            return try RankGenerator.registry(offers: offers, wishes: wishes, seed: seed, textual: twelve)
        }
        do {
            return try RankFiles(folder: folder).registry(textual: twelve)
        } catch let error as BenchFileError {
            throw switch error.code {
            case .missing: CommandError(.notFound, BenchWords.missingFile.filled(["file": error.file]))
            case .badRow:
                CommandError(.refused, BenchWords.badRow.filled(["file": error.file, "row": "\(error.row)"]))
            }
        }
    }

    private func measure(_ measurement: RankMeasurement, into record: inout Record) {
        let registry = measurement.ranker.context.registry
        let rows = (0..<registry.wishes.count).sorted { registry.wishes.tieOrder[$0] < registry.wishes.tieOrder[$1] }
        let figures = measurement.oneByOne(rows)
        record.medianMilliseconds = figures.median
        record.p95Milliseconds = figures.p95
        record.meanCPUMilliseconds = figures.cpu
        record.medianCPUMilliseconds = figures.cpuMedian
        record.p95CPUMilliseconds = figures.cpuP95
        record.medianRows = figures.rows
        record.wishes = figures.rankings.map { ranking in
            Record.Answer(
                top: ranking.candidates.map { candidate in
                    [Int64(RankRegistry.number(of: registry.offers[candidate.row].key)), Int64(candidate.total)]
                })
        }
    }

    private func write(_ record: Record, _ session: Session) throws {
        let text = try JSONOutput().line(record)
        if let out {
            try Data(text.utf8).write(to: URL(filePath: out))
        } else if session.options.json {
            session.say(String(text.dropLast()))
        }
        guard !session.options.json || out != nil else { return }
        if let quiet = record.quiet, let busy = record.busy {
            session.note(
                BenchWords.live.filled([
                    "quiet": String(format: "%.3f", quiet), "busy": String(format: "%.3f", busy),
                    "registered": Numbers.grouped(Int64(record.registered ?? 0)),
                    "longest": String(format: "%.1f", record.longestApply ?? 0),
                ]))
        } else if let totals = record.totalsCPU, let vote = record.voteCPU {
            session.note(
                BenchWords.vote.filled([
                    "voices": "\(record.voices ?? 0)", "offers": Numbers.grouped(Int64(record.offers)),
                    "totals": String(format: "%.3f", totals), "vote": String(format: "%.3f", vote),
                    "p95": String(format: "%.3f", record.voteP95 ?? 0),
                    "ratio": String(format: "%.1f", vote / max(totals, 1e-9)),
                ]))
        } else if let wall = record.allWall {
            session.note(
                BenchWords.all.filled([
                    "wishes": Numbers.grouped(Int64(record.queries)), "offers": Numbers.grouped(Int64(record.offers)),
                    "wall": String(format: "%.2f", wall), "cpu": String(format: "%.2f", record.allCPU ?? 0),
                ]))
        } else {
            session.note(
                BenchWords.result.filled([
                    "wishes": "\(record.queries)", "offers": Numbers.grouped(Int64(record.offers)),
                    "median": String(format: "%.3f", record.medianMilliseconds),
                    "p95": String(format: "%.3f", record.p95Milliseconds),
                ]))
        }
    }
}
