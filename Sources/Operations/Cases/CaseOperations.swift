internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked about cases: a wish from its opening to its end.
public enum CaseOperations {
    public static let list = Operation<CaseListInput, Page<CaseView>>(
        OperationFacts(
            .casesList, .get, "/v1/cases", "Lists cases, the oldest first.",
            zhHans: "列出个案，最早的在前。")
    ) { input, context in
        if context.viewer.role == .recipient {
            // A look-up code opens one case, whatever is filtered by.
            return PageRecord(
                items: try context.actor.wish.flatMap { try context.store.wishCase($0) }.map { [$0] } ?? [], next: nil)
        }
        let areas = try context.reference.areas(within: input.area, at: "?area")
        var filter = WishCaseFilter(
            state: input.state.flatMap { WishCase.State(rawValue: $0) }, areas: context.inScope(areas),
            lane: input.lane.flatMap { Code($0) }, channel: input.channel?.code, household: input.household)
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                filter.behind = try place?.timedPlace
                return try context.store.wishCases(filter, limit: limit)
            }, cursor: { Cursor(TimedPlace($0.receivedAt, $0.wish)) })
    }

    public static let show = Operation<CaseInput, CaseView>(
        OperationFacts(
            .casesShow, .get, "/v1/cases/{wish}", "Shows where a wish stands.",
            zhHans: "查看心愿办理状态。")
    ) { try wishCase($0.wish, $1) }

    public static let open = Operation<CaseOpening, CaseView>(
        OperationFacts(
            .casesOpen, .post, "/v1/cases",
            "Opens the case of a registered wish: its clocks and its approval begin.", zhHans: "为已登记的心愿立案：时限与审批随即开始。",
            status: 201), location: { "/v1/cases/\($0.wish)" }
    ) { input, context in
        try context.requireWish(input.wish)
        return try context.desk().open(input.wish, channel: input.channel, level: input.level ?? .village)
    }

    public static let move = Operation<CaseMoving, CaseView>(
        OperationFacts(
            .casesMove, .post, "/v1/cases/{wish}/move",
            "Puts an open case into another area, with its running clocks.", zhHans: "将未办结的个案连同进行中的时限移交其他区划。"),
        current: { try wishCase($0.wish, $1) }
    ) { input, context in
        _ = try visible(input.wish, context)
        try context.requireArea(input.area, at: "/area")
        let desk = try context.desk()
        try desk.move(
            input.wish, to: input.area, admission: context.admission,
            reason: try desk.reason(input.reason, note: input.note, about: input.wish))
        return try wishCase(input.wish, context)
    }

    public static let answer = Operation<CaseAnswering, CaseView>(
        OperationFacts(
            .casesAnswer, .post, "/v1/cases/{wish}/answer",
            "Answers the person: what will be done, and by when.", zhHans: "答复申请人：如何办理、何时完成。",
            details: LocalizedText(
                zhHans: "办结前已作出而未登记的答复，办结后可凭实际答复时间和理由补录，并按当时的时限计算。",
                en:
                    "An answer that was given before the case was closed can be entered after it, with the time at which it was given and a reason; it is judged by what was due then."
            )), current: { try wishCase($0.wish, $1) }
    ) { input, context in
        _ = try visible(input.wish, context)
        let given = input.givenAt.map { Moment($0) } ?? context.now
        let desk = try OperationContext(store: context.store, viewer: context.viewer, now: given, room: context.room)
            .desk()
        try desk.answer(input.wish, reason: try desk.reason(input.reason, note: input.note, about: input.wish))
        return try wishCase(input.wish, context)
    }

    public static let close = Operation<CaseClosing, CaseView>(
        OperationFacts(
            .casesClose, .post, "/v1/cases/{wish}/close",
            "Closes a case as fulfilled, in part or not at all; the person is called back.",
            zhHans: "按已实现、部分实现或未实现办结个案；随后回访。",
            details: LocalizedText(
                zhHans: "仅 fulfilled 计入已实现。其他结果须有办结理由和对申请人的答复；未决的审批、时限和排队随之结束。",
                en:
                    "Only 'fulfilled' counts as served. Any other outcome needs a reason to close and what the person was told; a waiting approval, clocks and places in queues end with it."
            )), current: { try wishCase($0.wish, $1) }
    ) { input, context in
        _ = try visible(input.wish, context)
        try input.close(at: context.desk())
        return try wishCase(input.wish, context)
    }

    public static let end = Operation<CaseEnding, CaseView>(
        OperationFacts(
            .casesEnd, .post, "/v1/cases/{wish}/end",
            "Ends a case that was withdrawn: what is promised is released. A reason is needed.",
            zhHans: "终止已撤回的个案：释放已承诺的资源，须填理由。"), current: { try wishCase($0.wish, $1) }
    ) { input, context in
        _ = try visible(input.wish, context)
        let desk = try context.desk()
        guard let reason = try desk.reason(input.reason, note: input.note, about: input.wish) else {
            throw Problem(
                .invalidInput, at: "/reason", LocalizedText(zhHans: "请填写理由代码。", en: "Say why: a code."))
        }
        try desk.end(input.wish, reason: reason)
        return try wishCase(input.wish, context)
    }

    public static let rate = Operation<CaseRating, CaseView>(
        OperationFacts(
            .casesRate, .post, "/v1/cases/{wish}/rate",
            "Takes in what the person says after closing; who is not satisfied has the case opened again.",
            zhHans: "登记办结后的评价；不满意则重新打开个案。"), current: { try wishCase($0.wish, $1) }
    ) { input, context in
        _ = try visible(input.wish, context)
        try context.desk().rate(
            input.wish, stars: input.stars, words: input.words, isSatisfied: input.isSatisfied)
        return try wishCase(input.wish, context)
    }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(open), AnyOperation(show), AnyOperation(move), AnyOperation(answer),
        AnyOperation(close),
        AnyOperation(end), AnyOperation(rate),
    ]

    static func wishCase(_ wish: RecordID, _ context: OperationContext) throws -> WishCase {
        guard let wishCase = try context.store.wishCase(wish) else { throw Problem.notFound }
        return wishCase
    }

    /// The case, where the viewer may know of it.
    static func visible(_ wish: RecordID, _ context: OperationContext) throws -> WishCase {
        let wishCase = try wishCase(wish, context)
        guard try CaseView.projecting(wishCase, in: context) != nil else { throw Problem.notFound }
        return wishCase
    }

    private static func step(
        _ id: OperationID, _ en: String, _ zhHans: String,
        _ step: @escaping @Sendable (CaseDesk, RecordID, Reason?) throws -> Void
    ) -> Operation<CaseStepInput, CaseView> {
        Operation(
            OperationFacts(id, .post, "/v1/cases/{wish}/\(id.verb)", en, zhHans: zhHans),
            current: { try wishCase($0.wish, $1) }
        ) { input, context in
            _ = try visible(input.wish, context)
            let desk = try context.desk()
            try step(desk, input.wish, try desk.reason(input.reason, note: input.note, about: input.wish))
            return try wishCase(input.wish, context)
        }
    }
}
