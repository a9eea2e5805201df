internal import Casework
internal import MatchCore
public import Wire

/// What everybody may read without a token.
public enum PublicOperations {
    public static let wishes = Operation<PublicWishListInput, Page<PublicWishView>>(
        OperationFacts(
            .publicWishes, .get, "/v1/public/wishes", "Lists open wishes for everybody.",
            zhHans: "公开的心愿列表。",
            details: LocalizedText(
                zhHans: "仅含未办结且经核准的心愿：公开文字、类目和镇街。", en: "Open and approved wishes only: wording, category and town."),
            isPublic: true)
    ) { input, context in
        let town = input.area.map { context.reference.areas.town(of: $0) }
        var query = RecordQuery(
            state: "open", kind: input.lane, areas: try context.reference.areas(within: town, at: "?area"),
            categories: try context.reference.categories(within: input.category, at: "?category"))
        query.isDescending = input.sort == .newest
        return try RegistryList(query, PageRequest(limit: input.limit, cursor: input.cursor)).page(
            context.registry.wishes, place: { RecordPlace($0.key.id) },
            where: { try PublicWishView.projecting($0, in: context) != nil })
    }

    public static let figures = Operation<NoInput, PublicFiguresView>(
        OperationFacts(
            .publicFigures, .get, "/v1/public/figures",
            "Shows what the program is judged by.", zhHans: "公开的项目数据。", weight: .heavy, isPublic: true, isReport: true)
    ) { _, context in
        let moment = context.released(context.now)
        let rule = try context.room.rules(context.store).satisfaction
        let all = ReleasedFigures(try context.figures(by: .all, asOf: moment, satisfaction: rule)).figures
        let lanes = ReleasedFigures(try context.figures(by: .lane, asOf: moment, satisfaction: rule)).figures
        return PublicFiguresView(
            asOf: Timestamp(moment), all: PublicFiguresView.Figure(all[.all]),
            lanes: lanes.compactMap { group, figures in
                guard case .lane(let lane) = group else { return nil }
                return PublicFiguresView.LaneFigure(lane: lane.text, figure: PublicFiguresView.Figure(figures))
            }.sorted { $0.lane < $1.lane })
    }

    public static let overdue = Operation<PublicOverdueInput, Page<PublicOverdueView>>(
        OperationFacts(
            .publicOverdue, .get, "/v1/public/overdue",
            "Lists what stayed overdue on every level: what it waits for, where and since when.",
            zhHans: "公开督办：各级均逾期未办的事项。",
            details: LocalizedText(
                zhHans: "逐级上报后仍未办理的，按规则（一般为 5 个工作日后）在此公开；办结后即不再列出。不含个人信息。",
                en:
                    "What is still not done after every level was told is listed here, as the rules say (5 working days later, as "
                    + "a rule), until it is done. Nobody is named."),
            weight: .heavy, isPublic: true)
    ) { input, context in
        let town = input.area.map { context.reference.areas.town(of: $0) }
        let areas = try context.reference.areas(within: town, at: "?area")?.compactMap { Code($0) }
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                try context.store.overdue(
                    asOf: context.now, areas: areas, behind: try place?.timedPlace, limit: limit)
            }, cursor: { Cursor(TimedPlace($0.due, $0.clock)) },
            where: { try PublicOverdueView.projecting($0, in: context) != nil })
    }

    static let all: [AnyOperation] = [AnyOperation(wishes), AnyOperation(figures), AnyOperation(overdue)]
}

/// Asks for nothing in particular.
public struct NoInput: Described {
    public init() {}

    public static let schema = JSONSchema.object(nil, [])
    public static let sample = NoInput()
}

/// Which public wishes to list.
public struct PublicWishListInput: Described {
    public var lane: String?
    public var area: String?
    public var category: String?
    public var sort: ListOrder?
    public var limit: Int?
    public var cursor: String?

    public init(
        lane: String? = nil, area: String? = nil, category: String? = nil, sort: ListOrder? = nil, limit: Int? = nil,
        cursor: String? = nil
    ) {
        self.lane = lane
        self.area = area
        self.category = category
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("lane", .choice(Lane.allCases.map(\.code)), "Only this lane.", "只要此类心愿。"),
            .optional("area", .area, "Only wishes in this town.", "只要此镇街的心愿。"),
            .optional(
                "category", .category, "Only wishes with a line of this category or one under it.", "只要含此类目及其下级的心愿。"),
            ListOrder.property,
        ] + PageRequest.properties)
    public static let sample = PublicWishListInput(limit: 20)
}
