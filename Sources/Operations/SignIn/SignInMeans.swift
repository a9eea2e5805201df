public import Casework
internal import MatchCore
internal import Wire

/// What signing in takes besides the store.
public struct SignInMeans: Sendable {
    public let rules: SignInRules
    let passwords: any PasswordHashing
    /// Nil where the program has none.
    let directory: (any DirectorySigning)?

    public init(rules: SignInRules, passwords: any PasswordHashing, directory: (any DirectorySigning)? = nil) {
        self.rules = rules
        self.passwords = passwords
        self.directory = directory
    }

    var passwordRule: PasswordRule { PasswordRule(least: rules.leastPassword) }
}

/// What came of a password, before anything is done about it.
struct SignInProof: Sendable {
    let attempt: SignInAttempt
    /// The account and the hash that the password was compared with; nil where there was none to compare with.
    let account: RecordID?
    let hash: String?
    let finding: PasswordFinding
    /// The hash of the password that is to be the new one.
    var replacement: String?
}

extension OperationContext {
    /// Throws `unavailable` where nobody signs in.
    func signIn() throws -> SignInMeans {
        guard let means = room.signIn else {
            throw Problem(
                .unavailable, "Signing in is not set up here. Use a key (almoner key create).",
                zhHans: "此处未启用登录，请使用令牌（almoner key create）。")
        }
        return means
    }

    /// Counts an attempt of the name from the request's door. Throws `tooManyRequests` where it is not let through.
    func attempt(named name: String) throws -> SignInAttempt {
        let attempt = try room.office.requiredIndex().attempt(named: name, from: door.address ?? "here")
        guard let seconds = try desk().admit(attempt) else { return attempt }
        throw Self.tooOften(seconds)
    }

    static func tooOften(_ seconds: Int) -> Problem {
        Problem(
            .tooManyRequests, "Signing in failed too often. Wait \(seconds) s and try again.",
            zhHans: "登录失败次数过多，请等待 \(seconds) 秒后再试。", retryAfterSeconds: seconds)
    }

    /// Begins to compare a password with an account's: counted first, and as long for an account that there is not.
    ///
    /// - Parameter replacement: the password that is to take its place; nil for none.
    func comparing(_ name: String, _ password: String, replacement: String? = nil) throws -> Groundwork {
        let begun = ContinuousClock.now
        let means = try signIn()
        let attempt = try attempt(named: name)
        let account = try account(named: name)
        let kept = try account.flatMap { try store.password(of: $0.id) }
        let isTaken = account?.state == .active && kept?.expiresAt.map { now < $0 } ?? true
        let hash = isTaken ? kept?.hash : nil
        let id = account?.id
        return {
            let finding = try await means.passwords.check(password, against: hash)
            var proof = SignInProof(attempt: attempt, account: id, hash: hash, finding: finding)
            if case .right = finding {
                if let replacement { proof.replacement = try await means.passwords.hash(replacement) }
            } else {
                try await Self.settle(begun)
            }
            return proof
        }
    }

    /// The account that a proof speaks of, where the password was right and nothing has changed since.
    ///
    /// Throws the one ``refusal`` for everything else.
    func proven() throws -> (proof: SignInProof, account: Account, password: AccountPassword) {
        guard let proof = worked as? SignInProof else { throw SignInProof.refusal }
        guard case .right = proof.finding, let id = proof.account, let account = try store.account(id),
            account.state == .active, let password = try store.password(of: id), password.hash == proof.hash
        else { throw SignInProof.refusal }
        return (proof, account, password)
    }

    func account(named name: String) throws -> Account? {
        guard let name = SignInName(name) else { return nil }
        return try store.account(key: room.office.requiredIndex().account(named: name))
    }

    /// What is wrong is answered at multiples of this time only, so that small differences before tell nothing.
    private static let settling = Duration.milliseconds(25)

    private static func settle(_ begun: ContinuousClock.Instant) async throws {
        let steps = Int((ContinuousClock.now - begun) / settling) + 1
        try await Task.sleep(until: begun + settling * steps, clock: .continuous)
    }
}

extension SignInProof {
    /// The same for a name that there is not, a wrong password, an account that is locked, and a wrong code.
    static let refusal = Problem(
        .unauthenticated, "Name, password or code is not right. After several failures there is a pause.",
        zhHans: "名称、密码或验证码不正确。多次失败后须等待。")
}
