internal import Casework
internal import MatchCore
internal import Wire

/// Signing in and out.
public enum SessionOperations {
    public static let create = Operation<SigningIn, NewSessionView>(
        OperationFacts(
            .sessionCreate, .post, "/v1/session", "Signs in; the token of the session is shown this once.",
            zhHans: "登录；会话令牌只显示这一次。",
            details: LocalizedText(
                zhHans: "名称不存在、密码错误与账户锁定的答复及用时相同。一次性密码须先经 /v1/session/password 更换。",
                en:
                    "A name that there is not, a wrong password and a locked account are answered alike, and take as long. A one-time password has to be changed first, at /v1/session/password."
            ), status: 201, weight: .registration, refusals: [401, 409, 429, 503], isRepeatable: true),
        groundwork: { input, context in try context.comparing(input.name, input.password) }
    ) { input, context in
        let (proof, account, password) = try context.proven()
        let means = try context.signIn()
        try FactorOperations.refuseOneTime(password)
        let desk = try context.desk()
        let way = try context.secondFactorWay(of: account, input.code, desk)
        if case .right(let renewed?) = proof.finding { try desk.renewHash(renewed, of: account.id) }
        var random = context.random
        return try desk.beginSession(
            of: account, under: input.grant, way: way, attempt: proof.attempt, rules: means.rules,
            random: &random)
    }

    public static let password = Operation<PasswordChange, DoneView>(
        OperationFacts(
            .sessionPassword, .post, "/v1/session/password",
            "Chooses another password, and ends all sessions of the account.", zhHans: "更换密码，并结束该账户的所有会话。",
            weight: .registration, refusals: [401, 429, 503], isRepeatable: true),
        groundwork: { input, context in
            let rule = try context.signIn().passwordRule
            do {
                try rule.check(input.newPassword, name: SignInName(input.name))
            } catch let error as CaseworkError {
                throw Problem(.invalidInput, at: "/newPassword", error.text)
            }
            guard input.newPassword != input.password else {
                throw Problem(
                    .invalidInput, at: "/newPassword",
                    LocalizedText(zhHans: "新密码与原密码相同。", en: "This is the password as it was. Choose another."))
            }
            return try context.comparing(input.name, input.password, replacement: input.newPassword)
        }
    ) { input, context in
        let (proof, account, _) = try context.proven()
        guard let replacement = proof.replacement else { throw SignInProof.refusal }
        let desk = try context.desk()
        _ = try context.secondFactorWay(of: account, input.code, desk)
        try desk.setPassword(replacement, of: account, attempt: proof.attempt)
        return DoneView(at: Timestamp(context.now))
    }

    public static let show = Operation<OwnSession, SignedInView>(
        OperationFacts(
            .sessionShow, .get, "/v1/session", "Shows the session whose token is sent.", zhHans: "查看当前会话。")
    ) { _, context in
        let session = try context.ownSession()
        guard let grant = try context.store.accountGrant(session.grant) else { throw Problem.notFound }
        return SignedIn(session: session, state: .active, grant: grant)
    }

    public static let change = Operation<SessionSwitch, SignedInView>(
        OperationFacts(
            .sessionSwitch, .post, "/v1/session/switch", "Has the session work under another grant of the account.",
            zhHans: "切换会话所用的授权。")
    ) { input, context in
        try context.desk().switchSession(
            try context.ownSession(), to: input.grant, rules: try context.signIn().rules)
    }

    public static let end = Operation<OwnSession, DoneView>(
        OperationFacts(.sessionEnd, .delete, "/v1/session", "Signs out.", zhHans: "退出登录。")
    ) { _, context in
        try context.desk().endSession(try context.ownSession())
        return DoneView(at: Timestamp(context.now))
    }

    public static let list = Operation<PageInput, Page<SessionView>>(
        OperationFacts(
            .sessionsList, .get, "/v1/sessions", "Lists where one is signed in, the newest first.",
            zhHans: "列出本人的会话，最新的在前。")
    ) { _, context in
        let sessions = try context.store.sessions(of: context.actor.id, at: context.now)
        return PageRecord(items: Array(sessions.prefix(PageRequest.most)), next: nil)
    }

    public static let endOne = Operation<SessionInput, DoneView>(
        OperationFacts(
            .sessionsEnd, .post, "/v1/sessions/{session}/end",
            "Ends a session: one's own, or as an admin that of an account below one's authority.",
            zhHans: "结束会话：本人的，或管理员所辖账户的。")
    ) { input, context in
        guard let session = try context.store.session(input.session),
            try SessionView.isVisible(session, in: context)
        else { throw Problem.notFound }
        try context.desk().endSession(session)
        return DoneView(at: Timestamp(context.now))
    }

    static let all: [AnyOperation] = [
        AnyOperation(create), AnyOperation(show), AnyOperation(end), AnyOperation(change), AnyOperation(password),
        AnyOperation(list), AnyOperation(endOne),
    ]
}

extension OperationContext {
    /// The session whose token was sent. Throws `notFound` where it was a key's, or nobody's.
    func ownSession() throws -> StaffSession {
        guard let id = door.session, let session = try store.session(id) else { throw Problem.notFound }
        return session
    }

    /// Whether an account is wholly below the viewer's authority.
    func holds(_ account: Account) throws -> Bool {
        viewer.delegation.holds(
            account, with: try store.grants(of: account.id), as: actor.id, in: reference.areas, at: now)
    }
}
