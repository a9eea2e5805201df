internal import Casework
internal import MatchCore

/// Which revisions serve one trial by areas.
enum TrialRun {
    /// The unbroken run of revisions around a profile that state the same terms and serve the same areas alike: a trial
    /// goes on where it is published again with something else mended. One that was rolled back and later begun anew, if
    /// only under the same terms, is another trial, whose choices were made at another time.
    static func revisions(of profile: ScoringProfile, in store: any CaseTransaction) throws -> Set<Int> {
        guard let trial = profile.trial, profile.revision > 0 else { return [] }
        let newest = try store.profile(profile.name)?.revision ?? profile.revision
        func isOfTrial(_ number: Int) throws -> Bool {
            guard let other = try store.profile(profile.name, revision: number) else { return false }
            return other.trial == trial && other.precedence == profile.precedence
                && other.areaLayers == profile.areaLayers
        }
        var (first, last) = (profile.revision, profile.revision)
        while first > 1, try isOfTrial(first - 1) { first -= 1 }
        while last < newest, try isOfTrial(last + 1) { last += 1 }
        return Set(first...last)
    }
}

extension ScoringProfile {
    /// What differs between areas, whatever else there is.
    fileprivate var areaLayers: [ProfileLayer] {
        layers.filter { $0.scope.kind == .area }.sorted {
            $0.scope.code.utf8.lexicographicallyPrecedes($1.scope.code.utf8)
        }
    }
}
