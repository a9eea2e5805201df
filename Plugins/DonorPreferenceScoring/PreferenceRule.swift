import MatchCore

/// How a wish stands to one donor's preference.
struct PreferenceFacts {
    /// The code of the veto; −1 where the wish is not excluded.
    var veto: Int32 = -1
    /// The wish does not say enough to tell whether the donor excludes it.
    var isUnclear = false
    /// Kinds of preference (groups, areas, categories) that the donor states, that the wish meets, and of which it
    /// cannot be told.
    var stated: Int32 = 0
    var met: Int32 = 0
    var unclear: Int32 = 0

    mutating func state(_ coverage: Coverage) {
        stated += 1
        if coverage == .inside { met += 1 }
        if coverage == .unclear { unclear += 1 }
    }

    mutating func exclude(_ coverage: Coverage, veto code: Int32) {
        if coverage == .inside, veto < 0 { veto = code }
        if coverage == .unclear { isUnclear = true }
    }
}

struct PreferenceRule {
    let withoutPreference: Int32
    let unmatched: Int32

    func raw(_ facts: PreferenceFacts) -> Int32 {
        if facts.veto >= 0 { return Score.veto(facts.veto).raw }
        if facts.isUnclear { return Score.notKnown.raw }
        if facts.stated == 0 { return withoutPreference }
        let known = facts.stated - facts.unclear
        if known == 0 { return Score.notKnown.raw }
        let gain = Int64(Score.best - unmatched) * Int64(facts.met) / Int64(known)
        return unmatched + Int32(truncatingIfNeeded: gain)
    }

    func reason(_ facts: PreferenceFacts) -> String {
        if facts.veto >= 0 { return DonorPreferenceScorer.vetoReasons[Int(facts.veto)] }
        if facts.isUnclear { return "wishUnclear" }
        if facts.stated == 0 { return "noPreference" }
        if facts.stated == facts.unclear { return "wishUnclear" }
        if facts.met == facts.stated - facts.unclear { return "matched" }
        return facts.met > 0 ? "partlyMatched" : "unmatched"
    }
}
