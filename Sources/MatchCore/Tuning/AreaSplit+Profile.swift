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
    ///   - descriptors: give the defaults of parameters that the other profile does not set.
    /// - Throws: ``TuningError`` where one of the two has layers, which would stand between them.
    public func serving(
        _ other: ScoringProfile, in areas: [String], trial: TrialTerms, descriptors: [ScorerDescriptor]
    ) throws(TuningError) -> ScoringProfile {
        guard layers.isEmpty, other.layers.isEmpty else {
            throw TuningError(
                .badOption,
                LocalizedText(
                    zhHans: "分流只用于没有层的方案：层会夹在两者之间。",
                    en: "A split takes two profiles without layers: theirs would stand between the two."))
        }
        let changes = changes(to: other, descriptors)
        var draft = self
        (draft.basedOn, draft.revision) = (revision > 0 ? revision : basedOn, 0)
        if !changes.isEmpty {
            draft.trial = trial
            draft.layers = areas.sorted().map { ProfileLayer(scope: ProfileScope(.area, $0), changes: changes) }
        }
        return draft
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
