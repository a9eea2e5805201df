import MatchCore
import Testing

@Suite struct DayTests {
    @Test func readsAndWritesCalendarDays() throws {
        #expect(Day("1970-01-01")?.number == 0)
        #expect(Day("2026-11-22")?.description == "2026-11-22")
        #expect(Day("2024-02-29") != nil)
        #expect(Day("2026-02-29") == nil)
        #expect(Day("2026-11-22")?.weekday == 6)
        for number in stride(from: Int32(-700_000), to: 2_900_000, by: 997) {
            let day = Day(number: number)
            #expect(Day(day.description) == day)
        }
    }
}
