internal import CaseRecords
internal import MatchCore

/// What has to hold of the rules: every clock, approval and grade is what they give for the wish and the family as these are
/// now, whatever has changed since it began.
extension TownInvariants {
    /// Looks at some wishes: those that a step touched.
    mutating func checkRules(of wishes: Set<RecordID>, at desk: CaseDesk) throws -> [Fault] {
        var faults: [Fault] = []
        for wish in wishes.sorted() {
            guard let wishCase = try desk.store.wishCase(wish), wishCase.state == .open,
                let record = try desk.store.wish(wish)
            else { continue }
            faults += try self.faults(of: wishCase, asking: record, at: desk)
        }
        return faults
    }

    /// Looks at every household and every clock, and, where it is asked for, at every open wish; once the runner has done its
    /// work.
    mutating func checkRules(at desk: CaseDesk, ofAll: Bool) throws -> [Fault] {
        let faults = try checkHouseholds(at: desk) + checkSchedule(at: desk)
        guard ofAll else { return faults }
        let open = try desk.store.wishCases(WishCaseFilter(state: .open), limit: Int(Int32.max)).map(\.wish)
        return try faults + checkRules(of: Set(open), at: desk)
    }

    private mutating func faults(of wishCase: WishCase, asking record: WishRecord, at desk: CaseDesk) throws -> [Fault]
    {
        var faults: [Fault] = []
        func note(_ rule: String, _ detail: String) {
            faults.append(Fault(rule: rule, detail: "wish \(wishCase.wish): \(detail)"))
        }
        var asked = wishCase
        asked.category = WishCase.category(of: record.features)
        asked.urgency = Urgency(record.features.urgency)
        let lane = record.features.lane.code
        if asked != wishCase || lane != wishCase.lane.text {
            let said = "its case says \(wishCase.lane), \(wishCase.category), \(wishCase.urgency)"
            note("case", "\(said), its record \(lane), \(asked.category), \(asked.urgency)")
        }
        let context = try desk.context(asked)
        let clocks = try desk.store.clocks(of: wishCase.wish).filter { $0.end == nil }
        for clock in clocks {
            guard let terms = desk.rules.clocks.limit(for: clock.kind, of: context) else { continue }
            if terms != clock.terms {
                note("clock", "the \(clock.kind) clock counts by other terms than the rules give")
            } else if clock.isRunning, clock.computedDue(desk.rules.calendar)?.moment != clock.due?.moment {
                note("clock", "the \(clock.kind) clock is due at another time than the rules and the calendar give")
            }
        }
        guard let approval = try desk.store.approval(ofWish: wishCase.wish) else { return faults }
        if approval.rereading(desk.request(of: asked, asking: record), at: desk.now) != nil {
            note("approval", "the approval looks at another request")
        }
        if approval.recomputed(with: desk.rules.calendar, at: desk.now) != nil {
            note("approval", "the notice or the papers end on another day than the calendar gives")
        }
        for excess in try self.excess(of: record, over: approval, at: desk) { note("approval", excess) }
        for other in try others(in: record, than: approval, at: desk) { note("approval", other) }
        for kind in [ClockKind.visit, .publicNotice] where desk.rules.clocks.limit(for: kind, of: context) != nil {
            let wanted = approval.timedStep?.kind == kind ? 1 : 0
            if clocks.count(where: { $0.kind == kind }) != wanted {
                note("clock", "the \(kind) has \(wanted == 0 ? "a clock" : "no clock") at this step")
            }
        }
        return faults
    }

    /// What is asked for or promised beyond what was approved.
    private func excess(of wish: WishRecord, over approval: ApprovalCase, at desk: CaseDesk) throws -> [String] {
        guard approval.isApproved, let approved = approval.request.amount else { return [] }
        var found: [String] = []
        if let money = try ApprovedMoney(of: wish.key.id, in: desk.store), money.promised > approved {
            found.append("\(money.promised) fen are promised, and \(approved) were approved")
        }
        // What a person stated stands for what was asked for then: the lines tell another amount.
        guard !approval.amountIsStated, let asked = desk.amount(of: wish), asked > approved,
            try desk.store.claims(ofWish: wish.key.id).contains(where: { $0.claim.state.holding != nil })
        else { return found }
        return found + ["something is claimed of what comes to \(asked) fen, and \(approved) were approved"]
    }

    private func checkHouseholds(at desk: CaseDesk) throws -> [Fault] {
        var households: [RecordID] = []
        try desk.store.forEachVisitPlan { households.append($0.household) }
        return try households.compactMap { id in
            guard let (household, kept) = try desk.store.household(id) else { return nil }
            let found = try desk.watch(of: household, after: kept)
            guard found != kept else { return nil }
            func text(_ watch: HouseholdWatch) -> String {
                "\(watch.grade) (\(watch.because.map(\.text).joined(separator: ", "))), visit \(watch.visitDue?.milliseconds ?? 0)"
            }
            return Fault(rule: "watch", detail: "household \(id) is \(text(kept)); its file says \(text(found))")
        }
    }

    /// A clock that has something to be done is looked at again.
    private func checkSchedule(at desk: CaseDesk) throws -> [Fault] {
        let last = Moment(milliseconds: .max)
        let scheduled = Set(try desk.store.clocksWithWork(by: last, limit: Int(Int32.max)).map(\.id))
        var faults: [Fault] = []
        try desk.store.forEachRunningClock { clock in
            guard clock.isRunning, !scheduled.contains(clock.id) else { return }
            let done = try desk.store.finishedWork(of: clock.id)
            guard clock.work(until: last, calendar: desk.rules.calendar).contains(where: { !done.contains($0.key) })
            else { return }
            faults.append(Fault(rule: "clock", detail: "clock \(clock.id) has work to do and will never be looked at"))
        }
        return faults
    }
}
