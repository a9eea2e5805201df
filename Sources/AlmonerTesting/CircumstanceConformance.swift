import MatchCore

/// What a descriptor declares of the wish's groups and of its hardship: in which facts they stand. Whoever may not know them is
/// shown no score that lists these facts, so one that is not named would tell.
enum CircumstanceConformance {
    private static let groups = ["elders", "children"]

    static func faults(of type: any Scorer.Type, _ parameters: [String: ParameterValue]) -> [String] {
        guard let values = try? ParameterValues(parameters, for: type.descriptor) else { return [] }
        let scorer = type.init(parameters: values)
        let silent = inputs(of: scorer, [], nil)
        func faults(_ told: ScoreInputs, _ declared: [String], _ what: String, _ place: String) -> [String] {
            told.entries.filter { silent[$0.name] != $0.value && !declared.contains($0.name) }.map {
                "the fact '\($0.name)' changes with \(what) of the wish: name it in `\(place)`, so that whoever may not "
                    + "know is not told"
            }
        }
        return faults(inputs(of: scorer, groups, nil), type.descriptor.groupInputs, "the groups", "groupInputs")
            + faults(inputs(of: scorer, [], 4), type.descriptor.hardshipInputs, "the hardship", "hardshipInputs")
    }

    /// What it reads of a wish that somebody would rather help, or would not, for its groups.
    private static func inputs(of scorer: any Scorer, _ own: [String], _ hardship: Int?) -> ScoreInputs {
        var builder = RegistryBuilder(areas: SampleTrees.areas, categories: SampleTrees.categories)
        builder.add(
            Party(
                id: RecordID(1), kind: .enterprise,
                preference: DonorPreference(groups: [groups[0]], excludedGroups: [groups[1]])))
        builder.add(
            Offer(
                key: RecordKey(source: "told", externalID: "offer", id: RecordID(2)), party: RecordID(1), kind: .goods,
                lines: [OfferLine(category: nil, available: nil)]))
        builder.add(
            Wish(
                key: RecordKey(source: "told", externalID: "wish", id: RecordID(3)), hardship: hardship, groups: own,
                lines: [WishLine(category: nil, quantity: nil)]))
        // So that the words are known where nobody carries them.
        builder.add(
            Wish(
                key: RecordKey(source: "told", externalID: "other", id: RecordID(4)), groups: groups,
                lines: [WishLine(category: nil, quantity: nil)]))
        let registry = builder.build()
        let context = ScoringContext(registry: registry, now: RegistrySample.now)
        let wishes = (0..<registry.wishes.count).lazy.map { registry.wishes[$0] }
        guard let wish = wishes.first(where: { $0.key.id == RecordID(3) }) else { return [:] }
        return scorer.inputs(wish: wish, offer: registry.offers[0], in: context)
    }
}
