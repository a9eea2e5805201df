internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked about the inbox: what came in, word for word.
public enum InboxOperations {
    public static let list = Operation<InboxListInput, Page<InboxView>>(
        OperationFacts(
            .inboxList, .get, "/v1/inbox", "Lists what came in, the oldest first.",
            zhHans: "列出受理记录，最早的在前。")
    ) { input, context in
        var query = InboxQuery(
            isWaiting: input.state.map { $0 == .waiting }, channel: input.channel, event: input.event,
            since: input.since.map { Moment($0) }, areas: context.inScope(nil))
        if context.viewer.role == .integration { query.takenBy = context.actor.id }
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                query.behind = try place?.timedPlace
                return try context.store.inboxRecords(query, limit: limit)
            }, cursor: { Cursor($0.place) }, where: { try InboxView.isVisible($0, in: context) })
    }

    public static let show = Operation<InboxInput, InboxView>(
        OperationFacts(
            .inboxShow, .get, "/v1/inbox/{record}", "Shows an inbound record.", zhHans: "查看受理记录。")
    ) { try record($0.record, $1) }

    public static let take = Operation<InboxTaking, InboxView>(
        OperationFacts(
            .inboxTake, .post, "/v1/inbox",
            "Takes a request in, word for word.", zhHans: "受理申请，保存原话。",
            details: LocalizedText(
                zhHans: "同一渠道的同一编号得到已有的记录，内容不变。",
                en: "The same number of the same channel gets the record that is there, unchanged."),
            status: 201), location: { "/v1/inbox/\($0.id)" }
    ) { input, context in
        let hints = input.person?.hints ?? PersonHints()
        let index = try context.room.office.blindIndex(for: hints)
        let desk = try context.desk()
        let record = try desk.take(
            input.words, channel: input.channel, externalID: input.number, event: input.event)
        guard try InboxView.isVisible(record, in: context) else {
            throw Problem(
                .conflict, "This number of the channel was taken in by somebody else. Use another.",
                zhHans: "该渠道的此编号已由他人受理。请改用其他编号。")
        }
        if let index { try desk.keep(hints, saidIn: record, by: index) }
        return record
    }

    public static let propose = Operation<InboxInput, ProposalView>(
        OperationFacts(
            .inboxPropose, .get, "/v1/inbox/{record}/proposal",
            "Says what the words seem to ask for, and why; registers nothing.", zhHans: "说明原话可能的需求及依据；不作登记。")
    ) { input, context in
        let inbound = try record(input.record, context)
        return (inbound: inbound, proposal: try context.room.office.proposer().proposal(for: inbound.words))
    }

    public static let confirm = Operation<InboxConfirming, CaseView>(
        OperationFacts(
            .inboxConfirm, .post, "/v1/inbox/{record}/confirm",
            "Confirms what a record asks for: registers a wish and opens its case, or links one that is there.",
            zhHans: "确认需求：登记心愿并立案，或关联已有心愿。")
    ) { input, context in
        let inbound = try visible(input.record, context)
        let hints = input.person?.hints ?? PersonHints()
        let index = try context.room.office.blindIndex(for: hints)
        let desk = try context.desk()
        if let index { try desk.keep(hints, saidIn: inbound, by: index) }
        if let wish = input.wish {
            guard try context.registry.wish(wish) != nil, try context.isInScope(wish: wish) else {
                throw Problem(
                    .invalidInput, at: "/wish", LocalizedText(zhHans: "没有此心愿。", en: "There is no such wish."))
            }
            return try desk.confirm(inbound.id, as: wish)
        }
        if let area = input.area { try context.requireArea(area, at: "/area") }
        if input.area == nil, !context.viewer.areas.isEmpty {
            throw Problem(
                .invalidInput, at: "/area",
                LocalizedText(zhHans: "请填写您负责的区划。", en: "Say in which of your areas help is needed."))
        }
        if let category = input.category {
            _ = try context.reference.categories(within: category.text, at: "/category")
        }
        return try desk.confirm(
            inbound.id,
            IntakeChoice(
                category: input.category, lane: input.lane.flatMap { Lane(code: $0) },
                urgency: input.urgency.flatMap { UrgencyGrade(code: $0) }, quantity: input.quantity,
                groups: input.groups, area: input.area, wording: input.wording ?? ""),
            proposed: try context.room.office.proposer().proposal(for: inbound.words),
            admission: Admission(areas: context.reference.areas, categories: context.reference.categories),
            categories: context.reference.categories)
    }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(take), AnyOperation(show), AnyOperation(propose), AnyOperation(confirm),
    ]

    private static func record(_ id: RecordID, _ context: OperationContext) throws -> InboxRecord {
        guard let record = try context.store.inboxRecord(id) else { throw Problem.notFound }
        return record
    }

    private static func visible(_ id: RecordID, _ context: OperationContext) throws -> InboxRecord {
        let record = try record(id, context)
        guard try InboxView.isVisible(record, in: context) else { throw Problem.notFound }
        return record
    }
}
