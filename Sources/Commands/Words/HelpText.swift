import ArgumentParser
import Foundation
import MatchCore

/// Help in the reader's language. ArgumentParser asks for help through static properties, so the language of the
/// process is read here and nowhere else.
enum HelpText {
    static var language: Language {
        LanguageChoice.languageOfHelp(
            arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)
    }

    /// The heading over the options that every command takes.
    static var globalTitle: String { HelpWords.globalTitle[language] }

    static func configuration(
        _ name: String, _ abstract: HelpWords, discussion: HelpWords? = nil,
        subcommands: [any ParsableCommand.Type] = [],
        defaultSubcommand: (any ParsableCommand.Type)? = nil, isLocal: Bool = false
    ) -> CommandConfiguration {
        let language = language
        return CommandConfiguration(
            commandName: name, abstract: marked(abstract[language], isLocal), discussion: discussion?[language] ?? "",
            version: "almoner \(AlmonerProgram.version)", subcommands: subcommands, defaultSubcommand: defaultSubcommand
        )
    }
}

extension HelpText {
    /// Says of a command that it works on this machine only, and never through a server.
    static func marked(_ abstract: String, _ isLocal: Bool) -> String {
        isLocal ? abstract + ServeWords.onlyHere[language] : abstract
    }
}

extension ArgumentHelp {
    init(_ words: HelpWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}

extension HelpText {
    static func configuration(
        _ name: String, _ abstract: CaseWords, subcommands: [any ParsableCommand.Type] = [], isLocal: Bool = false
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: marked(abstract[language], isLocal),
            version: "almoner \(AlmonerProgram.version)",
            subcommands: subcommands)
    }
}

extension HelpText {
    static func configuration(
        _ name: String, _ abstract: OfficeWords, subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: abstract[language], version: "almoner \(AlmonerProgram.version)",
            subcommands: subcommands)
    }
}

extension ArgumentHelp {
    init(_ words: OfficeWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}

extension ArgumentHelp {
    init(_ words: CaseWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}

extension HelpText {
    static func configuration(_ name: String, _ abstract: ProfileWords) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: abstract[language], version: "almoner \(AlmonerProgram.version)")
    }

    static func configuration(
        _ name: String, _ abstract: ServeWords, subcommands: [any ParsableCommand.Type] = [], isLocal: Bool = false
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: marked(abstract[language], isLocal),
            version: "almoner \(AlmonerProgram.version)",
            subcommands: subcommands)
    }
}

extension ArgumentHelp {
    init(_ words: ProfileWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}

extension ArgumentHelp {
    init(_ words: ServeWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}

extension HelpText {
    static func configuration(
        _ name: String, _ abstract: AccessWords, subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: abstract[language], version: "almoner \(AlmonerProgram.version)",
            subcommands: subcommands)
    }
}
