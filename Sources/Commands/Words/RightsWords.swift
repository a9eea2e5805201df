import ArgumentParser
import MatchCore

/// Words about wordings, consents, retention and openings.
enum RightsWords: String, Words {
    case wording, wordingText, wordingClean, wordingHeld, found, from, proposed, published, notPublished, accepted,
        heldFor
    case consent, scopes, refused, guardian, saidAt, textVersion, scope, said, given, notGiven, giver, nothingSaid,
        recalled
    case retention, days, kept, oldest, removed, last, forEver
    case opening, request, approve, list, show, holder, field, minutes, reason, state, waits, open, over, opened

    var text: LocalizedText {
        switch self {
        case .wording:
            both(
                "发布前检查心愿文字：列出不宜发布的内容和建议；--text 更改文字，--reason 说明理由后放行（身份证号和银行卡号除外）。",
                "Looks a wish's wording over before publication and says what to change; --text changes it, --reason lets it pass "
                    + "(never identity numbers and bank cards).")
        case .wordingText: both("新的文字。", "The new wording.")
        case .wordingClean: both("没有发现不宜发布的内容。", "Nothing was found that is not to be published.")
        case .wordingHeld:
            both(
                "现在没有发现不宜发布的内容；导入时文字中有当事人姓名（姓名未保存），因此暂不发布。请核查后修改（--text）或放行（--reason）。",
                "Nothing is found now; when it came in it said a name that is kept nowhere, so it is held back. Look at it, then "
                    + "change it (--text) or let it pass (--reason).")
        case .found: both("发现", "found")
        case .from: both("位置", "at")
        case .proposed: both("建议", "write instead")
        case .published: both("已公开", "published")
        case .notPublished: both("未公开", "not published")
        case .accepted: both("协调员已放行", "a coordinator let it pass")
        case .heldFor: both("暂缓事项", "kept from")
        case .consent:
            both(
                "登记某人同意、不同意或撤回的事项，或（不带事项）查看记录。撤回立即生效，未发出的认领随之释放。",
                "Records what a person agrees to, refuses or takes back; without a scope it shows what was said. Taking back counts "
                    + "at once, and claims for which nothing was sent are released.")
        case .scopes:
            both(
                "事项：matching 配对、publication 发布、sharing 向帮扶方提供、sensitive 敏感信息。",
                "To what: matching, publication, sharing, sensitive; each by itself.")
        case .refused: both("不同意，或撤回。", "No, or no longer.")
        case .guardian:
            both("监护人表示时，其与本人的关系代码，例如 mother。", "Where a guardian speaks, what they are to the person, such as mother.")
        case .saidAt: both("何时表示，默认现在。", "When it was said; by default now.")
        case .textVersion: both("所读文本的版本，默认当前版本。", "The version of the text that was read; by default the present one.")
        case .scope: both("事项", "to what")
        case .said: both("时间", "said")
        case .given: both("同意", "yes")
        case .notGiven: both("不同意", "no")
        case .giver: both("由谁", "by")
        case .nothingSaid: both("没有同意记录。", "Nothing was said.")
        case .recalled:
            both(
                "已释放 {released} 个认领；{underWay} 个已在途，继续办理。",
                "Released {released} {released:claim|claims}; {underWay} {underWay:is on its way and goes|are on their way and go} on."
            )
        case .retention:
            both(
                "各类内容保存多久、现存多少、已删除多少。",
                "Says for how long what is kept, how much there is, and how much was taken away.")
        case .days: both("保存天数", "days")
        case .kept: both("现存", "kept")
        case .oldest: both("最早", "oldest")
        case .removed: both("已删除", "taken away")
        case .last: both("最近删除", "last")
        case .forEver: both("不限", "no end")
        case .opening:
            both(
                "例外查看加密内容：须有理由，并由第二人同意。",
                "Opens sealed fields to who does not see them: with a reason and a second person.")
        case .request: both("申请查看某人的加密内容。", "Asks for a sealed field to be opened to yourself.")
        case .approve: both("同意他人的查看申请。", "Agrees to what somebody else asked for.")
        case .list: both("列出查看申请，最新的在前。", "Lists openings, the newest first.")
        case .show: both("查看一项申请。", "Shows one opening.")
        case .holder: both("心愿、家庭、成员或受理记录编号。", "The id of a wish, a household, a member of one, or an inbound record.")
        case .field:
            both("内容：words、note、birthYear、circumstance 或 file。", "What: words, note, birthYear, circumstance or file.")
        case .minutes: both("查看时长（分钟），默认 60。", "For how many minutes; 60 by default.")
        case .reason: both("理由代码，例如 checked。", "Why: a code, such as checked.")
        case .state: both("状态", "state")
        case .waits: both("待同意", "waits")
        case .open: both("查看中", "open")
        case .over: both("已结束", "over")
        case .opened: both("查看申请编号。", "The opening's id.")
        }
    }
}

extension ArgumentHelp {
    init(_ words: RightsWords, value: String? = nil) {
        self.init(stringLiteral: words[HelpText.language])
        valueName = value
    }
}

extension HelpText {
    static func configuration(
        _ name: String, _ abstract: RightsWords, subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: abstract[language], version: "almoner \(AlmonerProgram.version)",
            subcommands: subcommands)
    }
}
