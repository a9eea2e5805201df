import MatchCore

/// How the facts add up: (l·lane + h·hardship + u·grade + w·waiting) ÷ (l + h + u + w), in whole numbers.
struct UrgencyRule {
    let laneShare: Int64
    let hardshipShare: Int64
    let gradeShare: Int64
    let waitingShare: Int64
    let microWishValue: Int64
    let microProjectValue: Int64
    let waitingMinutes: Int64
    let unknownPart: Int64

    init(_ parameters: ParameterValues) {
        laneShare = parameters.integer("laneShare")
        hardshipShare = parameters.integer("hardshipShare")
        gradeShare = parameters.integer("gradeShare")
        waitingShare = parameters.integer("waitingShare")
        microWishValue = parameters.integer("microWishValue")
        microProjectValue = parameters.integer("microProjectValue")
        waitingMinutes = parameters.integer("waitingDays") * 1440
        unknownPart = parameters.integer("unknownPart")
    }

    func raw(_ facts: UrgencyFacts) -> Int32 {
        let shares = laneShare &+ hardshipShare &+ gradeShare &+ waitingShare
        if shares == 0 { return Score.notApplicable.raw }
        let lane = facts.lane == .microWish ? microWishValue : microProjectValue
        let hardship = facts.hardship < 0 ? unknownPart : facts.hardship &* 250_000
        let grade = Int64(facts.grade.rawValue) &* 500_000
        let sum =
            laneShare &* lane &+ hardshipShare &* hardship &+ gradeShare &* grade &+ waitingShare &* waiting(facts)
        return Int32(truncatingIfNeeded: sum / shares)
    }

    /// The part of the time allowed that has passed, 0…10⁶; full from the due time on.
    private func waiting(_ facts: UrgencyFacts) -> Int64 {
        guard let left = facts.left else {
            return facts.waited < 0 ? unknownPart : Int64(Score.share(facts.waited, of: waitingMinutes))
        }
        if left <= 0 { return Int64(Score.best) }
        // Where nobody knows when the wish came in, it is taken to have had the usual time.
        if facts.waited < 0 { return Int64(Score.share(waitingMinutes &- left, of: waitingMinutes)) }
        return Int64(Score.share(facts.waited, of: facts.waited &+ left))
    }
}
