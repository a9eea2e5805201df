public import MatchCore

/// Scores whether the wish is one that the donor wants to help, and vetoes those that it excludes.
///
/// A donor may state groups, areas and categories, the last two with all that lies under them. Meeting every kind
/// that is stated earns 1, none earns `unmatched`, some the part in between. A donor that states nothing helps
/// anybody and gets `withoutPreference`. What the wish does not tell (its area, its category) is left out; where
/// nothing is left, or an exclusion cannot be checked, the answer is `notKnown`.
public struct DonorPreferenceScorer: Scorer {
    static let vetoReasons = ["excludedGroup", "excludedArea", "excludedCategory"]

    let rule: PreferenceRule

    public init(parameters: ParameterValues) {
        rule = PreferenceRule(
            withoutPreference: Int32(clamping: parameters.integer("withoutPreference")),
            unmatched: Int32(clamping: parameters.integer("unmatched")))
    }

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let registry = context.registry
        let hasParty = offer.party >= 0
        let preference = registry.parties.preference(of: offer.party)
        let groups = registry.vocabularies.groups
        let (areas, categories) = (registry.areas.tree, registry.categories.tree)
        let statedAreas = (preference?.areas ?? []) + (preference?.excludedAreas ?? [])
        let statedCategories = (preference?.categories ?? []) + (preference?.excludedCategories ?? [])
        func inside(_ stated: [Int32], _ node: Int32, _ tree: CodeTree) -> ScoreInputs.Value {
            .texts(stated.filter { node >= 0 && tree.isNode($0, within: node) }.map { tree.codes[Int($0)] })
        }
        return [
            "isPartyKnown": .flag(hasParty),
            "groups": .texts(groups.words(of: preference?.groups ?? [])),
            "excludedGroups": .texts(groups.words(of: preference?.excludedGroups ?? [])),
            "wishGroups": .texts(groups.words(of: wish.columns.groups.bits(of: wish.row))),
            "areas": .texts((preference?.areas ?? []).map { areas.codes[Int($0)] }),
            "excludedAreas": .texts((preference?.excludedAreas ?? []).map { areas.codes[Int($0)] }),
            "wishAreas": .texts(statedAreas.isEmpty ? [] : areas.path(to: wish.area)),
            "insideWishArea": inside(statedAreas, wish.area, areas),
            "categories": .texts((preference?.categories ?? []).map { categories.codes[Int($0)] }),
            "excludedCategories": .texts((preference?.excludedCategories ?? []).map { categories.codes[Int($0)] }),
            "wishCategories": .texts(statedCategories.isEmpty ? [] : categories.path(to: wish.category)),
            "insideWishCategory": inside(statedCategories, wish.category, categories),
            "wishAreaName": .names(
                statedAreas.isEmpty || wish.area < 0 ? [] : [registry.areas.areas[Int(wish.area)].name]),
            "wishCategoryName": .names(
                statedCategories.isEmpty || wish.category < 0
                    ? [] : [registry.categories.categories[Int(wish.category)].name]),
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        guard try inputs.flag("isPartyKnown") else { return Judgement(.notKnown, reason: "partyNotKnown") }
        let facts = try PreferenceFacts(inputs)
        return Judgement(Score(raw: rule.raw(facts)), reason: rule.reason(facts))
    }
}

extension PreferenceFacts {
    init(_ inputs: ScoreInputs) throws(ScoreInputError) {
        func coverage(_ stated: String, _ path: String, _ inside: String) throws(ScoreInputError) -> Coverage? {
            try PreferenceFacts.coverage(inputs, stated, path, inside)
        }
        let wishGroups = Set(try inputs.texts("wishGroups"))
        let excludedGroups = try inputs.texts("excludedGroups")
        let groups = try inputs.texts("groups")
        if excludedGroups.contains(where: wishGroups.contains) { exclude(.inside, veto: 0) }
        if let area = try coverage("excludedAreas", "wishAreas", "insideWishArea") { exclude(area, veto: 1) }
        if let category = try coverage("excludedCategories", "wishCategories", "insideWishCategory") {
            exclude(category, veto: 2)
        }
        if !groups.isEmpty { state(groups.contains(where: wishGroups.contains) ? .inside : .outside) }
        if let area = try coverage("areas", "wishAreas", "insideWishArea") { state(area) }
        if let category = try coverage("categories", "wishCategories", "insideWishCategory") { state(category) }
    }

    /// How the wish, given by its path from the root, stands to the codes listed under `stated`; nil where none are.
    static func coverage(_ inputs: ScoreInputs, _ stated: String, _ path: String, _ inside: String)
        throws(ScoreInputError) -> Coverage?
    {
        let stated = Set(try inputs.texts(stated))
        if stated.isEmpty { return nil }
        let path = try inputs.texts(path)
        if path.contains(where: stated.contains) { return .inside }
        let under = try inputs.texts(inside)
        return path.isEmpty || under.contains(where: stated.contains) ? .unclear : .outside
    }
}

extension PartyColumns {
    /// What the party states; nil for −1, a party that the registry does not have.
    func preference(of party: Int32) -> PreparedPreference? {
        party < 0 ? nil : preferences[Int(preference[Int(party)])]
    }
}
