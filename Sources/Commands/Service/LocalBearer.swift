import Casework
import MatchCore

/// Whom a token of a database on this machine stands for: the holder of a key, or somebody of the staff who signed in.
struct LocalBearer {
    let actor: CaseActor
    let areas: [Code]
    let purpose: AccessPurpose
    /// When it ends; nil for a key without an end.
    let until: Moment?
    /// Nil for a key.
    let session: StaffSession?

    /// Looks a token up by its hash; nil for one that opens nothing at that moment.
    init?(_ token: AccessToken, in store: any CaseTransaction, at moment: Moment) throws {
        if let key = try store.accessKey(hash: token.hash) {
            guard key.isValid(at: moment) else { return nil }
            self.init(
                actor: key.actor, areas: key.areas, purpose: key.purpose, until: key.expiresAt, session: nil)
            return
        }
        guard let signedIn = try store.signedIn(hash: token.hash), signedIn.isValid(at: moment) else { return nil }
        let grant = signedIn.grant
        self.init(
            actor: grant.actor, areas: grant.areas, purpose: grant.purpose, until: grant.expiresAt,
            session: signedIn.session)
    }

    private init(
        actor: CaseActor, areas: [Code], purpose: AccessPurpose, until: Moment?, session: StaffSession?
    ) {
        self.actor = actor
        self.areas = areas
        self.purpose = purpose
        self.until = until
        self.session = session
    }
}
