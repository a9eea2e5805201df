import Casework
import Testing

struct ClockBoardTests {
    private func board(_ clocks: [ServiceClock]) throws -> ClockBoard {
        var board = ClockBoard(calendar: try .official())
        for clock in clocks { try board.put(clock) }
        return board
    }

    @Test func aMissedClockClimbsLevelByLevelAndIsListed() throws {
        let board = try board([try .sample()])
        let work = board.due(until: at("2027-01-01"))
        #expect(
            work.map(\.task) == [.warn(hoursBefore: 24), .lapse, .raise(to: .town), .raise(to: .city), .listPublicly])
        // Due with the end of 9 March; the day after: town; the day after that: city; 5 working days later: listed.
        #expect(
            work.map(\.at) == [
                at("2026-03-09 00:00"), at("2026-03-10 00:00").adding(milliseconds: 1), at("2026-03-11 00:00"),
                at("2026-03-12 00:00"), at("2026-03-20 00:00"),
            ])
    }

    @Test func theCityIsTheLastLevel() throws {
        let tasks = try board([try .sample(level: .city)]).due(until: at("2027-01-01")).map(\.task)
        #expect(tasks == [.warn(hoursBefore: 24), .lapse, .listPublicly])
    }

    @Test func workIsListedWhenItsTimeHasComeAndDoneOnce() throws {
        var board = try board([try .sample()])
        #expect(board.due(until: at("2026-03-08 23:59")).isEmpty)
        let work = board.due(until: at("2026-03-09 00:00"))
        #expect(work.count == 1)
        let isFirst = board.finish(work[0])
        let isFirstAgain = board.finish(work[0])
        #expect(isFirst && !isFirstAgain)
        #expect(board.due(until: at("2026-03-09 00:00")).isEmpty)
    }

    @Test func oftenOrSeldomTheRunnerDoesTheSameWork() throws {
        var random = SeededRandom(seed: 7)
        let clocks = try (0..<40).map { number in
            try ServiceClock.sample(
                100 + number,
                try ClockTerms(
                    allowance: Bool.random(using: &random)
                        ? .hours(Int.random(in: 1...200, using: &random))
                        : .workingDays(Int.random(in: 1...20, using: &random)), warnHours: [48, 3]),
                from: at("2026-01-20").adding(hours: Int.random(in: 0..<600, using: &random)),
                level: AreaLevel.allCases.randomElement(using: &random)!)
        }
        func keys(stepHours: Int) throws -> [String] {
            var board = try board(clocks)
            var keys: [String] = []
            var now = at("2026-01-20")
            while now < at("2026-06-01") {
                now = now.adding(hours: stepHours)
                for work in board.due(until: now) where board.finish(work) { keys.append(work.key) }
            }
            return keys.sorted()
        }
        let seldom = try keys(stepHours: 3_200)
        #expect(seldom.count > 160)
        #expect(Set(seldom).count == seldom.count)
        #expect(try keys(stepHours: 7) == seldom, "seed 7")
    }

    @Test func anExtensionBringsItsOwnWarning() throws {
        var board = try board([try .sample()])
        for work in board.due(until: at("2026-03-09 01:00")) { _ = board.finish(work) }
        let asked = try ServiceClock.sample().after(
            .askExtension(more: 5), by: .coordinator, at: at("2026-03-09 10:00"))
        try board.put(try asked.after(.decideExtension(grant: true), at: at("2026-03-09 11:00")))
        #expect(board.due(until: at("2026-03-15 23:59")).isEmpty)
        #expect(board.due(until: at("2026-03-16 00:00")).map(\.task) == [.warn(hoursBefore: 24)])
    }

    @Test func whatIsOverdueIsListedForAnyAreaAsOfAnyTime() throws {
        let first = try ServiceClock.sample(51).after(.meet, at: at("2026-03-12"))
        let second = try ServiceClock.sample(52, from: at("2026-03-03 09:00"))
        let board = try board([second, first])
        #expect(board.overdue(asOf: at("2026-03-11 12:00")).map(\.id) == [rid(51), rid(52)])
        #expect(board.overdue(asOf: at("2026-03-13 12:00")).map(\.id) == [rid(52)])
        #expect(board.overdue(asOf: at("2026-03-09 12:00")).isEmpty)
        #expect(board.overdue(asOf: at("2026-03-11 12:00"), in: { $0 == "elsewhere" }).isEmpty)
    }

    @Test func loadingTheNextNoticeMovesWhatWentBeyondIt() throws {
        // With the notice for 2025 alone, New Year 2026 looks like any Thursday.
        let old = try WorkingCalendar.official(years: [2025])
        var board = ClockBoard(calendar: old)
        let terms = try ClockTerms(allowance: .workingDays(3))
        let across = try ServiceClock.sample(51, terms, from: at("2025-12-30 09:00"), calendar: old)
        let within = try ServiceClock.sample(52, terms, from: at("2025-12-15 09:00"), calendar: old)
        let ended = try ServiceClock.sample(53, terms, from: at("2025-12-30 09:00"), calendar: old)
        for clock in [across, within, try ended.after(.meet, at: at("2025-12-30 10:00"))] { try board.put(clock) }
        #expect(across.due == DueTime(moment: at("2026-01-03 00:00"), isProvisional: true, revision: 1))
        let moved = board.load(try .official(revision: 2), at: at("2025-12-31 09:00"))
        #expect(moved.map(\.after.id) == [rid(51)])
        // 31 December, Sunday 4 January (make-up), Monday 5 January.
        #expect(
            board.clocks[rid(51)]?.due == DueTime(moment: at("2026-01-06 00:00"), isProvisional: false, revision: 2))
        #expect(board.clocks[rid(51)]?.due(asOf: at("2025-12-30 12:00"))?.moment == at("2026-01-03 00:00"))
        let movedAgain = board.load(try .official(revision: 3), at: at("2025-12-31 10:00"))
        #expect(movedAgain.isEmpty)
    }
}
