import Casework
import MatchCore

/// What a run over all wishes came to, gathered line by line.
struct MatchOutcome {
    private let desk: MatchDesk
    private let shownPairs: Int

    private(set) var lines = 0
    private(set) var found = 0
    /// Suggestions kept for all lines together.
    private(set) var stored = 0
    private(set) var byCategory: [String: Tally] = [:]
    private(set) var byArea: [String: Tally] = [:]
    /// For lines that found nothing: what the offers that came furthest were refused for, and how many lines.
    private(set) var causes: [String: Int] = [:]
    /// The best pairs of all, best first.
    private(set) var best: [Pair] = []

    struct Tally {
        var lines = 0
        var found = 0
        private var sumOfBest: Int64 = 0

        /// Mean of the best totals of the lines that found something.
        var meanBest: Int32? { found == 0 ? nil : Int32(sumOfBest / Int64(found)) }

        mutating func add(best: Int32?) {
            lines += 1
            if let best {
                found += 1
                sumOfBest += Int64(best)
            }
        }
    }

    struct Pair {
        var total: Int32
        /// Nil unless vetoes were counted.
        var eligible: Int?
        var explanation: Explanation
    }

    init(desk: MatchDesk, shownPairs: Int) {
        self.desk = desk
        self.shownPairs = shownPairs
    }

    mutating func add(_ result: MatchRun.LineResult) {
        let registry = desk.registry
        let wish = registry.wishes[result.wishRow]
        let total = result.ranking.candidates.first?.total
        lines += 1
        stored += result.explanations.count
        byCategory[
            title(of: root(of: wish.category, in: registry.categories.tree), registry.categories), default: Tally()
        ]
        .add(best: total)
        byArea[areaTitle(wish.area, registry.areas), default: Tally()].add(best: total)
        if let total, let explanation = result.explanations.first {
            found += 1
            keep(Pair(total: total, eligible: result.ranking.eligible, explanation: explanation))
        } else {
            // Vetoes are counted under the first scorer that says one, in the order of the profile: the last that
            // stopped anything is as far as any offer came.
            let cause = result.ranking.vetoes?.last.map {
                RankingSummary.title(scorer: $0.scorer, reason: $0.reason, among: desk.descriptors, in: desk.language)
            }
            causes[cause ?? MatchWords.noOffers[desk.language], default: 0] += 1
        }
    }

    private mutating func keep(_ pair: Pair) {
        guard best.count < shownPairs || pair.total > best[best.count - 1].total else { return }
        let place = best.firstIndex { pair.total > $0.total } ?? best.count
        best.insert(pair, at: place)
        if best.count > shownPairs { best.removeLast() }
    }

    private func title(of category: Int32, _ categories: CategoryTree) -> String {
        category < 0
            ? MatchWords.noCategory[desk.language] : categories.categories[Int(category)].name[desk.language]
    }

    /// The town: the area right under the root, or the root itself.
    private func areaTitle(_ area: Int32, _ areas: AreaTree) -> String {
        guard area >= 0 else { return MatchWords.noArea[desk.language] }
        var node = area
        while areas.tree.depths[Int(node)] > 1 { node = areas.tree.parents[Int(node)] }
        return areas.areas[Int(node)].name[desk.language]
    }

    private func root(of node: Int32, in tree: CodeTree) -> Int32 {
        var root = node
        while root >= 0, tree.parents[Int(root)] >= 0 { root = tree.parents[Int(root)] }
        return root
    }
}
