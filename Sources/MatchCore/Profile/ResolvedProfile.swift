/// A profile with the layers of one part of the program laid over it, and where each value comes from.
public struct ResolvedProfile: Sendable, Hashable {
    /// The entries that count, and in ``ScoringProfile/applied`` the layers they come from; it has no layers itself.
    public var profile: ScoringProfile
    /// For each entry of the profile.
    public var origins: [Origin]
    /// Scorers that a layer switched off, with that layer.
    public var switchedOff: [(scorer: String, by: ProfileScope)]
    /// What was switched off, as it stood: a later layer that counts the scorer again goes on from there.
    private var resting: [String: (entry: ScoringProfile.Entry, origin: Origin)] = [:]

    fileprivate init(profile: ScoringProfile, origins: [Origin]) {
        self.profile = profile
        self.origins = origins
        switchedOff = []
    }

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
    /// A scorer that a layer adds stands behind the others; so does one that was switched off and that a later layer gives
    /// a weight: it counts again as it stood, with its neutral value and parameters.
    public func resolved(under scopes: [ProfileScope] = []) -> ResolvedProfile {
        var result = ResolvedProfile(
            profile: self,
            origins: entries.map { entry in
                ResolvedProfile.Origin(
                    weight: nil, neutral: nil, parameters: entry.parameters.mapValues { _ in ProfileScope?.none })
            })
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
            resting[change.scorer] = (profile.entries.remove(at: place), origins.remove(at: place))
            switchedOff.append((change.scorer, scope))
            return
        }
        let index: Int
        if let place {
            index = place
        } else {
            guard change.weight != nil else { return }
            switchedOff.removeAll { $0.scorer == change.scorer }
            let known = resting.removeValue(forKey: change.scorer)
            profile.entries.append(known?.entry ?? ScoringProfile.Entry(scorer: change.scorer, weight: 0))
            origins.append(known?.origin ?? Origin(weight: scope, neutral: scope, parameters: [:]))
            index = profile.entries.count - 1
        }
        if let weight = change.weight {
            profile.entries[index].weight = weight
            origins[index].weight = scope
        }
        if let neutral = change.neutral {
            profile.entries[index].neutral = neutral
            origins[index].neutral = scope
        }
        for (name, value) in change.parameters {
            profile.entries[index].parameters[name] = value
            origins[index].parameters[name] = .some(scope)
        }
    }
}
