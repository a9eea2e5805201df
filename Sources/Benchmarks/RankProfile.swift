public import MatchCore

/// The nine scorers of the ranking measurement with the weights of `rank_run.py`. What is not known counts 0 there, as
/// its formulas have it.
public enum RankProfile {
    public static let nine = ScoringProfile(
        name: "bench", revision: 1, title: LocalizedText(zhHans: "排序测量", en: "Ranking measurement"), entries: entries)

    /// The nine, and the three that the measurement's formulas leave out, at a tenth of the weight in all.
    public static let twelve = ScoringProfile(
        name: "bench", revision: 2, title: LocalizedText(zhHans: "十二项排序测量", en: "Ranking measurement of twelve"),
        entries: entries + [
            .init(scorer: "TextSimilarity", weight: 800, neutral: 0), .init(scorer: "Urgency", weight: 200, neutral: 0),
            .init(scorer: "ServiceArea", weight: 0, neutral: 0),
        ])

    private static let entries: [ScoringProfile.Entry] = [
        .init(scorer: "CategoryFit", weight: 2800, neutral: 0), .init(scorer: "Proximity", weight: 2400, neutral: 0),
        .init(scorer: "QuantityFit", weight: 1000, neutral: 0),
        .init(scorer: "AvailabilityFit", weight: 1000, neutral: 0), .init(scorer: "SkillFit", weight: 800, neutral: 0),
        .init(scorer: "LanguageFit", weight: 600, neutral: 0), .init(scorer: "Trust", weight: 600, neutral: 0),
        .init(scorer: "FairShare", weight: 400, neutral: 0), .init(scorer: "DonorPreference", weight: 400, neutral: 0),
    ]
}
