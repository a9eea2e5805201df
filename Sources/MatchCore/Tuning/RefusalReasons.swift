/// Which scorers a reason of refusal blames.
public enum RefusalReasons {
    public static let standard: [String: [String]] = [
        "tooFar": ["Proximity", "ServiceArea"], "wrongSize": ["QuantityFit"], "tooLittle": ["QuantityFit"],
        "wrongItem": ["CategoryFit", "TextSimilarity"], "prefersDifferent": ["CategoryFit", "TextSimilarity"],
        "wrongTime": ["AvailabilityFit"], "tooLate": ["AvailabilityFit"], "wrongLanguage": ["LanguageFit"],
        "wrongSkill": ["SkillFit"], "unreliable": ["Trust"], "askedTooOften": ["FairShare"],
        "notMyCause": ["DonorPreference"],
    ]
}
