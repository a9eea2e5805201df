import Casework
import Foundation
import Testing

struct CalendarTests {
    @Test(arguments: [
        // Spring Festival 2025: Wednesday 22 January; Sunday 26 works, 28 January to 4 February is off.
        ("2025-01-22 10:00", 5, "2025-02-05"),
        // Filed on the eve of the holiday: the first working day after it is Wednesday 5 February.
        ("2025-01-27 18:00", 1, "2025-02-05"),
        // The make-up Saturday after it counts.
        ("2025-02-05 08:00", 3, "2025-02-08"),
        // Labour Day 2025: Sunday 27 April works.
        ("2025-04-25 09:00", 1, "2025-04-27"),
        ("2025-04-29 09:00", 3, "2025-05-07"),
        // Dragon Boat 2025 runs into June.
        ("2025-05-30 09:00", 1, "2025-06-03"),
        // National Day and Mid-Autumn 2025: Sunday 28 September and Saturday 11 October work.
        ("2025-09-26 09:00", 5, "2025-10-10"),
        ("2025-09-26 09:00", 6, "2025-10-11"),
        // New Year 2026: 1 to 3 January off, Sunday 4 works; the year's change is crossed.
        ("2025-12-31 23:59", 1, "2026-01-04"),
        // Spring Festival 2026: Saturday 14 February works, nine days off, Saturday 28 works.
        ("2026-02-13 17:00", 1, "2026-02-14"),
        ("2026-02-13 17:00", 2, "2026-02-24"),
        ("2026-02-24 09:00", 4, "2026-02-28"),
        // Qingming 2026 takes Monday 6 April.
        ("2026-04-03 09:00", 1, "2026-04-07"),
        // Labour Day 2026: Saturday 9 May works.
        ("2026-04-30 09:00", 4, "2026-05-09"),
        // Dragon Boat 2026 is a Friday to Sunday.
        ("2026-06-18 09:00", 1, "2026-06-22"),
        // Mid-Autumn and National Day 2026: Sunday 20 September and Saturday 10 October work.
        ("2026-09-18 09:00", 1, "2026-09-20"),
        ("2026-09-24 09:00", 1, "2026-09-28"),
        ("2026-09-30 09:00", 3, "2026-10-10"),
    ])
    func workingDaysFollowTheOfficialNotices(start: String, days: Int, lastDay: String) throws {
        let due = try WorkingCalendar.official().due(.workingDays(days), from: at(start))
        #expect(due?.moment == at(lastDay).adding(hours: 24))
        #expect(due?.isProvisional == false)
    }

    @Test func theOfficialYearsHaveTheirWorkingDays() throws {
        // 365 days less 104 weekend days, less the weekdays off, plus the make-up days.
        let calendar = try WorkingCalendar.official()
        let counts = [2025, 2026].map { year in
            calendar.workingDays(after: CivilDate(year - 1, 12, 31)!, through: CivilDate(year, 12, 31)!)
        }
        #expect(counts == [248, 248])
    }

    @Test func hoursIgnoreTheCalendar() throws {
        let due = try WorkingCalendar.official().due(.hours(24), from: at("2026-02-14 20:00"))
        #expect(due?.moment == at("2026-02-15 20:00"))
    }

    @Test func aDayBeginsAtMidnightInShanghai() throws {
        let calendar = try WorkingCalendar.official()
        // 23:59 on Thursday and 0:01 on Friday are the same day in UTC, not in Dongguan.
        #expect(calendar.due(.workingDays(1), from: at("2026-03-05 23:59"))?.moment == at("2026-03-07 00:00"))
        #expect(calendar.due(.workingDays(1), from: at("2026-03-06 00:01"))?.moment == at("2026-03-10 00:00"))
    }

    @Test func anOfficeThatClosesEndsTheDay() throws {
        let calendar = try WorkingCalendar.official(closingMinute: 17 * 60 + 30)
        #expect(calendar.due(.workingDays(1), from: at("2026-03-05 20:00"))?.moment == at("2026-03-06 17:30"))
    }

    @Test func beyondTheLastNoticeWeekendsCountAndTheDueTimeSaysSo() throws {
        let due = try WorkingCalendar.official().due(.workingDays(2), from: at("2026-12-30 09:00"))
        #expect(due == DueTime(moment: at("2027-01-02 00:00"), isProvisional: true, revision: 1))
        let before = try WorkingCalendar.official().due(.workingDays(1), from: at("2026-12-30 09:00"))
        #expect(before?.isProvisional == false)
    }

    @Test func pausedTimeDoesNotCount() throws {
        let calendar = try WorkingCalendar.official()
        let pause = at("2026-03-02 10:00")..<at("2026-03-04 15:00")
        #expect(calendar.due(.workingDays(1), from: at("2026-02-27 09:00"))?.moment == at("2026-03-01 00:00"))
        // Saturday 28 February works; Monday and Tuesday were paused when they closed, Wednesday was not.
        #expect(
            calendar.due(.workingDays(2), from: at("2026-02-27 09:00"), pauses: [pause])?.moment
                == at("2026-03-05 00:00"))
        #expect(
            calendar.due(.hours(72), from: at("2026-03-01 00:00"), pauses: [pause])?.moment
                == at("2026-03-06 05:00"))
    }

    @Test func aLongerAllowanceIsNeverDueEarlier() throws {
        var random = SeededRandom(seed: 20_260_214)
        let calendar = try WorkingCalendar.official()
        for _ in 0..<200 {
            let start = at("2025-01-01").adding(hours: Int.random(in: 0..<17_000, using: &random))
            let days = Int.random(in: 1...40, using: &random)
            let shorter = try #require(calendar.due(.workingDays(days), from: start)).moment
            let longer = try #require(calendar.due(.workingDays(days + 1), from: start)).moment
            let later = try #require(calendar.due(.workingDays(days), from: start.adding(hours: 1))).moment
            #expect(shorter < longer && shorter <= later && start < shorter, "seed 20260214")
            let last = calendar.zone.date(at: Moment(milliseconds: shorter.milliseconds - 1))
            #expect(calendar.workingDays(after: calendar.zone.date(at: start), through: last) == days)
        }
    }

    /// The shipped files say what the notices say, day for day.
    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: dataURL("calendar/cn-2026.csv").path)),
        arguments: [2025, 2026])
    func theShippedCalendarIsTheOfficialOne(year: Int) throws {
        let text = try String(contentsOf: dataURL("calendar/cn-\(year).csv"), encoding: .utf8)
        let rows = try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let cells = line.split(separator: ",")
            return WorkingCalendar.Row(
                date: try #require(CivilDate(cells[0])),
                kind: try #require(WorkingCalendar.DayKind(rawValue: String(cells[1]))))
        }
        let shipped = try WorkingCalendar(zone: .shanghai, rows: rows)
        #expect(shipped == (try WorkingCalendar.official(years: [year])))
    }

    @Test func misprintsAreRefused() throws {
        let monday = CivilDate(2026, 3, 2)!
        for rows in [
            [WorkingCalendar.Row(date: monday, kind: .workday)],
            [.init(date: monday, kind: .holiday), .init(date: monday, kind: .holiday)],
        ] {
            #expect(refusal { _ = try WorkingCalendar(zone: .shanghai, rows: rows) } == .malformed)
        }
        #expect(refusal { _ = try WorkingCalendar(zone: .shanghai, rows: [], closingMinute: 0) } == .malformed)
    }

    @Test(arguments: [Allowance.hours(0), .hours(-1), .hours(.max), .workingDays(0), .workingDays(.max)])
    func noAllowanceEndsTheProcess(allowance: Allowance) throws {
        let calendar = try WorkingCalendar.official()
        for start in [Int64.min, 0, .max] {
            #expect(calendar.due(allowance, from: Moment(milliseconds: start)) == nil)
            _ = calendar.due(.workingDays(3), from: Moment(milliseconds: start))
        }
    }

    @Test func theTableAgreesWithTheZoneDatabase() throws {
        for name in ProgramTimeZone.knownNames {
            // A machine without zone data cannot compare; the table is for it as well.
            guard let zone = TimeZone(identifier: name) else { continue }
            let ours = try ProgramTimeZone(name)
            for month in 0..<(12 * 40) {
                let date = Date(timeIntervalSince1970: 694_224_000 + Double(month) * 2_629_746)
                #expect(zone.secondsFromGMT(for: date) == ours.offsetMinutes * 60, "\(name) \(date)")
            }
        }
        #expect(refusal { _ = try ProgramTimeZone("Europe/Berlin") } == .notCovered)
    }

    @Test func datesAgreeWithFoundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        for day in stride(from: -40_000, through: 60_000, by: 37) {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            let ours = try #require(CivilDate(parts.year!, parts.month!, parts.day!))
            #expect(ours.dayNumber == day)
            #expect(ours.weekday % 7 + 1 == parts.weekday)
            #expect(CivilDate(ours.description) == ours)
        }
        for wrong in ["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026/01/01", "2026-01-1a", ""] {
            #expect(CivilDate(wrong) == nil)
        }
    }
}
