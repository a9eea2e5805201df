public import Casework
public import MatchCore
public import Wire

/// One change of state: who, when, why, before and after. No personal text can stand in it.
public struct HistoryEntryView: Projection {
    public let at: Timestamp
    public let action: Code
    public let role: Role
    public let actor: RecordID
    public let name: String?
    public let kind: Code
    public let subject: RecordID
    /// Which clock it is of, where it is one's.
    public let clock: ClockKind?
    public let reason: Code?
    public let words: String?
    public let changes: [Change]

    /// A value that may stand in the open: one of its members is there.
    public struct Value: Described, Hashable {
        public var code: Code?
        public var number: Int64?
        public var moment: Timestamp?
        public var record: RecordID?
        /// Where the value stands, sealed: `table/column`.
        public var field: String?
        /// What a record that is words, a person, a party or a line says or is called, for those who may be told.
        public var text: String?

        init(_ value: HistoryValue) {
            switch value {
            case .code(let code): self.code = code
            case .integer(let number): self.number = number
            case .moment(let moment): self.moment = Timestamp(moment)
            case .record(let record): self.record = record
            case .field(let field): self.field = "\(field.table)/\(field.column)"
            }
        }

        public static let schema = JSONSchema.object(
            "HistoryValue",
            [
                .optional("code", .code, "A word of the program's vocabulary.", "项目代码。"),
                .optional("number", .integer(Int64.min...Int64.max), "A number.", "数字。"),
                .optional("moment", .moment, "A moment.", "时间。"), .optional("record", .id, "A record.", "记录编号。"),
                .optional("field", .text(1...200), "Where the value stands, sealed.", "封存内容所在字段。"),
                .optional(
                    "text", .text(1...Admission.Limits.text),
                    "What the record says or is called, where it is words, a person, a party or a line.",
                    "该记录的文字、人员或主体名称，或明细的编号。"),
            ])
        /// All of them at once, which no value is: so that each is seen described.
        public static let sample = {
            var value = Value(.integer(2))
            value.code = "elders"
            value.moment = .sample
            value.record = .sample(1)
            value.field = "note/words"
            value.text = "情况属实"
            return value
        }()
    }

    /// What a field was and became.
    public struct Change: Described, Hashable {
        public let field: Code
        public let before: Value?
        public let after: Value?

        init(_ change: FieldChange, in context: OperationContext) throws {
            field = change.field
            before = try change.before.map { try Self.value($0, of: change.field, in: context) }
            after = try change.after.map { try Self.value($0, of: change.field, in: context) }
        }

        private static func value(_ value: HistoryValue, of field: Code, in context: OperationContext) throws -> Value {
            var shown = Value(value)
            guard let record = shown.record else { return shown }
            switch field.text {
            case "finding", "reasons": shown.text = try context.words(of: record)
            case "person", "participant", "participant/for", "participant/against", "participant/abstained", "party",
                "holder", "carrier", "fitter":
                shown.text = try context.name(of: record)
            case "offerLine", "wishLine": shown.text = try context.handle(ofLine: record)
            default: break
            }
            return shown
        }

        public static let schema = JSONSchema.object(
            "FieldChange",
            [
                .required("field", .code, "The field.", "字段。"),
                .optional("before", Value.schema, "What it was; left out where it is new.", "变更前；新增时没有此项。"),
                .optional("after", Value.schema, "What it became; left out where it is gone.", "变更后；移除时没有此项。"),
            ])
        public static let sample = Change(field: "quantity", before: .sample, after: .sample)

        private init(field: Code, before: Value?, after: Value?) {
            self.field = field
            self.before = before
            self.after = after
        }
    }

    public static let schema = JSONSchema.object(
        "HistoryEntry",
        [
            .required("at", .moment, "When.", "时间。"), .required("action", .code, "What was done.", "操作。"),
            .required("role", .choice(Role.self), "In which role.", "角色。"), .required("actor", .id, "By whom.", "操作人。"),
            .optional("name", .text(1...400), "What whoever did it is called, where that is kept.", "操作人名称（有记录时）。"),
            .required("kind", .code, "What kind of record it was done to.", "记录种类。"),
            .required("subject", .id, "The record.", "记录编号。"),
            .optional("clock", .choice(ClockKind.self), "Which clock it is of, where it is one's.", "所属时限的种类。"),
            .optional("reason", .code, "Why: a code.", "理由代码。"),
            .optional("words", .text(1...Admission.Limits.text), "Why, in words.", "理由说明。"),
            .required("changes", .list(of: Change.schema, 0...1_000), "What changed.", "变更内容。"),
        ])

    public static let sample = HistoryEntryView(
        at: .sample, action: "claim/accept", role: .donor, actor: .sample(10), name: "王某", kind: "claim",
        subject: .sample(1), clock: .delivery, reason: "phone", words: "电话中同意", changes: [.sample])

    public static func projecting(_ entry: HistoryEntry, in context: OperationContext) throws -> HistoryEntryView? {
        guard try isVisible(entry, in: context) else { return nil }
        return HistoryEntryView(
            at: Timestamp(entry.at), action: entry.action, role: entry.role, actor: entry.actor,
            name: try context.name(of: entry.actor), kind: entry.subjectKind, subject: entry.subject,
            clock: entry.subjectKind == "clock" ? try context.store.clock(entry.subject)?.kind : nil,
            reason: entry.reason?.code, words: try entry.reason?.note.flatMap { try context.words(of: $0) },
            changes: try entry.changes.map { try Change($0, in: context) })
    }

    private static func isVisible(_ entry: HistoryEntry, in context: OperationContext) throws -> Bool {
        let (store, subject) = (context.store, entry.subject)
        /// Where something lies, as far as its history goes.
        func isSeen(_ isWithin: Bool) -> Bool { context.sees(.history, isWithin: isWithin) }
        switch entry.subjectKind {
        case "wish": return isSeen(try context.isInScope(wish: subject))
        case "claim":
            return isSeen(try store.claim(subject).map { try context.isInScope(wish: $0.claim.wish) } ?? false)
        case "clock": return isSeen(try store.clock(subject).map { context.isInScope(area: $0.area.text) } ?? false)
        case "approval":
            return isSeen(try store.approval(subject).map { try context.isInScope(wish: $0.request.wish) } ?? false)
        case "household":
            let isWithin = try store.household(subject).map { context.isInScope(area: $0.household.area.text) } ?? false
            let parts = try context.parts(context.parts(of: .household, isWithin: isWithin), openedOf: subject)
            // The colour and the visits due for it are made of the family's circumstances.
            let isSealed = ["household/grade", "household/visitDue"].contains(entry.action)
            return isSeen(isWithin) && parts.contains(isSealed ? .circumstances : .existence)
        case "inbox":
            return isSeen(try store.inboxRecord(subject).map { try InboxView.isVisible($0, in: context) } ?? false)
        case "offer", "party": return isSeen(true)
        default: return context.sees(.audit)
        }
    }
}

/// Which record's history.
public struct HistoryInput: Described {
    public var record: RecordID
    public var limit: Int?
    public var cursor: String?

    public init(record: RecordID, limit: Int? = nil, cursor: String? = nil) {
        self.record = record
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil, [.required("record", .id, "The record's id, of any kind.", "任意种类的记录编号。")] + PageRequest.properties)
    public static let sample = HistoryInput(record: .sample(1), limit: 20)
}

/// Which wish's story.
public struct StoryInput: Described {
    public var wish: RecordID
    public var limit: Int?
    public var cursor: String?

    public init(wish: RecordID, limit: Int? = nil, cursor: String? = nil) {
        self.wish = wish
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(nil, [CaseInput.wishProperty] + PageRequest.properties)
    public static let sample = StoryInput(wish: .sample(3), limit: 20)
}

/// What can be asked about the history of records.
public enum HistoryOperations {
    public static let ofRecord = Operation<HistoryInput, Page<HistoryEntryView>>(
        OperationFacts(
            .historyOfRecord, .get, "/v1/history/{record}",
            "Lists all that was done to a record, in order.", zhHans: "按顺序列出对某记录的全部操作。")
    ) { input, context in
        let entries = try context.store.history(of: [input.record])
        guard let first = entries.first, try HistoryEntryView.projecting(first, in: context) != nil else {
            throw Problem.notFound
        }
        return try page(entries, input.limit, input.cursor, context)
    }

    public static let story = Operation<StoryInput, Page<HistoryEntryView>>(
        OperationFacts(
            .historyStory, .get, "/v1/wishes/{wish}/story",
            "Lists the whole life of a wish: its own history, that of its claims, clocks, approval and inbound records, and "
                + "into which household's file it was put.",
            zhHans: "列出心愿的全过程：心愿本身及其认领、时限、审批、受理记录和归入的家庭档案。")
    ) { input, context in
        try context.requireWish(input.wish)
        return try page(
            try WishStory.entries(of: input.wish, in: context.store), input.limit, input.cursor, context)
    }

    static let all: [AnyOperation] = [AnyOperation(ofRecord), AnyOperation(story)]

    /// Entries are only ever added, so that a place in the list stays one.
    private static func page(
        _ entries: [HistoryEntry], _ limit: Int?, _ cursor: String?, _ context: OperationContext
    ) throws -> PageRecord<HistoryEntry> {
        let numbered = Array(entries.enumerated())
        let page = try PageRecord<EnumeratedSequence<[HistoryEntry]>.Element>.reading(
            PageRequest(limit: limit, cursor: cursor),
            fetch: { place, limit in
                let behind = try place.map { try $0.number } ?? -1
                return Array(numbered.drop { $0.offset <= behind }.prefix(limit))
            }, cursor: { Cursor(["\($0.offset)"]) },
            where: { try HistoryEntryView.projecting($0.element, in: context) != nil })
        return PageRecord(items: page.items.map(\.element), next: page.next)
    }
}

extension Cursor {
    fileprivate var number: Int {
        get throws {
            guard parts.count == 1, let number = Int(parts[0]), number >= 0 else { throw Self.unreadable }
            return number
        }
    }
}
