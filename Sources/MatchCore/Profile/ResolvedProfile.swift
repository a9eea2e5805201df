/// A profile with the layers of one part of the program laid over it, and where each value comes from.
public struct ResolvedProfile: Sendable, Hashable {
    /// The entries that count, and in ``ScoringProfile/applied`` the layers they come from; it has no layers itself.
    public var profile: ScoringProfile
    /// For each entry of the profile.
    public var origins: [Origin]
    /// Scorers that a layer switched off, with that layer.
    public var switchedOff: [(scorer: String, by: ProfileScope)]

    /// Where the values of one entry come from: a layer, or nil for the program itself. A parameter that is not listed
    /// has the scorer's default.
    public struct Origin: Sendable, Hashable {
        public var weight: ProfileScope?
        public var neutral: ProfileScope?
        public var parameters: [String: ProfileScope?]
    }

    public static func == (left: ResolvedProfile, right: ResolvedProfile) -> Bool {
        left.profile == right.profile && left.origins == right.origins
            && left.switchedOff.elementsEqual(right.switchedOff) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(profile) }
}

extension ScoringProfile {
    /// The scopes that have a layer, among those that a wish lies in, in the order in which they are laid over.
    ///
    /// - Parameters:
    ///   - lane: the wish's lane.
    ///   - categories: codes from the root down to the wish's category; empty where it has none.
    ///   - areas: codes from the root down to where the wish is; empty where that is not known.
    public func scopes(lane: String?, categories: [String], areas: [String]) -> [ProfileScope] {
        guard !layers.isEmpty else { return [] }
        let known = Set(layers.map(\.scope))
        return precedence.flatMap { kind in
            switch kind {
            case .lane: lane.map { [ProfileScope(.lane, $0)] } ?? []
            case .category: categories.map { ProfileScope(.category, $0) }
            // From the root down: what lies nearer to the wish wins.
            case .area: areas.map { ProfileScope(.area, $0) }
            }
        }.filter { known.contains($0) }
    }

    /// Lays some layers over the program's entries, in the order given; a scope without a layer changes nothing.
    ///
    /// A scorer that a layer adds stands behind the others. One that was switched off and that a later layer gives a
    /// weight begins again from its defaults.
    public func resolved(under scopes: [ProfileScope] = []) -> ResolvedProfile {
        var result = ResolvedProfile(
            profile: self,
            origins: entries.map { entry in
                ResolvedProfile.Origin(
                    weight: nil, neutral: nil, parameters: entry.parameters.mapValues { _ in ProfileScope?.none })
            }, switchedOff: [])
        result.profile.layers = []
        for scope in scopes {
            guard let layer = layers.first(where: { $0.scope == scope }) else { continue }
            result.profile.applied.append(scope)
            for change in layer.changes { result.apply(change, of: scope) }
        }
        return result
    }
}

extension ResolvedProfile {
    fileprivate mutating func apply(_ change: ProfileLayer.Change, of scope: ProfileScope) {
        let place = profile.entries.firstIndex { $0.scorer == change.scorer }
        if change.isOff {
            guard let place else { return }
            profile.entries.remove(at: place)
            origins.remove(at: place)
            switchedOff.append((change.scorer, scope))
            return
        }
        guard let place else {
            guard let weight = change.weight else { return }
            switchedOff.removeAll { $0.scorer == change.scorer }
            profile.entries.append(
                ScoringProfile.Entry(
                    scorer: change.scorer, weight: weight,
                    neutral: change.neutral ?? ScoringProfile.Entry.defaultNeutral, parameters: change.parameters))
            origins.append(
                Origin(weight: scope, neutral: scope, parameters: change.parameters.mapValues { _ in scope }))
            return
        }
        if let weight = change.weight {
            profile.entries[place].weight = weight
            origins[place].weight = scope
        }
        if let neutral = change.neutral {
            profile.entries[place].neutral = neutral
            origins[place].neutral = scope
        }
        for (name, value) in change.parameters {
            profile.entries[place].parameters[name] = value
            origins[place].parameters[name] = .some(scope)
        }
    }
}
