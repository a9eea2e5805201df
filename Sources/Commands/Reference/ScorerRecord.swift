import MatchCore

/// A scorer, as `--json` prints it.
struct ScorerRecord: Encodable {
    var id: String
    var version: Int
    var title: String
    var summary: String
    var parameters: [Parameter]
    var vetoes: [Veto]
    var reasons: [String]
    var examples: [Example]?

    struct Parameter: Encodable {
        var name: String
        var title: String
        var help: String
        var unit: String
        var `default`: JSONAny
        var least: Int64?
        var greatest: Int64?
        var choices: [String]?
        /// Of a table, whose greatest number of rows stands in `greatest`.
        var columns: [String]?
    }

    struct Veto: Encodable {
        var code: Int
        var reason: String
        var title: String
    }

    struct Example: Encodable {
        var title: String
        var parameters: [String: JSONAny]
        var inputs: [JSONAny.Fact]
        var outcome: String
        var value: Int32?
        var reason: String
        var sentence: String
        var agrees: Bool
    }

    init(_ descriptor: ScorerDescriptor, outcomes: [ExampleOutcome]? = nil, language: Language) {
        id = descriptor.id
        version = descriptor.version
        title = descriptor.title[language]
        summary = descriptor.summary[language]
        parameters = descriptor.parameters.map { Parameter($0, language: language) }
        vetoes = descriptor.vetoes.enumerated().map { Veto(code: $0, reason: $1.reason, title: $1.title[language]) }
        reasons = descriptor.reasons
        examples = outcomes?.map { outcome in
            let score = outcome.finding.judgement.score
            return Example(
                title: outcome.example.title[language],
                parameters: outcome.example.parameters.mapValues { JSONAny($0) },
                inputs: JSONAny.facts(outcome.example.inputs), outcome: score.outcome.rawValue, value: score.ownValue,
                reason: outcome.finding.judgement.reason, sentence: outcome.sentence[language],
                agrees: outcome.agrees)
        }
    }
}

extension ScorerRecord.Parameter {
    init(_ parameter: ParameterDescriptor, language: Language) {
        self.init(
            name: parameter.name, title: parameter.title[language], help: parameter.help[language],
            unit: parameter.unit, default: JSONAny(parameter.defaultValue))
        switch parameter.kind {
        case .integer(let range, _): (least, greatest) = (range.lowerBound, range.upperBound)
        case .flag: break
        case .choice(let choices, _): self.choices = choices
        case .table(let columns, let most): (self.columns, greatest) = (columns.map(\.name), Int64(most))
        }
    }
}

extension Score {
    var outcome: Explanation.Outcome {
        switch self {
        case .value: .value
        case .notKnown: .notKnown
        case .notApplicable: .notApplicable
        case .veto: .veto
        }
    }

    var ownValue: Int32? { if case .value(let value) = self { value } else { nil } }
}
