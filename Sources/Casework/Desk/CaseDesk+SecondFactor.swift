public import MatchCore

/// Second factors, begun and confirmed by whoever has shown the password.
extension CaseDesk {
    /// Begins a second factor: it counts when a code of it was given, and until then the one that there was.
    public func beginSecondFactor(
        of account: Account, attempt: SignInAttempt?, random: inout some RandomNumberGenerator
    ) throws -> TimeCode {
        if let attempt { _ = try SignInThrottle(store: store, now: now).succeed(attempt) }
        let code = TimeCode(random: &random)
        var factor = try store.secondFactor(of: account.id) ?? SecondFactor(code: nil)
        factor.pending = code
        try store.setSecondFactor(factor, of: account.id)
        return code
    }

    /// Confirms a second factor by a code of it, and gives out recovery codes, which are shown this once.
    ///
    /// Returns nil for a code that is not right. Throws `wrongState` where none was begun.
    public func confirmSecondFactor(
        of account: Account, code: String, attempt: SignInAttempt?, random: inout some RandomNumberGenerator
    ) throws -> [SpokenCode]? {
        guard var factor = try store.secondFactor(of: account.id), let pending = factor.pending else {
            throw CaseworkError(
                .wrongState, "No second factor waits for a code. Begin one first.", zhHans: "没有待确认的第二验证，请先启用。")
        }
        guard let step = pending.step(of: code, at: now, after: 0) else { return nil }
        if let attempt { _ = try SignInThrottle(store: store, now: now).succeed(attempt) }
        factor = SecondFactor(code: pending, confirmedAt: now, lastStep: step)
        try store.setSecondFactor(factor, of: account.id)
        let codes = (0..<SecondFactor.recoveryCodes).map { _ in SpokenCode(.confirmation, random: &random) }
        try store.setRecoveryCodes(codes.map(\.hash), of: account.id)
        _ = try store.endSessions(of: account.id, besides: nil, at: now)
        try desk(as: CaseActor(id: account.id, role: role(of: account.id)))
            .write("account/factor", on: "account", account.id)
        return codes
    }

    /// Takes a code of the second factor, or one of the recovery codes; each is taken once. Nil for one that is not right.
    public func takeCode(_ text: String, of account: RecordID) throws -> StaffSession.Way? {
        guard var factor = try store.secondFactor(of: account), let known = factor.code else { return nil }
        if let step = known.step(of: text, at: now, after: factor.lastStep) {
            factor.lastStep = step
            try store.setSecondFactor(factor, of: account)
            return .secondFactor
        }
        guard let code = SpokenCode(text, .confirmation), try store.takeRecoveryCode(code.hash, of: account) else {
            return nil
        }
        return .recoveryCode
    }
}
