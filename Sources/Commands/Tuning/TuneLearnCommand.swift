import ArgumentParser
import Exchange
import MatchCore
import Operations

/// `almoner tune learn`: proposes weights that would have served past decisions better, if there is evidence for any.
struct TuneLearnCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("learn", .learn) }

    @Option(help: ArgumentHelp(.profileOption, value: "profile"))
    var profile: String = "default"

    @Option(help: ArgumentHelp(.layerOption, value: "layer"))
    var layer: String?

    @Option(name: .customLong("bound"), help: ArgumentHelp(.boundOption, value: "range"))
    var bounds: [String] = []

    @Option(name: .customLong("reason"), help: ArgumentHelp(.reasonOption, value: "link"))
    var reasons: [String] = []

    @Option(name: .customLong("parameter"), help: ArgumentHelp(.parameterOption, value: "choices"))
    var parameters: [String] = []

    @Option(help: ArgumentHelp(.biasOption, value: "bias"))
    var positionBias: String = PositionBias.standard.text

    @Option(help: ArgumentHelp(.foldsOption, value: "count"))
    var folds: Int = 4

    @Option(help: ArgumentHelp(.leastOption, value: "count"))
    var least: Int = 200

    @Option(help: ArgumentHelp(.outOption, value: "file"), completion: .file(extensions: ["yaml"]))
    var out: String?

    @OptionGroup var options: TuningOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try options.check()
        try CommandError.check("--folds", folds, within: TuningLimits.folds)
        try CommandError.check("--least", least, within: TuningLimits.least)
        var input = LearningInput(layer: layer)
        input.bounds = try TuningOptions.bounds(bounds).map {
            LearningInput.Bound(scorer: $0.scorer, low: $0.range.lowerBound, high: $0.range.upperBound)
        }
        input.reasons = try TuningOptions.reasons(reasons).map {
            LearningInput.Blame(reason: $0.reason, scorers: $0.scorers)
        }
        input.parameters = try TuningOptions.parameters(parameters)
        _ = try TuningOptions.bias(positionBias)
        (input.positionBias, input.folds, input.least) = (positionBias, folds, least)
        (input.cutoff, input.draws, input.seed) = (options.cutoff, options.draws, Int64(clamping: options.seed))
        let view: LearningView
        if let file = options.decisions {
            let today = try await session.profile(choice: profile)
            view = try session.tuningHistory(file).learn(
                input, today: today.profile, title: today.title, check: try session.profileCheck())
        } else {
            input.profile = try session.profileSource(profile)
            let input = input
            view = try await session.withService { try await $0.call(TuningOperations.learn, input) }
        }
        var written: String?
        if let draft = try view.draft?.profile(), let out {
            let file = try OutputFile(path: out, apartFrom: [options.decisions].compactMap { $0 })
            try file.write(Array((view.comment.map { "# \($0)\n" }.joined() + ProfileDocument.yaml(of: draft)).utf8))
            try file.finish()
            written = out
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            session.tell(view.leftOut)
            view.show(in: session, written: written)
            if let out, written == nil { session.say(TuningWords.nothingWritten, ["file": out], style: .faint) }
        }
        return .success
    }
}
