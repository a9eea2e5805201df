import ArgumentParser
import MatchCore

/// Words about accounts and signing in.
enum AccountWords: String, Words {
    case account, create, list, show, lock, unlock, leave, grant, revoke, password, sessions, signIn, signOut
    case nameHelp, accountHelp, called, roleHelp, grantHelp, reset, ownName, grantOption, endSession
    case oneTime, oneTimeAdvice, state, grants, noGrants, named, madeBy, areas, everywhere, purpose, factor, isYours
    case yes, no, oneTimeWaiting, done, askName, askPassword, askNew, askAgain, askCode, differ, noInput, signedIn
    case signedOut, notSignedIn, needsServer, unknownAccount, fileOpen, fileUnwritable, changed, began, seen, ends, way
    case directory, openAddress, askAddress, noReturn, askCodePerhaps, notLinked, identities, link, unlink
    case identityHelp, linked, unlinked, issuer, linkedTo, waits, asked
    case totp, remove, scan, secret, recovery, factorRemoved
    case current, sessionEnded, active, locked, left

    var text: LocalizedText {
        switch self {
        case .account: both("账户：工作人员的登录与授权。", "Accounts: who of the staff signs in, and what they may do.")
        case .create:
            both("创建账户；一次性密码只显示这一次。", "Make an account; its one-time password is shown this once.")
        case .list: both("列出账户。", "List the accounts.")
        case .show: both("查看账户及其授权。", "Show an account and what it may do.")
        case .lock: both("锁定账户，立即生效。", "Lock an account; it takes effect at once.")
        case .unlock: both("解锁账户。", "Unlock an account.")
        case .leave: both("注销账户：此人已离职。", "End an account for good: the person works here no more.")
        case .grant: both("授予账户角色，不超出本人权限。", "Give an account a role, within your own authority.")
        case .revoke: both("撤销账户的授权，立即生效。", "Take back what an account was given; it takes effect at once.")
        case .password:
            both(
                "更换自己的密码；加 --reset 则为他人重置一次性密码。",
                "Change your own password; with --reset give somebody a one-time password.")
        case .sessions: both("列出或结束账户的会话。", "List where an account is signed in, or end a session.")
        case .signIn:
            both(
                "登录服务（--server），会话保存在仅本人可读的文件中。",
                "Sign in to a server (--server); the session is kept in a file that you alone can read.")
        case .signOut: both("退出登录，并删除会话文件。", "Sign out, and remove the session's file.")
        case .nameHelp:
            both("登录名称：字母（含汉字）、数字及 . - _ @。", "The name to sign in with: letters, digits, '.', '-', '_' and '@'.")
        case .accountHelp: both("账户的名称或编号。", "The account's name or id.")
        case .called: both("姓名。", "What the person is called.")
        case .roleHelp:
            both(
                "角色：intake、coordinator、approver:级别:金额（分）、auditor、admin。",
                "The role: intake, coordinator, approver:LEVEL:LIMIT (in fen), auditor or admin.")
        case .grantHelp: both("授权的编号。", "The grant's id.")
        case .reset: both("为他人重置一次性密码。", "Give the account a one-time password in place of its own.")
        case .ownName: both("账户名称；不填则询问。", "The account's name; asked for where it is left out.")
        case .grantOption: both("会话所用的授权编号。", "Under which of the account's grants to work.")
        case .endSession: both("结束此编号的会话。", "End the session with this id.")
        case .oneTime:
            both(
                "一次性密码只显示这一次，请当面或另行告知本人：", "The one-time password is shown this once; tell it to nobody but its owner:")
        case .oneTimeAdvice:
            both(
                "本人须先设置自己的密码：almoner account password {name} --server URL",
                "Its owner chooses a password first: almoner account password {name} --server URL")
        case .state: both("状态", "state")
        case .grants: both("授权", "grants")
        case .noGrants: both("尚无授权。", "It may do nothing yet.")
        case .named: both("名称", "name")
        case .madeBy: both("创建人", "made by")
        case .areas: both("区划", "areas")
        case .everywhere: both("全部", "all")
        case .purpose: both("用途", "purpose")
        case .factor: both("第二验证", "second factor")
        case .isYours: both("可由您重置", "yours to reset")
        case .yes: both("是", "yes")
        case .no: both("否", "no")
        case .oneTimeWaiting: both("待设密码", "has a one-time password")
        case .done: both("已完成：{name}，{state}", "Done: {name}, {state}")
        case .askName: both("名称：", "Name: ")
        case .askPassword: both("密码：", "Password: ")
        case .askNew: both("新密码：", "New password: ")
        case .askAgain: both("再次输入新密码：", "New password again: ")
        case .askCode: both("验证码：", "Code: ")
        case .differ: both("两次输入的新密码不同。", "The two new passwords are not the same.")
        case .noInput: both("没有输入。", "Nothing was entered.")
        case .signedIn: both("已登录：{name}（{role}），至 {until}。", "Signed in as {name} ({role}) until {until}.")
        case .signedOut: both("已退出登录。", "Signed out.")
        case .notSignedIn: both("未登录 {server}。", "You are not signed in at {server}.")
        case .needsServer: both("请给出 --server。", "Give --server.")
        case .unknownAccount: both("没有账户“{name}”，或您无权查看。", "There is no account '{name}', or it is not yours to see.")
        case .fileOpen:
            both("{path} 可被他人读取。请删除后重新登录。", "Others can read {path}. Remove it and sign in again.")
        case .fileUnwritable: both("无法写入 {path}。", "{path} cannot be written.")
        case .changed: both("密码已更换，原有会话均已结束。", "The password was changed, and all sessions have ended.")
        case .began: both("登录时间", "began")
        case .seen: both("最近使用", "last used")
        case .ends: both("最迟结束", "ends")
        case .way: both("方式", "way")
        case .current: both("当前", "this one")
        case .directory: both("通过统一身份认证登录。", "Sign in through the town's directory.")
        case .openAddress: both("请用浏览器打开：", "Open this with a browser:")
        case .askAddress: both("登录后浏览器到达的地址：", "The address the browser came to afterwards: ")
        case .noReturn:
            both("此地址不含 code 与 state，请完整复制。", "This address has no code and state in it. Copy the whole of it.")
        case .askCodePerhaps: both("第二验证的验证码（没有则回车）：", "Code of your second factor (Enter for none): ")
        case .notLinked:
            both(
                "您的身份尚未关联账户，未登录。请管理员执行：almoner account link 账户 {id}",
                "Your identity is linked to no account, and you are not signed in. Ask an admin for: almoner account link NAME {id}"
            )
        case .identities: both("列出通过统一身份认证登录的身份。", "List who came through the town's directory.")
        case .link: both("将身份关联到账户。", "Say whose account somebody of the directory works with.")
        case .unlink: both("解除身份与账户的关联。", "Take such a link away.")
        case .identityHelp: both("身份编号。", "The identity's id.")
        case .linked: both("已将 {id} 关联到 {name}。", "Linked {id} to {name}.")
        case .unlinked: both("已解除 {id} 的关联。", "Took the link of {id} away.")
        case .issuer: both("统一身份认证", "directory")
        case .linkedTo: both("账户", "account")
        case .waits: both("待关联", "waits")
        case .asked: both("首次登录", "came first")
        case .totp:
            both(
                "启用自己的第二验证（验证器应用）；加 --remove 则移除他人的。",
                "Set up your own second factor (an authenticator app); with --remove take somebody's away.")
        case .remove: both("移除他人的第二验证（遗失时）。", "Take the account's second factor away, for somebody who lost it.")
        case .scan:
            both(
                "请将此地址或密钥录入验证器应用（只显示这一次）：",
                "Enter this address or secret into an authenticator app; it is shown this once:")
        case .secret: both("密钥：{secret}", "Secret: {secret}")
        case .recovery:
            both(
                "第二验证已启用。恢复码各可用一次，只显示这一次，请妥善保存：",
                "The second factor counts from now on. Each of these codes stands in for it once; they are shown this once:"
            )
        case .factorRemoved: both("已移除 {name} 的第二验证。", "Took the second factor of {name} away.")
        case .sessionEnded: both("已结束会话 {id}。", "Ended session {id}.")
        case .active: both("正常", "active")
        case .locked: both("已锁定", "locked")
        case .left: both("已离职", "left")
        }
    }

    /// The word for a state.
    static func state(_ name: String) -> AccountWords {
        switch name {
        case "locked": .locked
        case "left": .left
        default: .active
        }
    }
}

extension ArgumentHelp {
    init(_ words: AccountWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}

extension HelpText {
    static func configuration(
        _ name: String, _ abstract: AccountWords, subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: abstract[language], version: "almoner \(AlmonerProgram.version)",
            subcommands: subcommands)
    }
}
