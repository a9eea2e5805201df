import AvailabilityFitScoring
import CategoryFitScoring
import DonorPreferenceScoring
import FairShareScoring
import LanguageFitScoring
public import MatchCore
import ProximityScoring
import QuantityFitScoring
import RuleScoring
import ServiceAreaScoring
import SkillFitScoring
import TextSimilarityScoring
import TrustScoring
import UrgencyScoring

/// The scorers that are built in, one line each, by name.
///
/// Written by hand, because a list that is gathered at run time drifts unseen; a test compares it with the folders
/// of `Plugins/` and names the line that is missing.
public enum ScorerCatalog {
    public static let all: [any Scorer.Type] = [
        AvailabilityFitScorer.self,
        CategoryFitScorer.self,
        DonorPreferenceScorer.self,
        FairShareScorer.self,
        LanguageFitScorer.self,
        ProximityScorer.self,
        QuantityFitScorer.self,
        RuleScorer.self,
        ServiceAreaScorer.self,
        SkillFitScorer.self,
        TextSimilarityScorer.self,
        TrustScorer.self,
        UrgencyScorer.self,
    ]
}
