internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked about clocks: what is due, and what was missed.
public enum ClockOperations {
    public static let list = Operation<ClockListInput, Page<ClockView>>(
        OperationFacts(
            .clocksList, .get, "/v1/clocks",
            "Lists running clocks, the first due first; or all clocks of a wish.", zhHans: "列出进行中的时限，最早到期的在前；或某心愿的全部时限。"
        )
    ) { input, context in
        let request = PageRequest(limit: input.limit, cursor: input.cursor)
        let areas = try context.reference.areas(within: input.area, at: "?area")
        if let wish = input.wish ?? (context.viewer.role == .recipient ? context.actor.wish : nil) {
            let clocks = try context.store.clocks(of: wish).filter { clock in
                (input.kind.map { $0 == clock.kind } ?? true)
                    && (input.paused != true || clock.isPaused && clock.end == nil)
                    && (areas?.contains(clock.area.text) ?? true)
            }
            return try PageRecord.reading(
                request,
                fetch: { place, limit in
                    let place = try place?.timedPlace
                    let rest = clocks.drop { clock in
                        place.map { (clock.startedAt, clock.id) <= ($0.time, $0.id) } ?? false
                    }
                    return Array(rest.prefix(limit))
                }, cursor: { Cursor(TimedPlace($0.startedAt, $0.id)) },
                where: { try ClockView.projecting($0, in: context) != nil })
        }
        guard context.sees(.clock, isWithin: true) else { return PageRecord(items: [], next: nil) }
        var query = ClockQuery(isPaused: input.paused ?? false, kind: input.kind, areas: context.inScope(areas))
        return try PageRecord.reading(
            request,
            fetch: { place, limit in
                query.behind = try place?.timedPlace
                return try context.store.clocks(query, limit: limit)
            }, cursor: { Cursor(TimedPlace($0.due?.moment ?? $0.startedAt, $0.id)) })
    }

    public static let show = Operation<ClockInput, ClockView>(
        OperationFacts(
            .clocksShow, .get, "/v1/clocks/{clock}", "Shows a clock.",
            zhHans: "查看时限。")
    ) { try clock($0.clock, $1) }

    public static let overdue = Operation<OverdueInput, Page<OverdueView>>(
        OperationFacts(
            .clocksOverdue, .get, "/v1/clocks/overdue",
            "Lists what was overdue at a moment, past or present, the longest first.",
            zhHans: "列出某一时刻（含过去）已逾期的时限，最久的在前。")
    ) { input, context in
        let areas = context.inScope(try context.reference.areas(within: input.area, at: "?area"))
        let moment = input.asOf.map { Moment($0) } ?? context.now
        try context.requireKnown(
            moment,
            LocalizedText(
                zhHans: "时间晚于现在，届时是否逾期尚不可知。请填写现在或过去的时间，或不填；将到期的事项用 clock run --until 时间 --dry-run 查看"
                    + "（HTTP 为 dryRun）。",
                en:
                    "The time is later than now, and nobody knows what will have been done by then. Give a time up to now, or none; "
                    + "what will be due is listed by clock run --until TIME --dry-run (over HTTP: dryRun)."))
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                try context.store.overdue(
                    asOf: moment, areas: areas?.compactMap { Code($0) }, behind: try place?.timedPlace, limit: limit)
            }, cursor: { Cursor(TimedPlace($0.due, $0.clock)) })
    }

    public static let pause = reasonedStep(
        .clocksPause, .pause, "Pauses a clock that is not overdue. A reason is needed.", "暂停未逾期的时限，须填理由。")
    public static let resume = step(.clocksResume, .resume, "Lets a paused clock go on.", "恢复已暂停的时限。")
    public static let grant = step(
        .clocksGrant, .decideExtension(grant: true), "Grants more time; not by who asked.", "批准延期；不得由申请人审批。")
    public static let refuse = step(
        .clocksRefuse, .decideExtension(grant: false), "Refuses more time; not by who asked.", "不批准延期；不得由申请人审批。")
    public static let meet = step(.clocksMeet, .meet, "Notes that what the clock waited for was done.", "登记时限事项已完成。")
    public static let cancel = reasonedStep(
        .clocksCancel, .cancel, "Ends a clock that is no longer needed. A reason is needed.", "取消不再需要的时限，须填理由。")

    public static let extend = Operation<ClockExtending, ClockView>(
        facts(
            .clocksExtend, "Asks for more time before the clock is due. A reason is needed.",
            "到期前申请延期，须填理由。"),
        current: { try clock($0.clock, $1) }
    ) { input, context in
        try make(.askExtension(more: input.more), input.clock, input.reason, input.note, context)
    }

    public static let run = Operation<ClockRunning, ClockRunView>(
        OperationFacts(
            .clocksRun, .post, "/v1/clocks/run",
            "Does the work that is due: warns, lapses, raises, lists, ends leases and closes budgets.",
            zhHans: "办理到期事项：预警、逾期、上报、公开，释放认领并关闭预算。",
            details: LocalizedText(
                zhHans: "每项恰好办理一次。服务器自行定时办理；其他节点正在办理时返回 409。",
                en:
                    "Each piece is done exactly once. A server does it by itself; while another node is at it, the answer is 409."
            ),
            weight: .heavy)
    ) { input, context in
        // The work is done up to a moment, and looked at from now.
        let until = input.until.map { Moment($0) } ?? context.now
        let desk = try OperationContext(store: context.store, viewer: context.viewer, now: until, room: context.room)
            .desk()
        // A code that is none is refused also where nothing asks for a reason; its words are kept only where something does.
        _ = try desk.reason(input.reason, note: nil, about: CaseActor.system.id)
        guard input.dryRun != true else {
            let forecast = try desk.forecast(limit: ClockRunView.most)
            return ClockRunView(
                until: Timestamp(forecast.until), tasks: [], leasesEnded: 0, budgetsClosed: 0, recordsExpired: 0,
                filesExpired: 0, householdsExpired: 0, isComplete: forecast.isComplete,
                planned: try told(forecast.work, context), done: nil)
        }
        if input.acceptJump == true {
            try desk.acceptJump(
                reason: try desk.reason(input.reason, note: input.note, about: CaseActor.system.id))
        }
        // The lease goes by the host's time, whatever time the work is done up to.
        let (host, node) = (context.room.clock(), context.room.newID(context.now))
        let outcome = try context.store.onDuty(.clocks, node: node, at: host) { () throws -> RunOutcome in
            let outcome = try desk.run(limit: ClockRunView.most)
            try context.store.leave(.clocks, node: node, at: host)
            return outcome
        }
        guard case .done(let ran) = outcome else {
            throw Problem(
                .conflict, "Another node keeps the clocks now. Try again in a minute, or leave it to that node.",
                zhHans: "其他节点正在办理时限事项。请稍后再试。", retryAfterSeconds: 60)
        }
        guard case .ran(let report) = ran else {
            throw Problem(
                .conflict,
                "The host's clock is more than a day ahead of the last run: nothing was done. Look at the clock; then accept "
                    + "the jump: almoner clock run --accept-jump --reason hostWasOff (over HTTP: acceptJump and reason).",
                zhHans: "主机时钟比上次办理快了一天以上，未办理任何事项。请核对时钟后确认跳变："
                    + "almoner clock run --accept-jump --reason hostWasOff（HTTP 为 acceptJump 与 reason）。")
        }
        return ClockRunView(
            until: Timestamp(report.until), tasks: report.tasks.map(\.key), leasesEnded: report.leasesEnded,
            budgetsClosed: report.budgetsClosed, recordsExpired: report.recordsExpired,
            filesExpired: report.filesExpired, householdsExpired: report.householdsExpired,
            isComplete: report.isComplete, planned: nil, done: try told(report.work, context))
    }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(overdue), AnyOperation(run), AnyOperation(show), AnyOperation(pause),
        AnyOperation(resume), AnyOperation(extend), AnyOperation(grant), AnyOperation(refuse), AnyOperation(meet),
        AnyOperation(cancel),
    ]

    // MARK: What they share

    /// The work with what people call the wishes it is about.
    private static func told(_ work: [RunWork], _ context: OperationContext) throws -> [ClockRunView.Planned] {
        try work.map { work in
            ClockRunView.Planned(work, handle: try work.wish.flatMap { try context.handle(of: $0) })
        }
    }

    private static func facts(_ id: OperationID, _ en: String, _ zhHans: String) -> OperationFacts {
        OperationFacts(id, .post, "/v1/clocks/{clock}/\(id.verb)", en, zhHans: zhHans)
    }

    private static func step(
        _ id: OperationID, _ step: ClockStep, _ en: String, _ zhHans: String
    ) -> Operation<ClockStepInput, ClockView> {
        Operation(facts(id, en, zhHans), current: { try clock($0.clock, $1) }) { input, context in
            try make(step, input.clock, input.reason, input.note, context)
        }
    }

    private static func reasonedStep(
        _ id: OperationID, _ step: ClockStep, _ en: String, _ zhHans: String
    ) -> Operation<ClockReasonedInput, ClockView> {
        Operation(facts(id, en, zhHans), current: { try clock($0.clock, $1) }) { input, context in
            try make(step, input.clock, input.reason, input.note, context)
        }
    }

    private static func make(
        _ step: ClockStep, _ id: RecordID, _ reason: String?, _ note: String?, _ context: OperationContext
    ) throws -> ServiceClock {
        let clock = try clock(id, context)
        guard try ClockView.projecting(clock, in: context) != nil else { throw Problem.notFound }
        let desk = try context.desk()
        return try desk.stepClock(id, step, reason: try desk.reason(reason, note: note, about: clock.subject))
    }

    private static func clock(_ id: RecordID, _ context: OperationContext) throws -> ServiceClock {
        guard let clock = try context.store.clock(id) else { throw Problem.notFound }
        return clock
    }
}
