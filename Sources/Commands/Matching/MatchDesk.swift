import Casework
import Exchange
import MatchCore
import Storage

/// A snapshot of the registry made ready to match: trees, profile, ranker, and the names of its records.
struct MatchDesk {
    let registry: Registry
    /// The program's own plan; a wish may have another one, which `ranker` knows.
    let plan: ScoringPlan
    let ranker: FamilyRanker
    /// Every scorer that is built in: a layer may bring in one that the program's own plan lacks.
    let descriptors: [ScorerDescriptor]
    /// In which names are shown.
    let language: Language

    init(session: Session, store: Store, profileName: String) throws {
        language = session.language
        let directory = try session.dataDirectory()
        let areas = try directory.areas()
        let categories = try directory.categories()
        let (registry, profile) = try store.cases.blockingRead { transaction in
            let registry = try RegistrySnapshot.load(from: transaction, areas: areas, categories: categories)
            guard let profile = try transaction.profile(profileName) else {
                throw CommandError(.notFound, DataWords.noProfile.filled(["name": profileName]))
            }
            return (registry, profile)
        }
        self.registry = registry
        let family = try ProfileFamily(profile, scorers: session.scorers, registry: registry)
        plan = family.plans[0]
        descriptors = session.scorers.map { $0.descriptor }
        ranker = FamilyRanker(
            family: family,
            context: ScoringContext(
                registry: registry, now: session.now, utcOffsetSeconds: store.program.utcOffsetSeconds))
    }

    /// The plan that an explanation was made under.
    func plan(of explanation: Explanation) -> ScoringPlan { ranker.family.plan(named: explanation.profile) ?? plan }
}
