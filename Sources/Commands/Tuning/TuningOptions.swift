import ArgumentParser
import MatchCore
import Operations
import Wire

/// Options that back-tests and learning share.
struct TuningOptions: ParsableArguments {
    @Option(help: ArgumentHelp(.decisionsOption, value: "file"), completion: .file(extensions: ["ndjson", "csv"]))
    var decisions: String?

    @Option(name: .customLong("k"), help: ArgumentHelp(.cutoffOption, value: "count"))
    var cutoff: Int = 10

    @Option(help: ArgumentHelp(.seedOption, value: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp(.drawsOption, value: "count"))
    var draws: Int = 1000

    func check() throws {
        try CommandError.check("--k", cutoff, within: TuningLimits.cutoff)
        try CommandError.check("--draws", draws, within: TuningLimits.draws)
        try TuningOptions.check(seed: seed)
    }

    /// A seed travels as a whole number with a sign.
    static func check(seed: UInt64) throws {
        guard seed > UInt64(TuningLimits.seed.upperBound) else { return }
        throw CommandError(
            .usage,
            GeneralWords.outOfRange.filled([
                "option": "--seed", "low": "0", "high": Numbers.grouped(Int64(TuningLimits.seed.upperBound)),
                "value": "\(seed)",
            ]))
    }

    /// `none`, `estimated` or an exponent.
    static func bias(_ text: String) throws -> PositionBias {
        guard let bias = PositionBias(text) else {
            throw CommandError(.usage, TuningWords.badBias.filled(["text": text]))
        }
        return bias
    }

    /// `Proximity=500...3000`.
    static func bounds(_ texts: [String]) throws -> [(scorer: String, range: ClosedRange<Int32>)] {
        try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1)
            let ends = parts.count == 2 ? parts[1].split(separator: ".", omittingEmptySubsequences: true) : []
            guard ends.count == 2, let low = Int32(ends[0]), let high = Int32(ends[1]), low <= high, low >= 0,
                high <= 10_000
            else {
                throw CommandError(.usage, TuningWords.badBound.filled(["text": text]))
            }
            return (String(parts[0]), low...high)
        }
    }

    /// `tooFar=Proximity,ServiceArea`, on top of the standard ones.
    static func reasons(_ texts: [String]) throws -> [(reason: String, scorers: [String])] {
        try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw CommandError(.usage, TuningWords.badReason.filled(["text": text]))
            }
            return (String(parts[0]), parts[1].split(separator: ",").map(String.init))
        }
    }

    /// `Proximity.decay=5000,10000`.
    static func parameters(_ texts: [String]) throws -> [LearningInput.Choice] {
        try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let names = parts.first?.split(separator: ".", maxSplits: 1).map(String.init) ?? []
            guard parts.count == 2, names.count == 2 else {
                throw CommandError(.usage, TuningWords.badParameter.filled(["text": text]))
            }
            return LearningInput.Choice(
                scorer: names[0], name: names[1],
                values: parts[1].split(separator: ",").map { JSONValue(ParameterValue(scalar: String($0))) })
        }
    }
}
