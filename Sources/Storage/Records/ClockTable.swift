internal import Casework
internal import MatchCore

/// Reads and writes clocks, with the stretches in which each due time held.
struct ClockTable {
    let connection: any Connection
    let program: String

    func save(_ clock: ServiceClock, nextWork: Moment?) throws {
        try connection.run(
            """
            INSERT INTO clock (program, id, subject, kind, area, round, started_at, due_at, is_provisional, ended_at,
                next_work_at, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (program, id) DO UPDATE SET area = excluded.area, due_at = excluded.due_at,
                is_provisional = excluded.is_provisional, ended_at = excluded.ended_at,
                next_work_at = excluded.next_work_at, body = excluded.body
            """,
            [
                .text(program), SQLValue(clock.id), SQLValue(clock.subject), SQLValue(clock.kind),
                SQLValue(clock.area), SQLValue(clock.round), SQLValue(clock.startedAt), SQLValue(clock.due?.moment),
                SQLValue(clock.due?.isProvisional ?? false), SQLValue(clock.end?.at), SQLValue(nextWork),
                try JSONColumn.encode(clock),
            ])
        try saveStretches(of: clock)
    }

    private func saveStretches(of clock: ServiceClock) throws {
        // One that ends in the moment in which it started held no due time at all.
        if clock.dueRecords.count > 1 || clock.moves != nil || clock.dueStretches.isEmpty {
            try connection.run(
                "DELETE FROM clock_due WHERE program = $1 AND clock_id = $2", [.text(program), SQLValue(clock.id)])
        }
        for stretch in clock.dueStretches {
            try connection.run(
                """
                INSERT INTO clock_due (program, clock_id, since_at, until_at, due_at, area)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (program, clock_id, since_at) DO UPDATE SET until_at = excluded.until_at,
                    area = excluded.area
                """,
                [
                    .text(program), SQLValue(clock.id), SQLValue(stretch.since), SQLValue(stretch.until),
                    SQLValue(stretch.due), SQLValue(stretch.area),
                ])
        }
    }

    /// Each clock, and whether the columns and the stretches that lists look at say the same of it.
    func forEachAudited(_ body: (AuditedRow<ServiceClock>) throws -> Void) throws {
        var stretches: [RecordID: [DueStretch]] = [:]
        try connection.forEach(
            """
            SELECT clock_id, since_at, until_at, due_at, area FROM clock_due WHERE program = $1
            ORDER BY clock_id, since_at
            """,
            [.text(program)]
        ) { row in
            stretches[try row[0], default: []].append(
                DueStretch(since: try row[1], until: try row[2], due: try row[3], area: try row[4]))
        }
        try connection.forEach(
            "SELECT body, subject, due_at, ended_at, started_at FROM clock WHERE program = $1", [.text(program)]
        ) { row in
            let clock = try JSONColumn.decode(ServiceClock.self, try row[0])
            let agrees =
                try clock.subject == row[1] as RecordID && clock.due?.moment == row[2] as Moment?
                && clock.end?.at == row[3] as Moment? && clock.startedAt == row[4] as Moment
                && clock.dueStretches == stretches[clock.id] ?? []
            try body(AuditedRow(clock, agrees: agrees))
        }
    }

    func all(_ condition: String, _ parameters: [SQLValue]) throws -> [ServiceClock] {
        try connection.all(
            "SELECT body FROM clock WHERE program = $1 \(condition)", [.text(program)] + parameters
        ).map { try JSONColumn.decode(ServiceClock.self, try $0[0]) }
    }

    func all(_ query: ClockQuery, limit: Int) throws -> [ServiceClock] {
        var conditions = Conditions(program: program)
        conditions.add("ended_at IS NULL AND due_at IS \(query.isPaused ? "NULL" : "NOT NULL")")
        let time = query.isPaused ? "started_at" : "due_at"
        conditions.add("kind =", query.kind)
        conditions.add("area", in: query.areas)
        conditions.add("subject =", query.subject)
        if let behind = query.behind { conditions.add(behind: (time, "id"), behind.time, behind.id) }
        let limit = conditions.place(SQLValue(limit))
        return try all(
            "\(conditions.text) ORDER BY \(time), id LIMIT \(limit)", Array(conditions.parameters.dropFirst()))
    }

    func overdue(asOf moment: Moment, areas: [Casework.Code]?, behind: TimedPlace?, limit: Int) throws -> [Overdue] {
        var conditions = Conditions(program: program)
        let time = conditions.place(SQLValue(moment))
        conditions.add("d.area", in: areas?.map(\.text))
        if let behind { conditions.add(behind: ("due_at", "clock_id"), behind.time, behind.id) }
        let limit = conditions.place(SQLValue(limit))
        /// Those of one kind of stretch, the longest overdue first.
        func overdue(_ stretches: String) -> String {
            """
            SELECT * FROM (SELECT clock_id, area, due_at FROM clock_due d
                WHERE program = $1 AND \(stretches) AND due_at < \(time) AND since_at <= \(time)\(conditions.text)
                ORDER BY due_at, clock_id LIMIT \(limit)) d
            """
        }
        // What still holds is found by when it was due, whatever ended since; of what ended, only what ended later counts.
        let holds = Moment.holds.milliseconds
        return try connection.all(
            """
            SELECT c.id, c.subject, c.kind, d.area, d.due_at
            FROM (\(overdue("until_at = \(holds)"))
                UNION ALL \(overdue("until_at > \(time) AND until_at < \(holds) AND due_at < until_at"))
                ORDER BY due_at, clock_id LIMIT \(limit)) d
            JOIN clock c ON c.program = $1 AND c.id = d.clock_id ORDER BY d.due_at, c.id
            """, conditions.parameters
        ).map { row in
            Overdue(clock: try row[0], subject: try row[1], kind: try row[2], area: try row[3], due: try row[4])
        }
    }

    func finish(_ work: ClockWork, at moment: Moment) throws -> Bool {
        try connection.run(
            """
            INSERT INTO clock_work (program, work_key, clock_id, planned_at, done_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """, [.text(program), .text(work.key), SQLValue(work.clock), SQLValue(work.at), SQLValue(moment)]) == 1
    }

    func finishedWork(of clock: RecordID) throws -> Set<String> {
        Set(
            try connection.all(
                "SELECT work_key FROM clock_work WHERE program = $1 AND clock_id = $2",
                [.text(program), SQLValue(clock)]
            ).map { try $0[0] as String })
    }
}

/// From when to when a due time held in an area.
private struct DueStretch: Equatable {
    let since: Moment
    let until: Moment
    let due: Moment
    let area: Casework.Code
}

extension ServiceClock {
    /// In order of time; where the clock stood still there is none.
    fileprivate var dueStretches: [DueStretch] {
        dueRecords.indices.flatMap { index -> [DueStretch] in
            let record = dueRecords[index]
            let next = index + 1 < dueRecords.count ? dueRecords[index + 1].at : .holds
            let until = min(next, end?.at ?? .holds)
            guard let due = record.due?.moment, record.at < until else { return [] }
            let turns = [record.at] + (moves ?? []).map(\.at).filter { record.at < $0 && $0 < until } + [until]
            return zip(turns, turns.dropFirst()).filter { $0 < $1 }.map {
                DueStretch(since: $0, until: $1, due: due, area: area(asOf: $0))
            }
        }
    }
}

extension Moment {
    /// The end of what still holds.
    static let holds = Moment(milliseconds: .max)
}

/// The calendar's days and the runner's time.
struct CalendarTable {
    let connection: any Connection
    let program: String

    func calendar(_ zone: ProgramTimeZone) throws -> WorkingCalendar? {
        var revision = 0
        let rows = try connection.all(
            "SELECT day, kind, revision FROM calendar_day WHERE program = $1 ORDER BY day", [.text(program)]
        ).map { row in
            let kind: String = try row[1]
            revision = max(revision, try row[2])
            return WorkingCalendar.Row(
                date: CivilDate(dayNumber: try row[0]), kind: WorkingCalendar.DayKind(rawValue: kind) ?? .holiday)
        }
        guard !rows.isEmpty else { return nil }
        return try WorkingCalendar(zone: zone, rows: rows, revision: revision)
    }

    func replace(_ rows: [WorkingCalendar.Row], revision: Int) throws {
        try connection.run("DELETE FROM calendar_day WHERE program = $1", [.text(program)])
        for row in rows {
            try connection.run(
                "INSERT INTO calendar_day (program, day, kind, revision) VALUES ($1, $2, $3, $4)",
                [.text(program), SQLValue(row.date.dayNumber), .text(row.kind.rawValue), SQLValue(revision)])
        }
    }

    func runnerTime() throws -> Moment? {
        try connection.first("SELECT now_at FROM runner WHERE program = $1", [.text(program)]).map { try $0[0] }
    }

    func setRunnerTime(_ moment: Moment) throws {
        try connection.run(
            """
            INSERT INTO runner (program, now_at) VALUES ($1, $2)
            ON CONFLICT (program) DO UPDATE SET now_at = excluded.now_at WHERE runner.now_at < excluded.now_at
            """, [.text(program), SQLValue(moment)])
    }
}
