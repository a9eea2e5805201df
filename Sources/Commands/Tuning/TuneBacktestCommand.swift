import ArgumentParser
import MatchCore

/// `almoner tune backtest`: how two profiles would have ordered the lists of the past.
struct TuneBacktestCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("backtest", .backtest) }

    @Option(help: ArgumentHelp(.profileOption, value: "profile"))
    var profile: String = "default"

    @Option(help: ArgumentHelp(.againstOption, value: "profile"))
    var against: String = "default"

    @Option(help: ArgumentHelp(.biasOption, value: "bias"))
    var positionBias: String = "none"

    @OptionGroup var options: TuningOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        try options.check()
        let bias = try TuningOptions.bias(positionBias)
        guard bias != .estimated else {
            throw CommandError(.usage, TuningWords.badBias.filled(["text": positionBias]))
        }
        let source = try TuningSource(file: options.decisions, session: session)
        let (first, second) = (try session.profile(choice: against), try session.profile(choice: profile))
        let test = Backtest(
            (first, try source.judged(by: first, session: session)),
            (second, try source.judged(by: second, session: session)),
            options: Backtest.Options(cutoff: options.cutoff, draws: options.draws, seed: options.seed, bias: bias))
        let report = BacktestReport(
            test, first: first.reference, second: second.reference, cutoff: options.cutoff)
        if session.options.json {
            try session.emit(report)
        } else {
            source.tell(in: session)
            report.show(in: session)
        }
        return .success
    }
}
