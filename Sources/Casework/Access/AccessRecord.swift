public import MatchCore

/// A kind of record, as the table of access speaks of it.
public enum AccessRecord: String, Hashable, Sendable, CaseIterable {
    case wish, `case`, approval, notice, clock, household, inbox, duplicate, person
    case party, offer, budget, claim, queuePlace, deeds
    case consent, retention
    case match, suggestion, pair, allocation
    case history, audit, change, figures, publicFigures
    case key, account, session, masterKey, backup, opening, profile, tuning, calendar, reference, exchange, names

    /// What people call it.
    public var title: LocalizedText {
        func both(_ zhHans: String, _ en: String) -> LocalizedText { LocalizedText(zhHans: zhHans, en: en) }
        return switch self {
        case .wish: both("心愿", "wish")
        case .case: both("个案", "case")
        case .approval: both("审批", "approval")
        case .notice: both("公示", "public notice")
        case .clock: both("时限", "clock")
        case .household: both("家庭档案", "household")
        case .inbox: both("受理记录", "inbound record")
        case .duplicate: both("疑似重复", "duplicates")
        case .person: both("个人资料", "person's file")
        case .consent: both("同意记录", "consent")
        case .retention: both("保存期限", "retention")
        case .party: both("主体", "party")
        case .offer: both("资源", "offer")
        case .budget: both("资金预算", "budget")
        case .claim: both("认领", "claim")
        case .queuePlace: both("排队", "place in a queue")
        case .deeds: both("善行记录", "deeds")
        case .match: both("匹配排名", "ranking")
        case .suggestion: both("匹配建议", "suggestion")
        case .pair: both("配对说明", "explained pair")
        case .allocation: both("分配方案", "allocation")
        case .history: both("历史", "history")
        case .audit: both("审计", "audit")
        case .change: both("变更", "feed of changes")
        case .figures: both("办理指标", "figures")
        case .publicFigures: both("公开数据", "public figures")
        case .key: both("令牌", "key")
        case .account: both("账户", "account")
        case .session: both("登录会话", "session")
        case .masterKey: both("主密钥", "master key")
        case .backup: both("备份", "backup")
        case .opening: both("加密内容查看", "opening of a sealed field")
        case .profile: both("评分方案", "scoring profile")
        case .tuning: both("调优", "tuning")
        case .calendar: both("工作日历", "calendar")
        case .reference: both("代码表", "codes")
        case .exchange: both("导入导出", "import and export")
        case .names: both("编号查找", "look-up by name")
        }
    }
}
