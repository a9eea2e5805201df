public import MatchCore

/// Ranks open wish lines under the published profile and under a draft, each wish under the layers that hold for it in
/// either, and tells the difference.
public struct PreviewRun: Sendable {
    public let published: FamilyRanker
    public let draft: FamilyRanker
    public let top: Int
    public let threads: Int
    /// For each pair of plans, the published one's number first, whether they score alike.
    private let isAlike: [[Bool]]

    /// - Parameters:
    ///   - published, draft: over the same snapshot and moment.
    public init(published: FamilyRanker, draft: FamilyRanker, top: Int = 5, threads: Int) {
        self.published = published
        isAlike = published.family.plans.map { one in
            draft.family.plans.map {
                one.profile.entries == $0.profile.entries && published.family.profile.vote == draft.family.profile.vote
            }
        }
        self.draft = draft
        self.top = max(1, top)
        self.threads = max(1, threads)
    }

    /// Whether a wish is scored alike by both; then nothing changes for it.
    public func isAlike(_ wish: WishRow) -> Bool {
        isAlike[published.family.number(of: wish)][draft.family.number(of: wish)]
    }

    /// The preview of every line, or of those that were done before it was overdue, in the order of
    /// their keys. `progress` hears how many lines are done.
    public func preview(
        isOverdue: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
    ) -> RankingPreview {
        let registry = published.context.registry
        let wishes = registry.wishes
        var rows = Array(repeating: 0, count: wishes.count)
        for row in 0..<wishes.count { rows[Int(wishes.tieOrder[row])] = row }
        let (old, new) = (
            MatchRun(ranker: published, limit: top, threads: threads),
            MatchRun(ranker: draft, limit: top, threads: threads)
        )
        var preview = RankingPreview(top: top)
        for start in stride(from: 0, to: rows.count, by: 1024) {
            let part = Array(rows[start..<min(rows.count, start + 1024)])
            if start > 0, isOverdue() { break }
            let before = old.candidates(for: part)
            var after = before
            // What the draft does not touch need not be ranked twice.
            let touched = part.indices.filter { !isAlike(wishes[part[$0]]) }
            for (place, list) in zip(touched, new.candidates(for: touched.map { part[$0] })) { after[place] = list }
            for (index, row) in part.enumerated() {
                let change =
                    before[index].first?.row == after[index].first?.row
                    ? nil : change(row, before[index].first?.row, after[index].first?.row)
                preview.add(
                    before: before[index].map(\.row), after: after[index].map(\.row),
                    belonging: belonging(of: row, in: registry), change: change,
                    list: listChange(row, before[index], after[index]),
                    party: { offer in
                        let party = Int(registry.offers[offer].party)
                        return registry.parties.ids.indices.contains(party)
                            ? registry.parties.ids[party].description : nil
                    })
            }
            progress(start + part.count)
        }
        preview.sortChanges()
        return preview
    }

    private func change(_ wishRow: Int, _ before: Int?, _ after: Int?) -> RankingPreview.Change {
        let registry = published.context.registry
        let wish = registry.wishes[wishRow]
        func explained(_ ranker: FamilyRanker, _ row: Int?) -> Explanation? {
            row.map { ranker.explain(wish: wish, offer: registry.offers[$0]) }
        }
        let (oldByDraft, newByDraft) = (explained(draft, before), explained(draft, after))
        let (oldByOld, newByOld) = (explained(published, before), explained(published, after))
        func difference(_ one: Int32?, _ other: Int32?) -> Int32? {
            guard let one, let other else { return nil }
            return one - other
        }
        return RankingPreview.Change(
            wishRow: wishRow, before: before, after: after,
            gainByDraft: difference(newByDraft?.total, oldByDraft?.total),
            lossByPublished: difference(oldByOld?.total, newByOld?.total),
            metresBefore: before.flatMap { registry.metres(from: wish, to: registry.offers[$0]) },
            metresAfter: after.flatMap { registry.metres(from: wish, to: registry.offers[$0]) })
    }

    /// Which offers came in and which left, each with its total on either side; nil where they are the same.
    private func listChange(
        _ wishRow: Int, _ before: [Ranking.Candidate], _ after: [Ranking.Candidate]
    ) -> RankingPreview.ListChange? {
        let (old, new) = (Set(before.map(\.row)), Set(after.map(\.row)))
        guard old != new else { return nil }
        let registry = published.context.registry
        let wish = registry.wishes[wishRow]
        func total(_ ranker: FamilyRanker, _ row: Int) -> Int32? {
            ranker.explain(wish: wish, offer: registry.offers[row]).total
        }
        return RankingPreview.ListChange(
            wishRow: wishRow,
            cameIn: after.enumerated().filter { !old.contains($1.row) }.map { place, candidate in
                RankingPreview.Mover(
                    row: candidate.row, place: place + 1, byDraft: candidate.total,
                    byPublished: total(published, candidate.row))
            },
            left: before.enumerated().filter { !new.contains($1.row) }.map { place, candidate in
                RankingPreview.Mover(
                    row: candidate.row, place: place + 1, byDraft: total(draft, candidate.row),
                    byPublished: candidate.total)
            })
    }

    /// The area right under the root; `-` where it is not known.
    private func belonging(of row: Int, in registry: Registry) -> RankingPreview.Belonging {
        let wish = registry.wishes[row]
        var area = "-"
        if wish.area >= 0 {
            var node = wish.area
            while registry.areas.tree.depths[Int(node)] > 1 { node = registry.areas.tree.parents[Int(node)] }
            area = registry.areas.tree.codes[Int(node)]
        }
        let groups = registry.wishes.groups
        return RankingPreview.Belonging(
            area: area, groups: registry.vocabularies.groups.words(of: groups.bits(of: row)),
            lane: wish.lane.code)
    }
}

extension Registry {
    /// How far an offer is from a wish, whatever either profile counts: one that leaves distance out has to be told
    /// what that costs, too. Nil where either place is not known.
    fileprivate func metres(from wish: WishRow, to offer: OfferRow) -> Int64? {
        if let listed = distances.listed(offer: offer.record, wish: wish.record)
            ?? distances.farthest(offer: offer.record)
        {
            return Int64(listed) / 100
        }
        guard let from = wish.position, let to = offer.position else { return nil }
        return Int64(from.centimetres(to: to)) / 100
    }
}
