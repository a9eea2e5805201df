public import MatchCore

/// Scores how soon the wish needs an answer; it serves to rank wishes for an offer.
///
/// A grave hardship, an urgent or critical grade, the lane of households and a time allowed that is nearly over raise
/// it. It looks at the wish alone, so it shifts all offers of one wish alike, and a pair has one total whichever side
/// is ranked. A hardship that nobody has graded and a wait that nobody knows count as a middle; the answer is never
/// `notKnown`, since every wish has a lane and a grade.
public struct UrgencyScorer: Scorer {
    private let rule: UrgencyRule

    public init(parameters: ParameterValues) {
        rule = UrgencyRule(parameters)
    }

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        UrgencyFacts(wish: wish, now: context.now).inputs
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        let facts = try UrgencyFacts(inputs)
        let raw = rule.raw(facts)
        if raw < 0 { return Judgement(Score(raw: raw), reason: "noShares") }
        let isOverdue = facts.left.map { $0 <= 0 } ?? false
        return Judgement(Score(raw: raw), reason: isOverdue ? "overdue" : "graded")
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        guard let facts = try? UrgencyFacts(finding.inputs) else { return "" }
        switch (finding.judgement.reason, language) {
        case ("noShares", .zhHans): return "方案中紧迫程度的各项都不计分。"
        case ("noShares", .en): return "The profile counts no part of the urgency."
        case (_, .zhHans):
            return "紧迫程度 \(rule.raw(facts) / 10_000)%：" + facts.clauses(in: language).joined(separator: "，") + "。"
        case (_, .en):
            return "Urgency \(rule.raw(facts) / 10_000)%: " + facts.clauses(in: language).joined(separator: ", ") + "."
        }
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        .constant(Score(raw: rule.raw(UrgencyFacts(wish: wish, now: context.now))))
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let now = context.now
        let hasNoShares =
            rule.raw(
                UrgencyFacts(lane: 0, grade: 0, hardship: 0, submitted: .min, due: .min, now: now)) < 0
        let bound = ScoreBound(greatest: Score.best, mayBeNotKnown: false, mayBeNotApplicable: hasNoShares)
        return WishFiller(bound: { _, _ in bound }) { block, column in
            let first = block.rows.lowerBound
            let lane = block.columns.lane.base + first
            let grade = block.columns.urgency.base + first
            let hardship = block.columns.hardship.base + first
            let submitted = block.columns.submitted.base + first
            let due = block.columns.due.base + first
            let base = column.base
            for row in 0..<column.count {
                base[row] = rule.raw(
                    UrgencyFacts(
                        lane: lane[row], grade: grade[row], hardship: hardship[row], submitted: submitted[row],
                        due: due[row], now: now))
            }
        }
    }
}
