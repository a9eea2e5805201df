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
        let likeness = UInt64(UInt32(bitPattern: wish.category))
        return OfferFiller(
            likeness: likeness,
            bounds: { summaries, blocks, column in
                let least = summaries.leastCategory.base + blocks.lowerBound
                let greatest = summaries.greatestCategory.base + blocks.lowerBound
                let known = scores.base + 1
                for block in 0..<blocks.count {
                    // Most blocks have one category, whose score is a value: then that is the bound.
                    let raw = known[Int(least[block])]
                    if least[block] == greatest[block], raw >= 0 {
                        column.base[block] = raw
                    } else {
                        column[block] = Self.bound(least[block], greatest[block], scores)
                    }
                }
            }
        ) { block, column in
            // Rows are clustered by category, and most blocks have only one: then the column need not be read.
            let summaries = block.columns.summaries
            let number = block.rows.lowerBound / summaries.layout.blockRows
            if number < summaries.count, block.rows.upperBound <= summaries.rows(of: number).upperBound,
                summaries.leastCategory[number] == summaries.greatestCategory[number]
            {
                column.base.update(
                    repeating: scores[Int(summaries.leastCategory[number]) + 1], count: column.count)
                return
            }
            Self.fill(column, from: block.columns.category.base + block.rows.lowerBound, scores: scores.base)
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let scores = scores(in: context) { context.registry.categories.relation(wanted: $0, offered: offer.category) }
        return WishFiller(bounds: { summaries, blocks, column in
            for block in blocks {
                column[block - blocks.lowerBound] = Self.bound(
                    summaries.leastCategory[block], summaries.greatestCategory[block], scores)
            }
        }) { block, column in
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
        let (result, count) = (column.base, column.count)
        guard count > 0 else { return }
        // Rows are clustered by category: most blocks have only one.
        let first = categories[0]
        var differs: Int32 = 0
        for row in 0..<count { differs |= categories[row] ^ first }
        if differs == 0 {
            let score = known[Int(first)]
            for row in 0..<count { result[row] = score }
        } else {
            for row in 0..<count { result[row] = known[Int(categories[row])] }
        }
    }

    /// The bound of a block whose categories lie between two numbers.
    private static func bound(_ least: Int32, _ greatest: Int32, _ scores: Column<Int32>) -> ScoreBound {
        // A block of many categories is not worth a look at each.
        guard greatest >= least, greatest - least < 64 else {
            return ScoreBound(greatest: Score.best, mayBeNotKnown: true, mayBeNotApplicable: false)
        }
        var best = Int32.min
        var mayBeNotKnown = false
        for category in least...greatest {
            let raw = scores[Int(category) + 1]
            best = max(best, raw)
            mayBeNotKnown = mayBeNotKnown || raw == Score.notKnown.raw
        }
        if best < Score.notKnown.raw { return .vetoed }
        return ScoreBound(greatest: max(0, best), mayBeNotKnown: mayBeNotKnown, mayBeNotApplicable: false)
    }

    /// Both names of a category, Chinese first.
    private func name(of category: Int32, in context: ScoringContext) -> ScoreInputs.Value {
        guard category >= 0 else { return .missing }
        let name = context.registry.categories.categories[Int(category)].name
        return .texts([name.zhHans, name.en])
    }
}
