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
            try revision.map { try transaction.profile(profileName, revision: $0) }
            ?? transaction.profile(profileName)
        guard let found else { throw CommandError(.notFound, DataWords.noProfile.filled(["name": profileName])) }
        plan = try ScoringPlan(found, scorers: session.scorers)
        ranker = Ranker(
            plan: plan,
            context: ScoringContext(
                registry: registry, now: asOf ?? session.now,
                utcOffsetSeconds: ProgramTimeZone.shanghai.offsetMinutes * 60))
    }
}
