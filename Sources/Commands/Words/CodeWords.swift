import Casework
import MatchCore

/// What the program's own codes are called where people read them. Scripts read the codes themselves, with `--json`.
///
/// One place for all of them: a test goes through every value of every type that is listed here.
enum CodeWords {
    /// A vocabulary of the program.
    enum Kind: String, CaseIterable {
        case caseState, outcome, claimState, lane, urgency, grade, clock, clockState, level, role, approval, step, leg
        case partyKind, partyState, offerKind, offerState, wishState, condition, verdict, vote, holder
    }

    /// Nil where the vocabulary has no such code.
    static func text(_ kind: Kind, _ code: String) -> LocalizedText? { table(kind)[code] }

    static func table(_ kind: Kind) -> [String: LocalizedText] {
        switch kind {
        case .caseState: caseStates
        case .outcome: outcomes
        case .claimState: claimStates
        case .lane: lanes
        case .urgency: urgencies
        case .grade: grades
        case .clock: clocks
        case .clockState: clockStates
        case .level: levels
        case .role: roles
        case .approval: approvals
        case .step: steps
        case .leg: legs
        case .partyKind: partyKinds
        case .partyState: partyStates
        case .offerKind: offerKinds
        case .offerState: offerStates
        case .wishState: wishStates
        case .condition: conditions
        case .verdict: verdicts
        case .vote: votes
        case .holder: holders
        }
    }

    private static let caseStates = [
        "open": both("办理中", "open"), "closed": both("已办结", "closed"), "ended": both("已终止", "ended"),
    ]
    private static let wishStates = ["open": both("未办结", "open"), "closed": both("已办结", "closed")]
    private static let outcomes = [
        "fulfilled": both("已实现", "fulfilled"), "partly": both("部分实现", "partly fulfilled"),
        "unfulfilled": both("未实现", "not fulfilled"),
    ]
    private static let claimStates = Dictionary(
        uniqueKeysWithValues: ClaimState.allCases.map { ($0.rawValue, $0.name) })
    private static let lanes = [
        "microWish": both("微心愿", "micro wish"), "microProject": both("微实事", "micro project"),
    ]
    /// Both as wishes grade it and as clocks do.
    private static let urgencies = [
        "normal": both("一般", "normal"), "ordinary": both("一般", "ordinary"), "urgent": both("紧急", "urgent"),
        "critical": both("特急", "critical"), "emergency": both("特急", "emergency"),
    ]
    private static let grades = [
        "green": both("绿", "green"), "orange": both("橙", "orange"), "red": both("红", "red"),
    ]
    private static let clocks = Dictionary(
        uniqueKeysWithValues: ClockKind.allCases.map { ($0.rawValue, $0.name) })
    private static let clockStates = [
        "running": both("计时中", "running"), "paused": both("已暂停", "paused"), "met": both("已完成", "met"),
        "cancelled": both("已取消", "cancelled"),
    ]
    private static let levels = Dictionary(
        uniqueKeysWithValues: AreaLevel.allCases.map { ($0.rawValue, $0.name) })
    private static let roles = Dictionary(
        uniqueKeysWithValues: Role.allCases.map { ($0.rawValue, $0.name) })
    private static let approvals = [
        "open": both("审批中", "open"), "approved": both("已批准", "approved"),
        "approvedFast": both("特事特办批准", "approved on the fast lane"), "completed": both("流程完成", "completed"),
        "refused": both("已拒绝", "refused"), "revoked": both("已撤销", "revoked"),
        "ended": both("随心愿结束", "ended with the wish"),
    ]
    /// The kinds of steps of an approval path; a path's own steps have their titles.
    private static let steps = [
        "screening": both("初审", "screening"), "visit": both("走访", "visit"), "conference": both("一事一议", "conference"),
        "approval": both("审批", "approval"), "publicNotice": both("公示", "public notice"),
        "publication": both("发布", "publication"), "acceptance": both("验收", "acceptance"),
    ]
    private static let legs = ["carrier": both("承运", "carrier"), "fitter": both("安装", "fitter")]
    private static let partyKinds = [
        "donor": both("捐赠人", "donor"), "enterprise": both("企业", "enterprise"),
        "socialOrganisation": both("社会组织", "social organisation"), "volunteer": both("志愿者", "volunteer"),
        "fund": both("基金", "fund"), "department": both("部门", "department"),
    ]
    private static let partyStates = [
        "unconfirmed": both("待确认", "unconfirmed"), "active": both("启用", "active"), "paused": both("暂停", "paused"),
        "closed": both("已关闭", "closed"),
    ]
    private static let offerKinds = [
        "goods": both("物资", "goods"), "money": both("资金", "money"), "service": both("服务", "service"),
        "skill": both("技能", "skill"), "transport": both("运输", "transport"), "purchase": both("采购", "purchase"),
    ]
    private static let offerStates = [
        "open": both("可用", "open"), "paused": both("暂停", "paused"), "withdrawn": both("已撤回", "withdrawn"),
    ]
    private static let conditions = [
        "usable": both("可再用", "usable"), "unfit": both("不可用", "unfit"), "lost": both("遗失", "lost"),
    ]
    /// Whose an id is.
    private static let holders = [
        "wish": both("申请人（心愿）", "whose wish"), "household": both("家庭", "household"),
        "member": both("家庭成员", "member"), "party": both("主体", "party"),
        "inbox": both("申请人（受理记录）", "who asked"), "staff": both("工作人员", "staff"),
    ]
    private static let votes = [
        "for": both("赞成", "for"), "against": both("反对", "against"), "abstained": both("弃权", "abstained"),
    ]
    private static let verdicts = [
        "same": both("同一申请", "the same"), "different": both("不同申请", "different"), "open": both("未定", "open"),
    ]
}
