internal import Casework
internal import MatchCore
internal import Wire

/// What an admin can do about accounts, within the own authority.
public enum AccountOperations {
    public static let list = Operation<AccountListInput, Page<AccountView>>(
        OperationFacts(
            .accountsList, .get, "/v1/accounts", "Lists accounts, the newest first.", zhHans: "列出账户，最新的在前。")
    ) { input, context in
        func isVisible(_ account: Account) throws -> Bool {
            AccountView.isVisible(account, try context.store.grants(of: account.id), in: context)
        }
        if let name = input.name {
            let found = try context.account(named: name).map { try isVisible($0) ? [$0] : [] } ?? []
            return PageRecord(items: found, next: nil)
        }
        return try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { try context.store.accounts(before: $0?.recordID, limit: $1) }, cursor: { Cursor($0.id) },
            where: isVisible)
    }

    public static let show = Operation<AccountInput, AccountView>(
        OperationFacts(.accountsShow, .get, "/v1/accounts/{account}", "Shows an account.", zhHans: "查看账户。")
    ) { input, context in try known(input.account, context) }

    public static let create = Operation<AccountCreating, NewAccountView>(
        OperationFacts(
            .accountsCreate, .post, "/v1/accounts",
            "Makes an account; its one-time password is shown this once.", zhHans: "创建账户，一次性密码只显示这一次。",
            status: 201, refusals: [503]),
        location: { "/v1/accounts/\($0.account.id)" }, groundwork: { _, context in try oneTimePassword(context) }
    ) { input, context in
        guard let name = SignInName(input.name) else {
            throw Problem(
                .invalidInput, at: "/name",
                LocalizedText(
                    zhHans: "名称由 2 至 64 个字母（含汉字）、数字或 . - _ @ 组成。",
                    en: "A name is made of 2 to 64 letters, digits, '.', '-', '_' and '@'."))
        }
        let made = try worked(context)
        let account = try context.desk().createAccount(
            name, key: context.room.office.requiredIndex().account(named: name), called: input.called,
            hash: made.hash, oneTimeHours: context.signIn().rules.oneTimeHours)
        return (account, made.password)
    }

    public static let lock = step(.accountsLock, .locked, "Locks an account; it takes effect at once.", "锁定账户，立即生效。")
    public static let unlock = step(.accountsUnlock, .active, "Unlocks an account.", "解锁账户。")
    public static let leave = step(
        .accountsLeave, .left, "Ends an account for good: the person works here no more.", "注销账户：此人已离职。")

    private static func step(
        _ id: OperationID, _ state: Account.State, _ en: String, _ zhHans: String
    ) -> Operation<AccountStep, AccountView> {
        Operation(
            OperationFacts(id, .post, "/v1/accounts/{account}/\(id.verb)", en, zhHans: zhHans)
        ) { input, context in
            _ = try known(input.account, context)
            let desk = try context.desk()
            return try desk.setState(
                state, of: input.account, by: context.viewer.delegation, in: context.reference.areas,
                reason: try desk.reason(input.reason, note: input.note, about: input.account))
        }
    }

    public static let grant = Operation<AccountGranting, AccountView>(
        OperationFacts(
            .accountsGrant, .post, "/v1/accounts/{account}/grants",
            "Gives an account a role, within one's own authority.",
            zhHans: "在本人权限内授予账户角色。", status: 201)
    ) { input, context in
        let account = try known(input.account, context)
        _ = try context.desk().grant(
            try input.grant(label: "account", in: context),
            to: input.account, by: context.viewer.delegation, in: context.reference.areas)
        return account
    }

    public static let revoke = Operation<AccountRevoking, AccountView>(
        OperationFacts(
            .accountsRevoke, .post, "/v1/accounts/{account}/grants/{grant}/revoke",
            "Takes back what an account was given; it takes effect at once.", zhHans: "撤销账户的授权，立即生效。")
    ) { input, context in
        let account = try known(input.account, context)
        let desk = try context.desk()
        _ = try desk.revokeGrant(
            input.grant, of: input.account, by: context.viewer.delegation, in: context.reference.areas,
            reason: try desk.reason(input.reason, note: input.note, about: input.account))
        return account
    }

    public static let resetPassword = Operation<AccountInput, NewAccountView>(
        OperationFacts(
            .accountsResetPassword, .post, "/v1/accounts/{account}/password",
            "Gives an account a one-time password in place of its own, and ends its sessions.",
            zhHans: "为账户重置一次性密码，并结束其会话。", refusals: [503]),
        groundwork: { _, context in try oneTimePassword(context) }
    ) { input, context in
        let account = try known(input.account, context)
        let made = try worked(context)
        try context.desk().resetPassword(
            of: input.account, to: made.hash, oneTimeHours: context.signIn().rules.oneTimeHours,
            by: context.viewer.delegation, in: context.reference.areas)
        return (account, made.password)
    }

    public static let removeFactor = Operation<AccountStep, AccountView>(
        OperationFacts(
            .accountsRemoveFactor, .post, "/v1/accounts/{account}/factor/remove",
            "Takes an account's second factor away, for somebody who lost it, and ends its sessions.",
            zhHans: "移除账户的第二验证（遗失时），并结束其会话。")
    ) { input, context in
        let account = try known(input.account, context)
        let desk = try context.desk()
        try desk.removeSecondFactor(
            of: input.account, by: context.viewer.delegation, in: context.reference.areas,
            reason: try desk.reason(input.reason, note: input.note, about: input.account))
        return account
    }

    public static let sessions = Operation<AccountInput, Page<SessionView>>(
        OperationFacts(
            .accountsSessions, .get, "/v1/accounts/{account}/sessions", "Lists where an account is signed in.",
            zhHans: "列出账户的会话。")
    ) { input, context in
        guard try context.holds(try known(input.account, context)) else { throw Problem.notFound }
        let sessions = try context.store.sessions(of: input.account, at: context.now)
        return PageRecord(items: Array(sessions.prefix(PageRequest.most)), next: nil)
    }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(show), AnyOperation(create), AnyOperation(lock), AnyOperation(unlock),
        AnyOperation(leave), AnyOperation(grant), AnyOperation(revoke), AnyOperation(resetPassword),
        AnyOperation(removeFactor), AnyOperation(sessions),
    ]

    /// The account, where the viewer may know of it.
    private static func known(_ id: RecordID, _ context: OperationContext) throws -> Account {
        guard let account = try context.store.account(id),
            AccountView.isVisible(account, try context.store.grants(of: id), in: context)
        else { throw Problem.notFound }
        return account
    }

    // MARK: One-time passwords

    private struct OneTimePassword: Sendable {
        let password: String
        let hash: String
    }

    private static func oneTimePassword(_ context: OperationContext) throws -> Groundwork {
        let means = try context.signIn()
        var random = context.random
        let password = SpokenCode(.confirmation, random: &random).text
        return { OneTimePassword(password: password, hash: try await means.passwords.hash(password)) }
    }

    private static func worked(_ context: OperationContext) throws -> OneTimePassword {
        guard let made = context.worked as? OneTimePassword else {
            throw Problem(
                .unavailable, "The one-time password was not worked out. Ask again.", zhHans: "未能生成一次性密码，请重试。")
        }
        return made
    }
}
