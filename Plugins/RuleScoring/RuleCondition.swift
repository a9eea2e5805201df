import MatchCore

/// One test of one feature, or its contrary. Neither holds where the feature is not stated.
struct RuleTest: Sendable, Hashable {
    enum Wanted: Sendable, Hashable {
        /// One of these words or codes.
        case anyOf([String])
        case within(ClosedRange<Int64>)
        case equal(Bool)
    }

    var feature: RuleFeature
    var wanted: Wanted
    var isContrary = false

    /// Whether the fact is stated and meets the test. Throws where the fact is of another kind than the feature's.
    func holds(_ fact: ScoreInputs.Value) throws(ScoreInputError) -> Bool {
        switch (wanted, fact) {
        case (_, .missing): false
        case (.anyOf(let words), .text(let word)): words.contains(word) != isContrary
        case (.anyOf(let words), .texts(let found)):
            !found.isEmpty && found.contains { words.contains($0) } != isContrary
        case (.within(let range), .integer(let number)): range.contains(number) != isContrary
        case (.equal(let flag), .flag(let found)): (flag == found) != isContrary
        default: throw ScoreInputError(name: feature.rawValue, expected: "what this feature states")
        }
    }

    /// - Parameter inputs: know what the groups are called.
    func text(in language: Language, _ inputs: ScoreInputs) -> String {
        let title = feature.title[language]
        let not = isContrary ? (language == .zhHans ? "非" : "not ") : ""
        switch wanted {
        case .anyOf(let words):
            let names = feature == .wishGroups ? words.map { inputs.name(ofGroup: $0, in: language) } : words
            return "\(not)\(title) " + names.joined(separator: language == .zhHans ? "或" : " or ")
        case .within(let range) where range.lowerBound == range.upperBound: return "\(not)\(title) \(range.lowerBound)"
        case .within(let range) where range.upperBound == .max: return "\(not)\(title) ≥ \(range.lowerBound)"
        case .within(let range) where range.lowerBound == .min: return "\(not)\(title) ≤ \(range.upperBound)"
        case .within(let range): return "\(not)\(title) \(range.lowerBound)–\(range.upperBound)"
        case .equal(let flag):
            return flag != isContrary ? title : (language == .zhHans ? "非\(title)" : "not \(title)")
        }
    }
}

/// What has to hold for a rule to apply.
indirect enum RuleCondition: Sendable, Hashable {
    case test(RuleTest)
    case all([RuleCondition])
    case any([RuleCondition])
    case not(RuleCondition)

    /// The same as a list of terms: one of them must hold, and of it every test. `not` ends up at the tests, so that a
    /// contrary holds only where the feature is stated. Nil where there would be too many.
    func terms(_ isContrary: Bool = false) -> [Set<RuleTest>]? {
        switch (self, isContrary) {
        case (.test(var test), _):
            if isContrary { test.isContrary.toggle() }
            return [[test]]
        case (.not(let condition), _): return condition.terms(!isContrary)
        case (.all(let parts), false), (.any(let parts), true):
            var terms: [Set<RuleTest>] = [[]]
            for part in parts {
                guard let found = part.terms(isContrary) else { return nil }
                guard terms.count * found.count <= RuleTable.mostTerms else { return nil }
                terms = terms.flatMap { term in found.map { term.union($0) } }
            }
            return terms
        case (.any(let parts), false), (.all(let parts), true):
            var terms: [Set<RuleTest>] = []
            for part in parts {
                guard let found = part.terms(isContrary) else { return nil }
                terms += found
                guard terms.count <= RuleTable.mostTerms else { return nil }
            }
            return terms
        }
    }

    func text(in language: Language, _ inputs: ScoreInputs) -> String {
        func joined(_ parts: [RuleCondition], _ word: String) -> String {
            parts.map { part in
                switch part {
                case .test: part.text(in: language, inputs)
                default: "(\(part.text(in: language, inputs)))"
                }
            }.joined(separator: word)
        }
        switch self {
        case .test(let test): return test.text(in: language, inputs)
        case .all(let parts): return joined(parts, language == .zhHans ? "且" : " and ")
        case .any(let parts): return joined(parts, language == .zhHans ? "或" : " or ")
        case .not(let part): return (language == .zhHans ? "并非" : "not ") + "(\(part.text(in: language, inputs)))"
        }
    }
}
