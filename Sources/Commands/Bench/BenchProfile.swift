import MatchCore

/// The nine scorers of the ranking measurement, with its weights in hundredths of a per cent. What is not known counts 0
/// there, as its formulas have it.
enum BenchProfile {
    static let profile = ScoringProfile(
        name: "bench", revision: 1, title: both("排序测量", "Ranking measurement"),
        entries: [
            .init(scorer: "CategoryFit", weight: 2800, neutral: 0),
            .init(scorer: "Proximity", weight: 2400, neutral: 0),
            .init(scorer: "QuantityFit", weight: 1000, neutral: 0),
            .init(scorer: "AvailabilityFit", weight: 1000, neutral: 0),
            .init(scorer: "SkillFit", weight: 800, neutral: 0), .init(scorer: "LanguageFit", weight: 600, neutral: 0),
            .init(scorer: "Trust", weight: 600, neutral: 0), .init(scorer: "FairShare", weight: 400, neutral: 0),
            .init(scorer: "DonorPreference", weight: 400, neutral: 0),
        ])
}
