import ArgumentParser
import DemoCity
import Foundation
import MatchCore

/// `almoner bench tune`: learning in worlds whose true weights are known, over several seeds.
struct BenchTuneCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("tune", .benchTune, isLocal: true) }

    @Option(help: ArgumentHelp(.decisionCount, value: "count"))
    var decisions: Int = 5000

    @Option(help: ArgumentHelp(.seedOption, value: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp(.benchSeeds, value: "count"))
    var seeds: Int = 3

    @Option(help: ArgumentHelp(.biasOption, value: "bias"))
    var positionBias: String = PositionBias.standard.text

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var world: String
        var seed: UInt64
        var decisions: Int
        var verdict: LearningOutcome.Verdict
        /// On fresh decisions over whole lists: with today's weights, the learned and the true ones.
        var ndcgToday: Double
        var ndcgLearned: Double?
        var ndcgAttainable: Double
        var gain: Interval?
        var signal: Interval?
        var cpuSeconds: Double
    }

    func perform(in session: Session) throws -> ExitStatus {
        try CommandError.check("--decisions", decisions, within: HistoryFolder.decisionCounts)
        try CommandError.check("--seeds", seeds, within: 1...100)
        let learning = Learning(options: .init(bias: try TuningOptions.bias(positionBias)))
        let today = try session.profile(named: "default")
        let truth = DecisionWorld.truth(behind: today)
        var holds = true
        for number in 0..<UInt64(seeds) {
            let seed = seed &+ number
            let worlds: [(String, DecisionWorld.Options, [LearningOutcome.Verdict])] = [
                ("known weights", .init(seed: seed, decisions: decisions), [.better]),
                ("50 decisions", .init(seed: seed, decisions: 50), [.cannotTell]),
                (
                    "at random", .init(seed: seed, decisions: decisions, decidedness: 0, blindPercent: 100),
                    [.noEvidence]
                ),
            ]
            for (name, options, expected) in worlds {
                let record = try measure(name, options, learning, today, truth)
                holds = holds && expected.contains(record.verdict)
                if let learned = record.ndcgLearned { holds = holds && learned >= 0.9 * record.ndcgAttainable }
                try session.emitLine(record)
            }
        }
        return holds ? .success : .differences
    }

    private func measure(
        _ name: String, _ options: DecisionWorld.Options, _ learning: Learning, _ today: ScoringProfile,
        _ truth: ScoringProfile
    ) throws -> Record {
        let history = try DecisionWorld(options: options).history(today: today, truth: truth)
        var found: LearningOutcome?
        let effort = try Effort.measure { found = try learning.outcome(today, history) }
        guard let outcome = found else { throw CommandError(.failure, TuningWords.noDecisions.text) }
        let fresh = try DecisionWorld(
            options: .init(
                seed: options.seed &+ 1_000_003, decisions: 2000, pool: 30, shown: 30, positionBias: 0, blindPercent: 0)
        ).history(today: today, truth: truth)
        func ndcg(_ profile: ScoringProfile) -> Double {
            Backtest((profile, fresh), (profile, fresh), options: .init(draws: 1, bias: .none))[.ndcg]?.first?.value
                ?? 0
        }
        return Record(
            world: name, seed: options.seed, decisions: options.decisions, verdict: outcome.verdict,
            ndcgToday: ndcg(today), ndcgLearned: outcome.draft.map(ndcg), ndcgAttainable: ndcg(truth),
            gain: outcome.backtest?[.ndcg]?.difference, signal: outcome.signal, cpuSeconds: effort.cpuSeconds)
    }
}
