import Casework
import Exchange
import MatchCore
import Storage

/// A snapshot of the registry made ready to match: trees, profile, ranker, and the names of its records.
struct MatchDesk {
    let registry: Registry
    let plan: ScoringPlan
    let ranker: Ranker
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
        plan = try ScoringPlan(profile, scorers: session.scorers)
        ranker = Ranker(
            plan: plan,
            context: ScoringContext(
                registry: registry, now: session.now, utcOffsetSeconds: store.program.utcOffsetSeconds))
    }
}
