import AlmonerTesting
import Casework
import MatchCore
import ScorerCatalog
import Testing

/// Each wish is scored under its own profile, whichever side is asked.
@Suite struct ProfileFamilyTests {
    /// A profile whose layers cut the sample every way, deeper ones inside wider ones.
    private static func profile(_ registry: Registry) -> ScoringProfile {
        let areas = registry.areas.tree
        let categories = registry.categories.tree
        let deepArea = Int32(areas.depths.indices.max { areas.depths[$0] < areas.depths[$1] } ?? 0)
        let areaPath = areas.path(to: deepArea)
        let category = categories.codes[categories.codes.count / 2]
        var profile = ScoringProfile(
            name: "family", revision: 4, title: LocalizedText(zhHans: "一家", en: "Family"),
            entries: ScorerCatalog.all.enumerated().map { number, scorer in
                ScoringProfile.Entry(scorer: scorer.descriptor.id, weight: Int32(100 + 37 * number))
            })
        profile.layers = [
            ProfileLayer(
                scope: ProfileScope(.lane, "microProject"),
                changes: [.init(scorer: "Proximity", weight: 9_000), .init(scorer: "Trust", isOff: true)]),
            ProfileLayer(
                scope: ProfileScope(.category, category), changes: [.init(scorer: "Urgency", weight: 0, neutral: 10)]),
            ProfileLayer(
                scope: ProfileScope(.area, areaPath[0]),
                changes: [
                    .init(scorer: "Proximity", parameters: ["decay": .integer(500)]),
                    .init(scorer: "Trust", weight: 4_000),
                ]),
            ProfileLayer(
                scope: ProfileScope(.area, areaPath[areaPath.count - 1]),
                changes: [.init(scorer: "Proximity", weight: 1), .init(scorer: "CategoryFit", isOff: true)]),
        ]
        return profile
    }

    private static func ranker(_ sample: RegistrySample) throws -> FamilyRanker {
        let profile = profile(sample.registry)
        return FamilyRanker(
            family: try ProfileFamily(profile, scorers: ScorerCatalog.all, registry: sample.registry),
            context: sample.context)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func theMirrorIsWhatScoringEveryWishUnderItsOwnProfileGives(seed: UInt64) throws {
        let sample = RegistrySample(seed: seed, offers: 12, wishes: 300)
        let ranker = try Self.ranker(sample)
        let (offers, wishes) = (sample.registry.offers, sample.registry.wishes)
        #expect(ranker.family.plans.count > 3, "seed \(seed) puts too few wishes under a layer")
        for offer in 0..<offers.count {
            let all = (0..<wishes.count).map { ranker.explain(wish: wishes[$0], offer: offers[offer]) }
            let expected = all.indices.compactMap { row in all[row].total.map { (row, $0) } }
                .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : wishes.tieOrder[$0.0] < wishes.tieOrder[$1.0] }
            for limit in [0, 1, 20, wishes.count] {
                let ranking = ranker.wishes(for: offers[offer], limit: limit)
                #expect(ranking.candidates.map(\.row) == expected.prefix(limit).map(\.0), "seed \(seed)")
                #expect(ranking.candidates.map(\.total) == expected.prefix(limit).map(\.1), "seed \(seed)")
            }
            let counted = ranker.wishes(for: offers[offer], limit: 5, countingVetoes: true)
            #expect(counted.scored == wishes.count && counted.eligible == expected.count, "seed \(seed)")
        }
    }

    @Test func aPairHasOneTotalWhicheverSideIsRanked() throws {
        let sample = RegistrySample(seed: 5, offers: 60, wishes: 80)
        let ranker = try Self.ranker(sample)
        let (offers, wishes) = (sample.registry.offers, sample.registry.wishes)
        var fromWishes: [[Int]: Int32] = [:]
        for row in 0..<wishes.count {
            for candidate in ranker.offers(for: wishes[row], limit: offers.count).candidates {
                fromWishes[[row, candidate.row]] = candidate.total
            }
        }
        var fromOffers: [[Int]: Int32] = [:]
        for row in 0..<offers.count {
            for candidate in ranker.wishes(for: offers[row], limit: wishes.count).candidates {
                fromOffers[[candidate.row, row]] = candidate.total
            }
        }
        #expect(!fromWishes.isEmpty && fromWishes == fromOffers)
    }

    @Test func anExplanationIsJudgedAgainFromTheRevisionThatItNames() throws {
        let sample = RegistrySample(seed: 6, offers: 10, wishes: 60)
        let ranker = try Self.ranker(sample)
        let published = Self.profile(sample.registry)
        var references: Set<String> = []
        for row in 0..<sample.registry.wishes.count {
            let explanation = ranker.explain(wish: sample.registry.wishes[row], offer: sample.registry.offers[0])
            references.insert(explanation.profile)
            let named = try #require(ProfileReference(explanation.profile))
            #expect(named.name == "family" && named.revision == 4)
            let plan = try ScoringPlan(
                published.resolved(under: named.scopes).profile, scorers: ScorerCatalog.all)
            var skipped: Set<String> = []
            #expect(plan.faults(in: explanation, skipped: &skipped) == [] && skipped == [])
        }
        #expect(references.contains { $0.contains("+lane:microProject") && $0.contains("+area:") })
    }

    @Test func whatLiesNearerToTheWishWinsAndTheRestIsInherited() throws {
        let sample = RegistrySample(seed: 6, offers: 1, wishes: 1)
        let profile = Self.profile(sample.registry)
        let resolved = profile.resolved(under: profile.layers.map(\.scope))
        let proximity = try #require(resolved.profile.entries.firstIndex { $0.scorer == "Proximity" })
        #expect(resolved.profile.entries[proximity].weight == 1)
        #expect(resolved.origins[proximity].weight == profile.layers[3].scope)
        #expect(resolved.profile.entries[proximity].parameters["decay"] == .integer(500))
        #expect(resolved.origins[proximity].parameters["decay"] == .some(.some(profile.layers[2].scope)))
        #expect(resolved.origins[proximity].neutral == nil)
        #expect(resolved.switchedOff.map(\.scorer) == ["CategoryFit"])
        // Switched off by the lane, brought back by the area.
        #expect(resolved.profile.entries.last?.scorer == "Trust" && resolved.profile.entries.last?.weight == 4_000)
    }

    @Test func theDeclaredOrderDecidesWhichKindWins() {
        var profile = ScoringProfile(
            name: "x", revision: 1, title: LocalizedText(zhHans: "甲", en: "x"),
            entries: [.init(scorer: "Near", weight: 1)])
        profile.layers = [
            ProfileLayer(scope: ProfileScope(.lane, "microWish"), changes: [.init(scorer: "Near", weight: 2)]),
            ProfileLayer(scope: ProfileScope(.area, "b"), changes: [.init(scorer: "Near", weight: 3)]),
        ]
        func weight() -> Int32? {
            let scopes = profile.scopes(lane: "microWish", categories: ["c"], areas: ["a", "b"])
            return profile.resolved(under: scopes).profile.entries.first?.weight
        }
        #expect(weight() == 3)
        profile.precedence = [.area, .category, .lane]
        #expect(weight() == 2)
    }
}
