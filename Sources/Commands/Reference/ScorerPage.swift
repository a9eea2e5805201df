import MatchCore

/// All about one scorer, on a terminal.
struct ScorerPage {
    let descriptor: ScorerDescriptor
    let outcomes: [ExampleOutcome]

    func show(in session: Session) {
        let language = session.language
        session.say(
            session.styled("\(descriptor.id) · \(descriptor.title[language])", .heading)
                + session.styled("  \(DataWords.version[language]) \(descriptor.version)", .faint))
        session.sayProse(descriptor.summary[language])
        if !descriptor.parameters.isEmpty { showParameters(in: session) }
        if !descriptor.vetoes.isEmpty {
            session.say()
            session.say(DataWords.vetoes, style: .heading)
            var table = Table([.name(DataWords.reason[language]), .prose(DataWords.help[language])])
            for veto in descriptor.vetoes {
                table.add([Table.Cell(veto.reason, .poor), Table.Cell(veto.title[language])])
            }
            session.say(table)
        }
        session.say()
        session.say(DataWords.examples, style: .heading)
        for outcome in outcomes { show(outcome, in: session) }
    }

    private func showParameters(in session: Session) {
        let language = session.language
        session.say()
        session.say(DataWords.parameters, style: .heading)
        var table = Table([
            .name(DataWords.parameter[language]), .number(DataWords.byDefault[language]),
            .name(DataWords.range[language]), .name(DataWords.unit[language]),
            .prose(DataWords.help[language], least: 24),
        ])
        for parameter in descriptor.parameters {
            table.add([
                Table.Cell(parameter.name, .heading), Table.Cell(ParameterText.value(parameter.defaultValue)),
                Table.Cell(ParameterText.range(parameter.kind, in: language)), Table.Cell(parameter.unit),
                Table.Cell(
                    "\(parameter.title[language])\(language == .zhHans ? "：" : ": ")\(parameter.help[language])"),
            ])
        }
        session.say(table)
    }

    private func show(_ outcome: ExampleOutcome, in session: Session) {
        let language = session.language
        let mark = outcome.agrees ? session.styled("✓", .good) : session.styled("✗", .fault)
        session.say("\(mark) \(session.styled(outcome.example.title[language], .heading))")
        if !outcome.example.parameters.isEmpty {
            let list = outcome.example.parameters.sorted { $0.key < $1.key }
                .map { "\($0.key) = \(ParameterText.value($0.value))" }.joined(separator: ", ")
            session.sayProse("\(DataWords.changedParameters[language]) \(list)", indent: 4, style: .faint)
        }
        session.sayProse(ParameterText.inputs(outcome.example.inputs, in: language), indent: 4, style: .faint)
        let judgement = outcome.finding.judgement
        let score = ScoreText.text(of: judgement.score, in: language)
        session.sayProse("→ \(score)  \(outcome.sentence[language])", indent: 4)
        if !outcome.agrees {
            let expected = ScoreText.text(of: outcome.example.expected.score, in: language)
            session.say(
                DataWords.exampleDiffers, ["expected": "\(expected) (\(outcome.example.expected.reason))"],
                style: .fault)
        }
    }
}

/// A score in words.
enum ScoreText {
    static func text(of score: Score, in language: Language) -> String {
        switch score {
        case .value(let value): Numbers.exactScore(value)
        case .notKnown: DataWords.outcomeNotKnown[language]
        case .notApplicable: DataWords.outcomeNotApplicable[language]
        case .veto: DataWords.outcomeVeto[language]
        }
    }
}
