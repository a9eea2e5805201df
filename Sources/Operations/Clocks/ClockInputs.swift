public import Casework
public import MatchCore
public import Wire

/// Which clocks to list.
public struct ClockListInput: Described {
    public var wish: RecordID?
    public var kind: ClockKind?
    public var area: String?
    public var paused: Bool?
    public var limit: Int?
    public var cursor: String?

    public init(
        wish: RecordID? = nil, kind: ClockKind? = nil, area: String? = nil, paused: Bool? = nil, limit: Int? = nil,
        cursor: String? = nil
    ) {
        self.wish = wish
        self.paused = paused
        self.kind = kind
        self.area = area
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("wish", .id, "All clocks of this wish, ended ones too.", "此心愿的全部时限，含已结束的。"),
            .optional("kind", .choice(ClockKind.self), "Only this kind.", "只要此种类。"),
            .optional("area", .area, "Only clocks of this area and all within it.", "只要此区划及其下级的时限。"),
            .optional(
                "paused", .flag, "Those that stand still, the first begun first: nobody is reminded of them.",
                "只要已暂停的时限，最早开始的在前；暂停期间不提醒。"),
        ] + PageRequest.properties)
    public static let sample = ClockListInput(kind: .answer, limit: 20)
}

/// What was overdue, where and when.
public struct OverdueInput: Described {
    public var area: String?
    public var asOf: Timestamp?
    public var limit: Int?
    public var cursor: String?

    public init(area: String? = nil, asOf: Timestamp? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.area = area
        self.asOf = asOf
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("area", .area, "Only clocks of this area and all within it.", "只要此区划及其下级的时限。"),
            .optional("asOf", .moment, "At which moment, past or present; by default now.", "截至时间，可为过去；默认当前。"),
        ] + PageRequest.properties)
    public static let sample = OverdueInput(asOf: .sample, limit: 20)
}

/// One clock.
public struct ClockInput: Described {
    public var clock: RecordID

    public init(clock: RecordID) { self.clock = clock }

    static let clockProperty = JSONSchema.Property.required("clock", .id, "The clock's id.", "时限编号。")
    public static let schema = JSONSchema.object(nil, [clockProperty])
    public static let sample = ClockInput(clock: .sample(14))
}

/// A step on a clock that needs nothing but a reason.
public struct ClockStepInput: Described {
    public var clock: RecordID
    public var reason: String?
    public var note: String?

    public init(clock: RecordID, reason: String? = nil, note: String? = nil) {
        self.clock = clock
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(nil, [ClockInput.clockProperty] + StepReason.properties)
    public static let sample = ClockStepInput(clock: .sample(14), reason: "awaitsPapers")
}

/// A step on a clock that nobody takes without saying why.
public struct ClockReasonedInput: Described {
    public var clock: RecordID
    /// Nil is refused.
    public var reason: String?
    public var note: String?

    public init(clock: RecordID, reason: String?, note: String? = nil) {
        self.clock = clock
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(nil, [ClockInput.clockProperty] + StepReason.required)
    public static let sample = ClockReasonedInput(clock: .sample(14), reason: "awaitsPapers")
}

/// Asks for more time.
public struct ClockExtending: Described {
    public var clock: RecordID
    public var more: Int
    public var reason: String?
    public var note: String?

    public init(clock: RecordID, more: Int, reason: String? = nil, note: String? = nil) {
        self.clock = clock
        self.more = more
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            ClockInput.clockProperty,
            .required("more", .integer(1...2_600), "Hours or working days, as the clock counts.", "延期量，以该时限的单位计。"),
        ] + StepReason.required)
    public static let sample = ClockExtending(clock: .sample(14), more: 2, reason: "flood")
}

/// Does the work that is due.
public struct ClockRunning: Described {
    public var until: Timestamp?
    public var dryRun: Bool?
    public var acceptJump: Bool?
    public var reason: String?
    public var note: String?

    public init(
        until: Timestamp? = nil, dryRun: Bool? = nil, acceptJump: Bool? = nil, reason: String? = nil,
        note: String? = nil
    ) {
        self.until = until
        self.dryRun = dryRun
        self.acceptJump = acceptJump
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "ClockRunning",
        [
            .optional(
                "until", .moment, "Up to which moment; by default now, and later than now only with dryRun.",
                "办到何时，默认为现在；晚于现在时只能与 dryRun 一起用。"),
            .optional(
                "dryRun", .flag, "Only says what is due, or will be by then; nothing is changed.",
                "只列出到期（或届时将到期）的事项，不作任何变更。"),
            .optional(
                "acceptJump", .flag, "Accepts, with a reason, that the host's clock jumped more than a day ahead.",
                "确认主机时钟跳变（须填理由）。"),
        ] + StepReason.properties)
    public static let sample = ClockRunning()
}
