/// Past decisions as preferences between two candidates of one list, laid out for fitting.
struct PreferencePairs: Sendable {
    /// Candidates of list d stand at `starts[d]..<starts[d + 1]`.
    private(set) var starts: [Int] = [0]
    /// Candidate by scorer: 0…1, −1 where the scorer does not apply; a veto counts as 0.
    private(set) var values: [Double] = []
    private(set) var slots: [Int] = []
    /// Pairs of list d stand at `pairStarts[d]..<pairStarts[d + 1]`.
    private(set) var pairStarts: [Int] = [0]
    private(set) var winners: [Int] = []
    private(set) var losers: [Int] = []
    /// Those of a choice add up to 1 in a list; those of a refusal to less.
    private(set) var strengths: [Double] = []
    /// Whether the two stood beside each other for somebody to choose: then position had its say.
    private(set) var isChoice: [Bool] = []
    /// Whether the pair comes from a refusal that blames a scorer; models are not judged by those.
    private(set) var isRefusal: [Bool] = []
    let scorerCount: Int

    /// What a refusal that blames a scorer counts, beside a choice.
    static let refusalStrength = 0.5

    var listCount: Int { starts.count - 1 }
    /// Lists that hold a choice.
    private(set) var choiceCount = 0

    /// - Parameter reasons: for a code of refusal, the scorers that it blames.
    init(_ history: DecisionHistory, neutrals: [Int32], reasons: [String: [String]]) {
        scorerCount = history.scorers.count
        for decision in history.decisions {
            let base = starts[starts.count - 1]
            for candidate in decision.candidates {
                slots.append(PositionBias.slot(candidate.position))
                for (index, raw) in candidate.values.enumerated() {
                    let value =
                        switch raw {
                        case 0...: Double(raw) / 1e6
                        case Score.notKnown.raw: Double(neutrals[index]) / 1e6
                        case Score.notApplicable.raw: -1.0
                        default: 0.0
                        }
                    values.append(value)
                }
            }
            starts.append(base + decision.candidates.count)
            addChoices(decision, base)
            addRefusals(decision, base, history.scorers, reasons)
            pairStarts.append(winners.count)
        }
    }

    private mutating func addChoices(_ decision: Decision, _ base: Int) {
        let before = winners.count
        let candidates = decision.candidates
        for (winner, own) in candidates.enumerated() where own.grade > 0 {
            for (loser, other) in candidates.enumerated() where other.grade == 0 {
                // One that is still under way says nothing of one that failed.
                guard other.fate == .passedOver || own.fate != .chosen else { continue }
                winners.append(base + winner)
                losers.append(base + loser)
                isChoice.append(other.fate == .passedOver)
                isRefusal.append(false)
            }
        }
        let count = winners.count - before
        if count > 0 { choiceCount += 1 }
        for _ in 0..<count { strengths.append(1 / Double(count)) }
    }

    /// "Too far" says that nearer ones of the list would have been better: the scorer that is blamed should weigh more.
    private mutating func addRefusals(
        _ decision: Decision, _ base: Int, _ scorers: [String], _ reasons: [String: [String]]
    ) {
        for (loser, refused) in decision.candidates.enumerated() where [.declined, .lapsed].contains(refused.fate) {
            guard let blamed = refused.reason.flatMap({ reasons[$0] }) else { continue }
            var better: [Int] = []
            for (winner, other) in decision.candidates.enumerated() where ![.declined, .lapsed].contains(other.fate) {
                let isBetter = blamed.contains { scorer in
                    guard let column = scorers.firstIndex(of: scorer) else { return false }
                    return refused.values[column] >= 0 && other.values[column] > refused.values[column]
                }
                if isBetter { better.append(base + winner) }
            }
            for winner in better {
                winners.append(winner)
                losers.append(base + loser)
                isChoice.append(false)
                isRefusal.append(true)
                strengths.append(PreferencePairs.refusalStrength / Double(better.count))
            }
        }
    }
}
