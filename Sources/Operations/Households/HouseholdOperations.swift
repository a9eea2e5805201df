internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked about households: one file a family (一户一档), with its colour on the watch.
public enum HouseholdOperations {
    public static let list = Operation<HouseholdListInput, Page<HouseholdView>>(
        OperationFacts(
            .householdsList, .get, "/v1/households",
            "Lists households, the earliest visit due first.", zhHans: "列出家庭档案，最早应走访的在前。",
            details: LocalizedText(
                zhHans: "等级与应走访时间由困难情形得出：无权查看者不能按等级筛选（403），列表按编号排序。",
                en:
                    "Grades and visits due are made of hardships: whoever does not see those cannot ask by grade (403), and is "
                    + "given the list in the order of ids."))
    ) { input, context in
        let areas = try context.reference.areas(within: input.area, at: "?area")
        var query = HouseholdQuery(grade: input.grade, areas: context.inScope(areas))
        let page = PageRequest(limit: input.limit, cursor: input.cursor)
        guard context.parts(of: .household, isWithin: true).contains(.circumstances) else {
            guard input.grade == nil else {
                throw Problem(
                    .forbidden,
                    LocalizedText(
                        zhHans: "等级由困难情形得出，您无权查看，不能按等级筛选。请去掉 grade，或请协调员查询。",
                        en:
                            "A grade is made of hardships, which you do not see, so you cannot ask by it. Leave grade out, or "
                            + "ask a coordinator."))
            }
            query.order = .id
            return try PageRecord.reading(
                page,
                fetch: { place, limit in
                    query.behindID = try place?.recordID
                    return try context.store.households(query, limit: limit)
                }, cursor: { Cursor($0.household.id) })
        }
        return try PageRecord.reading(
            page,
            fetch: { place, limit in
                query.behind = try place?.timedPlace
                return try context.store.households(query, limit: limit)
            }, cursor: { Cursor($0.watch.place) })
    }

    public static let show = Operation<HouseholdInput, HouseholdView>(
        OperationFacts(
            .householdsShow, .get, "/v1/households/{household}", "Shows a household's file.",
            zhHans: "查看家庭档案。")
    ) { try household($0.household, $1) }

    public static let open = Operation<HouseholdOpening, HouseholdView>(
        OperationFacts(
            .householdsOpen, .post, "/v1/households", "Opens the file of a family.",
            zhHans: "建立家庭档案。", status: 201), location: { "/v1/households/\($0.id)" }
    ) { input, context in
        try context.requireArea(input.area, at: "/area")
        return try household(try context.desk().openHousehold(area: input.area), context)
    }

    public static let come = Operation<MemberComing, HouseholdView>(
        facts(
            .householdsCome, "members", "Notes that a person came to live there; without an id the person is new.",
            "登记成员入户；不填编号则为新人员。"),
        current: { try household($0.household, $1) }
    ) { input, context in
        _ = try visible(input.household, context)
        let desk = try context.desk()
        let person = input.person ?? desk.newID()
        if let name = input.name { try desk.keepName(name, of: person) }
        return try note(
            .personCame(person, birthYear: input.birthYear), input.household, input.reason, input.note, context)
    }

    public static let leave = Operation<MemberLeaving, HouseholdView>(
        facts(.householdsLeave, "members/{person}/leave", "Notes that a person left.", "登记成员离户。"),
        current: { try household($0.household, $1) }
    ) { input, context in
        try note(.personLeft(input.person), input.household, input.reason, input.note, context)
    }

    public static let hardship = circumstance(
        DeclaredHardships.self, .householdsHardship, "hardships",
        "Notes a hardship; one that holds already changes nothing.",
        "登记困难情形；已登记的不变。"
    ) { .hardship($0) }
    public static let hardshipEnd = circumstance(
        AnyCircumstances.self, .householdsHardshipEnd, "hardships/end", "Notes that a hardship is over.", "登记困难情形结束。"
    ) { .hardshipEnded($0) }
    public static let benefit = circumstance(
        DeclaredBenefits.self, .householdsBenefit, "benefits", "Notes a benefit that the family receives.", "登记享受的救助。"
    ) { .benefit($0) }
    public static let benefitEnd = circumstance(
        AnyCircumstances.self, .householdsBenefitEnd, "benefits/end", "Notes that a benefit has ended.", "登记救助结束。"
    ) { .benefitEnded($0) }

    public static let visit = Operation<VisitNoting, HouseholdView>(
        facts(.householdsVisit, "visits", "Notes a visit.", "登记走访。"), current: { try household($0.household, $1) }
    ) { input, context in try note(.visited, input.household, input.reason, input.note, context) }

    public static let silence = Operation<SilenceNoting, HouseholdView>(
        facts(.householdsSilence, "calls", "Notes that nobody answered the telephone.", "登记电话无人接听。"),
        current: { try household($0.household, $1) }
    ) { input, context in
        try note(.unanswered(calls: input.calls), input.household, input.reason, input.note, context)
    }

    public static let file = Operation<WishFiling, HouseholdView>(
        facts(.householdsFile, "wishes", "Files a wish under its household.", "将心愿归入家庭档案。"),
        current: { try household($0.household, $1) }
    ) { input, context in
        _ = try visible(input.household, context)
        guard try context.registry.wish(input.wish) != nil, try context.isInScope(wish: input.wish) else {
            throw Problem(.invalidInput, at: "/wish", LocalizedText(zhHans: "没有此心愿。", en: "There is no such wish."))
        }
        try context.desk().file(input.wish, under: input.household, round: input.round ?? 1)
        return try household(input.household, context)
    }

    public static let move = Operation<WishRefiling, HouseholdView>(
        OperationFacts(
            .householdsMove, .post, "/v1/households/{household}/wishes/move",
            "Moves a wish, filed with the wrong household, into this one's file. A reason is needed.",
            zhHans: "将归错档案的心愿移入本家庭档案，须填理由。",
            details: LocalizedText(
                zhHans: "两个家庭的历史均有记录，并重新定级；可再移回。每轮限一个未办结心愿的规则照常适用。",
                en:
                    "The history of both households tells of it, both are graded anew, and it can be moved back. One open wish a round, where the program says so, holds here too."
            )), current: { try household($0.household, $1) }
    ) { input, context in
        _ = try visible(input.household, context)
        guard try context.registry.wish(input.wish) != nil, try context.isInScope(wish: input.wish) else {
            throw Problem(.invalidInput, at: "/wish", LocalizedText(zhHans: "没有此心愿。", en: "There is no such wish."))
        }
        // Whoever may not see the file that it leaves may not take anything out of it.
        if let former = try context.store.household(ofWish: input.wish) { _ = try visible(former, context) }
        let desk = try context.desk()
        try desk.refile(
            input.wish, under: input.household, round: input.round,
            reason: try desk.reason(input.reason, note: input.note, about: input.wish))
        return try household(input.household, context)
    }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(open), AnyOperation(show), AnyOperation(come), AnyOperation(leave),
        AnyOperation(hardship), AnyOperation(hardshipEnd), AnyOperation(benefit), AnyOperation(benefitEnd),
        AnyOperation(visit), AnyOperation(silence), AnyOperation(file), AnyOperation(move),
    ]

    // MARK: What they share

    private typealias Kept = (household: Household, watch: HouseholdWatch)

    private static func facts(_ id: OperationID, _ path: String, _ en: String, _ zhHans: String) -> OperationFacts {
        OperationFacts(
            id, .post, "/v1/households/{household}/\(path)", en, zhHans: zhHans)
    }

    private static func circumstance<Codes: CircumstanceCodes>(
        _ codes: Codes.Type, _ id: OperationID, _ path: String, _ en: String, _ zhHans: String,
        _ event: @escaping @Sendable (Code) -> HouseholdEvent
    ) -> Operation<CircumstanceNoting<Codes>, HouseholdView> {
        Operation(facts(id, path, en, zhHans), current: { try household($0.household, $1) }) { input, context in
            try note(event(input.code), input.household, input.reason, input.note, context)
        }
    }

    private static func note(
        _ event: HouseholdEvent, _ id: RecordID, _ reason: String?, _ note: String?, _ context: OperationContext
    ) throws -> Kept {
        _ = try visible(id, context)
        let desk = try context.desk()
        _ = try desk.note(event, of: id, reason: try desk.reason(reason, note: note, about: id))
        return try household(id, context)
    }

    private static func household(_ id: RecordID, _ context: OperationContext) throws -> Kept {
        guard let kept = try context.store.household(id) else { throw Problem.notFound }
        return kept
    }

    private static func visible(_ id: RecordID, _ context: OperationContext) throws -> Kept {
        let kept = try household(id, context)
        guard try HouseholdView.projecting(kept, in: context) != nil else { throw Problem.notFound }
        return kept
    }
}
