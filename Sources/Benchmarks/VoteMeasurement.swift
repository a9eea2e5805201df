public import MatchCore

/// Measures a Borda vote as the order of offers, beside the order that totals make, over one registry.
public struct VoteMeasurement: Sendable {
    private let totals: FamilyRanker
    private let vote: FamilyRanker
    private let top: Int

    /// - Parameters:
    ///   - profile: the program's own; each voice counts other scorers of it twice.
    ///   - voices: how many there are; each puts its first ten to the vote.
    public init(
        _ profile: ScoringProfile, voices: Int, top: Int, scorers: [any Scorer.Type], context: ScoringContext
    ) throws {
        let registry = context.registry
        func ranker(_ profile: ScoringProfile, _ voices: [FamilyRanker] = []) throws -> FamilyRanker {
            FamilyRanker(
                family: try ProfileFamily(profile, scorers: scorers, registry: registry), context: context,
                voices: voices)
        }
        var voted = profile
        voted.vote = VoteTerms(
            voices: (0..<voices).map { VoteTerms.Voice(name: "\($0)", profile: "\(profile.name)@\($0 + 1)") })
        let own = try (0..<voices).map { voice in
            var profile = profile
            profile.revision = voice + 1
            for entry in profile.entries.indices where entry % voices == voice { profile.entries[entry].weight *= 2 }
            return try ranker(profile)
        }
        totals = try ranker(profile)
        vote = try ranker(voted, own)
        self.top = top
    }

    /// Milliseconds of processor time for one wish.
    public struct Figures: Sendable {
        /// By totals: the median.
        public var totals = 0.0
        /// By the vote: the median, and the 95th percentile.
        public var vote = 0.0
        public var voteP95 = 0.0
    }

    /// Ranks the offers for each wish row both ways, the one beside the other so that what else the machine does tells of
    /// neither.
    public func run(_ rows: [Int], warmUp: Int = 3) -> Figures {
        let wishes = totals.context.registry.wishes
        func time(_ ranker: FamilyRanker, _ row: Int) -> Double {
            let start = ProcessorTime.ofThread
            _ = ranker.offers(for: wishes[row], limit: top)
            return (ProcessorTime.ofThread - start) * 1e3
        }
        for row in rows.prefix(warmUp) { _ = (time(totals, row), time(vote, row)) }
        let times = rows.map { (time(totals, $0), time(vote, $0)) }
        guard !times.isEmpty else { return Figures() }
        let (own, voted) = (times.map(\.0).sorted(), times.map(\.1).sorted())
        return Figures(
            totals: own[own.count / 2], vote: voted[voted.count / 2], voteP95: voted[voted.count * 95 / 100])
    }
}
