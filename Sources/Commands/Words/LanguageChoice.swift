import ArgumentParser
import MatchCore

/// A language as people name it: `zh-Hans`, `zh`, `zh_CN.UTF-8`, `en`, `en-GB`.
struct LanguageChoice: ExpressibleByArgument, Sendable {
    let language: Language

    init?(argument: String) {
        guard let language = LanguageChoice.language(named: argument) else { return nil }
        self.language = language
    }

    static var allValueStrings: [String] { Language.allCases.map(\.rawValue) }

    /// Nil where the name is of neither language.
    static func language(named name: String) -> Language? {
        let tag = name.lowercased().prefix { $0.isLetter }
        return tag == "zh" ? .zhHans : tag == "en" ? .en : nil
    }

    /// The language that the environment asks for, as the C library reads it: the first of LC_ALL, LC_MESSAGES and
    /// LANG that is not empty. English where that is neither of the two.
    static func language(of environment: [String: String]) -> Language {
        let value = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return value.flatMap(language(named:)) ?? .en
    }

    /// The language in which help is written. Help is made before options are parsed, so `--lang` is looked for in
    /// the arguments themselves.
    static func languageOfHelp(arguments: [String], environment: [String: String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--lang", index + 1 < arguments.count, let found = language(named: arguments[index + 1]) {
                return found
            }
            if argument.hasPrefix("--lang="), let found = language(named: String(argument.dropFirst(7))) {
                return found
            }
        }
        return language(of: environment)
    }
}
