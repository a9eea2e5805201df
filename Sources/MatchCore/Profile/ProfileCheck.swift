/// Holds a profile against the schemas of the scorers that are built in.
public struct ProfileCheck: Sendable {
    private let scorers: [any Scorer.Type]
    private let codes: KnownCodes?

    /// - Parameter codes: what the program knows, for a profile that is to be published; nil for one that was.
    public init(scorers: [any Scorer.Type], codes: KnownCodes? = nil) {
        self.scorers = scorers
        self.codes = codes
    }

    /// The same check without what the program knows today: what was published once may be published again, whatever
    /// has become of its codes.
    public var ofPublished: ProfileCheck { ProfileCheck(scorers: scorers) }

    /// Everything that is wrong with a profile; empty where it can be published.
    public func faults(of profile: ScoringProfile) -> [ProfileError] {
        var faults: [ProfileError] = []
        let heading = LocalizedText(
            zhHans: "评分方案 \(profile.called(in: .zhHans))", en: "Profile \(profile.called(in: .en))")
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
        if !profile.entries.isEmpty { checkWeights(profile.resolved(), heading, &faults) }
        if let fault = Self.faultOfVote(in: profile) { faults.append(ProfileError(.outOfRange, heading, fault)) }
        if let fault = Self.fault(in: profile) { faults.append(ProfileError(.outOfRange, heading, fault)) }
        var scopes: Set<ProfileScope> = []
        for layer in profile.layers {
            check(layer, of: profile, heading, isNew: scopes.insert(layer.scope).inserted, &faults)
        }
        return faults
    }

    /// A profile to be published must tell offers apart: where nothing has a weight every total is 0, and names decide.
    /// What was published once goes on as it was.
    private func checkWeights(
        _ resolved: ResolvedProfile, _ heading: LocalizedText, _ faults: inout [ProfileError]
    ) {
        guard codes != nil, resolved.profile.entries.allSatisfy({ $0.weight == 0 }) else { return }
        faults.append(
            ProfileError(
                .outOfRange, heading,
                LocalizedText(
                    zhHans: "没有一个评分器的权重大于 0，所有总分都会是 0。请至少给一个评分器 1…10,000 的权重。",
                    en: "no scorer has a weight, so that every total would be 0. Give one of them a weight of 1…10,000."
                )))
    }

    /// Throws the first fault.
    public func check(_ profile: ScoringProfile) throws(ProfileError) {
        if let fault = faults(of: profile).first { throw fault }
    }

    /// Throws the first fault that a profile did not have before: a list that has changed since must not keep anybody
    /// from mending the profile one value at a time.
    public func check(_ profile: ScoringProfile, changedFrom before: ScoringProfile) throws(ProfileError) {
        let faults = faults(of: profile)
        guard !faults.isEmpty else { return }
        let known = Set(self.faults(of: before))
        if let fault = faults.first(where: { !known.contains($0) }) { throw fault }
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
        if let fault = fault(of: layer.scope) {
            faults.append(
                ProfileError(
                    .unknownScope, heading,
                    LocalizedText(zhHans: "\(fault.zhHans)。", en: fault.en.hasSuffix("?") ? fault.en : fault.en + ".")))
        }
        checkWeights(profile.resolved(under: [layer.scope]), heading, &faults)
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

    private func fault(of scope: ProfileScope) -> LocalizedText? {
        let title = scope.kind.title
        let unknown = LocalizedText(
            zhHans: "没有代码为“\(scope.code)”的\(title.zhHans)", en: "there is no \(title.en) '\(scope.code)'")
        guard ProfileScope.allows(scope.code) else { return unknown }
        switch scope.kind {
        case .lane:
            guard Lane(code: scope.code) == nil else { return nil }
            let hint = (codes ?? KnownCodes()).hint(scope.code, Lane.allCases.map(\.code))
            return LocalizedText(zhHans: unknown.zhHans + hint.zhHans, en: unknown.en + hint.en)
        case .category: return codes?.fault(scope.code, of: .category)
        case .area: return codes?.fault(scope.code, of: .area)
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
            let ids = scorers.map { $0.descriptor.id }
            let known = ids.joined(separator: ", ")
            let near = codes?.near(id, ids)
            return fault(
                .unknownScorer, "没有评分器“\(id)”。\(near?.zhHans ?? "")内置：\(known)。",
                "there is no scorer '\(id)'. \(near?.en ?? "")Built in: \(known).")
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
                continue
            }
            for fault in codes.map({ type.descriptor.reviewed(name, value, $0) }) ?? [] {
                faults.append(ProfileError(.badParameter, heading, fault.text))
            }
        }
    }
}

extension ScorerDescriptor {
    /// What of a parameter's value should not be published, each fault with the parameter's name.
    public func reviewed(_ name: String, _ value: ParameterValue, _ codes: KnownCodes) -> [TableFault] {
        guard let review = parameters.first(where: { $0.name == name })?.review, case .list(let rows) = value else {
            return []
        }
        return review(rows, codes).map { fault in
            TableFault(
                row: fault.row,
                LocalizedText(
                    zhHans: "\(id)，参数“\(name)”：\(fault.text.zhHans)",
                    en: "\(id), parameter '\(name)': \(fault.text.en)"))
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
