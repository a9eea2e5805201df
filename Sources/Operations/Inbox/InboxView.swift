public import Casework
public import MatchCore
public import Wire

/// What came in, word for word.
public struct InboxView: Projection {
    public let id: RecordID
    public let channel: Channel
    public let number: String?
    public let event: Code?
    /// Nil where the viewer may not read them: an admin sees that there is a record.
    public let words: String?
    public let receivedAt: Timestamp
    public let takenBy: StepMaker?
    public let wish: RecordID?
    public let confirmedAt: Timestamp?
    public let confirmedBy: StepMaker?

    public static let schema = JSONSchema.object(
        "InboxRecord",
        [
            .required("id", .id, "The record's id.", "受理记录编号。"),
            .required("channel", .choice(Channel.self), "On which way it came in.", "来源渠道。"),
            .optional("number", .text(1...200), "The number that the channel gave it.", "渠道自带编号。"),
            .optional("event", .code, "The fair or campaign it was entered under.", "所属活动或大集。"),
            .optional(
                "words", .text(1...InboxRecord.longest),
                "The person's own words; never changed. Left out for whoever may not read them.",
                "原话，永不更改；无权阅读者没有此项。"),
            .required("receivedAt", .moment, "When it came in.", "受理时间。"),
            .optional("takenBy", StepMaker.schema, "Who took it in.", "受理人。"),
            .optional("wish", .id, "The wish that it was confirmed as; left out while it waits.", "确认后的心愿；待处理时没有此项。"),
            .optional("confirmedAt", .moment, "When it was confirmed.", "确认时间。"),
            .optional("confirmedBy", StepMaker.schema, "Who confirmed it.", "确认人。"),
        ])

    public static let sample = InboxView(
        id: .sample(6), channel: .hotline12345, number: "12345-0001", event: "fair2026", words: "我爸腿脚不便，想要一台轮椅。",
        receivedAt: .sample, takenBy: .sample, wish: .sample(3), confirmedAt: .sample, confirmedBy: .sample)

    public static func projecting(_ record: InboxRecord, in context: OperationContext) throws -> InboxView? {
        let parts = try context.parts(try parts(of: record, in: context), openedOf: record.wish ?? record.id)
        guard parts.contains(.existence) else { return nil }
        let isTold = parts.contains(.words)
        if isTold { context.note(.words, of: record.wish ?? record.id) }
        let steps = context.sees(.history, isWithin: true) ? try context.store.history(of: [record.id]) : []
        func maker(_ actions: Set<Code>) throws -> StepMaker? {
            try steps.first { actions.contains($0.action) }.map { try StepMaker($0, in: context) }
        }
        return InboxView(
            id: record.id, channel: record.channel, number: record.externalID, event: record.event,
            words: isTold ? record.words : nil, receivedAt: Timestamp(record.receivedAt),
            takenBy: try maker(["inbox/take"]), wish: record.wish, confirmedAt: record.closedAt.map { Timestamp($0) },
            confirmedBy: try maker(["inbox/confirm", "inbox/link"]))
    }

    /// Whether the viewer may know of it: for lists, which show what they keep and note it then.
    static func isVisible(_ record: InboxRecord, in context: OperationContext) throws -> Bool {
        try parts(of: record, in: context).contains(.existence)
    }

    /// What waits lies nowhere yet, and is everybody's who confirms; another system's own is what it sent.
    private static func parts(of record: InboxRecord, in context: OperationContext) throws -> AccessParts {
        context.parts(
            of: .inbox, isOwn: record.takenBy == context.actor.id,
            isWithin: try record.wish.map { try context.isInScope(wish: $0) } ?? true)
    }
}

/// What the words of an inbound record seem to ask for, each part with its reasons. A person confirms it or says
/// otherwise.
///
/// The reasons quote the words, and what is proposed is read off them: to whoever may not read the words there is none.
public struct ProposalView: Projection {
    public let record: RecordID
    public let words: String
    public let version: Int
    public let candidates: [Candidate]
    public let lane: Part
    public let urgency: Part
    public let quantity: Amount?
    public let groups: [Part]

    public struct Candidate: Described {
        public let category: Code
        public let name: String
        public let points: Int
        public let because: [String]

        public static let schema = JSONSchema.object(
            "ProposedCategory",
            [
                .required("category", .category, "Code of the category.", "类目代码。"),
                .required("name", .text(1...200), "Its name.", "类目名称。"),
                .required("points", .integer(-100_000...100_000), "For the order only.", "仅用于排序。"),
                .required("because", ProposalView.reasons, "Why.", "依据。"),
            ])
        public static let sample = Candidate(
            category: "goods.wheelchair", name: "轮椅", points: 10, because: ["“轮椅”"])
    }

    /// A value with what led to it.
    public struct Part: Described {
        public let value: String
        public let because: [String]

        public static let schema = JSONSchema.object(
            "ProposedValue",
            [
                .required("value", .text(1...64), "The value.", "值。"),
                .required(
                    "because", ProposalView.reasons, "Why; empty where the words do not say otherwise.", "依据；原话未提及时为空。"),
            ])
        public static let sample = Part(value: "microWish", because: [])
    }

    /// A quantity with what led to it.
    public struct Amount: Described {
        public let value: Int64
        public let unit: String
        public let because: [String]

        public static let schema = JSONSchema.object(
            "ProposedQuantity",
            [
                .required("value", .quantity, "How much.", "数量。"),
                .required("unit", .choice(Unit.allCases.map(\.code)), "What it counts.", "计量单位。"),
                .required("because", ProposalView.reasons, "Why.", "依据。"),
            ])
        public static let sample = Amount(value: 1, unit: "piece", because: ["“一台”"])
    }

    fileprivate static let reasons = JSONSchema.list(of: .text(1...400), 0...64)

    public static let schema = JSONSchema.object(
        "Proposal",
        [
            .required("record", .id, "The inbound record.", "受理记录编号。"),
            .required("words", .text(1...InboxRecord.longest), "Its words.", "原话。"),
            .required("version", .integer(0...1_000_000), "The version of the rules it was made by.", "规则版本。"),
            .required(
                "candidates", .list(of: Candidate.schema, 0...64), "What may be meant, the best first.", "可能的类目，最佳在前。"),
            .required("lane", Part.schema, "微心愿 or 微实事.", "微心愿或微实事。"),
            .required("urgency", Part.schema, "How soon help is needed.", "紧急程度。"),
            .optional("quantity", Amount.schema, "How much, where the words plainly say so.", "数量（原话明确时）。"),
            .required("groups", .list(of: Part.schema, 0...64), "Groups of people it seems to be for.", "所属人群。"),
        ])

    public static let sample = ProposalView(
        record: .sample(6), words: "想要一台轮椅", version: 1, candidates: [.sample], lane: .sample,
        urgency: Part(value: "normal", because: []), quantity: .sample,
        groups: [Part(value: "elders", because: ["“我爸”"])])

    public static func projecting(
        _ record: (inbound: InboxRecord, proposal: WishProposal), in context: OperationContext
    ) throws -> ProposalView? {
        guard let inbound = try InboxView.projecting(record.inbound, in: context), let words = inbound.words else {
            return nil
        }
        let (proposal, language) = (record.proposal, context.viewer.language)
        func texts(_ list: [LocalizedText]) -> [String] { list.map { $0[language] } }
        return ProposalView(
            record: inbound.id, words: words, version: proposal.version,
            candidates: proposal.candidates.map {
                Candidate(
                    category: $0.category,
                    name: context.reference.categories[$0.category.text]?.name[language] ?? $0.category.text,
                    points: $0.points, because: texts($0.because))
            }, lane: Part(value: proposal.lane.value.code, because: texts(proposal.lane.because)),
            urgency: Part(value: proposal.urgency.value.code, because: texts(proposal.urgency.because)),
            quantity: proposal.amount.map {
                Amount(value: $0.value.quantity, unit: $0.value.unit.code, because: texts($0.because))
            }, groups: proposal.groups.map { Part(value: $0.value.text, because: texts($0.because)) })
    }
}
