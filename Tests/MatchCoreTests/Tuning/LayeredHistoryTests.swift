import MatchCore
import Testing

/// The past under a profile with layers: each decision under those that hold for its wish.
@Suite("Layers and the past")
struct LayeredHistoryTests {
    private static let trees: LayerTrees = {
        func area(_ code: String, _ parent: String?) -> Area {
            Area(code: code, parent: parent, level: "town", name: LocalizedText(zhHans: code, en: code))
        }
        func category(_ code: String, _ parent: String?) -> Category {
            Category(code: code, parent: parent, name: LocalizedText(zhHans: code, en: code))
        }
        guard
            let areas = try? AreaTree([area("c", nil), area("north", "c"), area("hill", "north"), area("south", "c")]),
            let categories = try? CategoryTree([category("home", nil), category("fan", "home"), category("care", nil)])
        else { return LayerTrees(areas: AreaTree.empty.tree, categories: CategoryTree.empty.tree) }
        return LayerTrees(areas: areas.tree, categories: categories.tree)
    }()

    /// In the north only the second scorer counts; for things of the home only the third, which the program lacks.
    private static let profile: ScoringProfile = {
        var profile = ScoringProfile(
            name: "p", revision: 3, title: LocalizedText(zhHans: "方案", en: "profile"),
            entries: [.init(scorer: "S0", weight: 10), .init(scorer: "S1", weight: 1)])
        profile.layers = [
            ProfileLayer(
                scope: ProfileScope(.area, "north"),
                changes: [.init(scorer: "S0", isOff: true), .init(scorer: "S1", weight: 5)]),
            ProfileLayer(
                scope: ProfileScope(.category, "home"),
                changes: [.init(scorer: "S0", weight: 0), .init(scorer: "S2", weight: 100)]),
        ]
        return profile
    }()

    private static func decision(
        _ name: String, area: String? = nil, category: String? = nil, chosen: Int = 0
    ) -> Decision {
        let values: [[Int32]] = [[900, 100, 500], [100, 900, 400], [500, 500, 900]]
        return Decision(
            name: name, wish: name, time: Timestamp(milliseconds: 1), area: area, category: category,
            candidates: values.enumerated().map { index, own in
                Decision.Candidate(
                    offer: "O\(index)", position: index + 1, values: own,
                    fate: index == chosen ? .delivered : .passedOver)
            })
    }

    private static func first(_ decision: Decision) throws -> Int {
        let history = try DecisionHistory(scorers: ["S0", "S1", "S2"], decisions: [decision])
        let judged = try history.judged(by: profile, scorers: [], trees: trees)
        return try #require(HistoryOrder(profile).order(judged.decisions[0]).first)
    }

    @Test("The same list has another first choice in the plain, in the hills, and for a fan")
    func eachUnderItsOwn() throws {
        #expect(try Self.first(Self.decision("plain", area: "south", category: "care")) == 0)
        #expect(try Self.first(Self.decision("hill", area: "hill", category: "care")) == 1)
        #expect(try Self.first(Self.decision("fan", area: "south", category: "fan")) == 2)
        #expect(try Self.first(Self.decision("nowhere")) == 0, "where nothing is known no layer holds")
    }

    @Test("A back-test of a layer shows where the layer holds, and nowhere else")
    func backtest() throws {
        var flat = Self.profile
        flat.layers = []
        func gain(area: String) throws -> Double {
            let history = try DecisionHistory(
                scorers: ["S0", "S1", "S2"],
                decisions: (0..<20).map { Self.decision("W\($0)", area: area, category: "care", chosen: 1) })
            let test = Backtest(
                (flat, try history.judged(by: flat, scorers: [], trees: Self.trees)),
                (Self.profile, try history.judged(by: Self.profile, scorers: [], trees: Self.trees)),
                options: .init(draws: 100))
            return try #require(test[.ndcg]?.difference).value
        }
        #expect(try gain(area: "hill") > 0.3)
        #expect(try gain(area: "south") == 0)
    }

    @Test("Learning for a layer learns from its wishes alone, and changes nothing else")
    func learning() throws {
        var random = TuningRandom(seed: 9)
        func value() -> Int32 { Int32(random.below(1_000_001)) }
        var decisions: [Decision] = []
        for number in 0..<240 {
            // In the north people go by the first scorer, elsewhere by the second.
            let isNorth = number % 2 == 0
            var candidates = (0..<6).map { place in
                Decision.Candidate(offer: "O\(place)", position: place + 1, values: [value(), value()])
            }
            let best = candidates.indices.max {
                candidates[$0].values[isNorth ? 0 : 1] < candidates[$1].values[isNorth ? 0 : 1]
            }
            candidates[best ?? 0].fate = .delivered
            candidates[best ?? 0].fateTime = Timestamp(milliseconds: Int64(number) * 1000 + 1)
            decisions.append(
                Decision(
                    name: "W\(number)", wish: "W\(number)", time: Timestamp(milliseconds: Int64(number) * 1000),
                    area: isNorth ? "hill" : "south", candidates: candidates))
        }
        let history = try DecisionHistory(scorers: ["S0", "S1"], decisions: decisions)
        let north = ProfileScope(.area, "north")
        var profile = ScoringProfile(
            name: "p", revision: 3, title: LocalizedText(zhHans: "方案", en: "profile"),
            entries: [.init(scorer: "S0", weight: 200), .init(scorer: "S1", weight: 800)])
        profile.layers = [ProfileLayer(scope: north, changes: [])]
        let judged = try history.judged(by: profile, scorers: [], trees: Self.trees)
        let learning = Learning(
            options: .init(bias: .none, folds: 2, leastDecisions: 50, strengths: [3], draws: 200))
        let outcome = try learning.outcome([.init(profile: profile, history: judged)], in: north)
        #expect(outcome.verdict == .better && outcome.decisions == 120 && outcome.elsewhere == 120)
        let draft = try #require(outcome.draft)
        #expect(draft.entries == profile.entries, "the program's own weights stay")
        let resolved = draft.resolved(under: [north]).profile
        #expect(resolved.entries[0].weight > resolved.entries[1].weight)
        let own = try learning.outcome([.init(profile: profile, history: judged)])
        // Elsewhere people go by the second scorer: what is learned of the north does not touch that.
        #expect(own.elsewhere == 120 && (own.draft?.entries[1].weight ?? 800) >= 800)
        #expect(own.draft?.layers ?? [] == [])
        #expect(throws: TuningError.self) {
            try learning.outcome([.init(profile: profile, history: judged)], in: ProfileScope(.area, "south"))
        }
    }

    @Test("A split is published as layers of the areas that it serves, and resolves to the draft there")
    func split() throws {
        var published = Self.profile
        published.layers = []
        var draft = published
        draft.entries = [.init(scorer: "S1", weight: 7, neutral: 9), .init(scorer: "S2", weight: 3)]
        let terms = TrialTerms(share: 20, seed: 7, horizon: 40)
        let tree = Self.trees.areas
        let served = try published.serving(draft, in: ["north"], trial: terms, tree: tree, descriptors: [])
        #expect(served.trial == terms, "the rule is stated in what is published")
        #expect(served.entries == published.entries)
        let there = served.resolved(under: served.scopes(lane: nil, categories: [], areas: ["c", "north", "hill"]))
        #expect(Set(there.profile.entries) == Set(draft.entries))
        #expect(served.scopes(lane: nil, categories: [], areas: ["c", "south"]) == [])
        let refused = #expect(throws: TuningError.self) {
            try Self.profile.serving(draft, in: ["north"], trial: terms, tree: tree, descriptors: [])
        }
        #expect(refused?.message.contains("category:home") == true, "\(refused?.message ?? "")")
    }

    @Test("Layers for areas stay with their own side of a split, outside and inside of what is served")
    func layeredSplit() throws {
        let tree = Self.trees.areas
        func layer(_ area: String, _ changes: ProfileLayer.Change...) -> ProfileLayer {
            ProfileLayer(scope: ProfileScope(.area, area), changes: changes)
        }
        var published = Self.profile
        published.layers = [
            layer("c", .init(scorer: "S2", weight: 4)), layer("south", .init(scorer: "S0", weight: 1)),
            layer("hill", .init(scorer: "S1", weight: 77)),
        ]
        var draft = published
        draft.entries[0].weight = 3
        draft.layers = [
            layer("north", .init(scorer: "S1", isOff: true)), layer("hill", .init(scorer: "S0", weight: 9)),
            layer("south", .init(scorer: "S0", weight: 99)),
        ]
        let terms = TrialTerms(share: 20, seed: 7, horizon: 40)
        let split = try published.serving(draft, in: ["north"], trial: terms, tree: tree, descriptors: [])
        func entries(_ profile: ScoringProfile, _ area: String) throws -> Set<ScoringProfile.Entry> {
            let path = tree.path(to: try #require(tree.index(of: area)))
            let scopes = profile.scopes(lane: nil, categories: [], areas: path)
            return Set(profile.resolved(under: scopes).profile.entries)
        }
        for area in ["north", "hill"] { #expect(try entries(split, area) == entries(draft, area), "\(area)") }
        for area in ["c", "south"] { #expect(try entries(split, area) == entries(published, area), "\(area)") }
        #expect(split.trial == terms)
        #expect(
            try published.serving(published, in: ["north"], trial: terms, tree: tree, descriptors: []).trial == nil,
            "there is nothing to try")
    }
}
