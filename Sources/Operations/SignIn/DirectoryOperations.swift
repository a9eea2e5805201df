internal import Casework
internal import MatchCore
internal import Wire

/// Signing in through the town's directory, by OpenID Connect.
public enum DirectoryOperations {
    public static let begin = Operation<OwnSession, DirectoryWayView>(
        OperationFacts(
            .sessionBeginDirectory, .post, "/v1/session/directory",
            "Begins to sign in through the town's directory.", zhHans: "开始通过统一身份认证登录。",
            weight: .registration, refusals: [503], isRepeatable: true),
        groundwork: { _, context in
            let directory = try context.directory()
            var random = context.random
            let attempt = DirectoryAttempt(handle: AccessToken(random: &random))
            try context.store.insertDirectoryAttempt(
                attempt.handle.hash, until: context.now.adding(milliseconds: DirectoryAttempt.longest))
            return { Way(attempt: attempt, address: try await directory.address(for: attempt)) }
        }
    ) { _, context in
        guard let way = context.worked as? Way else { throw SignInProof.refusal }
        return DirectoryWayView(
            address: way.address, handle: way.attempt.handle.text,
            expires: Timestamp(context.now.adding(milliseconds: DirectoryAttempt.longest)))
    }

    private struct Way: Sendable {
        let attempt: DirectoryAttempt
        let address: String
    }

    private struct Return: Sendable {
        let attempt: SignInAttempt
        let person: DirectoryPerson
    }

    public static let finish = Operation<DirectoryReturn, DirectorySignInView>(
        OperationFacts(
            .sessionFinishDirectory, .post, "/v1/session/directory/finish",
            "Signs in with what the directory sent back; it is taken once.", zhHans: "以统一身份认证的返回完成登录，仅可使用一次。",
            details: LocalizedText(
                zhHans: "身份尚未关联账户时，不会登录，而返回身份编号，由管理员关联。目录不产生任何权限。",
                en:
                    "Where the identity is linked to no account nobody is signed in, and its id is told, for an admin to link. The directory gives no rights."
            ), weight: .registration, refusals: [401, 409, 429, 503], isRepeatable: true),
        groundwork: { input, context in
            let directory = try context.directory()
            let attempt = try context.attemptOfNobody()
            guard let handle = AccessToken(input.handle) else { throw SignInProof.refusal }
            let way = DirectoryAttempt(handle: handle)
            let now = context.now
            // Used up before the code is, whatever comes of it.
            let isKnown = try context.store.takeDirectoryAttempt(handle.hash, at: now)
            let isAnswer = way.isState(input.state)
            return {
                guard isKnown, isAnswer else { throw Self.stale }
                return Return(
                    attempt: attempt, person: try await directory.person(for: input.code, of: way, at: now))
            }
        }
    ) { input, context in
        guard let back = context.worked as? Return else { throw Self.stale }
        let (means, desk, person) = (try context.signIn(), try context.desk(), back.person)
        let found = try desk.account(
            ofDirectory: person.issuer,
            subject: context.room.office.requiredIndex().subject(person.subject, of: person.issuer),
            named: try person.name.flatMap { try context.account(named: $0) })
        guard let account = found.account else { return .waiting(found.identity.id) }
        guard account.state == .active else { throw SignInProof.refusal }
        var way = StaffSession.Way.openIDSecondFactor
        if !person.hasSecondFactor {
            let shown = try context.secondFactorWay(of: account, input.secondFactor, desk)
            way = shown == .password ? .openID : .openIDSecondFactor
        }
        var random = context.random
        let made = try desk.beginSession(
            of: account, under: input.grant, way: way, attempt: back.attempt, rules: means.rules, random: &random)
        return .signedIn(made.session, made.token)
    }

    private static let stale = Problem(
        .unauthenticated, "This way to the directory is not known, was used, or took too long. Begin again.",
        zhHans: "此次登录不存在、已使用或已超时，请重新开始。")

    // MARK: Whose it is

    public static let list = Operation<PageInput, Page<IdentityView>>(
        OperationFacts(
            .identitiesList, .get, "/v1/identities",
            "Lists who came through the directory, the newest first: those who wait to be linked, too.",
            zhHans: "列出通过统一身份认证登录的身份，含待关联者，最新的在前。")
    ) { input, context in
        try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { try context.store.identities(before: $0?.recordID, limit: $1) }, cursor: { Cursor($0.id) },
            where: { try IdentityView.isVisible($0, in: context) })
    }

    public static let link = Operation<IdentityLinking, IdentityView>(
        OperationFacts(
            .identitiesLink, .post, "/v1/identities/{identity}/link",
            "Says whose account somebody of the directory works with.", zhHans: "将身份关联到账户。")
    ) { input, context in
        try context.desk().link(
            try known(input.identity, context), to: input.account, by: context.viewer.delegation,
            in: context.reference.areas)
    }

    public static let unlink = Operation<IdentityInput, DoneView>(
        OperationFacts(
            .identitiesUnlink, .post, "/v1/identities/{identity}/unlink",
            "Takes a link away and ends the account's sessions, or forgets somebody who waits for one.",
            zhHans: "解除关联并结束该账户的会话，或移除待关联的身份。")
    ) { input, context in
        let identity = try known(input.identity, context)
        let desk = try context.desk()
        try desk.unlink(
            identity, by: context.viewer.delegation, in: context.reference.areas,
            reason: try desk.reason(input.reason, note: input.note, about: identity.account ?? identity.id))
        return DoneView(at: Timestamp(context.now))
    }

    static let all: [AnyOperation] = [
        AnyOperation(begin), AnyOperation(finish), AnyOperation(list), AnyOperation(link), AnyOperation(unlink),
    ]

    private static func known(_ id: RecordID, _ context: OperationContext) throws -> DirectoryIdentity {
        guard let identity = try context.store.identity(id), try IdentityView.isVisible(identity, in: context) else {
            throw Problem.notFound
        }
        return identity
    }
}

extension OperationContext {
    /// Throws `notFound` where the program has no directory.
    fileprivate func directory() throws -> any DirectorySigning {
        guard let directory = try signIn().directory else {
            throw Problem(
                .notFound, "This program has no directory to sign in through.", zhHans: "本项目未配置统一身份认证。")
        }
        return directory
    }

    /// Counts an attempt that names nobody. Throws `tooManyRequests` where it is not let through.
    fileprivate func attemptOfNobody() throws -> SignInAttempt {
        let attempt = try room.office.requiredIndex().attempt(from: door.address ?? "here")
        guard let seconds = try desk().admit(attempt) else { return attempt }
        throw Self.tooOften(seconds)
    }
}
