import MatchCore
import Testing

/// What layers make of a profile.
@Suite("Layers")
struct ResolvedProfileTests {
    private static func profile(_ layers: [ProfileLayer]) -> ScoringProfile {
        var profile = ScoringProfile(
            name: "p", revision: 1, title: LocalizedText(zhHans: "方案", en: "profile"),
            entries: [
                .init(scorer: "Near", weight: 700, neutral: 200_000, parameters: ["decay": .integer(5_000)]),
                .init(scorer: "Trust", weight: 300),
            ])
        profile.layers = layers
        return profile
    }

    private static let lane = ProfileScope(.lane, "microWish")
    private static let town = ProfileScope(.area, "c1")

    @Test("A layer that counts a scorer again goes on from where it stood: the program's parameters are inherited")
    func countedAgain() throws {
        let profile = Self.profile([
            ProfileLayer(scope: Self.lane, changes: [.init(scorer: "Near", isOff: true)]),
            ProfileLayer(scope: Self.town, changes: [.init(scorer: "Near", weight: 900)]),
        ])
        let off = profile.resolved(under: [Self.lane])
        #expect(off.profile.entries.map(\.scorer) == ["Trust"] && off.switchedOff.map(\.scorer) == ["Near"])
        let both = profile.resolved(under: [Self.lane, Self.town])
        let near = try #require(both.profile.entries.first { $0.scorer == "Near" })
        #expect(near.weight == 900 && near.neutral == 200_000 && near.parameters == ["decay": .integer(5_000)])
        #expect(both.switchedOff.isEmpty)
        let origin = both.origins[both.profile.entries.count - 1]
        #expect(origin.weight == Self.town && origin.neutral == nil && origin.parameters == ["decay": nil])
    }

    @Test("What an outer layer set before the scorer was switched off is inherited, too; a layer's own value wins")
    func countedAgainUnderThree() throws {
        let category = ProfileScope(.category, "fan")
        let profile = Self.profile([
            ProfileLayer(
                scope: Self.lane, changes: [.init(scorer: "Near", neutral: 1, parameters: ["decay": .integer(9_000)])]),
            ProfileLayer(scope: category, changes: [.init(scorer: "Near", isOff: true)]),
            ProfileLayer(
                scope: Self.town, changes: [.init(scorer: "Near", weight: 5, parameters: ["rings": .integer(2)])]),
        ])
        let near = try #require(
            profile.resolved(under: [Self.lane, category, Self.town]).profile.entries.first { $0.scorer == "Near" })
        #expect(near.weight == 5 && near.neutral == 1)
        #expect(near.parameters == ["decay": .integer(9_000), "rings": .integer(2)])
    }

    @Test("A scorer that no layer below had begins from its defaults")
    func broughtIn() throws {
        let profile = Self.profile([
            ProfileLayer(scope: Self.town, changes: [.init(scorer: "Rule", weight: 5, parameters: ["a": .integer(2)])])
        ])
        let rule = try #require(profile.resolved(under: [Self.town]).profile.entries.last)
        #expect(rule == .init(scorer: "Rule", weight: 5, parameters: ["a": .integer(2)]))
    }
}
