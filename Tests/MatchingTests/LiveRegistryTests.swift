import AlmonerTesting
import Dispatch
import MatchCore
import ScorerCatalog
import Synchronization
import Testing

/// A registry that changes is ranked as one that is built afresh of the same records.
@Suite struct LiveRegistryTests {
    private static let profile = ScoringProfile(
        name: "everything", revision: 1, title: LocalizedText(zhHans: "全部", en: "Everything"),
        entries: ScorerCatalog.all.enumerated().map { number, scorer in
            ScoringProfile.Entry(
                scorer: scorer.descriptor.id, weight: Int32(100 + 37 * number), neutral: Int32(400_000 + 9_973 * number)
            )
        })

    /// One line of an answer, the same whatever the rows' numbers are.
    private struct Place: Equatable {
        let key: RecordKey
        let line: Int
        let total: Int32
    }

    /// Steps of one to forty changes, with small parts settled and merged on the way, from an empty registry too. A third of
    /// them counts its words itself, which the rebuilt one does too.
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func rankingIsWhatARebuiltRegistryGives(seed: UInt64) throws {
        var random = SeededRandom(seed: seed &* 977)
        let size = [0, 40, 120, 250][Int(seed % 4)]
        var history = SampleHistory(
            seed: seed, offers: size, wishes: size / 3, withDistances: seed % 5 == 0,
            blocks: BlockSizes(fine: [4, 16, 128][Int(seed % 3)], finePerCoarse: 4))
        let words = seed % 3 == 0 ? nil : history.words()
        let live = LiveRegistry(
            history.builder(words: words).build(), policy: .init(freshRows: [1, 8, 60][Int(seed % 3)]))
        let plan = try ScoringPlan(Self.profile, scorers: ScorerCatalog.all)
        for step in 0..<6 {
            live.apply(history.step(changes: Int.random(in: 1...40, using: &random)))
            if random.chance(25) { live.merge() }
            try expectSame(live.current(), history, words, plan, &random, "seed \(seed), step \(step)")
        }
        live.merge()
        #expect(live.current().offerLineCount == history.builder().build().offers.count)
        try expectSame(live.current(), history, words, plan, &random, "seed \(seed), merged")
    }

    private func expectSame(
        _ view: RegistryView, _ history: SampleHistory, _ words: WordTable?, _ plan: ScoringPlan,
        _ random: inout SeededRandom, _ comment: String
    ) throws {
        let rebuilt = history.builder(words: words).build()
        let ranker = Ranker(plan: plan, context: ScoringContext(registry: rebuilt, now: RegistrySample.now))
        let own = ViewRanker(plan: plan, view: view, now: RegistrySample.now)
        #expect(view.offerLineCount == rebuilt.offers.count, "\(comment)")
        #expect(view.wishLineCount == rebuilt.wishes.count, "\(comment)")
        for row in 0..<rebuilt.wishes.count where random.chance(40) {
            let wish = rebuilt.wishes[row]
            let line = try #require(view.wish(wish.key.id).first { $0.lineNumber == wish.lineNumber }, "\(comment)")
            let limit = random.pick([1, 5, 20, 1_000])
            let counting = random.chance(30)
            let filter = Self.filter(rebuilt, &random)
            let expected = ranker.offers(for: wish, limit: limit, filter: filter, countingVetoes: counting)
            let found = own.offers(for: line, limit: limit, filter: filter, countingVetoes: counting)
            #expect(
                found.candidates.map { Place(key: $0.row.key, line: $0.row.lineNumber, total: $0.total) }
                    == expected.candidates.map {
                        let offer = rebuilt.offers[$0.row]
                        return Place(key: offer.key, line: offer.lineNumber, total: $0.total)
                    }, "\(comment), wish \(wish.key)")
            if counting {
                #expect(found.vetoes == expected.vetoes, "\(comment)")
                #expect(found.scored == expected.scored, "\(comment)")
            }
            if let best = found.candidates.first {
                let explanation = own.explain(wish: line, offer: best.row)
                #expect(explanation.total == best.total, "\(comment)")
                #expect(explanation.arithmeticFaults() == [], "\(comment)")
            }
        }
        for row in 0..<rebuilt.offers.count where random.chance(15) {
            let offer = rebuilt.offers[row]
            let line = try #require(view.offer(offer.key.id).first { $0.lineNumber == offer.lineNumber }, "\(comment)")
            let limit = random.pick([1, 5, 20, 1_000])
            let expected = ranker.wishes(for: offer, limit: limit)
            let found = own.wishes(for: line, limit: limit)
            #expect(
                found.candidates.map { Place(key: $0.row.key, line: $0.row.lineNumber, total: $0.total) }
                    == expected.candidates.map {
                        let wish = rebuilt.wishes[$0.row]
                        return Place(key: wish.key, line: wish.lineNumber, total: $0.total)
                    }, "\(comment), offer \(offer.key)")
        }
    }

    private static func filter(_ registry: Registry, _ random: inout SeededRandom) -> RankFilter {
        guard random.chance(30) else { return .everything }
        let areas = registry.areas.tree.count
        return RankFilter(
            areas: random.chance(50)
                ? Set(
                    (0..<Int.random(in: 1...3, using: &random)).map { _ in
                        Int32.random(in: 0..<Int32(areas), using: &random)
                    })
                : nil,
            kinds: random.chance(60) ? [random.pick(OfferKind.allCases), random.pick(OfferKind.allCases)] : nil)
    }

    @Test func anOfferIsRankableAsSoonAsItIsRegisteredAndAViewKeepsWhatItHad() throws {
        var history = SampleHistory(seed: 2, offers: 60, wishes: 20)
        let live = LiveRegistry(history.builder().build())
        let before = live.current()
        var changes = RegistryChanges()
        while changes.offers.isEmpty { changes = history.step(changes: 1) }
        let id = try #require(changes.offers.first?.key.id)
        live.apply(changes)
        #expect(before.offer(id).isEmpty)
        #expect(!live.current().offer(id).isEmpty)
        live.merge()
        #expect(before.offer(id).isEmpty)
        #expect(!live.current().offer(id).isEmpty)
        #expect(live.current().version > before.version)
    }

    @Test func whatIsTakenByAClaimIsNoLongerOffered() throws {
        let history = SampleHistory(seed: 4, offers: 30, wishes: 5)
        let live = LiveRegistry(history.builder().build())
        let offer = try #require(history.offers.values.min { $0.key.id < $1.key.id })
        var claim = RegistryChanges()
        claim.available = offer.lines.map { .init(record: offer.key.id, line: $0.number, quantity: 0) }
        claim.available.append(.init(record: RecordID(high: 99, low: 99), line: 1, quantity: 5))
        live.apply(claim)
        #expect(live.current().offer(offer.key.id).map(\.available) == offer.lines.map { _ in 0 })
        #expect(live.current().offerLineCount == history.builder().build().offers.count)
    }

    /// Changes that come while a merge is under way are neither lost nor doubled, and readers see each state whole.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func changesDuringAMergeAreKept(seed: UInt64) throws {
        var history = SampleHistory(seed: seed, offers: 400, wishes: 30)
        let words = seed % 2 == 0 ? nil : history.words()
        let live = LiveRegistry(
            history.builder(words: words).build(), policy: .init(freshRows: 20, looseRows: 30...60),
            background: { DispatchQueue.global().async(execute: $0) })
        let plan = try ScoringPlan(Self.profile, scorers: ScorerCatalog.all)
        let steps = (0..<40).map { _ in history.step(changes: 10) }
        let isDone = Atomic(false)
        let unequal = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 2) { worker in
            if worker == 0 {
                for changes in steps { live.apply(changes) }
                isDone.store(true, ordering: .releasing)
            } else {
                repeat {
                    let ranker = ViewRanker(plan: plan, view: live.current(), now: RegistrySample.now)
                    var lines: [WishRow] = []
                    ranker.view.forEachWishLine { lines.append($0) }
                    guard let wish = lines.first else { continue }
                    let first = ranker.offers(for: wish, limit: 20).candidates.map(\.total)
                    let again = ranker.offers(for: wish, limit: 20).candidates.map(\.total)
                    if first != again || lines.count != ranker.view.wishLineCount {
                        unequal.add(1, ordering: .relaxed)
                    }
                } while !isDone.load(ordering: .acquiring)
            }
        }
        live.merge()
        #expect(unequal.load(ordering: .relaxed) == 0)
        var random = SeededRandom(seed: seed)
        try expectSame(live.current(), history, words, plan, &random, "seed \(seed)")
    }

    /// Without a table a text more makes every word rarer; a claim does not, and costs no rebuilding.
    @Test func oneTextMoreIsCountedAtOnceUnlessATableSaysHowRareWordsAre() throws {
        let history = SampleHistory(seed: 4, offers: 30, wishes: 5)
        let offer = try #require(history.offers.values.min { $0.key.id < $1.key.id })
        var text = RegistryChanges()
        text.offers = [offer]
        text.offers[0].text = "一台从没有人提过的蒸汽火车头"
        var claim = RegistryChanges()
        claim.available = [.init(record: offer.key.id, line: 1, quantity: 0)]
        let wish = try #require(history.wishes.values.min { $0.key.id < $1.key.id }?.key.id)
        func mass(_ live: LiveRegistry) throws -> Int64 {
            let line = try #require(live.current().wish(wish).first)
            return line.columns.texts.wordMass[line.row] + line.columns.texts.itemMass[line.row]
        }
        for (words, moves) in [(nil, true), (history.words(), false)] as [(WordTable?, Bool)] {
            let live = LiveRegistry(history.builder(words: words).build())
            let before = try mass(live)
            live.apply(claim)
            #expect(try mass(live) == before)
            for number in 1...3 as ClosedRange<UInt64> {
                text.offers[0].key = RecordKey(
                    source: "t", externalID: "N\(number)", id: RecordID(high: 88, low: number))
                live.apply(text)
            }
            #expect(try (mass(live) > before) == moves)
        }
    }
}
