import DemoCity
import Exchange
import Foundation
import MatchCore

/// A made-up history in a folder: the decisions, today's profile and the true weights behind them.
struct HistoryFolder {
    let path: String
    let seed: UInt64
    let decisions: Int
    /// Whether people decide by chance, so that there is nothing to learn.
    let isRandom: Bool

    /// How many decisions may be made up.
    static let decisionCounts = 1...1_000_000

    private struct Record: Encodable {
        var folder: String
        var seed: UInt64
        var decisions: Int
    }

    func write(in session: Session) throws -> ExitStatus {
        try CommandError.check("--decisions", decisions, within: Self.decisionCounts)
        let today = try session.profile(named: "default")
        let truth = DecisionWorld.truth(behind: today)
        let options =
            isRandom
            ? DecisionWorld.Options(seed: seed, decisions: decisions, decidedness: 0, blindPercent: 100)
            : DecisionWorld.Options(seed: seed, decisions: decisions)
        let history = try DecisionWorld(options: options).history(today: today, truth: truth)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let file = try OutputFile(path: "\(path)/decisions.ndjson", apartFrom: [])
        let output = JSONOutput()
        for decision in history.decisions {
            try file.write(Array(try output.line(DecisionLine(decision, scorers: history.scorers)).utf8))
        }
        try file.finish()
        // Behind decisions at random there are no true weights.
        for (name, profile) in isRandom ? [("today", today)] : [("today", today), ("truth", truth)] {
            let file = try OutputFile(path: "\(path)/\(name).yaml", apartFrom: [])
            try file.write(Array(ProfileDocument.yaml(of: profile).utf8))
            try file.finish()
        }
        if session.options.json {
            try session.emit(Record(folder: path, seed: seed, decisions: decisions))
        } else {
            session.say(
                isRandom ? TuningWords.randomWritten : .historyWritten,
                ["count": Numbers.grouped(Int64(decisions)), "folder": path])
        }
        return .success
    }
}
