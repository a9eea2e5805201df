/// Holds a profile against the schemas of the scorers that are built in.
public struct ProfileCheck: Sendable {
    private let scorers: [any Scorer.Type]
    private let areas: CodeTree?
    private let categories: CodeTree?

    /// Without trees the codes of layers are not looked up.
    public init(scorers: [any Scorer.Type], areas: CodeTree? = nil, categories: CodeTree? = nil) {
        self.scorers = scorers
        self.areas = areas
        self.categories = categories
    }

    /// Everything that is wrong with a profile; empty where it can be published.
    public func faults(of profile: ScoringProfile) -> [ProfileError] {
        var faults: [ProfileError] = []
        let heading = LocalizedText(
            zhHans: "评分方案 \(profile.reference)", en: "Profile \(profile.reference)")
        if profile.entries.isEmpty {
            faults.append(
                ProfileError(
                    .outOfRange, heading, LocalizedText(zhHans: "没有任何评分器。", en: "it has no scorer.")))
        }
        var seen: Set<String> = []
        for entry in profile.entries {
            check(
                entry.scorer, entry.weight, entry.neutral, entry.parameters, heading,
                isNew: seen.insert(entry.scorer).inserted,
                &faults)
        }
        if Set(profile.precedence) != Set(ProfileScope.Kind.allCases)
            || profile.precedence.count != ProfileScope.Kind.allCases.count
        {
            faults.append(
                ProfileError(
                    .outOfRange, heading,
                    LocalizedText(
                        zhHans: "precedence 须将 lane、category、area 各列一次。",
                        en: "'precedence' must list lane, category and area once each.")))
        }
        var scopes: Set<ProfileScope> = []
        for layer in profile.layers {
            check(layer, of: profile, heading, isNew: scopes.insert(layer.scope).inserted, &faults)
        }
        return faults
    }

    /// Throws the first fault.
    public func check(_ profile: ScoringProfile) throws(ProfileError) {
        if let fault = faults(of: profile).first { throw fault }
    }

    private func check(
        _ layer: ProfileLayer, of profile: ScoringProfile, _ heading: LocalizedText, isNew: Bool,
        _ faults: inout [ProfileError]
    ) {
        let heading = LocalizedText(
            zhHans: "\(heading.zhHans)，\(layer.scope) 层", en: "\(heading.en), layer \(layer.scope)")
        if !isNew {
            faults.append(
                ProfileError(
                    .duplicateScorer, heading, LocalizedText(zhHans: "重复。", en: "it stands twice.")))
        }
        if !isKnown(layer.scope) {
            faults.append(
                ProfileError(
                    .unknownScope, heading,
                    LocalizedText(
                        zhHans: "没有代码为 \(layer.scope.code) 的\(layer.scope.kind.title.zhHans)。",
                        en: "there is no \(layer.scope.kind.title.en) with the code \(layer.scope.code).")))
        }
        var seen: Set<String> = []
        for change in layer.changes {
            let isNew = seen.insert(change.scorer).inserted
            check(
                change.scorer, change.weight ?? 0, change.neutral ?? 0, change.parameters, heading, isNew: isNew,
                &faults)
            if change.weight == nil, !change.isOff, !profile.entries.contains(where: { $0.scorer == change.scorer }) {
                faults.append(
                    ProfileError(
                        .outOfRange, heading,
                        LocalizedText(
                            zhHans: "\(change.scorer) 不在方案中，加入时须给出权重。",
                            en: "\(change.scorer) is not in the profile, so the layer has to give it a weight.")))
            }
        }
    }

    private func isKnown(_ scope: ProfileScope) -> Bool {
        guard ProfileScope.allows(scope.code) else { return false }
        return switch scope.kind {
        case .lane: Lane(code: scope.code) != nil
        case .category: categories.map { $0.index(of: scope.code) != nil } ?? true
        case .area: areas.map { $0.index(of: scope.code) != nil } ?? true
        }
    }

    private func check(
        _ id: String, _ weight: Int32, _ neutral: Int32, _ parameters: [String: ParameterValue],
        _ heading: LocalizedText, isNew: Bool, _ faults: inout [ProfileError]
    ) {
        func fault(_ code: ProfileError.Code, _ zhHans: String, _ en: String) {
            faults.append(ProfileError(code, heading, LocalizedText(zhHans: zhHans, en: en)))
        }
        if !isNew { fault(.duplicateScorer, "“\(id)”重复。", "'\(id)' stands twice.") }
        guard let type = scorers.first(where: { $0.descriptor.id == id }) else {
            let known = scorers.map { $0.descriptor.id }.joined(separator: ", ")
            return fault(
                .unknownScorer, "没有评分器“\(id)”。内置：\(known)。", "there is no scorer '\(id)'. Built in: \(known).")
        }
        if !(0...10_000).contains(weight) {
            fault(
                .outOfRange, "\(id)：权重 \(weight) 超出 0…10,000。", "\(id): weight \(weight) is outside 0…10,000.")
        }
        if !(0...Score.best).contains(neutral) {
            fault(
                .outOfRange, "\(id)：中性值 \(neutral) 超出 0…1,000,000。",
                "\(id): neutral value \(neutral) is outside 0…1,000,000.")
        }
        // One by one, so that each bad parameter is named.
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            do {
                _ = try ParameterValues([name: value], for: type.descriptor)
            } catch {
                faults.append(ProfileError(.badParameter, heading, error.text))
            }
        }
    }
}

extension ProfileScope.Kind {
    public var title: LocalizedText {
        switch self {
        case .lane: LocalizedText(zhHans: "通道", en: "lane")
        case .category: LocalizedText(zhHans: "品类", en: "category")
        case .area: LocalizedText(zhHans: "区划", en: "area")
        }
    }
}
