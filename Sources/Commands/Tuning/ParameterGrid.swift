import MatchCore

/// Parameters to learn beside the weights, each with the values to choose from.
struct ParameterGrid {
    private var choices: [(scorer: String, name: String, values: [ParameterValue])] = []

    /// Reads `Proximity.decay=5000,10000`.
    init(_ texts: [String]) throws {
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let names = parts.first?.split(separator: ".", maxSplits: 1).map(String.init) ?? []
            guard parts.count == 2, names.count == 2 else {
                throw CommandError(.usage, TuningWords.badParameter.filled(["text": text]))
            }
            let values = parts[1].split(separator: ",").map { value -> ParameterValue in
                switch value {
                case "true": .flag(true)
                case "false": .flag(false)
                default: Int64(value).map { .integer($0) } ?? .text(String(value))
                }
            }
            choices.append((names[0], names[1], values))
        }
    }

    /// Today's profile first, then one for each combination of values. A value out of its range is refused.
    func profiles(
        from today: ScoringProfile, source: TuningSource, session: Session
    ) throws -> [ScoringProfile] {
        guard !choices.isEmpty else { return [today] }
        guard source.hasInputs else { throw CommandError(.usage, TuningWords.tooFewSources.text) }
        var profiles = [today]
        for (scorer, name, values) in choices {
            guard let place = today.entries.firstIndex(where: { $0.scorer == scorer }) else {
                throw CommandError(.usage, TuningWords.badParameter.filled(["text": "\(scorer).\(name)"]))
            }
            profiles += profiles.flatMap { profile in
                values.map { value in
                    var other = profile
                    other.entries[place].parameters[name] = value
                    return other
                }
            }
        }
        for profile in profiles { _ = try ScoringPlan(profile, scorers: session.scorers) }
        return profiles
    }
}
