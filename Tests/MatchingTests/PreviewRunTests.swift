import AlmonerTesting
import Casework
import MatchCore
import ScorerCatalog
import Testing

/// A preview beside the long way round: every pair explained under both profiles.
@Suite struct PreviewRunTests {
    private let sample = RegistrySample(seed: 11, offers: 60, wishes: 40)

    private func ranker(_ entries: [ScoringProfile.Entry]) throws -> FamilyRanker {
        let profile = ScoringProfile(
            name: "p", revision: 1, title: LocalizedText(zhHans: "方案", en: "profile"), entries: entries)
        return FamilyRanker(
            family: try ProfileFamily(profile, scorers: ScorerCatalog.all, registry: sample.registry),
            context: sample.context)
    }

    /// The first offer of each wish, by explaining every pair.
    private func firsts(_ ranker: FamilyRanker) -> [Int?] {
        let (wishes, offers) = (sample.registry.wishes, sample.registry.offers)
        return (0..<wishes.count).map { wish in
            let totals = (0..<offers.count).compactMap { row in
                ranker.explain(wish: wishes[wish], offer: offers[row]).total.map { (row: row, total: $0) }
            }
            return totals.min {
                $0.total != $1.total ? $0.total > $1.total : offers.tieOrder[$0.row] < offers.tieOrder[$1.row]
            }?.row
        }
    }

    @Test func aDraftThatLeavesDistanceOutIsToldWhatThatCosts() throws {
        let near = try ranker([.init(scorer: "Proximity", weight: 1_000), .init(scorer: "Trust", weight: 10)])
        let blind = try ranker([.init(scorer: "Trust", weight: 1_000)])
        let preview = PreviewRun(published: near, draft: blind, threads: 2).preview()
        let (before, after) = (firsts(near), firsts(blind))
        let changed = before.indices.filter { before[$0] != after[$0] }
        #expect(preview.topChanged == changed.count && Set(preview.changes.map(\.wishRow)) == Set(changed))
        func metres(_ wish: Int, _ offer: Int?) throws -> Int64? {
            guard let offer else { return nil }
            let explanation = near.explain(wish: sample.registry.wishes[wish], offer: sample.registry.offers[offer])
            let facts = explanation.entries.first { $0.scorer == "Proximity" }?.inputs
            return try facts?.optionalInteger("centimetres").map { $0 / 100 }
        }
        var (nearer, farther) = (0, 0)
        for change in preview.changes {
            #expect(change.before == before[change.wishRow] && change.after == after[change.wishRow])
            let (old, new) = (try metres(change.wishRow, change.before), try metres(change.wishRow, change.after))
            #expect(change.metresBefore == old && change.metresAfter == new)
            guard let old, let new else { continue }
            if new < old { nearer += 1 }
            if new > old { farther += 1 }
        }
        #expect(farther > 5, "nothing was tested")
        #expect(preview.lanes.values.reduce(0) { $0 + $1.nearer } == nearer)
        #expect(preview.lanes.values.reduce(0) { $0 + $1.farther } == farther)
    }

    @Test func wishesThatADraftLeavesWithNothingAreCountedByWhoTheyAre() throws {
        let rules = ParameterValue.list([
            .entries([
                ParameterEntry("when", .entries([ParameterEntry("wish.lane", .text("microWish"))])),
                ParameterEntry("veto", .flag(true)),
            ])
        ])
        let open = try ranker([.init(scorer: "Trust", weight: 10)])
        let closed = try ranker([
            .init(scorer: "Trust", weight: 10), .init(scorer: "Rule", weight: 0, parameters: ["rules": rules]),
        ])
        let preview = PreviewRun(published: open, draft: closed, threads: 1).preview()
        let wishes = sample.registry.wishes
        let hit = zip(0..<wishes.count, firsts(open)).filter { wishes[$0].lane == .microWish && $1 != nil }.count
        #expect(hit > 5 && preview.emptied == hit && preview.lanes["microWish"]?.emptied == hit)
        #expect(preview.lanes["microProject"]?.emptied ?? 0 == 0)
        let back = PreviewRun(published: closed, draft: open, threads: 1).preview()
        #expect(back.emptied == 0 && back.topChanged == preview.topChanged)
    }
}
