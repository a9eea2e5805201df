internal import MatchCore

/// The calendar of official holidays, and everything that is due by it.
extension CaseDesk {
    /// Loads an official notice: its years take the place of what the calendar had for them, and due times are computed
    /// anew, each with its entry. Returns the calendar and how many due times moved.
    public func load(notice rows: [WorkingCalendar.Row]) throws -> (calendar: WorkingCalendar, moved: Int) {
        guard !rows.isEmpty else {
            throw CaseworkError(.malformed, "The notice has no day.", zhHans: "通知中没有任何日期。")
        }
        let calendar = try rules.calendar.replacing(rows)
        // What says the same is no other calendar.
        if let known = try store.calendar(calendar.zone), known.rows == calendar.rows {
            return (rules.calendar, try load(rules.calendar, rows: calendar.rows))
        }
        return (calendar, try load(calendar, rows: calendar.rows))
    }

    /// Loads another calendar: what is due by it and is not done is computed anew, each with its entry: clocks, the end of
    /// public notices, papers of the fast lane, and visits to households. Returns how many days moved.
    ///
    /// The calendar that is loaded already moves nothing again.
    public func load(_ calendar: WorkingCalendar, rows: [WorkingCalendar.Row]) throws -> Int {
        try require([], to: LocalizedText(zhHans: "更新工作日历", en: "load a calendar"))
        var changed = rules
        changed.calendar = calendar
        let desk = desk(rules: changed)
        let known = try store.calendar(calendar.zone)
        if known?.rows != calendar.rows || known?.revision != calendar.revision {
            try store.replaceCalendar(rows, revision: calendar.revision)
            try desk.write(
                "calendar/load", on: "calendar", CaseActor.system.id,
                [FieldChange("revision", before: nil, after: .integer(Int64(calendar.revision)))])
        }
        return try desk.recomputeClocks() + desk.recomputeApprovals() + desk.recomputeVisits()
    }

    private func recomputeClocks() throws -> Int {
        var running: [ServiceClock] = []
        try store.forEachRunningClock { running.append($0) }
        var moved = 0
        for before in running {
            guard let after = before.recomputed(with: rules.calendar, at: now) else { continue }
            if before.due?.moment != after.due?.moment {
                moved += 1
                try append(
                    .recomputedDue(before: before, after: after, by: actor, at: now, program: store.programCode()))
                try noteDue(before: before, after: after)
            }
            try keep(after)
        }
        return moved
    }

    private func recomputeApprovals() throws -> Int {
        var moved = 0
        for before in try store.openApprovals(atStep: nil, limit: Int(Int32.max)) {
            guard let after = before.recomputed(with: rules.calendar, at: now) else { continue }
            moved += 1
            try store.save(after)
            try append(
                .recomputedApproval(before: before, after: after, by: actor, at: now, program: store.programCode()))
        }
        return moved
    }

    private func recomputeVisits() throws -> Int {
        var moved: [RecordID] = []
        try store.forEachVisitPlan { plan in
            if plan.due(by: rules.watch, calendar: rules.calendar) != plan.due { moved.append(plan.household) }
        }
        for household in moved { try regrade(household, because: Reason("calendarLoaded")) }
        return moved.count
    }
}
