import ArgumentParser
import Foundation
import MatchCore

/// `almoner tune shadow`: a draft scored beside the published profile over the lists of the past, and, with `--share`,
/// what a trial by areas has come to under a stop rule that was stated beforehand.
struct TuneShadowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("shadow", .shadow) }

    @Argument(help: ArgumentHelp(.draftArgument, value: "draft"))
    var draft: String

    @Option(help: ArgumentHelp(.profileOption, value: "profile"))
    var profile: String = "default"

    @Option(help: ArgumentHelp(.shareOption, value: "percent"))
    var share: Int?

    @Option(help: ArgumentHelp(.horizonOption, value: "count"))
    var horizon: Int = 200

    @OptionGroup var options: TuningOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var lists: Int
        var otherFirst: Int
        var otherOrder: Int
        var swappedPairs: Int
        var pairs: Int
        var chosenHigher: Int
        var chosenLower: Int
        var trial: Trial?
    }

    private struct Trial: Encodable {
        var seed: UInt64
        var percent: Int
        var horizon: Int
        var areasOfDraft: [String]
        var areasOfPublished: [String]
        var draft: StopRule.Side
        var published: StopRule.Side
        var difference: Interval
        var verdict: StopRule.Verdict
    }

    func perform(in session: Session) throws -> ExitStatus {
        try options.check()
        try CommandError.check("--horizon", horizon, least: 4)
        if let share, !(0...100).contains(share) {
            throw CommandError(.usage, TuningWords.badShare.filled(["value": "\(share)"]))
        }
        let source = try TuningSource(file: options.decisions, session: session)
        let (shown, trial) = (try session.profile(choice: profile), try session.profile(choice: draft))
        let (before, after) = (
            try source.judged(by: shown, session: session), try source.judged(by: trial, session: session)
        )
        var tally = ShadowTally()
        let (order, other) = (HistoryOrder(shown), HistoryOrder(trial))
        for (one, two) in zip(before.decisions, after.decisions) {
            tally.add(one, published: order.order(one), draft: other.order(two))
        }
        let record = Record(
            lists: tally.lists, otherFirst: tally.otherFirst, otherOrder: tally.otherOrder,
            swappedPairs: tally.swappedPairs, pairs: tally.pairs, chosenHigher: tally.chosenHigher,
            chosenLower: tally.chosenLower, trial: share.map { self.trial($0, before.decisions) })
        if session.options.json {
            try session.emit(record)
        } else {
            show(record, in: session)
        }
        return .success
    }

    /// What the two sides have come to, where each area was served by the side that the seed gave it.
    private func trial(_ percent: Int, _ decisions: [Decision]) -> Trial {
        let split = AreaSplit(seed: options.seed, percent: percent)
        var sides = [StopRule.Side(ended: 0, delivered: 0), StopRule.Side(ended: 0, delivered: 0)]
        var areas: [Set<String>] = [[], []]
        for decision in decisions {
            guard let area = decision.area else { continue }
            let side = split.servesDraft(area) ? 0 : 1
            areas[side].insert(area)
            for candidate in decision.candidates {
                switch candidate.fate {
                case .delivered:
                    sides[side].ended += 1
                    sides[side].delivered += 1
                case .declined, .lapsed: sides[side].ended += 1
                case .passedOver, .chosen, .accepted: break
                }
            }
        }
        let rule = StopRule(horizon: horizon)
        return Trial(
            seed: options.seed, percent: percent, horizon: rule.horizon, areasOfDraft: areas[0].sorted(),
            areasOfPublished: areas[1].sorted(), draft: sides[0], published: sides[1],
            difference: StopRule.difference(draft: sides[0], published: sides[1]),
            verdict: rule.verdict(draft: sides[0], published: sides[1]))
    }

    private func show(_ record: Record, in session: Session) {
        session.say(
            TuningWords.shadowCounts,
            [
                "lists": Numbers.grouped(Int64(record.lists)), "first": Numbers.grouped(Int64(record.otherFirst)),
                "order": Numbers.grouped(Int64(record.otherOrder)),
                "pairs": String(format: "%.1f", 100 * Double(record.swappedPairs) / Double(max(1, record.pairs))),
            ])
        session.say(
            TuningWords.shadowChosen, ["higher": "\(record.chosenHigher)", "lower": "\(record.chosenLower)"])
        guard let trial = record.trial else { return }
        session.say(
            TuningWords.trialSides,
            [
                "draft": "\(trial.draft.delivered)/\(trial.draft.ended)",
                "published": "\(trial.published.delivered)/\(trial.published.ended)",
                "areas": trial.areasOfDraft.joined(separator: " "), "horizon": "\(trial.horizon)",
            ])
        session.say(
            TuningWords.trialDifference,
            ["value": trial.difference.text(isSigned: true), "verdict": words(trial.verdict)[session.language]])
    }

    private func words(_ verdict: StopRule.Verdict) -> TuningWords {
        switch verdict {
        case .goOn: .goOn
        case .stopForHarm: .stopForHarm
        case .draftBetter: .draftBetter
        case .draftWorse: .draftWorse
        case .noDifference: .noise
        }
    }
}
