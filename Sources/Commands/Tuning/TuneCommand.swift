import ArgumentParser

/// `almoner tune`: holds profiles against what people decided.
struct TuneCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "tune", .tune,
            subcommands: [
                TuneBacktestCommand.self, TuneLearnCommand.self, TuneShadowCommand.self, TuneSplitCommand.self,
                TuneVoicesCommand.self,
                TuneOutcomesCommand.self,
            ])
    }
}
