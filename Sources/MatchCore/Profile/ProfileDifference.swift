/// One value that differs between two profiles.
public struct ProfileDifference: Sendable, Hashable {
    /// The layer it stands in; nil for the program itself.
    public var scope: ProfileScope?
    /// Empty for the profile's title, order of layers and terms of allocating.
    public var scorer: String
    /// `weight`, `neutral`, `state`, `title`, `precedence`, `allocation.…`, `trial`, `vote`, or a parameter's name.
    public var name: String
    /// Nil where the value is the default, is inherited, or the scorer does not count.
    public var before: ParameterValue?
    public var after: ParameterValue?

    /// What changes from one profile to another, the program's own values first, in the order of their entries.
    public static func all(from before: ScoringProfile, to after: ScoringProfile) -> [ProfileDifference] {
        var differences: [ProfileDifference] = []
        func note(_ name: String, _ old: String, _ new: String) {
            guard old != new else { return }
            differences.append(.init(scope: nil, scorer: "", name: name, before: .text(old), after: .text(new)))
        }
        for language in Language.allCases {
            note("title.\(language.rawValue)", before.title[language], after.title[language])
        }
        func order(_ profile: ScoringProfile) -> String {
            profile.precedence.map(\.rawValue).joined(separator: " < ")
        }
        note("precedence", order(before), order(after))
        let terms = (terms(before.allocation), terms(after.allocation))
        for (old, new) in zip(terms.0, terms.1) { note("allocation.\(old.name)", old.value, new.value) }
        note("trial", before.trial?.description ?? "", after.trial?.description ?? "")
        note("vote", before.vote?.description ?? "", after.vote?.description ?? "")
        differences += compare(nil, before.entries.map(Values.init), after.entries.map(Values.init))
        let scopes =
            before.layers.map(\.scope)
            + after.layers.map(\.scope).filter { scope in
                !before.layers.contains { $0.scope == scope }
            }
        for scope in scopes {
            func values(_ profile: ScoringProfile) -> [Values] {
                profile.layers.first { $0.scope == scope }?.changes.map(Values.init) ?? []
            }
            differences += compare(scope, values(before), values(after))
        }
        return differences
    }

    /// The goals and terms of allocating, each as one word; the same names in the same order for all.
    private static func terms(_ rules: AllocationRules) -> [(name: String, value: String)] {
        [
            ("goals", rules.goals.map(\.rawValue).joined(separator: " > ")), ("split", rules.split?.rawValue ?? ""),
            ("reserve", "\(rules.reserve)"), ("areaShare", "\(rules.areaShare)"), ("capDays", "\(rules.capDays)"),
            ("partyCaps", rules.partyCaps.sorted { $0.key < $1.key }.map { "\($0):\($1)" }.joined(separator: " ")),
        ]
    }

    /// What stands about one scorer, by name.
    private struct Values {
        var scorer: String
        var values: [(name: String, value: ParameterValue)]

        init(_ entry: ScoringProfile.Entry) {
            scorer = entry.scorer
            values = [("weight", .integer(Int64(entry.weight))), ("neutral", .integer(Int64(entry.neutral)))]
            values += entry.parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }

        init(_ change: ProfileLayer.Change) {
            scorer = change.scorer
            values = change.isOff ? [("state", .text("off"))] : []
            values += change.weight.map { [("weight", .integer(Int64($0)))] } ?? []
            values += change.neutral.map { [("neutral", .integer(Int64($0)))] } ?? []
            values += change.parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
    }

    private static func compare(_ scope: ProfileScope?, _ before: [Values], _ after: [Values]) -> [ProfileDifference] {
        let scorers = before.map(\.scorer) + after.map(\.scorer).filter { id in !before.contains { $0.scorer == id } }
        return scorers.flatMap { scorer -> [ProfileDifference] in
            let old = before.first { $0.scorer == scorer }?.values ?? []
            let new = after.first { $0.scorer == scorer }?.values ?? []
            // In the program's own entries a scorer that is missing is off, not at its defaults.
            let states: [ProfileDifference] =
                scope == nil && old.isEmpty != new.isEmpty
                ? [
                    ProfileDifference(
                        scope: nil, scorer: scorer, name: "state", before: .text(old.isEmpty ? "off" : "on"),
                        after: .text(new.isEmpty ? "off" : "on"))
                ] : []
            let names = old.map(\.name) + new.map(\.name).filter { name in !old.contains { $0.name == name } }
            return states
                + names.compactMap { name in
                    let (left, right) = (old.first { $0.name == name }?.value, new.first { $0.name == name }?.value)
                    guard left != right else { return nil }
                    return ProfileDifference(scope: scope, scorer: scorer, name: name, before: left, after: right)
                }
        }
    }
}
