public import MatchCore

/// Accounts, made and held by admins within their own authority.
extension CaseDesk {
    /// Makes an account. It signs in with a one-time password, and may do nothing yet.
    ///
    /// - Parameters:
    ///   - key: the name's keyed hash.
    ///   - called: what the person is called, for those who read the history; the name where it is nil.
    ///   - hash: the one-time password's.
    /// Throws `wrongState` for a name that is taken, `roleNotAllowed`, and `malformed`.
    public func createAccount(
        _ name: SignInName, key: RecordID, called: String?, hash: String, oneTimeHours: Int
    ) throws -> Account {
        try requireAdmin()
        guard try store.account(key: key) == nil else {
            throw CaseworkError(
                .wrongState, "There is an account of this name. Take another name.", zhHans: "已有同名账户，请换一个名称。")
        }
        let account = Account(id: newID(), name: name, createdAt: now, createdBy: actor.id)
        try store.insert(account, key: key)
        try keepName(called ?? name.text, of: account.id, isStaff: true)
        try store.setPassword(oneTime(hash, oneTimeHours), of: account.id)
        try write("account/create", on: "account", account.id)
        return account
    }

    /// Locks an account, unlocks it, or ends it: what is no longer active has no sessions.
    ///
    /// Throws `unknown` for one that is not below the authority, `wrongState` for the own one and for one that has ended.
    public func setState(
        _ state: Account.State, of id: RecordID, by authority: Delegation, in areas: AreaTree, reason: Reason? = nil
    ) throws -> Account {
        var account = try held(id, by: authority, in: areas)
        guard account.state != state else { return account }
        guard account.state != .left else {
            throw CaseworkError(
                .wrongState, "This person has left. Make a new account.", zhHans: "此人已离职，请另建账户。")
        }
        let before = account.state
        account.state = state
        if state == .left {
            try end(account)
        } else {
            try store.setState(state, ofAccount: id)
            if state != .active { _ = try store.endSessions(of: id, besides: nil, at: now) }
        }
        let action: Code =
            switch state {
            case .active: "account/unlock"
            case .locked: "account/lock"
            case .left: "account/leave"
            }
        try write(
            action, on: "account", id, reason: reason,
            [
                FieldChange(
                    "state", before: Code(before.rawValue).map { .code($0) },
                    after: Code(state.rawValue).map { .code($0) })
            ])
        return account
    }

    /// Takes away all that an account signs in with, and all that it may do.
    func end(_ account: Account) throws {
        try store.setState(.left, ofAccount: account.id)
        _ = try store.endSessions(of: account.id, besides: nil, at: now)
        try store.setPassword(nil, of: account.id)
        try store.setSecondFactor(nil, of: account.id)
        for identity in try store.identities(of: account.id) { try store.removeIdentity(identity.id) }
        for grant in try store.grants(of: account.id) where grant.isLive(at: now) {
            try store.revokeGrant(grant.id, at: now)
        }
    }

    /// Gives an account something to do, downwards only.
    ///
    /// Throws `roleNotAllowed` for more than the authority, `unknown`, `wrongState`, and `malformed`.
    public func grant(
        _ asked: AccessGrant, to id: RecordID, by authority: Delegation, in areas: AreaTree
    ) throws -> AccountGrant {
        try requireAdmin()
        let account = try present(id)
        guard account.state != .left else {
            throw CaseworkError(.wrongState, "This person has left.", zhHans: "此人已离职。")
        }
        try asked.check(at: now)
        guard AccountGrant.roles.contains(asked.role) else {
            let list = AccountGrant.roles.names
            throw CaseworkError(
                .malformed, "Accounts are of staff: \(list.en). Others have keys.",
                zhHans: "账户仅供工作人员：\(list.zhHans)。其他角色使用令牌。")
        }
        let narrowed = try authority.narrowed(asked, in: areas)
        let grant = AccountGrant(
            id: newID(), account: id, role: narrowed.role, authority: narrowed.authority, areas: narrowed.areas,
            purpose: narrowed.purpose, grantedBy: actor.id, grantedAt: now, startsAt: narrowed.startsAt,
            expiresAt: narrowed.expiresAt)
        try store.insert(grant)
        var changes = [FieldChange("grant", before: nil, after: .record(grant.id))]
        if let role = Code(grant.role.rawValue) { changes.append(FieldChange("role", before: nil, after: .code(role))) }
        changes += grant.areas.map { FieldChange("area", before: nil, after: .code($0)) }
        if let purpose = Code(grant.purpose.rawValue), grant.purpose != .casework {
            changes.append(FieldChange("purpose", before: nil, after: .code(purpose)))
        }
        if let start = grant.startsAt { changes.append(FieldChange("starts", before: nil, after: .moment(start))) }
        if let end = grant.expiresAt { changes.append(FieldChange("expires", before: nil, after: .moment(end))) }
        try write("account/grant", on: "account", id, changes)
        return grant
    }

    /// Takes back what an account was given: sessions that work under it open nothing from now on.
    ///
    /// Throws `unknown` for one that is not below the authority, `wrongState` for the own one.
    public func revokeGrant(
        _ grant: RecordID, of id: RecordID, by authority: Delegation, in areas: AreaTree, reason: Reason? = nil
    ) throws -> AccountGrant {
        try requireAdmin()
        _ = try present(id)
        guard let kept = try store.accountGrant(grant), kept.account == id, authority.covers(kept, in: areas) else {
            throw unknown(LocalizedText(zhHans: "授权", en: "grant"), grant)
        }
        guard kept.revokedAt == nil else { return kept }
        try store.revokeGrant(grant, at: now)
        try write(
            "account/revoke", on: "account", id, reason: reason,
            [FieldChange("grant", before: .record(grant), after: nil)])
        return try store.accountGrant(grant) ?? kept
    }

    /// Puts a one-time password in the place of what there was, and ends all sessions.
    ///
    /// Throws `unknown` for an account that is not below the authority, `wrongState` for the own one.
    public func resetPassword(
        of id: RecordID, to hash: String, oneTimeHours: Int, by authority: Delegation, in areas: AreaTree
    ) throws {
        let account = try held(id, by: authority, in: areas)
        guard account.state != .left else {
            throw CaseworkError(.wrongState, "This person has left.", zhHans: "此人已离职。")
        }
        try store.setPassword(oneTime(hash, oneTimeHours), of: id)
        _ = try store.endSessions(of: id, besides: nil, at: now)
        try write("account/reset", on: "account", id)
    }

    /// Takes a second factor away, for somebody who lost it, and ends all sessions.
    ///
    /// Throws `unknown` for an account that is not below the authority, `wrongState` for the own one.
    public func removeSecondFactor(
        of id: RecordID, by authority: Delegation, in areas: AreaTree, reason: Reason? = nil
    ) throws {
        _ = try held(id, by: authority, in: areas)
        guard try store.secondFactor(of: id) != nil else { return }
        try store.setSecondFactor(nil, of: id)
        _ = try store.endSessions(of: id, besides: nil, at: now)
        try write("account/factorRemove", on: "account", id, reason: reason)
    }

    private func oneTime(_ hash: String, _ hours: Int) -> AccountPassword {
        AccountPassword(hash: hash, isOneTime: true, setAt: now, expiresAt: now.adding(hours: hours))
    }

    /// The account, for whoever may touch what it signs in with: that opens all its grants.
    func held(_ id: RecordID, by authority: Delegation, in areas: AreaTree) throws -> Account {
        try requireAdmin()
        let account = try present(id)
        let grants = try store.grants(of: id)
        guard authority.holds(account, with: grants, as: actor.id, in: areas, at: now) else {
            throw unknown(LocalizedText(zhHans: "账户", en: "account"), id)
        }
        return account
    }

    /// The account, of somebody else than whoever acts. Throws `unknown` and `wrongState`.
    private func present(_ id: RecordID) throws -> Account {
        guard let account = try store.account(id) else {
            throw unknown(LocalizedText(zhHans: "账户", en: "account"), id)
        }
        guard id != actor.id else {
            throw CaseworkError(
                .wrongState, "This is your own account. Have another admin do it.", zhHans: "这是您本人的账户，请由另一管理员操作。")
        }
        return account
    }

    private func requireAdmin() throws {
        try require([.admin], to: LocalizedText(zhHans: "管理账户", en: "manage accounts"))
    }
}
