extension ScoringProfile {
    /// A draft of this profile that serves some areas as another profile would: a layer for each area with what
    /// differs.
    ///
    /// Publishing it begins the trial, rolling it back ends it; every stored explanation says which side it was made
    /// on.
    ///
    /// - Parameters:
    ///   - areas: codes; what lies in them is served too.
    ///   - trial: how what comes of it is read.
    ///   - tree: where the areas lie: layers that either profile has for areas are kept, each on its own side.
    ///   - descriptors: give the defaults of parameters that the other profile does not set.
    /// - Throws: ``TuningError`` where one of the two has a layer for a lane or a category: the layer of an area is laid over
    ///   all lanes and categories at once, so it cannot say what differs in one of them. Also where an area's layers cannot
    ///   be told apart from those around it.
    public func serving(
        _ other: ScoringProfile, in areas: [String], trial: TrialTerms, tree: CodeTree, descriptors: [ScorerDescriptor]
    ) throws(TuningError) -> ScoringProfile {
        if let layer = (layers + other.layers).first(where: { $0.scope.kind != .area }) {
            throw TuningError(
                .badOption,
                LocalizedText(
                    zhHans: "方案有 \(layer.scope) 层，而分流以区划层生成，区划层同时覆盖各通道和各品类。"
                        + "请先从两个方案中去掉 lane 和 category 层再分流；或不分流，先回放、预览，再直接发布该层。",
                    en:
                        "There is a layer for \(layer.scope), and a split is made of layers for areas, which lie over all lanes "
                        + "and categories at once. Take the layers for lanes and categories out of both profiles before the "
                        + "split; or try that layer without one: back-test and preview it, then publish it."))
        }
        var draft = self
        (draft.basedOn, draft.revision) = (revision > 0 ? revision : basedOn, 0)
        let served = Set(areas)
        func isServed(_ code: String) -> Bool {
            served.contains(code) || path(to: code, in: tree).contains { served.contains($0) }
        }
        // Inside of what is served the other profile's layers hold, outside of it this one's.
        draft.layers = layers.filter { !isServed($0.scope.code) } + other.layers.filter { isServed($0.scope.code) }
        draft.layers.removeAll { served.contains($0.scope.code) }
        var differs = false
        for area in served.sorted() {
            let own = path(to: area, in: tree)
            let before = draft.resolved(under: draft.scopes(lane: nil, categories: [], areas: own)).profile
            let after = other.resolved(under: other.scopes(lane: nil, categories: [], areas: own)).profile
            let changes = before.changes(to: after, descriptors)
            if !changes.isEmpty {
                draft.layers.append(ProfileLayer(scope: ProfileScope(.area, area), changes: changes))
            }
        }
        for code in Set(areas + (layers + other.layers).map(\.scope.code)) where isServed(code) {
            let own = path(to: code, in: tree)
            func entries(_ profile: ScoringProfile) -> [Entry] {
                profile.resolved(under: profile.scopes(lane: nil, categories: [], areas: own)).profile.entries
            }
            guard Self.isAlike(entries(draft), entries(other), descriptors) else {
                throw TuningError(
                    .badOption,
                    LocalizedText(
                        zhHans: "两个方案在区划 \(code) 的层不能并在一个方案里（其中一方停用又启用了某评分器）。"
                            + "请在草案中为该区划写明每个评分器的中性值和参数，再分流。",
                        en:
                            "The layers of the two for the area \(code) cannot stand in one profile: one of them switches a "
                            + "scorer off and counts it again. Say in the draft's layer for that area what the scorer's neutral "
                            + "value and parameters are, then split."))
            }
            if !Self.isAlike(entries(self), entries(other), descriptors) { differs = true }
        }
        guard differs else {
            draft.layers = layers
            return draft
        }
        draft.trial = trial
        return draft
    }

    /// From the root down to an area; the area alone where the tree does not have it.
    private func path(to area: String, in tree: CodeTree) -> [String] {
        tree.index(of: area).map { tree.path(to: $0) } ?? [area]
    }

    /// Whether some entries score as others do, in whatever order they stand.
    private static func isAlike(_ one: [Entry], _ other: [Entry], _ descriptors: [ScorerDescriptor]) -> Bool {
        func settled(_ entries: [Entry]) -> [String: Entry] {
            var settled: [String: Entry] = [:]
            for var entry in entries {
                for parameter in descriptors.first(where: { $0.id == entry.scorer })?.parameters ?? []
                where entry.parameters[parameter.name] == nil {
                    entry.parameters[parameter.name] = parameter.defaultValue
                }
                settled[entry.scorer] = entry
            }
            return settled
        }
        return settled(one) == settled(other)
    }

    private func changes(to other: ScoringProfile, _ descriptors: [ScorerDescriptor]) -> [ProfileLayer.Change] {
        var changes: [ProfileLayer.Change] = []
        for entry in entries {
            guard let new = other.entries.first(where: { $0.scorer == entry.scorer }) else {
                changes.append(.init(scorer: entry.scorer, isOff: true))
                continue
            }
            var parameters: [String: ParameterValue] = [:]
            let parameterList = descriptors.first { $0.id == entry.scorer }?.parameters ?? []
            for parameter in parameterList {
                let (old, value) = (
                    entry.parameters[parameter.name] ?? parameter.defaultValue,
                    new.parameters[parameter.name] ?? parameter.defaultValue
                )
                if old != value { parameters[parameter.name] = value }
            }
            let change = ProfileLayer.Change(
                scorer: entry.scorer, weight: new.weight == entry.weight ? nil : new.weight,
                neutral: new.neutral == entry.neutral ? nil : new.neutral, parameters: parameters)
            if !change.saysNothing { changes.append(change) }
        }
        for entry in other.entries where !entries.contains(where: { $0.scorer == entry.scorer }) {
            changes.append(
                .init(
                    scorer: entry.scorer, weight: entry.weight, neutral: entry.neutral, parameters: entry.parameters))
        }
        return changes
    }
}
