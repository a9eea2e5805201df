public import MatchCore

/// Ranks every open wish line under the published profile and under a draft, and tells the difference.
public struct PreviewRun: Sendable {
    public let published: Ranker
    public let draft: Ranker
    public let top: Int
    public let threads: Int

    public init(published: Ranker, draft: Ranker, top: Int = 5, threads: Int) {
        self.published = published
        self.draft = draft
        self.top = max(1, top)
        self.threads = max(1, threads)
    }

    /// The whole preview. `progress` hears how many lines are done.
    public func preview(progress: (Int) -> Void = { _ in }) -> RankingPreview {
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
            let (before, after) = (old.candidates(for: part), new.candidates(for: part))
            for (index, row) in part.enumerated() {
                let change =
                    before[index].first?.row == after[index].first?.row
                    ? nil : change(row, before[index].first?.row, after[index].first?.row)
                preview.add(
                    before: before[index].map(\.row), after: after[index].map(\.row),
                    belonging: belonging(of: row, in: registry), change: change,
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
        func explained(_ ranker: Ranker, _ row: Int?) -> Explanation? {
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
            lossByPublished: difference(oldByOld?.total, newByOld?.total), metresBefore: Self.metres(oldByOld),
            metresAfter: Self.metres(newByDraft))
    }

    private static func metres(_ explanation: Explanation?) -> Int64? {
        guard let entry = explanation?.entries.first(where: { $0.scorer == "Proximity" }),
            let centimetres = try? entry.inputs.optionalInteger("centimetres")
        else { return nil }
        return centimetres / 100
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
            lane: wish.lane == .microWish ? "microWish" : "microProject")
    }
}
