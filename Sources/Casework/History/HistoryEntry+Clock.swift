extension HistoryEntry {
    /// The entry for a clock that starts.
    public static func clockStart(_ clock: ServiceClock, by actor: CaseActor, program: Code) -> HistoryEntry {
        clockChange(nil, clock, "clock/start", by: actor, at: clock.startedAt, reason: nil, program: program)
    }

    /// The entry for a step on a clock.
    public static func clockStep(
        _ step: ClockStep, before: ServiceClock, after: ServiceClock, by actor: CaseActor, at moment: Moment,
        reason: Reason?, program: Code
    ) -> HistoryEntry {
        let action: Code =
            switch step {
            case .pause: "clock/pause"
            case .resume: "clock/resume"
            case .askExtension: "clock/askExtension"
            case .decideExtension(let isGranted): isGranted ? "clock/grantExtension" : "clock/refuseExtension"
            case .meet: "clock/meet"
            case .cancel: "clock/cancel"
            }
        return clockChange(before, after, action, by: actor, at: moment, reason: reason, program: program)
    }

    /// The entry for a due time that moved when a calendar was loaded.
    public static func recomputedDue(
        before: ServiceClock, after: ServiceClock, by actor: CaseActor, at moment: Moment, program: Code
    ) -> HistoryEntry {
        clockChange(
            before, after, "clock/recompute", by: actor, at: moment, reason: Reason("calendarLoaded"),
            program: program)
    }

    /// The entry for a clock that got other terms, because what is asked for is more or less urgent, or another thing.
    static func redealt(
        before: ServiceClock, after: ServiceClock, by actor: CaseActor, at moment: Moment, program: Code
    ) -> HistoryEntry {
        let units: [Allowance.Unit] = [.hours, .workingDays]
        let allowances = units.compactMap { unit -> FieldChange? in
            func count(_ clock: ServiceClock) -> HistoryValue? {
                let allowance = clock.terms.allowance
                return allowance.unit == unit ? .integer(Int64(allowance.count)) : nil
            }
            guard count(before) != count(after), let field = Code(unit.rawValue) else { return nil }
            return FieldChange(field, before: count(before), after: count(after))
        }
        return clockChange(
            before, after, "clock/redeal", by: actor, at: moment, reason: Reason("reclassified"), program: program,
            besides: allowances)
    }

    private static func clockChange(
        _ before: ServiceClock?, _ after: ServiceClock, _ action: Code, by actor: CaseActor, at moment: Moment,
        reason: Reason?, program: Code, besides others: [FieldChange] = []
    ) -> HistoryEntry {
        var changes: [FieldChange] = []
        func note(_ field: Code, _ value: (ServiceClock) -> HistoryValue?) {
            let (old, new) = (before.flatMap(value), value(after))
            if old != new { changes.append(FieldChange(field, before: old, after: new)) }
        }
        note("subject") { .record($0.subject) }
        note("kind") { Code($0.kind.rawValue).map { .code($0) } }
        note("round") { .integer(Int64($0.round)) }
        note("state") { .code($0.stateCode) }
        note("due") { clock in clock.due.map { .moment($0.moment) } }
        note("extensionAsked") { $0.extensions.last.map { .integer(Int64($0.more)) } }
        return HistoryEntry(
            program: program, at: moment, by: actor, subjectKind: "clock", subject: after.id, action: action,
            reason: reason, changes: changes + others)
    }
}

extension ServiceClock {
    var stateCode: Code {
        switch end?.outcome {
        case .met: "met"
        case .cancelled: "cancelled"
        case nil: isPaused ? "paused" : "running"
        }
    }
}
