public import Casework
public import MatchCore
public import Wire

/// A look-up code that was just made.
public struct LookUpCodeView: OpenAnswer {
    public let wish: RecordID
    /// Shown this once.
    public let code: String

    public static let schema = JSONSchema.object(
        "LookUpCode",
        [
            .required("wish", .id, "The wish that it opens.", "所对应的心愿。"),
            .required(
                "code", .text(34...34), "To be read or handed to the person; shown this once.", "请读出或交给本人，仅显示一次。"),
        ])
    public static let sample = LookUpCodeView(wish: .sample(3), code: "7K3M-Q9TW-X2HV-5RDA-0BCD-EFGH-JKMN")
}

/// A person's own wish: where it stands, what was done, and what is due.
public struct LookUpView: Projection {
    public let wish: WishView
    public let steps: [Step]
    public let due: [Due]
    public let claims: [ClaimView]

    /// One thing that happened.
    public struct Step: Described {
        public let step: String
        public let at: Timestamp

        public static let schema = JSONSchema.object(
            "LookUpStep",
            [
                .required("step", .choice(LookUpView.shownSteps.map(\.text)), "What happened.", "发生了什么。"),
                .required("at", .moment, "When.", "时间。"),
            ])
        public static let sample = Step(step: "wish/open", at: .sample)
    }

    /// One thing that is still to happen.
    public struct Due: Described {
        public let kind: ClockKind
        public let due: Timestamp?
        public let isPaused: Bool

        public static let schema = JSONSchema.object(
            "LookUpDue",
            [
                .required("kind", .choice(ClockKind.self), "What is due.", "待办事项。"),
                .optional("due", .moment, "By when; left out while it stands still.", "期限；暂停时没有此项。"),
                .required("isPaused", .flag, "Whether the time stands still.", "是否暂停计时。"),
            ])
        public static let sample = Due(kind: .answer, due: .sample, isPaused: false)
    }

    /// What of a wish's story its person is told: what happened, and never who did it.
    static let shownSteps: [Code] = [
        "wish/open", "wish/answer", "wish/approve", "wish/close", "wish/end", "wish/rate", "wish/reopen",
        "claim/propose", "claim/accept", "claim/dispatch", "claim/receive", "claim/confirm",
    ]

    public static let schema = JSONSchema.object(
        "LookUp",
        [
            .required("wish", WishView.schema, "The wish.", "心愿。"),
            .required("steps", .list(of: Step.schema, 0...10_000), "What happened, in its order.", "办理过程。"),
            .required("due", .list(of: Due.schema, 0...100), "What is still to happen, and by when.", "待办事项和期限。"),
            .required(
                "claims", .list(of: ClaimView.schema, 0...10_000), "What is promised, on its way or has arrived.",
                "已认领、在途或已送达的。"),
        ])
    public static let sample = LookUpView(wish: .sample, steps: [.sample], due: [.sample], claims: [.sample])

    /// Only whoever holds the wish's code sees it so.
    public static func projecting(_ wish: RegisteredWish, in context: OperationContext) throws -> LookUpView? {
        guard let shown = try WishView.projecting(wish, in: context) else { return nil }
        let id = wish.key.id
        let steps = try WishStory.entries(of: id, in: context.store).filter { shownSteps.contains($0.action) }
        let clocks = try context.store.clocks(of: id).filter { $0.end == nil }
        return LookUpView(
            wish: shown, steps: steps.map { Step(step: $0.action.text, at: Timestamp($0.at)) },
            due: clocks.map {
                Due(kind: $0.kind, due: $0.due.map { Timestamp($0.moment) }, isPaused: $0.isPaused)
            },
            claims: try context.store.claims(ofWish: id).compactMap { try ClaimView.projecting($0, in: context) })
    }
}

/// What a look-up shows, seen as the person who holds the code: the answer is projected for them, whoever sends it.
public struct OwnWish: Projection {
    public let view: LookUpView

    public static var schema: JSONSchema { LookUpView.schema }
    public static var sample: OwnWish { OwnWish(view: .sample) }

    public static func projecting(_ wish: RegisteredWish, in context: OperationContext) throws -> OwnWish? {
        try LookUpView.projecting(wish, in: context.asRecipient(of: wish.key.id)).map { OwnWish(view: $0) }
    }

    public init(from decoder: any Decoder) throws { view = try LookUpView(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try view.encode(to: encoder) }

    private init(view: LookUpView) { self.view = view }
}

extension OperationContext {
    /// The same moment in the eyes of somebody without a token.
    var asGuest: OperationContext {
        OperationContext(
            store: store,
            viewer: Viewer(actor: CaseActor(id: RecordID(high: 0, low: 0), role: .guest), language: viewer.language),
            now: now, room: room)
    }

    /// The same moment in the hands of the person whose wish it is.
    func asRecipient(of wish: RecordID) -> OperationContext {
        OperationContext(
            store: store,
            viewer: Viewer(
                actor: CaseActor(id: wish, role: .recipient, wish: wish), language: viewer.language),
            now: now, room: room)
    }
}
