import AlmonerTesting
import MatchCore
import Testing

/// The kit finds what it promises to find.
@Suite struct ScorerConformanceTests {
    @Test func aScorerThatKeepsTheContractHasNoFaults() {
        #expect(ScorerConformance.faults(of: SoundScorer.self) == [])
    }

    @Test func aColumnThatDiffersIsFound() {
        let faults = ScorerConformance.faults(of: WrongColumnScorer.self)
        #expect(faults.contains { $0.contains("wishes for offer row") && $0.contains("the column says") })
        #expect(!faults.contains { $0.contains("offers for wish row") })
    }

    @Test func aBoundThatIsTooLowIsFound() {
        #expect(ScorerConformance.faults(of: LowBoundScorer.self).contains { $0.contains("the bound of rows") })
    }

    @Test func anUndeclaredReasonIsFound() {
        #expect(ScorerConformance.faults(of: UndeclaredScorer.self).contains { $0.contains("not declared") })
    }

    @Test func anExampleThatFailsIsFound() {
        #expect(ScorerConformance.faults(of: WrongExampleScorer.self).contains { $0.contains("expected") })
    }

    @Test func aSampleExercisesStatedAndUnstatedFacts() {
        let registry = RegistrySample(seed: 5, offers: 200, wishes: 200).registry
        let offers = registry.offers
        let rows = 0..<offers.count
        #expect(rows.contains { offers.available[$0] < 0 } && rows.contains { offers.available[$0] > 0 })
        #expect(rows.contains { offers.category[$0] < 0 } && rows.contains { offers.category[$0] >= 0 })
        #expect(rows.contains { offers[$0].position == nil } && rows.contains { offers[$0].precision == .areaCentroid })
        #expect(rows.contains { offers.party[$0] < 0 })
        #expect(offers.skills.planes.count > 1 && !registry.distances.isEmpty)
        #expect(RegistrySample(seed: 4, offers: 200, wishes: 200).registry.offers.skills.planes.count == 1)
    }
}

/// Scores 1 where the offer is remote and 0 where it is not.
private struct SoundScorer: Scorer {
    static let descriptor = sampleDescriptor(id: "Sound")

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs { sampleInputs(offer) }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement { try sampleJudgement(inputs) }

    func sentence(for finding: Finding, in language: Language) -> String { finding.judgement.reason }
}

private struct WrongColumnScorer: Scorer {
    static let descriptor = sampleDescriptor(id: "WrongColumn")

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs { sampleInputs(offer) }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement { try sampleJudgement(inputs) }

    func sentence(for finding: Finding, in language: Language) -> String { finding.judgement.reason }

    func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller { .constant(.value(1)) }
}

private struct LowBoundScorer: Scorer {
    static let descriptor = sampleDescriptor(id: "LowBound")

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs { sampleInputs(offer) }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement { try sampleJudgement(inputs) }

    func sentence(for finding: Finding, in language: Language) -> String { finding.judgement.reason }

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let bound = ScoreBound(greatest: 999_999, mayBeNotKnown: false, mayBeNotApplicable: false)
        return OfferFiller(bound: { _, _ in bound }) { block, column in
            for row in block.rows {
                column[row - block.rows.lowerBound] = score(wish: wish, offer: block.columns[row], in: context).raw
            }
        }
    }
}

private struct UndeclaredScorer: Scorer {
    static let descriptor = sampleDescriptor(id: "Undeclared")

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs { sampleInputs(offer) }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        try inputs.flag("isRemote") ? Judgement(.veto(0), reason: "tooFar") : try sampleJudgement(inputs)
    }

    func sentence(for finding: Finding, in language: Language) -> String { finding.judgement.reason }
}

private struct WrongExampleScorer: Scorer {
    static let descriptor = sampleDescriptor(id: "WrongExample")

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs { sampleInputs(offer) }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        try inputs.flag("isRemote") ? Judgement(.value(900_000), reason: "remote") : try sampleJudgement(inputs)
    }

    func sentence(for finding: Finding, in language: Language) -> String { finding.judgement.reason }
}

private func sampleInputs(_ offer: OfferRow) -> ScoreInputs { ["isRemote": .flag(offer.isRemote)] }

private func sampleJudgement(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
    try inputs.flag("isRemote")
        ? Judgement(.value(Score.best), reason: "remote") : Judgement(.value(0), reason: "onSite")
}

private func sampleDescriptor(id: String) -> ScorerDescriptor {
    let text = LocalizedText(zhHans: "示例", en: "sample")
    return ScorerDescriptor(
        id: id, version: 1, title: text, summary: text, reasons: ["remote", "onSite"],
        examples: [
            WorkedExample(
                text, inputs: ["isRemote": true], expected: Judgement(.value(Score.best), reason: "remote"))
        ])
}
