import Casework
import Testing

extension ServiceClock {
    /// A clock of 5 working days for wish 30 of a village, started on Monday 2 March 2026 at 9:00; due with the end
    /// of Monday 9 March.
    static func sample(
        _ number: Int = 50, _ terms: ClockTerms? = nil, from start: Moment = at("2026-03-02 09:00"),
        level: AreaLevel = .village, calendar: WorkingCalendar? = nil
    ) throws -> ServiceClock {
        ServiceClock(
            id: rid(number), subject: rid(30), kind: .answer, area: "hengli", level: level,
            terms: try terms ?? ClockTerms(allowance: .workingDays(5)), startedAt: start,
            calendar: try calendar ?? .official())
    }

    func after(_ step: ClockStep, by actor: CaseActor = .runner, at moment: Moment) throws -> ServiceClock {
        try applying(step, by: actor, at: moment, reason: Reason("test"), calendar: .official())
    }
}

struct ServiceClockTests {
    @Test func aClockMetAtItsVeryLastMomentIsOnTime() throws {
        let clock = try ServiceClock.sample()
        let due = try #require(clock.due?.moment)
        #expect(due == at("2026-03-10 00:00"))
        #expect(try clock.after(.meet, at: due).isOnTime == true)
        #expect(try clock.after(.meet, at: due.adding(milliseconds: 1)).isOnTime == false)
        #expect(try clock.after(.cancel, at: due).isOnTime == nil)
        #expect(clock.isOnTime == nil)
    }

    @Test func aPauseMovesTheDueTimeAndNothingIsDueMeanwhile() throws {
        let paused = try ServiceClock.sample().after(.pause, at: at("2026-03-04 10:00"))
        #expect(paused.due == nil)
        #expect(paused.work(until: at("2027-01-01"), calendar: try .official()).isEmpty)
        let resumed = try paused.after(.resume, at: at("2026-03-11 10:00"))
        // 3 March counted; 4, 5, 6, 9 and 10 stood still; 11, 12, 13 and 16 are the rest.
        #expect(resumed.due?.moment == at("2026-03-17 00:00"))
        #expect(refusal { _ = try resumed.after(.resume, at: at("2026-03-11 11:00")) } == .wrongState)
        #expect(refusal { _ = try paused.after(.pause, at: at("2026-03-11 11:00")) } == .wrongState)
    }

    @Test func anOverdueClockCannotBePausedOrExtended() throws {
        let late = at("2026-03-10 00:00")
        #expect(refusal { _ = try ServiceClock.sample().after(.pause, at: late) } == .notInTime)
        #expect(refusal { _ = try ServiceClock.sample().after(.askExtension(more: 2), at: late) } == .notInTime)
    }

    @Test func pausesAndExtensionsNeedAReason() throws {
        let clock = try ServiceClock.sample()
        for step in [ClockStep.pause, .askExtension(more: 2), .cancel] {
            let code = refusal {
                _ = try clock.applying(step, by: .runner, at: at("2026-03-03"), calendar: .official())
            }
            #expect(code == .reasonRequired)
        }
    }

    @Test func anExtensionIsAskedForInTimeAndGrantedByASecondPerson() throws {
        let town = CaseActor.approver(60, .town, upTo: 0)
        let asked = try ServiceClock.sample().after(.askExtension(more: 2), by: town, at: at("2026-03-09 18:00"))
        #expect(asked.due?.moment == at("2026-03-10 00:00"))
        let decide = ClockStep.decideExtension(grant: true)
        #expect(refusal { _ = try asked.after(decide, by: town, at: at("2026-03-10 09:00")) } == .secondPerson)
        #expect(
            refusal { _ = try asked.after(decide, by: .coordinator, at: at("2026-03-10 09:00")) } == .roleNotAllowed)
        let granted = try asked.after(decide, by: .approver(61, .city, upTo: 0), at: at("2026-03-10 09:00"))
        #expect(granted.due?.moment == at("2026-03-12 00:00"))
        // Until it was granted, it was overdue, and that stays so for anyone who asks about that hour.
        #expect(granted.isOverdue(asOf: at("2026-03-10 08:00")))
        #expect(!granted.isOverdue(asOf: at("2026-03-10 10:00")))
        #expect(
            refusal { _ = try granted.after(.askExtension(more: 1), at: at("2026-03-10 10:00")) } == .notCovered)
    }

    @Test func aRefusedExtensionChangesNothing() throws {
        let asked = try ServiceClock.sample().after(.askExtension(more: 2), by: .coordinator, at: at("2026-03-05"))
        let refused = try asked.after(.decideExtension(grant: false), at: at("2026-03-06"))
        #expect(refused.due == asked.due)
        #expect(
            refusal { _ = try asked.after(.askExtension(more: 1), at: at("2026-03-06")) } == .wrongState)
        #expect(refusal { _ = try refused.after(.decideExtension(grant: true), at: at("2026-03-06")) } == .wrongState)
    }

    @Test func nothingEndedComesBack() throws {
        let ended = try ServiceClock.sample().after(.meet, at: at("2026-03-03"))
        for step in [ClockStep.pause, .resume, .askExtension(more: 1), .decideExtension(grant: true), .meet, .cancel] {
            #expect(refusal { _ = try ended.after(step, at: at("2026-03-04")) } == .wrongState)
        }
        var board = ClockBoard(calendar: try .official())
        try board.put(ended)
        #expect(refusal { try board.put(try ServiceClock.sample()) } == .wrongState)
        #expect(ended.recomputed(with: try .official(revision: 2), at: at("2026-03-05")) == nil)
        #expect(ended.work(until: at("2027-01-01"), calendar: try .official()).isEmpty)
    }

    @Test func thePastIsToldAsItWasKnown() throws {
        let clock = try ServiceClock.sample().after(.meet, at: at("2026-03-12 09:00"))
        #expect(!clock.isOverdue(asOf: at("2026-03-01")))
        #expect(!clock.isOverdue(asOf: at("2026-03-10 00:00")))
        #expect(clock.isOverdue(asOf: at("2026-03-10 00:01")))
        #expect(clock.isOverdue(asOf: at("2026-03-12 08:59")))
        #expect(!clock.isOverdue(asOf: at("2026-03-12 09:00")))
    }

    @Test func theStandardLimitsCoverEveryCase() throws {
        let policy: ClockPolicy = try dataFile("clocks/standard.yaml")
        for kind in ClockKind.allCases {
            for lane in ["microWish", "microProject"] as [Code] {
                for urgency in Urgency.allCases {
                    _ = try policy.terms(
                        for: kind, of: ClockContext(program: "dg", lane: lane, category: "any", urgency: urgency))
                }
            }
        }
        let emergency = ClockContext(program: "dg", lane: "microWish", category: "fire", urgency: .emergency)
        #expect(try policy.terms(for: .answer, of: emergency).allowance == .hours(24))
        #expect(try policy.terms(for: .publicNotice, of: emergency).listAfter == nil)
        let ordinary = ClockContext(program: "dg", lane: "microWish", category: "wheelchair", urgency: .ordinary)
        #expect(try policy.terms(for: .delivery, of: ordinary).allowance == .hours(720))
        #expect(refusal { _ = try ClockPolicy(rules: []).terms(for: .answer, of: ordinary) } == .notCovered)
    }
}
