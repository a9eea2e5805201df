import MatchCore

/// A worked example of a scorer, judged again by the scorer that is built in.
struct ExampleOutcome {
    let example: WorkedExample
    let finding: Finding
    let sentence: LocalizedText

    /// Throws where the example's own parameters or facts are not taken: a fault of the scorer.
    init(_ example: WorkedExample, of type: any Scorer.Type) throws {
        let scorer = type.init(parameters: try ParameterValues(example.parameters, for: type.descriptor))
        self.example = example
        finding = Finding(inputs: example.inputs, judgement: try scorer.judge(example.inputs))
        sentence = LocalizedText(
            zhHans: scorer.sentence(for: finding, in: .zhHans), en: scorer.sentence(for: finding, in: .en))
    }

    var agrees: Bool { finding.judgement == example.expected }
}
