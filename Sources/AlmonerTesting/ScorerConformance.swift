public import MatchCore

/// The contract of ``MatchCore/Scorer``, checked from outside: what every scorer must keep so that a ranking is
/// exact and a stored explanation can be judged again.
///
/// The faults are sentences, so that the kit serves any test framework:
///
/// ```swift
/// @Test func keepsTheContract() { #expect(ScorerConformance.faults(of: SchoolDistanceScorer.self) == []) }
/// ```
///
/// It checks that
/// - the descriptor is complete, in both languages, and its defaults lie in their ranges;
/// - the worked examples hold, and every declared reason is given by one of them or by a pair of the sample;
/// - scores are in range, vetoes and reasons declared, and the same facts give the same judgement;
/// - the facts have names of their own and are found by name;
/// - no facts, however altered, end the process: `judge` answers or throws;
/// - every reason has a sentence in both languages;
/// - the columns of `offers(for:)` and `wishes(for:)` equal what `judge` says of each pair, in one block and in
///   many, with the default parameters and with those at the ends of their ranges;
/// - a bound is never below a score of its block;
/// - wishes whose fillers have the same likeness get the same scores;
/// - it is pure: asked again, of another instance, in another order or from several threads, it says the same;
/// - where nothing is stated it neither vetoes nor says 0;
/// - what the descriptor declares monotone is;
/// - the facts that follow from the wish's groups or hardship are those that the descriptor names;
/// - a million candidates take no more processor time than the kit allows.
public struct ScorerConformance {
    /// What a check says at most, so that one mistake does not fill the screen.
    static let mostFaultsPerCheck = 5

    /// The faults of a scorer; empty for one that keeps the contract. `seed` chooses the made-up registries.
    public static func faults(of type: any Scorer.Type, seed: UInt64 = 1) -> [String] {
        var faults = DescriptorConformance.faults(of: type.descriptor)
        guard faults.isEmpty else { return faults }
        // A slow one would keep everybody waiting, and one that is not steady drown in the differences that follow.
        faults += SpeedConformance.faults(of: type)
        guard faults.isEmpty else { return faults }
        for parameters in [[:]] + parameterSets(of: type.descriptor).prefix(3) {
            faults += SteadinessConformance.faults(of: type, parameters, seed: seed)
        }
        guard faults.isEmpty else { return faults }
        faults += IgnoranceConformance.faults(of: type)
        faults += MonotonicityConformance.faults(of: type, [:], seed: seed)
        for parameters in [[:]] + parameterSets(of: type.descriptor) {
            faults += CircumstanceConformance.faults(of: type, parameters)
        }
        guard faults.isEmpty else { return faults }
        var reasons = Set<String>()
        faults += ExampleConformance.faults(of: type, reasons: &reasons)
        // Many offers for few wishes, so that there are several blocks; the same mirrored; and words enough for
        // two planes of a set column (an odd seed), at parameters other than the defaults.
        for (offers, wishes, offset) in [(300, 10, 0), (10, 300, 1), (50, 40, 2)] as [(Int, Int, UInt64)] {
            let sample = RegistrySample(seed: seed &+ offset, offers: offers, wishes: wishes)
            faults += PairConformance(type, [:], sample).faults(reasons: &reasons)
        }
        for (number, parameters) in parameterSets(of: type.descriptor).enumerated() {
            let sample = RegistrySample(seed: seed &+ UInt64(number) &+ 3, offers: 40, wishes: 30)
            faults += PairConformance(type, parameters, sample).faults(reasons: &reasons)
        }
        for reason in type.descriptor.reasons where !reasons.contains(reason) {
            faults.append("reason '\(reason)' is declared, but no example and no pair of the sample gives it")
        }
        return faults
    }

    /// The faults with some parameters of your own: a table, say, whose meaning only the scorer knows.
    public static func faults(
        of type: any Scorer.Type, parameters: [String: ParameterValue], seed: UInt64 = 1
    ) -> [String] {
        do {
            _ = try ParameterValues(parameters, for: type.descriptor)
        } catch {
            return [error.message]
        }
        var reasons = Set<String>()
        let sample = RegistrySample(seed: seed, offers: 140, wishes: 20)
        return SteadinessConformance.faults(of: type, parameters, seed: seed)
            + CircumstanceConformance.faults(of: type, parameters)
            + PairConformance(type, parameters, sample).faults(reasons: &reasons)
    }

    /// Seconds of processor time that a million candidates take; in a release build only worth comparing.
    public static func secondsPerMillion(_ type: any Scorer.Type) -> Double {
        SpeedConformance.secondsPerMillion(type)
    }

    /// Every parameter at each end of its range, at each choice, with the others at their defaults.
    static func parameterSets(of descriptor: ScorerDescriptor) -> [[String: ParameterValue]] {
        // What a table may hold only its scorer knows: its examples show some.
        var sets: [[String: ParameterValue]] = []
        for example in descriptor.examples where !example.parameters.isEmpty && !sets.contains(example.parameters) {
            sets.append(example.parameters)
        }
        for parameter in descriptor.parameters {
            let values: [ParameterValue] =
                switch parameter.kind {
                case .integer(let range, _): [.integer(range.lowerBound), .integer(range.upperBound)]
                case .flag: [.flag(true), .flag(false)]
                case .choice(let choices, _): choices.map { .text($0) }
                case .table: []
                }
            sets += values.filter { $0 != parameter.defaultValue }.map { [parameter.name: $0] }
        }
        return sets
    }
}

extension LocalizedText {
    /// Languages in which the text says nothing.
    var emptyLanguages: [Language] { Language.allCases.filter { self[$0].isBlank } }
}

extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
