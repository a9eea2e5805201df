public import MatchCore

/// Signing in, as whoever has shown who they are.
extension CaseDesk {
    /// Counts an attempt at signing in before anything is looked at. Returns how many seconds to wait where it is not let
    /// through.
    public func admit(_ attempt: SignInAttempt) throws -> Int? {
        try SignInThrottle(store: store, now: now).admit(attempt)
    }

    /// Begins a session of an account that has shown who it is.
    ///
    /// - Parameters:
    ///   - grant: under which of its grants it is to work; nil for the first that counts.
    ///   - attempt: is taken back.
    /// Throws `notCovered` where no grant counts now.
    public func beginSession(
        of account: Account, under grant: RecordID?, way: StaffSession.Way, attempt: SignInAttempt?,
        rules: SignInRules, random: inout some RandomNumberGenerator
    ) throws -> (session: SignedIn, token: AccessToken) {
        let valid = try store.grants(of: account.id).filter { $0.isValid(at: now) }
        guard let chosen = grant == nil ? valid.first : valid.first(where: { $0.id == grant }) else {
            throw CaseworkError(
                .notCovered,
                "This account has nothing to do now: no grant counts, or not the one that was named. Ask an admin.",
                zhHans: "该账户目前没有有效授权，或没有所选授权。请联系管理员。")
        }
        try requireFactor(for: chosen.role, way, rules)
        let failed = try attempt.map { try SignInThrottle(store: store, now: now).succeed($0) } ?? 0
        let token = AccessToken(random: &random)
        let session = StaffSession(
            id: newID(), hash: token.hash, account: account.id, grant: chosen.id, way: way, beganAt: now, seenAt: now,
            idle: Int64(rules.idleMinutes) * 60_000, endsAt: now.adding(hours: rules.sessionHours))
        try store.insert(session)
        var changes = [FieldChange("grant", before: nil, after: .record(chosen.id))]
        if let way = Code(way.rawValue) { changes.append(FieldChange("way", before: nil, after: .code(way))) }
        if failed > 0 { changes.append(FieldChange("failed", before: nil, after: .integer(failed))) }
        try desk(as: chosen.actor).write("session/begin", on: "account", account.id, changes)
        return (SignedIn(session: session, state: account.state, grant: chosen), token)
    }

    /// Has a session work under another grant of its account. Throws `unknown` for one that does not count.
    public func switchSession(_ session: StaffSession, to grant: RecordID, rules: SignInRules) throws -> SignedIn {
        guard let kept = try store.accountGrant(grant), kept.account == session.account, kept.isValid(at: now) else {
            throw unknown(LocalizedText(zhHans: "授权", en: "grant"), grant)
        }
        try requireFactor(for: kept.role, session.way, rules)
        try store.setGrant(grant, ofSession: session.id)
        try desk(as: kept.actor).write(
            "session/switch", on: "account", session.account,
            [FieldChange("grant", before: .record(session.grant), after: .record(grant))])
        var switched = session
        switched.grant = grant
        return SignedIn(session: switched, state: .active, grant: kept)
    }

    /// Ends a session at once; one that has ended is left as it is.
    public func endSession(_ session: StaffSession, reason: Reason? = nil) throws {
        guard session.isValid(at: now) else { return }
        try store.endSession(session.id, at: now)
        try write(
            "session/end", on: "account", session.account, reason: reason,
            [FieldChange("session", before: .record(session.id), after: nil)])
    }

    /// Keeps the password that somebody chose themselves, and ends all their sessions.
    public func setPassword(_ hash: String, of account: Account, attempt: SignInAttempt?) throws {
        if let attempt { _ = try SignInThrottle(store: store, now: now).succeed(attempt) }
        try store.setPassword(AccountPassword(hash: hash, isOneTime: false, setAt: now), of: account.id)
        _ = try store.endSessions(of: account.id, besides: nil, at: now)
        try desk(as: CaseActor(id: account.id, role: role(of: account.id)))
            .write("account/password", on: "account", account.id)
    }

    /// Keeps a password hashed by what is declared now, where it was hashed with less.
    public func renewHash(_ hash: String, of account: RecordID) throws {
        guard let kept = try store.password(of: account) else { return }
        try store.setPassword(
            AccountPassword(hash: hash, isOneTime: kept.isOneTime, setAt: kept.setAt, expiresAt: kept.expiresAt),
            of: account)
    }

    /// Throws `wrongState` for a role that nobody works in without a second factor.
    private func requireFactor(for role: Role, _ way: StaffSession.Way, _ rules: SignInRules) throws {
        guard rules.secondFactor.contains(role), !way.hasSecondFactor else { return }
        throw CaseworkError(
            .wrongState,
            "Nobody works in the role of \(role.name.en) without a second factor. Set one up first: almoner account totp, or POST /v1/session/factor.",
            zhHans: "\(role.name.zhHans)须启用第二验证。请先启用：almoner account totp 或 POST /v1/session/factor。")
    }

    /// In what role somebody changes what they sign in with, for the history.
    func role(of account: RecordID) throws -> Role {
        try store.grants(of: account).first { $0.isLive(at: now) }?.role ?? .guest
    }
}
