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
/// - a bound is never below a score of its block.
public struct ScorerConformance {
    /// What a check says at most, so that one mistake does not fill the screen.
    static let mostFaultsPerCheck = 5

    /// The faults of a scorer; empty for one that keeps the contract. `seed` chooses the made-up registries.
    public static func faults(of type: any Scorer.Type, seed: UInt64 = 1) -> [String] {
        var faults = DescriptorConformance.faults(of: type.descriptor)
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

    /// Every parameter at each end of its range, at each choice, with the others at their defaults.
    static func parameterSets(of descriptor: ScorerDescriptor) -> [[String: ParameterValue]] {
        // What a table may hold only its scorer knows: its examples show some.
        let shown = Set(descriptor.examples.map(\.parameters).filter { !$0.isEmpty })
        return shown.sorted { "\($0)" < "\($1)" } + descriptor.parameters.flatMap { parameter in
            let values: [ParameterValue] =
                switch parameter.kind {
                case .integer(let range, _): [.integer(range.lowerBound), .integer(range.upperBound)]
                case .flag: [.flag(true), .flag(false)]
                case .choice(let choices, _): choices.map { .text($0) }
                case .table: []
                }
            return values.filter { $0 != parameter.defaultValue }.map { [parameter.name: $0] }
        }
    }
}

extension LocalizedText {
    /// Languages in which the text says nothing.
    var emptyLanguages: [Language] { Language.allCases.filter { self[$0].isBlank } }
}

extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
