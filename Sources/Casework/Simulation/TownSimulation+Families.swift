internal import CaseRecords
internal import MatchCore

/// The families of the town, and what happens to wishes besides their being served: second thoughts about how urgent they
/// are, pauses, more time, and another day off.
extension TownSimulation {
    mutating func settleFamilies() throws {
        for number in 0..<plan.families {
            var family: RecordID?
            try step { family = try $0.openHousehold(area: "village") }
            guard let family else { continue }
            families.append(family)
            // Elders on their own, a couple with a child, somebody alone. Nobody comes to another age within the years that
            // are played.
            let births: [Int] = [[1_938, 1_941], [1_985, 1_987, 2_024], [1_983]][number % 3]
            for birth in births {
                let person = newID()
                try step { _ = try $0.note(.personCame(person, birthYear: birth), of: family) }
            }
            agenda.add(.family(family), at: soon(hours: 10...400))
        }
    }

    /// What happens to a wish besides: drawn as it arrives.
    mutating func live(with wish: RecordID) throws {
        if life.chance(40), let family = families.randomElement(using: &life) {
            try tryStep(wish: wish) { try $0.file(wish, under: family) }
        }
        if life.chance(25) { agenda.add(.reconsider(wish), at: soon(hours: 1...120)) }
        if life.chance(10) { agenda.add(.pause(wish), at: soon(hours: 1...60)) }
        if life.chance(10) { agenda.add(.moreTime(wish), at: soon(hours: 1...60)) }
    }

    mutating func performBesides(_ errand: TownAgenda.Errand) throws {
        switch errand {
        case .reconsider(let wish): try reconsider(wish)
        case .pause(let wish):
            guard let clock = try runningClock(of: wish) else { return }
            let paused = try tryStep(wish: wish) { _ = try $0.stepClock(clock, .pause, reason: Reason("awaitsPerson")) }
            if paused { agenda.add(.resume(wish), at: soon(hours: 4...90)) }
        case .resume(let wish):
            for clock in try read({ try $0.clocks(of: wish) }) where clock.end == nil && clock.isPaused {
                try tryStep(wish: wish) { _ = try $0.stepClock(clock.id, .resume) }
            }
        case .moreTime(let wish):
            guard let clock = try runningClock(of: wish) else { return }
            let more = Int.random(in: 1...3, using: &life)
            let asked = try tryStep(wish: wish, actor: CaseActor(id: RecordID(high: 5, low: 1), role: .coordinator)) {
                _ = try $0.stepClock(clock, .askExtension(more: more), reason: Reason("flood"))
            }
            guard asked else { return }
            let approver = CaseActor(
                id: RecordID(high: 9, low: 0), role: .approver,
                authority: ApprovalAuthority(level: .city, limit: .max))
            let isGranted = life.chance(70)
            try tryStep(wish: wish, actor: approver) {
                _ = try $0.stepClock(clock, .decideExtension(grant: isGranted))
            }
        case .family(let family): try look(after: family)
        default: break
        }
    }

    /// Somebody looks again at what is asked for: it is more urgent than it was said to be, or less, or costs less.
    private mutating func reconsider(_ wish: RecordID) throws {
        let urgency = UrgencyGrade.allCases.randomElement(using: &life) ?? .normal
        let isCheaper = life.chance(30)
        try tryStep(wish: wish) { desk in
            guard let record = try desk.store.wish(wish) else { return }
            var said = record.features
            said.urgency = urgency
            for (index, balance) in record.balances.enumerated() {
                said.lines[index].quantity = balance.wanted
                guard isCheaper, let price = said.lines[index].estimatedPriceFen, price > 1 else { continue }
                said.lines[index].estimatedPriceFen = price / 2
            }
            try desk.change(said, admission: Admission(areas: .empty, categories: .empty))
        }
        if life.chance(30) { agenda.add(.reconsider(wish), at: soon(hours: 10...200)) }
    }

    private mutating func runningClock(of wish: RecordID) throws -> RecordID? {
        let running = try read { try $0.clocks(of: wish) }.filter { $0.isRunning && $0.kind != .callBack }
        return running.randomElement(using: &life)?.id
    }

    /// Somebody calls on a family, hears that nobody answers, or notes what they are granted.
    private mutating func look(after family: RecordID) throws {
        let hardship = rules.circumstances?.hardships.codes.first ?? "illness"
        let benefit = rules.circumstances?.benefits.codes.first ?? "minimumLiving"
        let event: HouseholdEvent =
            switch Int.random(in: 0..<10, using: &life) {
            case 0..<4: .visited
            case 4: .hardship(hardship)
            case 5: .hardshipEnded(hardship)
            case 6, 7: .benefit(benefit)
            case 8: .benefitEnded(benefit)
            default: .unanswered(calls: Int.random(in: 1...3, using: &life))
            }
        try step { _ = try $0.note(event, of: family) }
        agenda.add(.family(family), at: soon(hours: 100...700))
    }

    /// A day off is announced for one of the next days; what is due by it moves, and the same notice again moves nothing.
    mutating func announceDayOff(after date: CivilDate) throws {
        var day = date.adding(days: 2)
        while !rules.calendar.isWorkingDay(day) { day = day.adding(days: 1) }
        let notice =
            rules.calendar.rows.filter { $0.date.year == day.year && $0.date != day } + [
                WorkingCalendar.Row(date: day, kind: .holiday)
            ]
        try step { _ = try $0.load(notice: notice) }
        if let loaded = try read({ try $0.calendar(rules.calendar.zone) }) { rules.calendar = loaded }
        let before = try read { try $0.chainHead().number }
        try step { _ = try $0.load(notice: notice) }
        let written = try read { try $0.chainHead().number } - before
        if written != 0 {
            note(TownInvariants.Fault(rule: "calendar", detail: "the same notice again wrote \(written) entries"))
        }
    }

    private mutating func soon(hours: ClosedRange<Int>) -> Moment {
        now.adding(hours: Int.random(in: hours, using: &life))
    }
}
