import MatchCore

/// Parameters and facts of scorers, written for people.
enum ParameterText {
    static func value(_ value: ParameterValue) -> String {
        switch value {
        case .integer(let number): Numbers.grouped(number)
        case .flag(let flag): flag ? "true" : "false"
        case .text(let text): text
        case .list(let values): values.map { self.value($0) }.joined(separator: "; ")
        case .entries(let entries):
            "{" + entries.map { "\($0.name): \(self.value($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    static func range(_ kind: ParameterKind, in language: Language) -> String {
        switch kind {
        case .integer(let range, _):
            DataWords.numberRange[language].filled([
                "least": Numbers.grouped(range.lowerBound), "greatest": Numbers.grouped(range.upperBound),
            ])
        case .flag: DataWords.flagRange[language]
        case .choice(let choices, _):
            DataWords.choices[language].filled([
                "list": choices.joined(separator: GeneralWords.listSeparator[language])
            ])
        case .table(let columns, let most):
            DataWords.tableRange[language].filled([
                "most": Numbers.grouped(Int64(most)),
                "list": columns.map(\.name).joined(separator: GeneralWords.listSeparator[language]),
            ])
        }
    }

    static func input(_ value: ScoreInputs.Value, in language: Language) -> String {
        switch value {
        case .integer(let number): Numbers.grouped(number)
        case .text(let text): text
        case .flag(let flag): (flag ? GeneralWords.yes : .no)[language]
        case .integers(let numbers): "[" + numbers.map(String.init).joined(separator: " ") + "]"
        case .texts(let texts): texts.isEmpty ? "[]" : texts.joined(separator: "|")
        case .missing: GeneralWords.notStated[language]
        }
    }

    static func inputs(_ inputs: ScoreInputs, in language: Language) -> String {
        inputs.entries.map { "\($0.name) = \(input($0.value, in: language))" }.joined(separator: ", ")
    }
}
