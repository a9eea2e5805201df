internal import Casework
internal import MatchCore
internal import Wire

/// What can be done with wishes.
extension WishOperations {
    public static let create = Operation<WishDraft, WishView>(
        OperationFacts(
            .wishesCreate, .post, "/v1/wishes",
            "Registers a wish and opens its case.", zhHans: "登记心愿并立案。",
            details: LocalizedText(
                zhHans: "时限自登记起计；类别有审批路径的即进入审批，核准后才对捐赠方可见。",
                en:
                    "Its clocks start at once, and its approval where the lane has a path; donors see it once it is approved."
            ), status: 201),
        location: { "/v1/wishes/\($0.record.id)" }
    ) { input, context in
        let place = try FieldReading.place(input.place)
        try requireScope(place, context)
        let wish = Wish(
            key: try context.newKey(source: input.source, externalID: input.externalID),
            lane: input.lane.flatMap { Lane(code: $0) } ?? .microWish,
            urgency: input.urgency.flatMap { UrgencyGrade(code: $0) } ?? .normal, hardship: input.hardship,
            submitted: input.submitted ?? Timestamp(context.now), place: place, groups: input.groups ?? [],
            languages: input.languages ?? [], window: FieldReading.window(input.from, input.until),
            hours: try FieldReading.hours(input.hours), skills: input.skills ?? [],
            requiredQualifications: input.requiredQualifications ?? [], text: input.text,
            lines: input.lines.enumerated().map { index, line in
                WishLine(
                    number: index + 1, category: line.category, quantity: line.quantity,
                    unit: FieldReading.unit(line.unit, of: line.category, context),
                    estimatedPriceFen: line.estimatedPriceFen, isWhole: line.isWhole ?? false)
            })
        let usual: Channel = context.viewer.role == .integration ? .importFile : .townWindow
        let id = try context.desk().register(
            wish, channel: input.channel ?? usual, level: input.level ?? .village, admission: context.admission)
        return try Self.wish(id, context)
    }

    public static let change = Operation<WishChange, WishView>(
        OperationFacts(
            .wishesChange, .patch, "/v1/wishes/{wish}",
            "Changes an open wish; what is left out stays.", zhHans: "更改未办结的心愿；未填写的保持不变。",
            precondition: .required),
        current: { try wish($0.wish, $1) }
    ) { input, context in
        let before = try visible(input.wish, context)
        var wish = before.features
        if let urgency = input.urgency.flatMap({ UrgencyGrade(code: $0) }) { wish.urgency = urgency }
        wish.hardship = input.hardship.applied(to: wish.hardship)
        if let place = input.place { wish.place = try FieldReading.place(place) }
        try requireScope(wish.place, context)
        if let groups = input.groups { wish.groups = groups }
        if let languages = input.languages { wish.languages = languages }
        wish.window = FieldReading.window(
            input.from.applied(to: wish.window?.from), input.until.applied(to: wish.window?.until))
        if case .value(let text) = input.hours { wish.hours = try FieldReading.hours(text) }
        if case .none = input.hours { wish.hours = nil }
        if let skills = input.skills { wish.skills = skills }
        if let qualifications = input.requiredQualifications { wish.requiredQualifications = qualifications }
        if let text = input.text { wish.text = text }
        for (index, wanted) in before.wanted.enumerated() { wish.lines[index].quantity = wanted }
        for (place, line) in (input.lines ?? []).enumerated() {
            try change(line, at: "/lines/\(place)", in: &wish, context)
        }
        try AdmissionRefusal.placing(lines: (input.lines ?? []).map(\.number), of: wish.lines.map(\.number)) {
            try context.desk().change(wish, admission: context.admission)
        }
        return try Self.wish(input.wish, context)
    }

    public static let cancel = Operation<WishCancellation, WishView>(
        OperationFacts(
            .wishesCancel, .post, "/v1/wishes/{wish}/lines/{line}/cancel",
            "Cancels what is still open of a line.", zhHans: "取消明细的尚缺量。"), current: { try wish($0.wish, $1) }
    ) { input, context in
        _ = try visible(input.wish, context)
        let line = LineReference(input.wish, input.line)
        guard let balance = try context.store.balance(ofWish: line) else { throw Problem.notFound }
        let quantity = input.quantity ?? balance[.open]
        guard quantity > 0 else {
            throw Problem(.insufficientBalance, "There is nothing left of this line to cancel.", zhHans: "该明细没有可取消的数量。")
        }
        let desk = try context.desk()
        if let reason = try desk.reason(input.reason, note: input.note, about: input.wish) {
            try desk.cancel(quantity, of: line, reason: reason)
        }
        return try wish(input.wish, context)
    }

    public static let close = Operation<CaseClosing, WishView>(
        OperationFacts(
            .wishesClose, .post, "/v1/wishes/{wish}/close",
            "Closes a wish as fulfilled, in part or not at all; see cases.close.", zhHans: "办结心愿，同 cases.close。"),
        current: { try wish($0.wish, $1) }
    ) { input, context in
        _ = try visible(input.wish, context)
        try input.close(at: context.desk())
        return try wish(input.wish, context)
    }

    public static let end = step(
        .wishesEnd, "Ends a wish that was withdrawn or refused.", "终止已撤回或不予受理的心愿。"
    ) { try $0.end($1, reason: $2) }

    public static let rate = Operation<WishRating, WishView>(
        OperationFacts(
            .wishesRate, .post, "/v1/wishes/{wish}/rating",
            "Says how content the person is; who is not has the wish opened again.", zhHans: "登记评价；不满意则重新打开心愿。")
    ) { input, context in
        _ = try visible(input.wish, context)
        try context.desk().rate(
            input.wish, stars: input.stars, words: input.words, isSatisfied: input.isSatisfied)
        return try wish(input.wish, context)
    }

    public static let pledge = Operation<PledgeDraft, ClaimView>(
        OperationFacts(
            .wishesPledge, .post, "/v1/wishes/{wish}/pledges",
            "Claims a published wish: makes the offer and its claim in one step.", zhHans: "直接认领已公开的心愿：一步生成资源及其认领。",
            details: LocalizedText(
                zhHans: "项目要求协调员批准的，认领停留在 proposed，由协调员接受；否则即为 accepted。仅已确认的主体可以认领。",
                en:
                    "Where the program has a coordinator approve, the claim stays 'proposed' until the coordinator accepts it; else it is 'accepted' at once. Only a confirmed party can claim."
            ), status: 201),
        location: { "/v1/claims/\($0.id)" }
    ) { input, context in
        _ = try visible(input.wish, context)
        guard let party = input.party ?? context.actor.party else {
            throw Problem(.invalidInput, at: "/party", LocalizedText(zhHans: "请填写认领主体。", en: "Say who claims."))
        }
        guard context.viewer.isStaff || context.viewer.isParty(party) else { throw Problem.notFound }
        let line = LineReference(input.wish, input.line ?? 1)
        guard try context.store.balance(ofWish: line) != nil else {
            throw Problem(
                .invalidInput, at: "/line", LocalizedText(zhHans: "没有此明细。", en: "The wish has no such line."))
        }
        return try context.desk().pledge(
            input.quantity, for: line, by: party, place: try FieldReading.place(input.place),
            delivers: input.delivers ?? true, text: input.text ?? "", legs: input.legs ?? [],
            admission: context.admission)
    }

    static let changes: [AnyOperation] = [
        AnyOperation(create), AnyOperation(change), AnyOperation(cancel), AnyOperation(close), AnyOperation(end),
        AnyOperation(rate), AnyOperation(pledge),
    ]

    private static func step(
        _ id: OperationID, _ en: String, _ zhHans: String,
        _ make: @escaping @Sendable (CaseDesk, RecordID, Reason) throws -> Void
    ) -> Operation<WishStep, WishView> {
        Operation(
            OperationFacts(id, .post, "/v1/wishes/{wish}/\(id.verb)", en, zhHans: zhHans),
            current: { try wish($0.wish, $1) }
        ) { input, context in
            _ = try visible(input.wish, context)
            let desk = try context.desk()
            if let reason = try desk.reason(input.reason, note: input.note, about: input.wish) {
                try make(desk, input.wish, reason)
            }
            return try wish(input.wish, context)
        }
    }

    private static func change(
        _ line: WishChange.Line, at place: String, in wish: inout Wish, _ context: OperationContext
    ) throws {
        guard let index = wish.lines.firstIndex(where: { $0.number == line.number }) else {
            guard line.number == (wish.lines.map(\.number).max() ?? 0) + 1 else { throw LineFault.gap(place) }
            guard let category = line.category else { throw LineFault.noCategory(place) }
            wish.lines.append(
                WishLine(
                    number: line.number, category: category, quantity: line.quantity,
                    unit: FieldReading.unit(line.unit, of: category, context),
                    estimatedPriceFen: line.estimatedPriceFen.applied(to: nil), isWhole: line.isWhole ?? false))
            return
        }
        if let category = line.category { wish.lines[index].category = category }
        if let unit = line.unit.flatMap({ Unit(code: $0) }) { wish.lines[index].unit = unit }
        if let quantity = line.quantity { wish.lines[index].quantity = quantity }
        wish.lines[index].estimatedPriceFen = line.estimatedPriceFen.applied(to: wish.lines[index].estimatedPriceFen)
        if let isWhole = line.isWhole { wish.lines[index].isWhole = isWhole }
    }

    /// Throws where the viewer's key does not cover the place.
    private static func requireScope(_ place: Place, _ context: OperationContext) throws {
        guard !context.isInScope(area: place.area) else { return }
        throw Problem(
            .invalidInput, at: "/place/area",
            LocalizedText(zhHans: "该令牌不包含此区划。", en: "The token does not cover this area. Name one that it does."))
    }

    /// One wish as it is shown by itself, whose tag is compared where it is changed: with the groups that follow from the
    /// household's file. A list would open every household's.
    static func wish(_ id: RecordID, _ context: OperationContext) throws -> RegisteredWish {
        guard var wish = try context.registry.wish(id) else { throw Problem.notFound }
        // They are of the file, so whoever may read them there reads them here, and it is on record there.
        if let household = try context.store.household(ofWish: id),
            try context.parts(ofHousehold: household).contains(.circumstances),
            // Nor is it looked at where the person does not agree to that.
            try !context.store.holds(of: id).contains(.sensitive)
        {
            wish.derivedGroups = try context.store.derivedGroups(among: [id])[id]
            if wish.derivedGroups?.isEmpty == false { context.note(.circumstance, of: household) }
        }
        return wish
    }

    /// The wish, where the viewer may know of it.
    private static func visible(_ id: RecordID, _ context: OperationContext) throws -> RegisteredWish {
        let wish = try wish(id, context)
        guard try WishView.projecting(wish, in: context) != nil else { throw Problem.notFound }
        return wish
    }
}
