/// A profile made ready to score: its scorers with checked parameters.
public struct ScoringPlan: Sendable {
    public let profile: ScoringProfile
    public let steps: [Step]

    /// One scorer with what the profile says of it. A class, since a descriptor holds a dozen texts and lists, and
    /// whoever goes through the steps of a plan would count references to each of them.
    public final class Step: Sendable {
        public let scorer: any Scorer
        public let descriptor: ScorerDescriptor
        public let weight: Int32
        public let neutral: Int32

        init(scorer: any Scorer, descriptor: ScorerDescriptor, weight: Int32, neutral: Int32) {
            self.scorer = scorer
            self.descriptor = descriptor
            self.weight = weight
            self.neutral = neutral
        }
    }

    /// Makes the program's own entries ready, or those of a profile that was resolved; layers are not looked at.
    ///
    /// Throws ``ProfileError`` for a scorer that is not built in or stands twice, a weight, neutral value or
    /// parameter that is out of range.
    public init(_ profile: ScoringProfile, scorers: [any Scorer.Type]) throws(ProfileError) {
        var bare = profile
        (bare.layers, bare.trial, bare.vote) = ([], nil, nil)
        // A plan without scorers is no use in a program, and right: nothing applies.
        if !bare.entries.isEmpty { try ProfileCheck(scorers: scorers).check(bare) }
        var steps: [Step] = []
        for entry in profile.entries {
            guard let type = scorers.first(where: { $0.descriptor.id == entry.scorer }),
                let parameters = try? ParameterValues(entry.parameters, for: type.descriptor)
            else { continue }  // the check has thrown for these
            steps.append(
                Step(
                    scorer: type.init(parameters: parameters), descriptor: type.descriptor, weight: entry.weight,
                    neutral: entry.neutral))
        }
        self.init(profile: profile, steps: steps)
    }

    /// Steps that are ready, under the profile that they stand for.
    init(profile: ScoringProfile, steps: [Step]) {
        self.profile = profile
        self.steps = steps
    }
}

/// A profile that cannot be used.
public struct ProfileError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: Sendable { case unknownScorer, duplicateScorer, outOfRange, badParameter, unknownScope, badEdit }

    public var code: Code
    /// What is wrong and where, in both languages.
    public var text: LocalizedText

    public init(_ code: Code, _ text: LocalizedText) {
        self.code = code
        self.text = text
    }

    init(_ code: Code, _ heading: LocalizedText, _ text: LocalizedText) {
        self.init(
            code, LocalizedText(zhHans: "\(heading.zhHans)：\(text.zhHans)", en: "\(heading.en): \(text.en)"))
    }

    /// The English text.
    public var message: String { text.en }
    public var description: String { text.en }
}
