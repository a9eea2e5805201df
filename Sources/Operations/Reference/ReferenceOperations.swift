internal import Casework
internal import Exchange
internal import MatchCore
internal import Wire

/// The codes and scorers that a program speaks in: they stay as they are while a service runs.
public enum ReferenceOperations {
    public static let areas = Operation<CodeListInput, Page<AreaView>>(
        OperationFacts(
            .areasList, .get, "/v1/areas", "Lists areas, in the order of their tree.",
            zhHans: "按树的顺序列出区划。", isPublic: true)
    ) { input, context in
        let areas = context.reference.areas
        let wanted = input.text.map { FoldedName($0) }
        let page = try areas.tree.page(input, at: "?within") { index in
            let area = areas.areas[Int(index)]
            return RegistryList.has(wanted, [area.code, area.name.zhHans, area.name.en, area.shortName])
        }
        return PageRecord(
            items: page.items.map { AreaView(areas.areas[Int($0)], in: areas, at: $0) }, next: page.next)
    }

    public static let area = Operation<AreaInput, AreaView>(
        OperationFacts(
            .areasShow, .get, "/v1/areas/{area}", "Shows an area.", zhHans: "查看区划。",
            isPublic: true)
    ) { input, context in
        let areas = context.reference.areas
        guard let index = areas.tree.index(of: input.area) else { throw Problem.notFound }
        return AreaView(areas.areas[Int(index)], in: areas, at: index)
    }

    public static let categories = Operation<CodeListInput, Page<CategoryView>>(
        OperationFacts(
            .categoriesList, .get, "/v1/categories",
            "Lists categories, in the order of their tree.",
            zhHans: "按树的顺序列出类目。", isPublic: true)
    ) { input, context in
        let categories = context.reference.categories
        let wanted = input.text.map { FoldedName($0) }
        let page = try categories.tree.page(input, at: "?within") { index in
            let category = categories.categories[Int(index)]
            return RegistryList.has(
                wanted, [category.code, category.name.zhHans, category.name.en] + category.aliases)
        }
        return PageRecord(items: page.items.map { view($0, categories) }, next: page.next)
    }

    public static let category = Operation<CategoryInput, CategoryView>(
        OperationFacts(
            .categoriesShow, .get, "/v1/categories/{category}", "Shows a category.",
            zhHans: "查看类目。", isPublic: true)
    ) { input, context in
        let categories = context.reference.categories
        guard let index = categories.tree.index(of: input.category) else { throw Problem.notFound }
        return view(index, categories)
    }

    public static let scorers = Operation<PageInput, Page<ScorerView>>(
        OperationFacts(
            .scorersList, .get, "/v1/scorers", "Lists the scorers that profiles weigh.",
            zhHans: "列出可用的评分项。", isPublic: true)
    ) { input, context in
        let all = context.room.matching.descriptors
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                guard let place else { return Array(all.prefix(limit)) }
                guard let last = all.firstIndex(where: { place.parts == [$0.id] }) else { throw Cursor.unreadable }
                return Array(all.dropFirst(last + 1).prefix(limit))
            }, cursor: { Cursor([$0.id]) }
        ).mapped { ScorerView($0) }
    }

    public static let scorer = Operation<ScorerInput, ScorerView>(
        OperationFacts(
            .scorersShow, .get, "/v1/scorers/{scorer}", "Shows a scorer.", zhHans: "查看评分项。",
            isPublic: true)
    ) { input, context in
        guard let found = context.room.matching.descriptors.first(where: { $0.id == input.scorer }) else {
            throw Problem.notFound
        }
        return ScorerView(found)
    }

    static let all: [AnyOperation] = [
        AnyOperation(areas), AnyOperation(area), AnyOperation(categories), AnyOperation(category),
        AnyOperation(scorers), AnyOperation(scorer),
    ]

    private static func view(_ index: Int32, _ categories: CategoryTree) -> CategoryView {
        CategoryView(
            categories.categories[Int(index)], depth: Int(categories.tree.depths[Int(index)]),
            children: categories.tree.children(of: index))
    }
}

extension PageRecord {
    func mapped<Other>(_ body: (Item) throws -> Other) rethrows -> PageRecord<Other> {
        PageRecord<Other>(items: try items.map(body), next: next)
    }
}
