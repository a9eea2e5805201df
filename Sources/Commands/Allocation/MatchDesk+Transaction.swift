import Casework
import Exchange
import MatchCore

extension MatchDesk {
    /// A desk over what a transaction sees, as of a time, with the newest revision of a profile or the one named.
    init(
        session: Session, transaction: any CaseTransaction, profileName: String, revision: Int? = nil,
        asOf: Timestamp? = nil
    ) throws {
        let directory = try session.dataDirectory()
        language = session.language
        registry = try RegistrySnapshot.load(
            from: transaction, areas: try directory.areas(), categories: try directory.categories())
        let found =
            if let revision {
                try transaction.profile(profileName, revision: revision)
            } else {
                try transaction.profile(profileName)
            }
        guard let profile = found else {
            throw CommandError(.notFound, DataWords.noProfile.filled(["name": profileName]))
        }
        plan = try ScoringPlan(profile, scorers: session.scorers)
        ranker = Ranker(
            plan: plan,
            context: ScoringContext(
                registry: registry, now: asOf ?? session.now,
                utcOffsetSeconds: ProgramTimeZone.shanghai.offsetMinutes * 60))
    }
}
