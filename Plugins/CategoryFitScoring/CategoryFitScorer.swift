public import MatchCore

/// Scores how near the offered item is to the wanted one in the catalogue.
///
/// 1 on the same item; less for a declared substitute, for the group that holds the item (or an item of the wanted
/// group), and for another item of the same top group; 0 for anything else, or a veto where `strict` is set. When
/// either side has no category the answer is `.notKnown`.
public struct CategoryFitScorer: Scorer {
    private let substitute: Int32
    private let ancestor: Int32
    private let sibling: Int32
    private let isStrict: Bool

    public init(parameters: ParameterValues) {
        substitute = Int32(clamping: parameters.integer("substitute"))
        ancestor = Int32(clamping: parameters.integer("ancestor"))
        sibling = Int32(clamping: parameters.integer("sibling"))
        isStrict = parameters.flag("strict")
    }

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let relation = context.registry.categories.relation(wanted: wish.category, offered: offer.category)
        return [
            "relation": .text(relation.code), "wanted": name(of: wish.category, in: context),
            "offered": name(of: offer.category, in: context),
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        guard let relation = CategoryRelation(code: try inputs.text("relation")) else {
            throw ScoreInputError(
                name: "relation",
                expected: "one of: " + CategoryRelation.allCases.map(\.code).joined(separator: ", "))
        }
        let score = score(of: relation)
        if case .veto = score { return Judgement(score, reason: "otherCategory") }
        return Judgement(score, reason: relation.code)
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let scores = scores(in: context) { context.registry.categories.relation(wanted: wish.category, offered: $0) }
        return OfferFiller { block, column in
            Self.fill(column, from: block.columns.category.base + block.rows.lowerBound, scores: scores.base)
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let scores = scores(in: context) { context.registry.categories.relation(wanted: $0, offered: offer.category) }
        return WishFiller { block, column in
            Self.fill(column, from: block.columns.category.base + block.rows.lowerBound, scores: scores.base)
        }
    }

    private func score(of relation: CategoryRelation) -> Score {
        switch relation {
        case .same: .value(Score.best)
        case .substitute: .value(substitute)
        case .ancestor: .value(ancestor)
        case .sibling: .value(sibling)
        case .other: isStrict ? .veto(0) : .value(0)
        case .unknown: .notKnown
        }
    }

    /// The raw score for each category number, that for −1 (no category) first.
    private func scores(in context: ScoringContext, relation: (Int32) -> CategoryRelation) -> Column<Int32> {
        let categories = -1..<Int32(context.registry.categories.tree.count)
        return Column(categories.map { score(of: relation($0)).raw })
    }

    private static func fill(_ column: ScoreColumn, from categories: UnsafePointer<Int32>, scores: UnsafePointer<Int32>)
    {
        let known = scores + 1
        let result = column.base
        for row in 0..<column.count { result[row] = known[Int(categories[row])] }
    }

    /// Both names of a category, Chinese first.
    private func name(of category: Int32, in context: ScoringContext) -> ScoreInputs.Value {
        guard category >= 0 else { return .missing }
        let name = context.registry.categories.categories[Int(category)].name
        return .texts([name.zhHans, name.en])
    }
}
