/// A profile made ready to score: its scorers with checked parameters.
public struct ScoringPlan: Sendable {
    public let profile: ScoringProfile
    public let steps: [Step]

    public struct Step: Sendable {
        public let scorer: any Scorer
        public let descriptor: ScorerDescriptor
        public let weight: Int32
        public let neutral: Int32
    }

    /// Throws ``ProfileError`` for a scorer that is not built in or stands twice, a weight, neutral value or
    /// parameter that is out of range.
    public init(_ profile: ScoringProfile, scorers: [any Scorer.Type]) throws(ProfileError) {
        var steps: [Step] = []
        for entry in profile.entries {
            guard !steps.contains(where: { $0.descriptor.id == entry.scorer }) else {
                throw ProfileError(
                    .duplicateScorer, message: "Profile \(profile.reference): '\(entry.scorer)' stands twice.")
            }
            steps.append(try ScoringPlan.step(for: entry, of: profile, among: scorers))
        }
        self.profile = profile
        self.steps = steps
    }

    private static func step(
        for entry: ScoringProfile.Entry, of profile: ScoringProfile, among scorers: [any Scorer.Type]
    ) throws(ProfileError) -> Step {
        guard let type = scorers.first(where: { $0.descriptor.id == entry.scorer }) else {
            let known = scorers.map { $0.descriptor.id }.joined(separator: ", ")
            throw ProfileError(
                .unknownScorer,
                message: "Profile \(profile.reference): there is no scorer '\(entry.scorer)'. Built in: \(known).")
        }
        guard (0...10_000).contains(entry.weight) else {
            throw ProfileError(
                .outOfRange,
                message: "Profile \(profile.reference), \(entry.scorer): weight \(entry.weight) is outside 0…10,000.")
        }
        guard (0...Score.best).contains(entry.neutral) else {
            throw ProfileError(
                .outOfRange,
                message: "Profile \(profile.reference), \(entry.scorer): neutral value \(entry.neutral) is outside "
                    + "0…1,000,000.")
        }
        let parameters: ParameterValues
        do {
            parameters = try ParameterValues(entry.parameters, for: type.descriptor)
        } catch {
            throw ProfileError(.badParameter, message: "Profile \(profile.reference): \(error.message)")
        }
        return Step(
            scorer: type.init(parameters: parameters), descriptor: type.descriptor, weight: entry.weight,
            neutral: entry.neutral)
    }
}

/// A profile that cannot be used.
public struct ProfileError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable { case unknownScorer, duplicateScorer, outOfRange, badParameter }

    public var code: Code
    public var message: String

    public init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
