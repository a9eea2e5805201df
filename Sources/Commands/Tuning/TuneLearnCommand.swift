import ArgumentParser
import Exchange
import MatchCore

/// `almoner tune learn`: proposes weights that would have served past decisions better, if there is evidence for any.
struct TuneLearnCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("learn", .learn) }

    @Option(help: ArgumentHelp(.profileOption, value: "profile"))
    var profile: String = "default"

    @Option(name: .customLong("bound"), help: ArgumentHelp(.boundOption, value: "range"))
    var bounds: [String] = []

    @Option(name: .customLong("reason"), help: ArgumentHelp(.reasonOption, value: "link"))
    var reasons: [String] = []

    @Option(name: .customLong("parameter"), help: ArgumentHelp(.parameterOption, value: "choices"))
    var parameters: [String] = []

    @Option(help: ArgumentHelp(.biasOption, value: "bias"))
    var positionBias: String = "estimated"

    @Option(help: ArgumentHelp(.foldsOption, value: "count"))
    var folds: Int = 4

    @Option(help: ArgumentHelp(.leastOption, value: "count"))
    var least: Int = 200

    @Option(help: ArgumentHelp(.outOption, value: "file"), completion: .file(extensions: ["yaml"]))
    var out: String?

    @OptionGroup var options: TuningOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        try options.check()
        try CommandError.check("--folds", folds, least: 1)
        try CommandError.check("--least", least, least: 50)
        let learning = Learning(
            options: Learning.Options(
                bounds: try TuningOptions.bounds(bounds), bias: try TuningOptions.bias(positionBias),
                reasons: try TuningOptions.reasons(reasons), folds: folds, leastDecisions: least,
                cutoff: options.cutoff, draws: options.draws, seed: options.seed))
        let today = try session.profile(choice: profile)
        let source = try TuningSource(file: options.decisions, session: session)
        let settings = try ParameterGrid(parameters).profiles(from: today, source: source, session: session)
        let outcome = try learning.outcome(
            settings.map { Learning.Setting(profile: $0, history: try source.judged(by: $0, session: session)) })
        let report = LearningReport(outcome, today: today, least: least, cutoff: options.cutoff)
        var written: String?
        if let draft = outcome.draft, let out {
            let file = try OutputFile(path: out, apartFrom: [options.decisions].compactMap { $0 })
            try file.write(Array((report.comment.map { "# \($0)\n" }.joined() + ProfileDocument.yaml(of: draft)).utf8))
            try file.finish()
            written = out
        }
        if session.options.json {
            try session.emit(report)
        } else {
            source.tell(in: session)
            report.show(in: session, written: written)
        }
        return .success
    }
}
