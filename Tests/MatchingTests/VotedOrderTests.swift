import AlmonerTesting
import Casework
import MatchCore
import ScorerCatalog
import Testing

/// A program whose order is what several voices want together.
@Suite struct VotedOrderTests {
    private static let terms = VoteTerms(
        top: 6,
        voices: [
            .init(name: "near", profile: "near@2"), .init(name: "urgent", votes: 2, profile: "urgent@1"),
            .init(name: "trust", profile: "trust@5"),
        ])

    private static func profile(_ name: String, _ revision: Int, _ weights: [String: Int32]) -> ScoringProfile {
        ScoringProfile(
            name: name, revision: revision, title: LocalizedText(zhHans: "甲", en: name),
            entries: ScorerCatalog.all.map { scorer in
                ScoringProfile.Entry(scorer: scorer.descriptor.id, weight: weights[scorer.descriptor.id] ?? 10)
            })
    }

    private static func voices(_ registry: Registry) -> [ScoringProfile] {
        var near = profile("near", 2, ["Proximity": 9_000])
        // One of the voices speaks by layers of its own.
        near.layers = [
            ProfileLayer(
                scope: ProfileScope(.lane, "microProject"), changes: [.init(scorer: "CategoryFit", weight: 5_000)])
        ]
        return [
            near, profile("urgent", 1, ["QuantityFit": 9_000, "TextSimilarity": 300]),
            profile("trust", 5, ["Trust": 4_000, "FairShare": 4_000]),
        ]
    }

    private static func own() -> ScoringProfile {
        var own = profile("default", 3, [:])
        own.vote = terms
        return own
    }

    private static func ranker(_ profile: ScoringProfile, _ sample: RegistrySample) throws -> FamilyRanker {
        FamilyRanker(
            family: try ProfileFamily(profile, scorers: ScorerCatalog.all, registry: sample.registry),
            context: sample.context)
    }

    private static func voting(_ sample: RegistrySample) throws -> FamilyRanker {
        FamilyRanker(
            family: try ProfileFamily(own(), scorers: ScorerCatalog.all, registry: sample.registry),
            context: sample.context, voices: try voices(sample.registry).map { try ranker($0, sample) })
    }

    private static func plan(_ reference: String, _ registry: Registry) throws -> Recomputation.PlanFinding {
        let named = try #require(ProfileReference(reference))
        let all = [own()] + voices(registry)
        let profile = try #require(all.first { $0.name == named.name && $0.revision == named.revision })
        return .found(try ScoringPlan(profile.resolved(under: named.scopes).profile, scorers: ScorerCatalog.all))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func theOrderIsTheVoteOverTheFirstOfEachVoice(seed: UInt64) throws {
        let sample = RegistrySample(seed: seed, offers: 80, wishes: 40)
        let (ranker, offers) = (try Self.voting(sample), sample.registry.offers)
        let voices = try Self.voices(sample.registry).map { try Self.ranker($0, sample) }
        let byTotals = try Self.ranker(Self.own(), sample)
        var others = 0
        for row in 0..<sample.registry.wishes.count {
            let wish = sample.registry.wishes[row]
            // By hand: each voice scores everything, and what stands among its first six is put to the vote.
            func totals(_ ranker: FamilyRanker) -> [Int32?] {
                (0..<offers.count).map { ranker.explain(wish: wish, offer: offers[$0]).total }
            }
            let judged = voices.map(totals)
            let mine = totals(byTotals)
            let byName = (0..<offers.count).sorted { offers.tieOrder[$0] < offers.tieOrder[$1] }
            let firsts = judged.flatMap { totals in
                byName.filter { totals[$0] != nil }.sorted { totals[$0] ?? 0 > totals[$1] ?? 0 }.prefix(6)
            }
            let candidates = byName.filter { offer in
                firsts.contains(offer) && mine[offer] != nil && judged.allSatisfy { $0[offer] != nil }
            }
            let expected =
                candidates.isEmpty
                ? []
                : try BordaVote(
                    zip(Self.terms.voices, judged).map { voice, totals in
                        .init(voice: voice.name, votes: voice.votes, totals: candidates.map { totals[$0] })
                    }, count: candidates.count
                ).result
            let ranking = ranker.offers(for: wish, limit: 5)
            #expect(
                ranking.candidates.map(\.row) == expected.prefix(5).map { candidates[$0.candidate] }, "seed \(seed)")
            #expect(ranking.candidates.allSatisfy { $0.total == mine[$0.row] }, "seed \(seed)")
            #expect(ranker.batch(limit: 5).offers(for: wish).candidates == ranking.candidates, "seed \(seed)")
            if ranking.candidates.first?.row != byTotals.offers(for: wish, limit: 1).candidates.first?.row {
                others += 1
            }

            for (place, explanation) in ranker.explanations(of: ranking, for: wish).enumerated() {
                let account = try #require(explanation.vote)
                #expect(account.place == place + 1 && account.halfPoints == expected[place].halfPoints)
                #expect(account.voices.map(\.place) == expected[place].account.map(\.place), "seed \(seed)")
                #expect(explanation.arithmeticFaults() == [], "seed \(seed)")
                for said in explanation.ofVoices {
                    guard case .found(let plan) = try Self.plan(said.profile, sample.registry) else { continue }
                    var skipped: Set<String> = []
                    #expect(plan.faults(in: said, skipped: &skipped) == [] && skipped == [], "seed \(seed)")
                }
            }
        }
        #expect(others > 0, "seed \(seed): the vote never changed who comes first")
    }

    @Test func aViewGivesTheSameVoteAsASnapshot() throws {
        let sample = RegistrySample(seed: 4, offers: 60, wishes: 25)
        let ranker = try Self.voting(sample)
        let view = LiveRegistry(sample.registry).current()
        func family(_ profile: ScoringProfile) throws -> ViewFamily {
            try ViewFamily(profile, scorers: ScorerCatalog.all, view: view)
        }
        let viewing = FamilyViewRanker(
            family: try family(Self.own()), view: view, now: sample.context.now,
            utcOffsetSeconds: sample.context.utcOffsetSeconds, voices: try Self.voices(sample.registry).map(family))
        for row in 0..<sample.registry.wishes.count {
            let wish = sample.registry.wishes[row]
            let own = try #require(view.wish(wish.key.id).first { $0.lineNumber == wish.lineNumber })
            let (one, other) = (ranker.offers(for: wish, limit: 8), viewing.offers(for: own, limit: 8))
            #expect(
                ranker.explanations(of: one, for: wish) == viewing.explanations(of: other, for: own), "row \(row)")
            #expect(one.vote == other.vote)
        }
    }

    /// Held once for a wish line, the vote tells of every offer how it stands, and what kept it from being put to it.
    @Test func oneVoteTellsTheStandingOfEveryOffer() throws {
        let sample = RegistrySample(seed: 6, offers: 60, wishes: 25)
        let view = LiveRegistry(sample.registry).current()
        func family(_ profile: ScoringProfile) throws -> ViewFamily {
            try ViewFamily(profile, scorers: ScorerCatalog.all, view: view)
        }
        // The program itself vetoes little, so that what a voice vetoes is seen as that voice's.
        var own = Self.own()
        own.entries.removeAll { $0.scorer == "CategoryFit" || $0.scorer == "QuantityFit" }
        let ranker = FamilyViewRanker(
            family: try family(own), view: view, now: sample.context.now,
            utcOffsetSeconds: sample.context.utcOffsetSeconds, voices: try Self.voices(sample.registry).map(family))
        var counts = (voted: 0, notPut: 0, vetoed: 0, vetoedBy: 0)
        for row in 0..<sample.registry.wishes.count {
            let key = sample.registry.wishes[row]
            let wish = try #require(view.wish(key.key.id).first { $0.lineNumber == key.lineNumber })
            let vote = try #require(ranker.vote(for: wish))
            let ranking = ranker.offers(for: wish, limit: 1_000)
            let listed = ranker.explanations(of: ranking, for: wish)
            for number in 0..<sample.registry.offers.count {
                let named = sample.registry.offers[number]
                let offer = try #require(view.offer(named.key.id).first { $0.lineNumber == named.lineNumber })
                let mine = ranker.explain(wish: wish, offer: offer)
                let against = zip(Self.terms.voices, ranker.voices).filter {
                    $0.1.explain(wish: wish, offer: offer).total == nil
                }.map(\.0.name)
                let place = ranking.candidates.firstIndex {
                    $0.row.key == offer.key && $0.row.lineNumber == offer.lineNumber
                }
                switch vote.standing(of: offer, explained: mine) {
                case .voted(let account):
                    counts.voted += 1
                    #expect(place.map { listed[$0].vote } == account)
                case .notPut(let top):
                    counts.notPut += 1
                    #expect(place == nil && top == 6 && mine.total != nil && against == [])
                case .vetoed:
                    counts.vetoed += 1
                    #expect(place == nil && mine.total == nil)
                case .vetoedBy(let voices):
                    counts.vetoedBy += 1
                    #expect(place == nil && mine.total != nil && voices == against && voices != [])
                }
            }
        }
        #expect(counts.voted > 0 && counts.notPut > 0 && counts.vetoed > 0 && counts.vetoedBy > 0, "\(counts)")
    }

    @Test func withoutItsVoicesTheTotalsMakeTheOrder() throws {
        let sample = RegistrySample(seed: 5, offers: 40, wishes: 20)
        var plain = Self.own()
        plain.vote = nil
        let (silent, totals) = (try Self.ranker(Self.own(), sample), try Self.ranker(plain, sample))
        for row in 0..<sample.registry.wishes.count {
            let wish = sample.registry.wishes[row]
            #expect(silent.offers(for: wish, limit: 5) == totals.offers(for: wish, limit: 5))
            #expect(silent.offers(for: wish, limit: 5).vote == nil)
        }
    }

    @Test func whoAltersAnyPartOfTheAccountIsFoundOut() throws {
        let sample = RegistrySample(seed: 1, offers: 60, wishes: 20)
        let ranker = try Self.voting(sample)
        let wishes = (0..<sample.registry.wishes.count).map { sample.registry.wishes[$0] }
        let wish = try #require(wishes.first { ranker.offers(for: $0, limit: 3).candidates.count == 3 })
        let explanation = try #require(ranker.explanations(of: ranker.offers(for: wish, limit: 3), for: wish).last)
        #expect(explanation.arithmeticFaults() == [])
        let changes: [(inout VoteAccount) -> Void] = [
            { $0.place = 1 }, { $0.halfPoints += 1 }, { $0.candidate = $0.candidate == 0 ? 1 : 0 },
            { $0.voices[1].votes = 5 }, { $0.voices[0].place += 1 }, { $0.voices[2].halfPoints -= 2 },
            { $0.voices[0].totals[$0.candidate] -= 1 }, { $0.voices[1].entries[0].contribution += 7 },
        ]
        for (number, change) in changes.enumerated() {
            var altered = explanation
            guard var account = altered.vote else { continue }
            change(&account)
            altered.vote = account
            #expect(altered.arithmeticFaults() != [], "change \(number)")
        }
    }

    @Test func theTermsOfAVoteAreChecked() {
        func faults(_ change: (inout ScoringProfile) -> Void) -> String {
            var profile = Self.own()
            change(&profile)
            return ProfileCheck(scorers: ScorerCatalog.all).faults(of: profile).map(\.message).joined()
        }
        let none = faults { _ in }
        #expect(none == "")
        var faulty: [(text: String, says: String)] = [
            (faults { $0.vote?.top = 51 }, "top must be 1…50"),
            (faults { $0.vote?.voices.removeLast(2) }, "2…10 voices"),
            (faults { $0.vote?.voices[1].name = "near" }, "stands twice"),
            (faults { $0.vote?.voices[1].votes = 0 }, "1…1,000 votes"),
            (faults { $0.trial = TrialTerms(share: 20, seed: 1, horizon: 40) }, "cannot stand together"),
        ]
        for name in ["urgent", "urgent:draft", "urgent@0", "urgent@1+area:c1"] {
            faulty.append((faults { $0.vote?.voices[1].profile = name }, "published revision"))
        }
        for fault in faulty { #expect(fault.text.contains(fault.says), "\(fault)") }
        var other = Self.own()
        other.vote?.top = 7
        #expect(!other.says(sameAs: Self.own()))
        #expect(ProfileDifference.all(from: Self.own(), to: other).map(\.name) == ["vote"])
    }
}
