import MatchCore
import SkillFitScoring
import Testing

@Suite struct SkillFitTests {
    @Test func oneMoreWantedSkillNeverLowersTheScore() throws {
        // More words than one plane of a set column holds.
        let skills = (0..<70).map { "skill\($0)" }
        let wish = Wish.sample(skills: [skills[0], skills[33], skills[69]])
        let held: [[String]] = [
            [skills[5]], [skills[5], skills[69]], [skills[33], skills[69]], skills.filter { $0 != "skill5" },
        ]
        let offers = held.enumerated().map { Offer.sample(UInt64($0.offset) + 1, skills: $0.element) }
        let values = try Pairing(wish, offers).values(SkillFitScorer.self)
        #expect(values == [0, 333_333, 666_666, 1_000_000])
    }

    @Test func aSkillMayBeHeldAsAQualificationAndNotTheOtherWayRound() throws {
        let wanted = Wish.sample(skills: ["nursing"])
        #expect(try Pairing(wanted, [.sample(qualifications: ["nursing"])]).values(SkillFitScorer.self) == [Score.best])
        let required = Wish.sample(required: ["nursing"])
        let offers = [
            Offer.sample(1, skills: ["nursing"]), .sample(2, qualifications: ["nursing"]), .sample(3),
            .sample(4, kind: .goods),
        ]
        let scores = try Pairing(required, offers).scores(SkillFitScorer.self)
        #expect(scores == [.veto(0), .value(Score.best), .veto(0), .veto(0)])
    }

    @Test func thingsHaveNoSkillsAndVolunteersMayNotHaveSaid() throws {
        let wish = Wish.sample(skills: ["plumbing"])
        let offers = OfferKind.allCases.map { Offer.sample(UInt64($0.rawValue) + 1, kind: $0) }
        let scores = try Pairing(wish, offers).scores(SkillFitScorer.self)
        #expect(scores == [.value(0), .value(0), .notKnown, .notKnown, .notKnown, .value(0)])
        #expect(try Pairing(.sample(), offers).scores(SkillFitScorer.self).allSatisfy { $0 == .notApplicable })
    }
}
