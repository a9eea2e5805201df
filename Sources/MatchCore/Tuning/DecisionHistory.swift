/// Past decisions with the scorers whose values they carry, oldest first.
public struct DecisionHistory: Sendable {
    /// Ids of scorers, one for each value of a candidate.
    public let scorers: [String]
    public private(set) var decisions: [Decision]

    /// Sorts the decisions by time and name. Throws ``TuningError`` where a candidate's values do not fit the scorers.
    public init(scorers: [String], decisions: [Decision]) throws(TuningError) {
        guard Set(scorers).count == scorers.count else {
            throw TuningError(
                .badHistory,
                LocalizedText(zhHans: "历史中有评分器重复。", en: "A scorer stands twice in the history."))
        }
        var names: Set<String> = []
        for decision in decisions {
            // The same evidence twice would look like twice the evidence, and a list in two parts like two choices.
            guard names.insert(decision.name).inserted else {
                throw TuningError(
                    .badHistory,
                    LocalizedText(
                        zhHans: "决定“\(decision.name)”出现两次。每份清单各用一个名称，其候选须连续列出。",
                        en:
                            "Decision '\(decision.name)' stands twice. Give each list a name of its own, and its candidates "
                            + "one after another."))
            }
            guard !decision.candidates.isEmpty else {
                throw TuningError(
                    .badHistory,
                    LocalizedText(
                        zhHans: "决定“\(decision.name)”没有候选。", en: "Decision '\(decision.name)' has no candidates."))
            }
            for candidate in decision.candidates {
                guard candidate.values.count == scorers.count,
                    candidate.values.allSatisfy({ (-2...Score.best).contains($0) }), candidate.position >= 1
                else {
                    throw TuningError(
                        .badHistory,
                        LocalizedText(
                            zhHans: "决定“\(decision.name)”的候选“\(candidate.offer)”：每个评分器须有一个 0…1000000 的值"
                                + "（或“不知”“不适用”），名次从 1 起。",
                            en: "Decision '\(decision.name)', candidate '\(candidate.offer)': give one value of "
                                + "0…1,000,000 (or not known, not applicable) for each scorer, and a position from 1."))
                }
                guard candidate.rating.map({ (1...5).contains($0) }) ?? true else {
                    throw TuningError(
                        .badHistory,
                        LocalizedText(
                            zhHans: "决定“\(decision.name)”的候选“\(candidate.offer)”：评分须为 1…5。",
                            en: "Decision '\(decision.name)', candidate '\(candidate.offer)': a rating is 1…5."))
                }
            }
        }
        self.scorers = scorers
        self.decisions = decisions.sorted {
            $0.time != $1.time ? $0.time < $1.time : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    /// Of what was checked when it was read; a draft may veto what stood in a list.
    init(scorers: [String], judged decisions: [Decision]) {
        self.scorers = scorers
        self.decisions = decisions
    }

    /// The decisions made before a moment, as far as they were known then.
    public func known(at moment: Timestamp) -> DecisionHistory {
        var copy = self
        copy.decisions = decisions.filter { $0.time < moment }.map { $0.known(at: moment) }
        return copy
    }

    /// The same with each rating taken for what the program takes it for; by that a delivered choice is graded.
    public func rated(by verdict: (_ stars: Int) -> Satisfaction) -> DecisionHistory {
        var copy = self
        for decision in copy.decisions.indices {
            for index in copy.decisions[decision].candidates.indices {
                let stars = copy.decisions[decision].candidates[index].rating
                copy.decisions[decision].candidates[index].satisfaction = stars.map(verdict)
            }
        }
        return copy
    }

    /// The decisions at some places of the order.
    public func part(_ range: Range<Int>) -> DecisionHistory {
        var copy = self
        copy.decisions = Array(decisions[range])
        return copy
    }

    /// The values of a profile's scorers as they were recorded, in the profile's order.
    public func columns(of profile: ScoringProfile) throws(TuningError) -> DecisionHistory {
        var columns: [Int] = []
        for entry in profile.entries {
            guard let column = scorers.firstIndex(of: entry.scorer) else {
                throw TuningError(
                    .noValues,
                    LocalizedText(
                        zhHans: "历史中没有评分器“\(entry.scorer)”的值。",
                        en: "The history has no values of the scorer '\(entry.scorer)'."))
            }
            columns.append(column)
        }
        return DecisionHistory(
            scorers: profile.entries.map(\.scorer),
            judged: decisions.map { decision in
                var decision = decision
                decision.scopes = []
                for index in decision.candidates.indices {
                    let values = decision.candidates[index].values
                    decision.candidates[index].values = columns.map { values[$0] }
                    decision.candidates[index].inputs = []
                }
                return decision
            })
    }
}

/// Why tuning could not begin.
public struct TuningError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable { case badHistory, noValues, badBounds, badOption, badBallot, tooLong }

    public var code: Code
    public var text: LocalizedText

    public init(_ code: Code, _ text: LocalizedText) {
        self.code = code
        self.text = text
    }

    public var message: String { text.en }
    public var description: String { message }
}
