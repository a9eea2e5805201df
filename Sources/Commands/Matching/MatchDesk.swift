import Casework
import Exchange
import MatchCore
import Operations
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
        self = try store.cases.blockingRead { transaction in
            try MatchDesk(
                session: session, transaction: transaction, profileName: profileName,
                utcOffsetSeconds: store.program.utcOffsetSeconds, isVoting: true)
        }
    }

    /// A desk over what a transaction sees, as of a time, by a profile: NAME, NAME@REVISION or NAME:DRAFT.
    ///
    /// - Parameter isVoting: whether a vote that the profile declares makes the order, as for lists that people choose from;
    ///   plans are made by totals.
    init(
        session: Session, transaction: any CaseTransaction, profileName: String, revision: Int? = nil,
        asOf: Timestamp? = nil, utcOffsetSeconds: Int = ProgramTimeZone.shanghai.offsetMinutes * 60,
        isVoting: Bool = false
    ) throws {
        language = session.language
        let directory = try session.dataDirectory()
        registry = try RegistrySnapshot.load(
            from: transaction, areas: try directory.areas(), categories: try directory.categories())
        let name: ProfileName
        if let revision {
            name = .revision(profileName, revision)
        } else {
            name = try ProfileName(profileName, at: "--profile")
        }
        let profile = try name.profile(in: transaction)
        let family = try ProfileFamily(profile, scorers: session.scorers, registry: registry)
        plan = family.plans[0]
        descriptors = session.scorers.map { $0.descriptor }
        let context = ScoringContext(
            registry: registry, now: asOf ?? session.now, utcOffsetSeconds: utcOffsetSeconds)
        let (registry, scorers) = (registry, session.scorers)
        ranker = FamilyRanker(
            family: family, context: context,
            voices: try (isVoting ? profile.voices(in: transaction) : []).map {
                FamilyRanker(
                    family: try ProfileFamily($0, scorers: scorers, registry: registry), context: context)
            })
    }

    /// The plan that an explanation was made under.
    func plan(of explanation: Explanation) -> ScoringPlan { ranker.family.plan(named: explanation.profile) ?? plan }
}
