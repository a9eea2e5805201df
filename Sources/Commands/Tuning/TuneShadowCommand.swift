import ArgumentParser
import Foundation
import MatchCore
import Operations

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
    var horizon: Int?

    @Option(help: ArgumentHelp(.sinceOption, value: "time"))
    var since: String?

    @Option(help: ArgumentHelp(.decisionsOption, value: "file"), completion: .file(extensions: ["ndjson", "csv"]))
    var decisions: String?

    @Option(help: ArgumentHelp(.sideSeedOption, value: "number"))
    var seed: UInt64?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try CommandError.check("--share", share, within: TuningLimits.share)
        try CommandError.check("--horizon", horizon, within: TuningLimits.horizon)
        if let seed { try TuningOptions.check(seed: seed) }
        let alone: [(String, Bool)] = [
            ("--horizon", horizon != nil), ("--since", since != nil), ("--seed", seed != nil),
        ]
        for (option, isGiven) in alone {
            try CommandError.refuse(option, if: isGiven && share == nil, because: TuningWords.onlyWithShare)
        }
        let input = ShadowInput(
            draft: try session.profileSource(draft), profile: try session.profileSource(profile), share: share,
            horizon: horizon, seed: seed.map { Int64(clamping: $0) },
            since: try since.map { try CaseTime.timestamp($0) })
        let view: ShadowView
        if let decisions {
            let history = try session.tuningHistory(decisions)
            let (shown, trial) = (try await session.profile(choice: profile), try await session.profile(choice: draft))
            view = try history.shadow(trial.profile, of: shown.profile, asked: input)
        } else {
            view = try await session.withService { try await $0.call(TuningOperations.shadow, input) }
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            session.tell(view.leftOut)
            show(view, in: session)
        }
        return .success
    }

    private func show(_ record: ShadowView, in session: Session) {
        session.say(
            TuningWords.shadowCounts,
            [
                "lists": Numbers.grouped(Int64(record.lists)), "first": Numbers.grouped(Int64(record.otherFirst)),
                "order": Numbers.grouped(Int64(record.otherOrder)),
                "pairs": record.pairs == 0
                    ? TuningWords.unknown[session.language]
                    : String(format: "%.1f%%", 100 * Double(record.swappedPairs) / Double(record.pairs)),
                "decided": Numbers.grouped(Int64(record.decided)),
            ])
        if record.decided == 0 {
            session.say(TuningWords.shadowUndecided)
        } else {
            session.say(
                TuningWords.shadowChosen, ["higher": "\(record.chosenHigher)", "lower": "\(record.chosenLower)"])
        }
        guard let trial = record.trial else { return }
        session.say(
            TuningWords.trialSides,
            [
                "draft": share(trial.draft, session.language), "published": share(trial.published, session.language),
                "areas": trial.areasOfDraft.isEmpty
                    ? GeneralWords.none[session.language] : trial.areasOfDraft.joined(separator: " "),
                "horizon": "\(trial.horizon)",
            ])
        session.say(
            TuningWords.trialDifference,
            [
                "value": trial.difference?.text(isSigned: true) ?? TuningWords.unknown[session.language],
                "verdict": words(trial.verdict)[session.language],
            ])
        if let stated = trial.statedIn {
            session.say(TuningWords.trialStated, ["profile": stated], style: .faint)
        } else {
            session.say(TuningWords.trialSaidNow, style: .fair)
        }
        if trial.notOfTrial > 0 {
            session.say(
                TuningWords.trialOthers, ["count": Numbers.grouped(Int64(trial.notOfTrial))], style: .faint)
        }
        guard let decided = trial.decidedAt else { return }
        session.say(
            TuningWords.trialDecided,
            ["time": CaseTime.text(decided), "later": Numbers.grouped(Int64(trial.later))], style: .faint)
    }

    /// `31/40`; a side of which no choice has ended says nothing.
    private func share(_ side: StopRule.Side, _ language: Language) -> String {
        side.ended == 0 ? TuningWords.unknown[language] : "\(side.delivered)/\(side.ended)"
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
