import Casework
import MatchCore
import Testing
import Yams

/// The declared list of groups, and what follows from a household's file.
struct GroupBookTests {
    private let autumn = at("2026-11-22")

    private func book() throws -> GroupBook {
        let book: GroupBook = try dataFile("casework/groups.yaml")
        try book.check(against: dataFile("casework/circumstances.yaml"))
        return book
    }

    private func household(born year: Int?) -> Household {
        var household = Household(id: rid(90), area: "hengli")
        household.take(rid(1), birthYear: 1990, at: at("2026-01-01"))
        household.take(rid(2), birthYear: year, at: at("2026-01-01"))
        return household
    }

    private func groups(_ household: Household, asOf moment: Moment? = nil) throws -> Set<Casework.Code> {
        Set(try book().derived(from: household, asOf: moment ?? autumn, zone: .shanghai).codes)
    }

    @Test func aChildIsUnderSixUntilTheYearInWhichItTurnsSix() throws {
        let household = household(born: 2022)
        #expect(try groups(household) == ["children", "childUnder6"])
        // The last second of 2027 and the first of 2028, in Shanghai.
        #expect(try groups(household, asOf: at("2027-12-31 23:59")) == ["children", "childUnder6"])
        #expect(try groups(household, asOf: at("2028-01-01 00:00")) == ["children"])
        #expect(try groups(household, asOf: at("2040-01-01 00:00")) == [])
        #expect(try groups(self.household(born: nil)) == [])
        // It is due to be derived anew when the year turns there; without a year of birth no year changes anything.
        let derived = try book().derived(from: household, asOf: autumn, zone: .shanghai)
        #expect(derived.until == at("2027-01-01 00:00"))
        #expect(
            try book().derived(from: Household(id: rid(9), area: "a"), asOf: autumn, zone: .shanghai).until == nil)
    }

    @Test func whoLeftAndWhatEndedCountNoMore() throws {
        var household = household(born: 2022)
        household.noteHardship("disability", at: at("2026-02-01"))
        household.noteBenefit("minimumLiving", at: at("2026-02-01"))
        #expect(try groups(household) == ["children", "childUnder6", "disabled", "lowIncome"])
        try household.leave(rid(2), at: at("2026-03-01"))
        household.endHardship("disability", at: at("2026-03-01"))
        #expect(try groups(household) == ["lowIncome"])
        #expect(try groups(household, asOf: at("2026-02-10")).contains("childUnder6"))
    }

    @Test func oneRuleIsEnoughAndAllItsTestsHaveToHold() throws {
        var alone = Household(id: rid(90), area: "hengli")
        alone.take(rid(1), birthYear: 1944, at: at("2026-01-01"))
        #expect(try groups(alone) == ["elders", "livingAlone"])
        alone.take(rid(2), birthYear: 1946, at: at("2026-01-02"))
        #expect(try groups(alone) == ["elders"])
        alone.noteHardship("livingAlone", at: at("2026-01-03"))
        #expect(try groups(alone) == ["elders", "livingAlone"])
        // Left behind are children, and nobody else.
        alone.noteHardship("leftBehind", at: at("2026-01-03"))
        #expect(try !groups(alone).contains("leftBehindChildren"))
    }

    @Test func theFingerprintTellsRulesApartAndNotNames() throws {
        func list(_ name: String, _ test: String) throws -> GroupBook {
            try read("{ code: a, name: { zh-Hans: 甲, en: \(name) }, derived: [{ when: [\(test)] }] }")
        }
        let one = try list("A", "{ fact: ages/0-5, atLeast: 1 }").fingerprint
        #expect(try list("B", "{ fact: ages/0-5, atLeast: 1 }").fingerprint == one)
        #expect(try list("A", "{ fact: ages/0-6, atLeast: 1 }").fingerprint != one)
        #expect(try list("A", "{ fact: ages/0-5, atMost: 1 }").fingerprint != one)
        #expect(one.count == 16)
    }

    private func read(_ groups: String...) throws -> GroupBook {
        try YAMLDecoder().decode(
            GroupBook.self, from: "groups:\n" + groups.map { "  - \($0)\n" }.joined())
    }

    @Test(arguments: [
        ("derived: []", "'derived' needs a rule"),
        ("derived: [{ when: [] }]", "'derived' needs a rule"),
        ("derived: [{ when: [{ fact: ages/0-5 }] }]", "needs atLeast or atMost"),
        ("derived: [{ when: [{ fact: members, atLeast: 3, atMost: 2 }] }]", "the one not above the other"),
        ("derived: [{ when: [{ fact: ages/6-5, atLeast: 1 }] }]", "no group follows from 'ages/6-5'"),
        ("derived: [{ when: [{ fact: ages/0-200, atLeast: 1 }] }]", "within 0 and 150"),
        // They change without anything being noted in the file.
        ("derived: [{ when: [{ fact: daysSinceVisit, atLeast: 9 }] }]", "no group follows from 'daysSinceVisit'"),
        ("derived: [{ when: [{ fact: hardship/ilness, atLeast: 1 }] }]", "Did you mean illness?"),
        (
            "derived: [{ when: [{ fact: benefit/moonRent, atLeast: 1 }] }]",
            "circumstances.yaml has no 'benefit/moonRent'"
        ),
    ])
    func aRuleThatCannotBeUsedIsToldWithItsGroup(_ rule: String, says: String) throws {
        let book = try read(
            "{ code: first, name: { zh-Hans: 甲, en: First } }",
            "{ code: small, name: { zh-Hans: 乙, en: Small }, \(rule) }")
        let error = #expect(throws: CaseworkError.self) {
            try book.check(against: dataFile("casework/circumstances.yaml"))
        }
        #expect(error?.text.en.contains("group 2 'small'") == true, "\(error?.text.en ?? "")")
        #expect(error?.text.en.contains(says) == true, "\(error?.text.en ?? "")")
        #expect(error?.text.zhHans.contains("第 2 项“small”") == true)
    }

    @Test func codesThatStandTwiceNamesThatAreMissingAndKeysThatThereAreNotAreRefused() throws {
        let twice = try read("{ code: a, name: { zh-Hans: 甲, en: A } }", "{ code: a, name: { zh-Hans: 乙, en: B } }")
        #expect(refusal { try twice.check(against: nil) } == .malformed)
        let nameless = try read("{ code: a, name: { zh-Hans: '', en: A } }")
        #expect(refusal { try nameless.check(against: nil) } == .malformed)
        let mistyped = #expect(throws: DecodingError.self) {
            try read("{ code: a, name: { zh-Hans: 甲, en: A }, drived: [] }")
        }
        #expect("\(String(describing: mistyped))".contains("there is no 'drived' in a group"))
    }
}
