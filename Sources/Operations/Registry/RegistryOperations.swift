internal import Casework
internal import Exchange
internal import MatchCore
internal import Wire

/// What can be asked about wishes.
public enum WishOperations {
    public static let list = Operation<WishListInput, Page<WishView>>(
        OperationFacts(.wishesList, .get, "/v1/wishes", "Lists wishes.", zhHans: "列出心愿。")
    ) { input, context in
        let wanted = input.text.map { FoldedName($0) }
        // Whoever may know the town alone cannot narrow a wish down to its village, nor find it by its name elsewhere.
        let area =
            context.parts(of: .wish, at: .published, isWithin: true).contains(.area)
            ? input.area : input.area.map { context.reference.areas.town(of: $0) }
        let areas = try context.reference.areas(within: area, at: "?area")
        let order = input.sort?.order ?? .created
        // An order tells what it goes by.
        guard order == .created || context.parts(of: .wish, at: .published, isWithin: true).contains(.times) else {
            throw Problem(
                .invalidInput, at: "?sort",
                LocalizedText(
                    zhHans: "按期限或紧急程度排序仅限可查看期限者，请用 created 或 -created。",
                    en: "This order is for whoever may see when an answer is due. Use created or -created."))
        }
        return try RegistryList(
            RecordQuery(
                state: input.state, kind: input.lane, areas: context.inScope(areas),
                categories: try context.reference.categories(within: input.category, at: "?category"),
                changedSince: input.changedSince.map { Moment($0) }, order: order,
                isDescending: input.sort == .newest),
            PageRequest(limit: input.limit, cursor: input.cursor)
        ).page(
            context.registry.wishes, place: { order.place(of: $0.features) },
            where: { wish in
                let sight = try context.sight(of: wish)
                guard sight.parts.contains(.existence) else { return false }
                // When somebody's file moved is part of its history.
                guard
                    input.changedSince == nil
                        || context.sees(.history, isWithin: context.isInScope(area: wish.features.place.area))
                else { return false }
                return wanted == nil || RegistryList.has(wanted, sight.words(of: wish))
            })
    }

    public static let show = Operation<WishInput, WishView>(
        OperationFacts(
            .wishesShow, .get, "/v1/wishes/{wish}", "Shows a wish.", zhHans: "查看心愿。", cost: .point,
            ground: .record)
    ) { input, context in try wish(input.wish, context) }

    static let all: [AnyOperation] = [AnyOperation(list), AnyOperation(show)] + changes
}

/// What can be asked about offers.
public enum OfferOperations {
    public static let list = Operation<OfferListInput, Page<OfferView>>(
        OperationFacts(.offersList, .get, "/v1/offers", "Lists offers.", zhHans: "列出资源。")
    ) { input, context in
        let wanted = input.text.map { FoldedName($0) }
        var query = RecordQuery(
            state: input.state, kind: input.kind,
            areas: try context.reference.areas(within: input.area, at: "?area"),
            categories: try context.reference.categories(within: input.category, at: "?category"), party: input.party,
            changedSince: input.changedSince.map { Moment($0) }, order: input.sort?.order ?? .created,
            isDescending: input.sort == .newest)
        if !context.sees(.offer) {
            guard let own = context.actor.party, query.party ?? own == own else {
                return PageRecord(items: [], next: nil)
            }
            query.party = own
        }
        let order = query.order
        return try RegistryList(query, PageRequest(limit: input.limit, cursor: input.cursor)).page(
            context.registry.offers, place: { order.place(of: $0.features) },
            where: { RegistryList.has(wanted, [$0.key.handle, $0.features.text]) })
    }

    public static let show = Operation<OfferInput, OfferView>(
        OperationFacts(
            .offersShow, .get, "/v1/offers/{offer}", "Shows an offer.", zhHans: "查看资源。", cost: .point,
            ground: .record)
    ) { input, context in
        guard let offer = try context.registry.offer(input.offer) else { throw Problem.notFound }
        return offer
    }

    static let all: [AnyOperation] = [AnyOperation(list), AnyOperation(show)] + changes
}

/// What can be asked about parties.
public enum PartyOperations {
    public static let list = Operation<PartyListInput, Page<PartyView>>(
        OperationFacts(.partiesList, .get, "/v1/parties", "Lists parties.", zhHans: "列出主体。")
    ) { input, context in
        let wanted = input.text.map { FoldedName($0) }
        let page = PageRequest(limit: input.limit, cursor: input.cursor)
        guard context.sees(.party) else {
            // A party sees itself, whatever it filters by.
            let own = try context.actor.party.flatMap { try context.registry.party($0) }
            return PageRecord(items: own.map { [$0] } ?? [], next: nil)
        }
        return try RegistryList(
            RecordQuery(
                state: input.state, kind: input.kind, changedSince: input.changedSince.map { Moment($0) },
                isDescending: input.sort == .newest),
            page
        ).page(
            context.registry.parties, place: { RecordPlace($0.key.id) },
            where: { RegistryList.has(wanted, [$0.key.handle, $0.name]) })
    }

    public static let show = Operation<PartyInput, PartyView>(
        OperationFacts(
            .partiesShow, .get, "/v1/parties/{party}", "Shows a party.", zhHans: "查看主体。", cost: .point
        )
    ) { input, context in
        guard let party = try context.registry.party(input.party) else { throw Problem.notFound }
        return party
    }

    static let all: [AnyOperation] = [AnyOperation(list), AnyOperation(show)] + changes
}

/// A list of records in one of their orders.
struct RegistryList {
    private let query: RecordQuery
    private let request: PageRequest

    init(_ query: RecordQuery, _ request: PageRequest) {
        self.query = query
        self.request = request
    }

    /// - Parameter place: where a record stands in the order of the query.
    func page<Record>(
        _ fetch: (RecordQuery, Int) throws -> [Record], place: (Record) -> RecordPlace,
        where isWanted: (Record) throws -> Bool
    ) throws -> PageRecord<Record> {
        var query = query
        return try PageRecord.reading(
            request,
            fetch: { after, limit in
                query.after = try after.map { try $0.place(in: query.order) }
                return try fetch(query, limit)
            }, cursor: { Cursor(place($0), in: query.order) }, where: isWanted)
    }

    /// Whether one of the names holds what is looked for.
    static func has(_ wanted: FoldedName?, _ names: [String]) -> Bool {
        guard let wanted else { return true }
        return names.contains { FoldedName($0).contains(wanted) }
    }
}

extension OperationContext {
    /// The areas of a filter that the viewer works in; nil for no limit.
    func inScope(_ areas: [String]?) -> [String]? {
        guard !viewer.areas.isEmpty else { return areas }
        let all = areas ?? reference.areas.tree.codes
        return all.filter { isInScope(area: $0) }
    }
}
