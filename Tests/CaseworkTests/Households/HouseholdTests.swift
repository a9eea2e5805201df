import Casework
import Testing
import Yams

struct HouseholdTests {
    private let spring = at("2026-03-02")

    private func grade(_ household: Household, overdue: Int = 0, calls: Int = 0, asOf moment: Moment? = nil) throws
        -> (grade: WatchGrade, because: [Code])
    {
        let rules: WatchRules = try dataFile("watch/standard.yaml")
        try rules.check()
        return rules.grade(
            HouseholdFacts(
                household, asOf: moment ?? spring, zone: .shanghai, overdueClocks: overdue, unansweredCalls: calls))
    }

    @Test func oneOpenWishPerRoundWhereTheProgramSaysSo() throws {
        var household = Household(id: rid(90), area: "hengli")
        try household.file(rid(1), round: 3, onePerRound: true, at: spring)
        try household.file(rid(1), round: 3, onePerRound: true, at: spring)
        #expect(household.wishes.count == 1)
        #expect(refusal { try household.file(rid(2), round: 3, onePerRound: true, at: spring) } == .notCovered)
        try household.file(rid(3), round: 4, onePerRound: true, at: spring)
        try household.close(rid(1), at: at("2026-04-01"))
        try household.file(rid(2), round: 3, onePerRound: true, at: at("2026-04-02"))
        try household.file(rid(4), round: 3, onePerRound: false, at: at("2026-04-02"))
        #expect(household.wishes.map(\.wish) == [rid(1), rid(3), rid(2), rid(4)])
    }

    @Test func theFileKeepsWhoLivedThereAndWhen() throws {
        var household = Household(id: rid(90), area: "hengli")
        household.take(rid(1), birthYear: 1940, at: at("2025-01-01"))
        household.take(rid(2), birthYear: 2015, at: at("2025-01-01"))
        household.take(rid(2), birthYear: 2015, at: at("2025-02-01"))
        try household.leave(rid(2), at: at("2026-01-01"))
        #expect(refusal { try household.leave(rid(2), at: at("2026-02-01")) } == .unknown)
        #expect(household.members.count == 2)
        let before = HouseholdFacts(
            household, asOf: at("2025-06-01"), zone: .shanghai, overdueClocks: 0, unansweredCalls: 0)
        #expect(before["members"] == 2 && before["children"] == 1 && before["eldersAlone"] == 0)
        let after = HouseholdFacts(household, asOf: spring, zone: .shanghai, overdueClocks: 0, unansweredCalls: 0)
        #expect(after["members"] == 1 && after["eldersAlone"] == 1)
    }

    @Test func theMostWorryingRuleGivesTheColour() throws {
        var household = Household(id: rid(90), area: "hengli")
        household.take(rid(1), birthYear: 1980, at: at("2026-01-01"))
        #expect(try grade(household).grade == .green)
        #expect(try grade(household, overdue: 1).because == ["forgotten"])
        household.noteHardship("disability", at: spring)
        #expect(try grade(household) == (.orange, ["hardshipWithoutBenefit"]))
        household.noteBenefit("dibao", at: spring)
        #expect(try grade(household).grade == .green)
        household.noteHardship("sudden", at: spring)
        #expect(try grade(household) == (.red, ["suddenDisaster"]))
        household.endHardship("sudden", at: at("2026-05-01"))
        #expect(try grade(household, asOf: at("2026-04-30")).grade == .red)
        #expect(try grade(household, asOf: at("2026-05-01")).grade == .green)
        #expect(try grade(household, asOf: at("2027-02-01")).because == ["longUnvisited"])
    }

    @Test func eldersWhoDoNotAnswerAreRed() throws {
        var household = Household(id: rid(90), area: "hengli")
        household.take(rid(1), birthYear: 1944, at: spring)
        household.take(rid(2), birthYear: 1947, at: spring)
        #expect(try grade(household, calls: 1) == (.orange, ["eldersAlone"]))
        #expect(try grade(household, calls: 2) == (.red, ["silentElders"]))
    }

    @Test func moreWorryMeansAnEarlierVisit() throws {
        var household = Household(id: rid(90), area: "hengli")
        household.take(rid(1), birthYear: 1980, at: spring)
        let rules: WatchRules = try dataFile("watch/standard.yaml")
        func watch(_ previous: HouseholdWatch?, at moment: Moment) throws -> HouseholdWatch {
            let facts = HouseholdFacts(
                household, asOf: moment, zone: .shanghai, overdueClocks: 0, unansweredCalls: 0)
            return HouseholdWatch.grading(
                household, facts, by: rules, after: previous, at: moment, calendar: try .official())
        }
        let calm = try watch(nil, at: spring)
        household.noteHardship("sudden", at: at("2026-03-03"))
        let red = try watch(calm, at: at("2026-03-03 10:00"))
        #expect(red.grade == .red)
        #expect(try #require(red.visitDue) < #require(calm.visitDue))
        #expect(red.visitDue == at("2026-03-11 00:00"))
        // Graded again without news, nothing moves; after a visit the next one is counted from it.
        #expect(try watch(red, at: at("2026-03-06")) == red)
        household.noteVisit(at: at("2026-03-09 15:00"))
        #expect(try watch(red, at: at("2026-03-09 16:00")).visitDue == at("2026-03-17 00:00"))
    }

    @Test func rulesWithUnknownFactsAreRefused() throws {
        func code(_ test: String, grade: String = "red") throws -> CaseworkError.Code? {
            let hours = "{ hours: 1 }"
            let text = """
                visits: { green: \(hours), orange: \(hours), red: \(hours) }
                rules: [{ id: x, grade: \(grade), title: { zh-Hans: 甲, en: A }, when: [\(test)] }]
                """
            let rules = try YAMLDecoder().decode(WatchRules.self, from: text)
            return refusal { try rules.check() }
        }
        #expect(try code("{ fact: moonPhase, atLeast: 1 }") == .malformed)
        #expect(try code("{ fact: members }") == .malformed)
        #expect(try code("") == .malformed)
        #expect(try code("{ fact: members, atLeast: 1 }", grade: "green") == .malformed)
        #expect(try code("{ fact: members, atLeast: 1 }") == nil)
    }
}
