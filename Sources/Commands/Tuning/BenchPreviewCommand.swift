import ArgumentParser
import Benchmarks
import Casework
import Foundation
import MatchCore
import Operations

/// `almoner bench preview`: a preview over generated wishes and offers of any number.
struct BenchPreviewCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("preview", .benchPreview, isLocal: true) }

    @Option(help: ArgumentHelp(.benchOffers, value: "count"))
    var offers: Int = 100_000

    @Option(help: ArgumentHelp(.benchWishes, value: "count"))
    var wishes: Int = 10_000

    @Option(help: ArgumentHelp(.benchSeed, value: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp(.topOption, value: "count"))
    var top: Int = 5

    @Option(help: ArgumentHelp(.benchThreads, value: "count"))
    var threads: Int = 2

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var offers: Int
        var wishes: Int
        var threads: Int
        var topChanged: Int
        var listChanged: Int
        var wallSeconds: Double
        var cpuSeconds: Double
    }

    func perform(in session: Session) throws -> ExitStatus {
        try CommandError.check("--threads", threads, within: 1...1_024)
        try CommandError.check("--top", top, within: TuningLimits.top)
        try CommandError.check("--offers", offers, within: 1...10_000_000)
        try CommandError.check("--wishes", wishes, within: 1...10_000_000)
        let registry = try RankGenerator.registry(offers: offers, wishes: wishes, seed: seed, textual: true)
        let context = ScoringContext(registry: registry, now: Timestamp(milliseconds: 0), utcOffsetSeconds: 0)
        let published = RankProfile.twelve
        // Nearness and what the donor cares for change places with reliability and rest.
        let draft = published.weighted([2800, 1400, 1000, 1000, 800, 600, 1200, 1000, 200, 400, 200, 0])
        func ranker(_ profile: ScoringProfile) throws -> FamilyRanker {
            FamilyRanker(
                family: try ProfileFamily(profile, scorers: session.scorers, registry: registry), context: context)
        }
        let run = PreviewRun(
            published: try ranker(published), draft: try ranker(draft), top: top, threads: threads)
        var found: RankingPreview?
        let effort = Effort.measure { found = run.preview() }
        try session.emitLine(
            Record(
                offers: registry.offers.count, wishes: registry.wishes.count, threads: threads,
                topChanged: found?.topChanged ?? 0, listChanged: found?.listChanged ?? 0,
                wallSeconds: effort.wallSeconds, cpuSeconds: effort.cpuSeconds))
        return .success
    }
}
