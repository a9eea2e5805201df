import Casework
import MatchCore
import Testing

@testable import Commands

/// Times as people and files write them.
@Suite struct CaseTimeTests {
    /// 2026-03-01T09:00 in Shanghai.
    private let nine = Moment(milliseconds: 1_772_326_800_000)

    @Test(arguments: [
        "2026-03-01T09:00", "2026-03-01 09:00", "2026-03-01T09:00:00", "2026-03-01T09:00:00+08:00",
        "2026-03-01T01:00:00Z", "2026-03-01T01:00:00.000Z", "2026-02-28t17:00:00-08:00", "2026-03-01T06:45:00+05:45",
    ])
    func theSameInstantInManySpellings(text: String) {
        #expect(CaseTime.moment(text) == nine)
    }

    @Test func whatATablePrintsIsRead() {
        #expect(CaseTime.moment(CaseTime.text(nine)) == nine)
    }

    @Test func partsOfASecondAreKept() {
        #expect(CaseTime.moment("2026-03-01T09:00:00.250+08:00") == nine.adding(milliseconds: 250))
        #expect(CaseTime.moment("2026-03-01T09:00:07") == nine.adding(milliseconds: 7_000))
    }

    /// A bare number may be a day, a year or milliseconds: nobody can tell.
    @Test(arguments: [
        "20260301", "2026", "0", "-1", "1772326800000", "2026-03-01T", "2026-03-01T9:00", "2026-03-01T09",
        "2026-03-01T09:00+08:00", "2026-03-01T09:00:00+8", "2026-02-30", "2026-02-30T09:00:00Z", "2026-03-01T24:00",
        "2026-03-01T09:60", "2026-03-01X09:00", "2026-03-01T09:00:00:00", "2026-03-01T+9:00", "", "now",
    ])
    func whatIsNoTimeIsRefusedWithTheRightForms(text: String) {
        #expect(CaseTime.moment(text) == nil)
        let fault = #expect(throws: CommandError.self) { try CaseTime.timestamp(text) }
        for language in [Language.en, .zhHans] {
            #expect(fault?.message[language].contains("2026-03-02T09:00:00+08:00") == true)
        }
    }
}
