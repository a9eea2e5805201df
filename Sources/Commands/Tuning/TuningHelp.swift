import ArgumentParser

extension HelpText {
    static func configuration(
        _ name: String, _ abstract: TuningWords, subcommands: [any ParsableCommand.Type] = [], isLocal: Bool = false
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: marked(abstract[language], isLocal),
            version: "almoner \(AlmonerProgram.version)",
            subcommands: subcommands)
    }
}

extension ArgumentHelp {
    init(_ words: TuningWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}
