/// What a reason of refusal says of the list that somebody chose from: the one list by which learning goes.
///
/// Each of these codes stands under `refusals` in `Data/casework/reasons.yaml`, with the words that people choose it by, and
/// nothing else does; a test holds the two together.
public enum RefusalReasons {
    /// Which scorers a reason blames: another offer of the list that they call better would have been taken.
    public static let standard: [String: [String]] = [
        "tooFar": ["Proximity", "ServiceArea"], "wrongSize": ["QuantityFit"], "tooLittle": ["QuantityFit"],
        "wrongItem": ["CategoryFit", "TextSimilarity"], "prefersDifferent": ["CategoryFit", "TextSimilarity"],
        "wrongTime": ["AvailabilityFit"], "tooLate": ["AvailabilityFit"], "wrongLanguage": ["LanguageFit"],
        "wrongSkill": ["SkillFit"], "unreliable": ["Trust"], "askedTooOften": ["FairShare"],
        "notMyCause": ["DonorPreference"],
    ]

    /// Reasons that blame no scorer: they say nothing of how the offers of the list compare.
    public static let neutral: Set<String> = [
        "noLongerAvailable", "needsMoreTime", "onHoliday", "notSuitable", "otherChoice",
    ]
}
