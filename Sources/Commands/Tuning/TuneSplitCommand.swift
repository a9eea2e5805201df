import ArgumentParser
import Exchange
import MatchCore
import Operations

/// `almoner tune split DRAFT --share 20`: a draft of the published profile that serves a share of the areas with
/// another one.
struct TuneSplitCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("split", .split) }

    @Argument(help: ArgumentHelp(.draftArgument, value: "draft"))
    var draft: String

    @Option(help: ArgumentHelp(.profileOption, value: "profile"))
    var profile: String = "default"

    @Option(help: ArgumentHelp(.shareOption, value: "percent"))
    var share: Int

    @Option(help: ArgumentHelp(.sideSeedOption, value: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp(.horizonOption, value: "count"))
    var horizon: Int?

    @Option(help: ArgumentHelp(.outOption, value: "file"), completion: .file(extensions: ["yaml"]))
    var out: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try CommandError.check("--share", share, within: TuningLimits.share)
        try CommandError.check("--horizon", horizon, within: TuningLimits.horizon)
        try TuningOptions.check(seed: seed)
        let input = SplitInput(
            draft: try session.profileSource(draft), profile: try session.profileSource(profile), share: share,
            seed: Int64(clamping: seed), horizon: horizon)
        let view = try await session.withService { try await $0.call(TuningOperations.split, input) }
        let split = try view.profile()
        if let out {
            let file = try OutputFile(path: out, apartFrom: [draft])
            try file.write(Array(ProfileDocument.yaml(of: split).utf8))
            try file.finish()
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            // What has a layer for its own sake stands on the other side.
            let areas = split.layers.map(\.scope.code).filter { split.trial?.split.servesDraft($0) ?? false }
            session.say(
                TuningWords.splitAreas,
                ["count": "\(areas.count)", "areas": areas.joined(separator: " "), "draft": draft])
            session.say(split.trial)
            if let out {
                session.say(TuningWords.draftWritten, ["file": out])
                session.say(TuningWords.nothingPublished, ["file": out], style: .faint)
            }
        }
        return .success
    }
}

extension Session {
    /// How a trial is read, where there is one.
    func say(_ trial: TrialTerms?) {
        guard let trial else { return }
        say(
            TuningWords.trialTerms,
            [
                "share": "\(trial.share)", "seed": "\(trial.seed)", "horizon": Numbers.grouped(Int64(trial.horizon)),
            ])
    }
}
