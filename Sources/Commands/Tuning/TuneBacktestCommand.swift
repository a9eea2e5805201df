import ArgumentParser
import MatchCore
import Operations

/// `almoner tune backtest`: how two profiles would have ordered the lists of the past.
struct TuneBacktestCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("backtest", .backtest) }

    @Option(help: ArgumentHelp(.triedOption, value: "profile"))
    var profile: String = "default:draft"

    @Option(help: ArgumentHelp(.againstOption, value: "profile"))
    var against: String = "default"

    @Option(help: ArgumentHelp(.biasOption, value: "bias"))
    var positionBias: String = PositionBias.standard.text

    @OptionGroup var options: TuningOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try options.check()
        let bias = try TuningOptions.bias(positionBias)
        guard profile != against else {
            throw CommandError(
                .usage, TuningWords.sameProfile.filled(["name": profile]), advice: TuningWords.sameProfileAdvice.text)
        }
        let view: BacktestView
        if let file = options.decisions {
            let history = try session.tuningHistory(file)
            let (first, second) = (
                try await session.profile(choice: against), try await session.profile(choice: profile)
            )
            view = try history.backtest(
                first, second,
                options: Backtest.Options(cutoff: options.cutoff, draws: options.draws, seed: options.seed, bias: bias))
        } else {
            let input = BacktestInput(
                profile: try session.profileSource(profile), against: try session.profileSource(against),
                positionBias: positionBias, cutoff: options.cutoff, draws: options.draws,
                seed: Int64(clamping: options.seed))
            view = try await session.withService { try await $0.call(TuningOperations.backtest, input) }
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            session.tell(view.leftOut)
            view.show(in: session)
        }
        return .success
    }
}
