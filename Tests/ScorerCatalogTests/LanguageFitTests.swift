import LanguageFitScoring
import MatchCore
import Testing

@Suite struct LanguageFitTests {
    @Test func aSharedLanguageBeatsNone() throws {
        let wish = Wish.sample(languages: ["yue", "hak"])
        let offers = [
            Offer.sample(1, languages: ["cmn", "hak"]), .sample(2, languages: ["cmn"]), .sample(3),
        ]
        let scores = try Pairing(wish, offers).scores(LanguageFitScorer.self)
        #expect(scores == [.value(Score.best), .value(0), .notKnown])
    }

    @Test func nobodyHasToTalkForMoneyOrADelivery() throws {
        let wish = Wish.sample(languages: ["yue"])
        let offers = [
            Offer.sample(1, kind: .money), .sample(2, kind: .goods, delivers: true), .sample(3, kind: .goods),
            .sample(4, kind: .service, delivers: true), .sample(5, kind: .goods, delivers: true, languages: ["cmn"]),
        ]
        let scores = try Pairing(wish, offers).scores(LanguageFitScorer.self)
        #expect(scores == [.notApplicable, .notApplicable, .notKnown, .notKnown, .value(0)])
        #expect(try Pairing(.sample(), offers).scores(LanguageFitScorer.self).allSatisfy { $0 == .notApplicable })
    }

    @Test func aCoordinatorReadsTheNamesOfLanguages() throws {
        let scorer = LanguageFitScorer(parameters: try ParameterValues(for: LanguageFitScorer.descriptor))
        let inputs: ScoreInputs = [
            "wanted": .texts(["yue", "csl"]), "spoken": .texts(["yue"]), "offerKind": "service", "delivers": false,
        ]
        let finding = Finding(inputs: inputs, judgement: try scorer.judge(inputs))
        #expect(Language.allCases.map { scorer.sentence(for: finding, in: $0) } == ["都讲粤语。", "Both speak Cantonese."])
    }
}
