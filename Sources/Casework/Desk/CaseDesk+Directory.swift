public import MatchCore

/// People whom the town's directory knows, and whose accounts they work with. It makes no rights: those stand in grants.
extension CaseDesk {
    /// The account of somebody whom the directory has named; nil where nobody has said yet whose it is, and then that waits
    /// for an admin.
    ///
    /// - Parameters:
    ///   - subject: a keyed hash of what the directory calls them.
    ///   - named: the account that the directory's own name for them means, where it is trusted to name people; nil else.
    /// Throws `wrongState` where that account is another person's of the same directory.
    public func account(
        ofDirectory issuer: String, subject: RecordID, named: Account?
    ) throws -> (identity: DirectoryIdentity, account: Account?) {
        var identity =
            try store.identity(issuer: issuer, subject: subject)
            ?? DirectoryIdentity(id: newID(), issuer: issuer, subject: subject, askedAt: now)
        if let linked = identity.account { return (identity, try store.account(linked)) }
        guard let named, named.state == .active else {
            try store.save(identity)
            return (identity, nil)
        }
        // Whoever gets a name that somebody had before them does not get the account with it.
        guard try store.identities(of: named.id).allSatisfy({ $0.issuer != issuer }) else {
            throw CaseworkError(
                .wrongState,
                "This name's account is linked to somebody else of the directory. Ask an admin (almoner account link).",
                zhHans: "同名账户已关联目录中的另一人。请联系管理员（almoner account link）。")
        }
        identity.account = named.id
        identity.approvedBy = CaseActor.system.id
        identity.approvedAt = now
        try store.save(identity)
        try system.write(
            "account/link", on: "account", named.id,
            [FieldChange("identity", before: nil, after: .record(identity.id))])
        return (identity, named)
    }

    /// Says whose account somebody of the directory works with.
    ///
    /// Throws `unknown` for an account that is not below the authority, `wrongState` for one's own and for an identity that
    /// is linked already.
    public func link(
        _ identity: DirectoryIdentity, to id: RecordID, by authority: Delegation, in areas: AreaTree
    ) throws -> DirectoryIdentity {
        _ = try held(id, by: authority, in: areas)
        guard identity.account == nil else {
            throw CaseworkError(
                .wrongState, "This identity is linked already. Unlink it first.", zhHans: "该身份已关联账户，请先解除。")
        }
        var linked = identity
        linked.account = id
        linked.approvedBy = actor.id
        linked.approvedAt = now
        try store.save(linked)
        try write(
            "account/link", on: "account", id,
            [FieldChange("identity", before: nil, after: .record(identity.id))])
        return linked
    }

    /// Takes a link away, or forgets somebody who waits for one, and ends the account's sessions.
    public func unlink(
        _ identity: DirectoryIdentity, by authority: Delegation, in areas: AreaTree, reason: Reason? = nil
    ) throws {
        if let id = identity.account {
            _ = try held(id, by: authority, in: areas)
            _ = try store.endSessions(of: id, besides: nil, at: now)
            try write(
                "account/unlink", on: "account", id, reason: reason,
                [FieldChange("identity", before: .record(identity.id), after: nil)])
        }
        try store.removeIdentity(identity.id)
    }
}
