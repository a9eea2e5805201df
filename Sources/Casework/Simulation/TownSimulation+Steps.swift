internal import MatchCore

/// How a step is made, what is looked at after it, and when the next one comes.
extension TownSimulation {
    mutating func runTheClock() throws {
        var isComplete = false
        while !isComplete {
            var outcome: RunOutcome?
            try step { outcome = try $0.run() }
            guard case .ran(let done)? = outcome else {
                note(TownInvariants.Fault(rule: "runner", detail: "the runner stopped"))
                return
            }
            isComplete = done.isComplete
            report.expired += done.leasesEnded
            for work in done.tasks {
                switch work.task {
                case .warn: report.warnings += 1
                case .lapse: report.lapses += 1
                case .raise: report.raises += 1
                case .listPublicly: report.listings += 1
                }
            }
        }
        try look { invariants, transaction, now in try invariants.checkClocks(transaction, at: now) }
    }

    static func registrar(_ desk: CaseDesk) -> Registrar {
        Registrar(transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk)
    }

    mutating func stepClaim(
        _ claim: RecordID, _ step: ClaimStep, reason: Code? = nil, actor: CaseActor = .system
    ) throws -> Bool {
        guard let kept = try read({ try $0.claim(claim) }) else { return false }
        return try tryStep(wish: kept.wish.record, offers: [kept.offer], actor: actor) {
            _ = try $0.step(claim, step, reason: reason.map { Reason($0) })
        }
    }

    /// A step that the rules may refuse: a lease that ended meanwhile, a wish that was closed.
    @discardableResult
    mutating func tryStep(
        wish: RecordID, offers: Set<LineReference> = [], actor: CaseActor = .system, _ body: (CaseDesk) throws -> Void
    ) throws -> Bool {
        do {
            try step(offers: offers, wishes: [LineReference(wish)], actor: actor, body)
            return true
        } catch is CaseworkError { return false }
    }

    mutating func step(
        offers: Set<LineReference> = [], wishes: Set<LineReference> = [], actor: CaseActor = .system,
        _ body: (CaseDesk) throws -> Void
    ) throws {
        report.steps += 1
        var identifiers = identifiers
        defer { self.identifiers = identifiers }
        let (rules, now, stamp) = (rules, now, Timestamp(milliseconds: now.milliseconds))
        try store.blockingWrite { transaction in
            try body(
                CaseDesk(
                    rules: rules, store: transaction, actor: actor, now: now, newID: { identifiers.next(at: stamp) }))
        }
        let desk = desk
        try look(with: offers) { invariants, transaction, lines in
            try invariants.check(transaction, offers: lines, wishes: wishes)
                + invariants.checkRules(of: Set(wishes.map(\.record)), at: desk(transaction))
        }
    }

    mutating func look(
        with lines: Set<LineReference>,
        _ body: (inout TownInvariants, any CaseTransaction, Set<LineReference>) throws -> [TownInvariants.Fault]
    ) throws {
        var invariants = invariants
        let faults = try store.blockingRead { try body(&invariants, $0, lines) }
        self.invariants = invariants
        for fault in faults { note(fault) }
    }

    mutating func look(
        _ body: (TownInvariants, any CaseTransaction, Moment) throws -> [TownInvariants.Fault]
    ) throws {
        let (invariants, now) = (invariants, now)
        for fault in try store.blockingRead({ try body(invariants, $0, now) }) { note(fault) }
    }

    /// A desk to look from: it takes no step.
    var desk: (any CaseTransaction) -> CaseDesk {
        let (rules, now) = (rules, now)
        return { CaseDesk(rules: rules, store: $0, actor: .system, now: now, newID: { CaseActor.system.id }) }
    }

    mutating func note(_ fault: TownInvariants.Fault) {
        report.violations += 1
        if report.firstViolations.count < 10 {
            report.firstViolations.append(.init(at: now, rule: fault.rule, detail: fault.detail))
        }
    }

    func read<Value>(_ body: (any CaseTransaction) throws -> Value) throws -> Value {
        try store.blockingRead(body)
    }

    mutating func newID() -> RecordID { identifiers.next(at: Timestamp(milliseconds: now.milliseconds)) }

    mutating func later(hours: ClosedRange<Int>) -> Moment {
        now.adding(
            milliseconds: Int64.random(in: Int64(hours.lowerBound) * 60...Int64(hours.upperBound) * 60, using: &random)
                * 60_000)
    }

    /// A moment within office hours (9:00 to 17:00 on a working day), at the earliest after so many hours; staff that is
    /// late comes days after.
    mutating func workTime(hours: ClosedRange<Int>) -> Moment {
        var moment = later(hours: hours)
        if random.chance(plan.late) { moment = moment.adding(hours: Int.random(in: 48...240, using: &random)) }
        let zone = rules.calendar.zone
        var date = zone.date(at: moment)
        while true {
            let opening = zone.moment(on: date, minute: 540)
            if rules.calendar.isWorkingDay(date), moment <= zone.moment(on: date, minute: 1_020) {
                return max(moment, opening)
            }
            date = date.adding(days: 1)
            moment = zone.moment(on: date, minute: 540 + Int.random(in: 0..<480, using: &random))
        }
    }
}
