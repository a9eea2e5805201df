/// What a scorer says of itself: its name, its parameters, its vetoes and reasons, and examples that are its
/// documentation and its tests.
public struct ScorerDescriptor: Sendable {
    /// `Proximity`; unique, and stable for ever: stored explanations name it.
    public let id: String
    /// Raised when the same facts and parameters would give another score.
    public let version: Int
    public let title: LocalizedText
    public let summary: LocalizedText
    public let parameters: [ParameterDescriptor]
    /// In the order of their codes: the first veto is code 0. Codes are never reused.
    public let vetoes: [Veto]
    /// Every reason that ``Scorer/judge(_:)`` can give, those of the vetoes included.
    public let reasons: [String]
    public let examples: [WorkedExample]
    /// What holds of the value whatever else the facts say; the conformance kit holds the scorer to it.
    public let monotone: [MonotoneInput]
    /// The names of the inputs in which the groups of the wish stand. Some of them may follow from a family's file, and
    /// whoever may not read that file is not told what rests on them.
    public let groupInputs: [String]
    /// The names of the inputs in which the wish's hardship stands.
    public let hardshipInputs: [String]

    public struct Veto: Sendable {
        public let reason: String
        public let title: LocalizedText

        public init(reason: String, title: LocalizedText) {
            self.reason = reason
            self.title = title
        }
    }

    public init(
        id: String, version: Int, title: LocalizedText, summary: LocalizedText, parameters: [ParameterDescriptor] = [],
        vetoes: [Veto] = [], reasons: [String], examples: [WorkedExample], monotone: [MonotoneInput] = [],
        groupInputs: [String] = [], hardshipInputs: [String] = []
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.summary = summary
        self.parameters = parameters
        self.vetoes = vetoes
        self.reasons = reasons
        self.examples = examples
        self.monotone = monotone
        self.groupInputs = groupInputs
        self.hardshipInputs = hardshipInputs
    }
}

/// What more of one fact, a whole number, does to the value while all others stay.
public struct MonotoneInput: Sendable, Hashable {
    public enum Direction: Sendable, Hashable { case neverLowers, neverRaises }

    /// The name among the inputs.
    public let input: String
    public let direction: Direction

    public init(_ input: String, _ direction: Direction) {
        self.input = input
        self.direction = direction
    }
}

/// One case with its answer: the facts, and the score that follows.
public struct WorkedExample: Sendable {
    public let title: LocalizedText
    /// Parameters that differ from their defaults.
    public let parameters: [String: ParameterValue]
    public let inputs: ScoreInputs
    public let expected: Judgement

    public init(
        _ title: LocalizedText, parameters: [String: ParameterValue] = [:], inputs: ScoreInputs, expected: Judgement
    ) {
        self.title = title
        self.parameters = parameters
        self.inputs = inputs
        self.expected = expected
    }
}
