public import Casework
public import MatchCore
public import Wire

/// One time limit on one case.
public struct ClockView: Projection {
    public let id: RecordID
    public let subject: RecordID
    public let handle: String?
    public let title: String?
    public let kind: ClockKind
    public let area: Code
    public let level: AreaLevel
    public let round: Int
    public let startedAt: Timestamp
    public let due: Timestamp?
    public let isProvisional: Bool
    public let isPaused: Bool
    public let request: Request?
    public let outcome: String?
    public let endedAt: Timestamp?
    public let changedAt: Timestamp

    /// More time that somebody asked for and nobody has decided on.
    public struct Request: Described {
        public let more: Int
        public let reason: Code
        public let askedBy: RecordID
        public let askedAt: Timestamp

        public static let schema = JSONSchema.object(
            "ExtensionRequest",
            [
                .required("more", .integer(1...2_600), "Hours or working days, as the clock counts.", "延期量，以该时限的单位计。"),
                .required("reason", .code, "Why.", "理由代码。"),
                .required("askedBy", .id, "Who asked; somebody else decides.", "申请人；须由他人审批。"),
                .required("askedAt", .moment, "When.", "申请时间。"),
            ])
        public static let sample = Request(more: 2, reason: "flood", askedBy: .sample(10), askedAt: .sample)
    }

    public static let schema = JSONSchema.object(
        "Clock",
        [
            .required("id", .id, "The clock's id.", "时限编号。"),
            .required("subject", .id, "What it is about: a wish.", "所涉记录（心愿）。"),
            .optional("handle", .handle, "What people call the wish.", "心愿的通用编号。"),
            .optional("title", .titleWords, "The wish's approved wording, or its items.", "心愿的核准文字或品类。"),
            .required("kind", .choice(ClockKind.self), "What it waits for.", "时限种类。"),
            .required("area", .code, "Where.", "所在区划。"),
            .required("level", .choice(AreaLevel.self), "Who answers for it first.", "首责层级。"),
            .required(
                "round", .integer(1...Int64(Int32.max)), "1, and one more for each time the case was opened again.",
                "个案轮次。"),
            .required("startedAt", .moment, "When it started.", "起算时间。"),
            .optional("due", .moment, "By when; left out while it is paused.", "到期时间；暂停时没有此项。"),
            .required("isProvisional", .flag, "Whether the next official notice may still move it.", "是否可能随下一份放假通知变动。"),
            .required("isPaused", .flag, "Whether it stands still.", "是否暂停。"),
            .optional("request", Request.schema, "More time that was asked for and not decided on.", "待审批的延期申请。"),
            .optional("outcome", .choice(["met", "cancelled"]), "How it ended.", "结束方式。"),
            .optional("endedAt", .moment, "When it ended.", "结束时间。"),
            .required("changedAt", .moment, "When it last changed.", "最近变更时间。"),
        ])

    public static let sample = ClockView(
        id: .sample(14), subject: .sample(3), handle: "W-12", title: "一台轮椅", kind: .answer, area: "441900121",
        level: .village, round: 1,
        startedAt: .sample, due: .sample, isProvisional: false, isPaused: false, request: .sample, outcome: "met",
        endedAt: .sample, changedAt: .sample)

    public static func projecting(_ clock: ServiceClock, in context: OperationContext) throws -> ClockView? {
        let parts = context.parts(
            of: .clock, isOwn: context.actor.wish == clock.subject,
            isWithin: context.isInScope(area: clock.area.text))
        guard parts.contains(.existence) else { return nil }
        let title = try context.title(ofWish: clock.subject)
        let request = clock.extensions.last.flatMap { $0.decision == nil && parts.contains(.acts) ? $0 : nil }
        return ClockView(
            id: clock.id, subject: clock.subject, handle: title.handle, title: title.words, kind: clock.kind,
            area: clock.area, level: clock.level,
            round: clock.round, startedAt: Timestamp(clock.startedAt), due: clock.due.map { Timestamp($0.moment) },
            isProvisional: clock.due?.isProvisional ?? false, isPaused: clock.isPaused,
            request: request.map {
                Request(
                    more: $0.more, reason: $0.reason.code, askedBy: $0.askedBy, askedAt: Timestamp($0.askedAt))
            }, outcome: clock.end?.outcome.rawValue, endedAt: clock.end.map { Timestamp($0.at) },
            changedAt: Timestamp(clock.changedAt))
    }
}

/// A clock that was overdue at some moment.
public struct OverdueView: Projection {
    public let clock: RecordID
    public let subject: RecordID
    public let handle: String?
    public let title: String?
    public let kind: ClockKind
    public let area: Code
    public let due: Timestamp

    public static let schema = JSONSchema.object(
        "Overdue",
        [
            .required("clock", .id, "The clock.", "时限编号。"), .required("subject", .id, "What it is about.", "所涉记录。"),
            .optional("handle", .handle, "What people call the wish.", "心愿的通用编号。"),
            .optional("title", .titleWords, "The wish's approved wording, or its items.", "心愿的核准文字或品类。"),
            .required("kind", .choice(ClockKind.self), "What it waited for.", "时限种类。"),
            .required("area", .code, "Where.", "所在区划。"),
            .required("due", .moment, "When it was due, as it was known then.", "当时的到期时间。"),
        ])
    public static let sample = OverdueView(
        clock: .sample(14), subject: .sample(3), handle: "W-12", title: "一台轮椅", kind: .answer, area: "441900121",
        due: .sample)

    public static func projecting(_ overdue: Overdue, in context: OperationContext) throws -> OverdueView? {
        guard context.sees(.clock, isWithin: context.isInScope(area: overdue.area.text)) else { return nil }
        let title = try context.title(ofWish: overdue.subject)
        return OverdueView(
            clock: overdue.clock, subject: overdue.subject, handle: title.handle, title: title.words,
            kind: overdue.kind, area: overdue.area,
            due: Timestamp(overdue.due))
    }
}

/// What a run of the program's own work did.
public struct ClockRunView: OpenAnswer {
    public let until: Timestamp
    public let tasks: [String]
    public let leasesEnded: Int
    public let budgetsClosed: Int
    public let recordsExpired: Int
    public let filesExpired: Int
    public let householdsExpired: Int
    public let isComplete: Bool
    public let planned: [Planned]?
    public let done: [Planned]?

    /// Of each kind of work in one call.
    static let most = 1_000

    /// Something that is done, or will be due.
    public struct Planned: Described {
        public let at: Timestamp
        public let task: Code
        public let record: RecordID
        public let wish: RecordID?
        public let handle: String?

        public static let schema = JSONSchema.object(
            "PlannedWork",
            [
                .required("at", .moment, "When it is due.", "到期时间。"),
                .required(
                    "task", .code,
                    "warn-HOURS, lapse, raise-LEVEL or list of a clock; leaseEnd; budgetEnd; queueServe, queueMove or "
                        + "queueEnd of a place in a queue; visit, a visit's day that moves; recordExpire, fileExpire or householdExpire.",
                    "事项：预警、逾期、上报、公开；租期届满；预算期满；排队满足、转移或结束；走访日变更；"
                        + "受理记录、办结档案或家庭档案期满。"),
                .required(
                    "record", .id, "The clock, claim, offer, household or inbound record.",
                    "时限、认领、资源、家庭或受理记录编号。"),
                .optional("wish", .id, "The wish it is about.", "相关心愿。"),
                .optional("handle", .handle, "What people call the wish.", "心愿的通用编号。"),
            ])
        public static let sample = Planned(
            at: .sample, task: "lapse", record: .sample(14), wish: .sample(3), handle: "W-12")

        init(at: Timestamp, task: Code, record: RecordID, wish: RecordID?, handle: String?) {
            self.at = at
            self.task = task
            self.record = record
            self.wish = wish
            self.handle = handle
        }

        init(_ work: RunWork, handle: String?) {
            self.init(at: Timestamp(work.at), task: work.task, record: work.record, wish: work.wish, handle: handle)
        }
    }

    public static let schema = JSONSchema.object(
        "ClockRun",
        [
            .required("until", .moment, "The moment it went by.", "所依据的时间。"),
            .required(
                "tasks", .list(of: .text(1...200), 0...100 * most), "Keys of the clocks' work that was done.",
                "已办的时限事项。"),
            .required("leasesEnded", .integer(0...Int64(most)), "Leases of claims that ended.", "到期释放的认领数。"),
            .required("budgetsClosed", .integer(0...1_000_000), "Budgets whose period was over.", "期满关闭的预算数。"),
            .required(
                "recordsExpired", .integer(0...Int64(most)),
                "Inbound records that nobody confirmed in time, taken away.",
                "逾期未确认而删除的受理记录数。"),
            .required(
                "filesExpired", .integer(0...Int64(most)), "Closed wishes whose personal content was kept long enough.",
                "期满清除个人内容的已办结心愿数。"),
            .required(
                "householdsExpired", .integer(0...Int64(most)), "Files of families at rest that were kept long enough.",
                "期满删除的停用家庭档案数。"),
            .required("isComplete", .flag, "False where there is more to do: call again.", "为 false 时尚未办完，请再次调用。"),
            .optional(
                "planned", .list(of: Planned.schema, 0...100 * most),
                "With dryRun: all that would be done, the earliest due first.", "dryRun 时：将办理的全部事项，最早到期的在前。"),
            .optional(
                "done", .list(of: Planned.schema, 0...100 * most),
                "Without dryRun: all that was done, the earliest due first.", "非 dryRun 时：已办理的全部事项，最早到期的在前。"),
        ])
    public static let sample = ClockRunView(
        until: .sample, tasks: ["clock/\(RecordID.sample(14))/lapse/1795336200000"], leasesEnded: 1, budgetsClosed: 0,
        recordsExpired: 0, filesExpired: 0, householdsExpired: 0, isComplete: true, planned: [.sample], done: [.sample])
}
