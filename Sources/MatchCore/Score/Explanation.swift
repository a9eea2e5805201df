/// Why a pair has its total: one entry per scorer of the profile, from which the total is added up again, exactly.
public struct Explanation: Sendable, Hashable {
    public var wish: RecordKey
    public var wishLine: Int
    public var offer: RecordKey
    public var offerLine: Int
    /// Name and revision of the profile, such as `default@1`.
    public var profile: String
    /// What the scorers took for "now".
    public var asOf: Timestamp
    /// 0…1,000,000; nil where a veto makes the pair ineligible.
    public var total: Int32?
    public var entries: [Entry]
    /// How the vote of the program's voices placed the offer; nil where the totals make the order.
    public var vote: VoteAccount?

    public struct Entry: Sendable, Hashable {
        public var scorer: String
        public var version: Int
        public var outcome: Outcome
        /// The value that counts: the scorer's own, or the neutral value where it is not known; 0 where it does
        /// not apply or vetoes.
        public var value: Int32
        public var weight: Int32
        /// weight · value; 0 where the scorer leaves the sums.
        public var contribution: Int64
        public var reason: String
        public var inputs: ScoreInputs

        public init(
            scorer: String, version: Int, outcome: Outcome, value: Int32, weight: Int32, contribution: Int64,
            reason: String, inputs: ScoreInputs
        ) {
            self.scorer = scorer
            self.version = version
            self.outcome = outcome
            self.value = value
            self.weight = weight
            self.contribution = contribution
            self.reason = reason
            self.inputs = inputs
        }
    }

    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case value
        case notKnown
        case notApplicable
        case veto
    }

    public init(
        wish: RecordKey, wishLine: Int, offer: RecordKey, offerLine: Int, profile: String, asOf: Timestamp,
        total: Int32?, entries: [Entry]
    ) {
        self.wish = wish
        self.wishLine = wishLine
        self.offer = offer
        self.offerLine = offerLine
        self.profile = profile
        self.asOf = asOf
        self.total = total
        self.entries = entries
    }

    /// No scorer applies, or all weights are 0: the total is 0 and says nothing.
    public var nothingApplies: Bool {
        total != nil && entries.allSatisfy { $0.outcome == .notApplicable || $0.weight == 0 }
    }

    /// The total added up from the entries alone; nil where one of them is a veto.
    public func recomputedTotal() -> Int32? {
        var total = ScoreTotal()
        for entry in entries {
            switch entry.outcome {
            case .veto: return nil
            case .notApplicable: continue
            case .value, .notKnown: total.add(value: entry.value, weight: entry.weight)
            }
        }
        return total.value
    }

    /// What does not add up, in words; empty where everything does.
    public func arithmeticFaults() -> [String] {
        var faults: [String] = []
        for entry in entries {
            let counts = entry.outcome == .value || entry.outcome == .notKnown
            if !(0...Score.best).contains(entry.value) || !(0...10_000).contains(entry.weight) {
                faults.append("\(entry.scorer): value \(entry.value) or weight \(entry.weight) is out of range")
                continue
            }
            let expected = counts ? Int64(entry.value) * Int64(entry.weight) : 0
            if entry.contribution != expected {
                faults.append("\(entry.scorer): contribution \(entry.contribution), should be \(expected)")
            }
        }
        if faults.isEmpty, recomputedTotal() != total {
            let shown = total.map(String.init) ?? "none"
            let sum = recomputedTotal().map(String.init) ?? "none"
            faults.append("total \(shown), the entries add up to \(sum)")
        }
        for (voice, said) in zip(vote?.voices ?? [], ofVoices) {
            faults += said.arithmeticFaults().map { "\(voice.name): \($0)" }
        }
        return faults + (vote?.faults() ?? [])
    }
}
