import MatchCore

/// What the history's actions and fields are called where people read them.
enum HistoryWords {
    /// Nil for an action that has no name yet; then its code is shown.
    static func action(_ code: String) -> LocalizedText? { actions[code] }
    static func field(_ code: String) -> LocalizedText? {
        if let name = fields[code] { return name }
        // `pledged/2`: the second line's.
        let parts = code.split(separator: "/")
        guard parts.count == 2, let name = fields[String(parts[0])], Int(parts[1]) != nil else { return nil }
        return LocalizedText(zhHans: "\(name.zhHans) \(parts[1])", en: "\(name.en) \(parts[1])")
    }

    static let actions: [String: LocalizedText] = [
        "approval/open": both("进入审批", "approval begins"), "approval/pass": both("通过步骤", "step passed"),
        "approval/approve": both("审批通过", "approved"), "approval/approveFast": both("特事特办批准", "approved, papers after"),
        "approval/refuse": both("拒绝", "refused"), "approval/sendBack": both("退回", "sent back"),
        "approval/revise": both("变更金额", "amount revised"), "approval/confer": both("一事一议", "conference"),
        "approval/putUpNotice": both("开始公示", "notice put up"), "approval/object": both("提出异议", "objection"),
        "approval/settleObjection": both("异议不成立", "objection settled"),
        "approval/takeDownNotice": both("公示结束", "notice taken down"), "approval/end": both("审批随心愿结束", "approval ends"),
        "calendar/load": both("载入日历", "calendar loaded"),
        "claim/propose": both("发起认领", "claim proposed"), "claim/accept": both("接受认领", "claim accepted"),
        "claim/decline": both("婉拒认领", "claim declined"), "claim/dispatch": both("发出", "dispatched"),
        "claim/receive": both("送达", "received"), "claim/confirm": both("确认收到", "arrival confirmed"),
        "claim/renew": both("续期", "lease renewed"), "claim/expire": both("租期届满", "lease ended"),
        "claim/release": both("释放认领", "claim released"), "claim/giveBack": both("退回", "given back"),
        "claim/split": both("拆分认领", "claim split"), "claim/agree": both("承接环节", "leg taken on"),
        "claim/import": both("导入认领", "past claim"),
        "claim/leave": both("退出环节", "leg given up"), "claim/finish": both("环节完成", "leg finished"),
        "clock/start": both("开始计时", "clock starts"), "clock/pause": both("暂停计时", "clock paused"),
        "clock/resume": both("恢复计时", "clock resumed"), "clock/askExtension": both("申请延期", "more time asked for"),
        "clock/grantExtension": both("批准延期", "more time granted"),
        "clock/refuseExtension": both("不批准延期", "more time refused"), "clock/meet": both("时限完成", "clock met"),
        "clock/cancel": both("时限取消", "clock cancelled"), "clock/recompute": both("重算时限", "due time moved"),
        "clock/warn": both("到期提醒", "warning"), "clock/lapse": both("超时", "overdue"),
        "clock/raise": both("升级督办", "raised a level"), "clock/list": both("公开督办", "listed publicly"),
        "duplicate/same": both("判定为同一申请", "joined"), "duplicate/different": both("判定为不同申请", "told apart"),
        "duplicate/open": both("撤销判定", "judgement taken back"), "fund/budget": both("设定预算期", "budget set"),
        "household/open": both("建立档案", "file opened"), "household/come": both("成员入户", "somebody came"),
        "household/leave": both("成员离户", "somebody left"), "household/hardship": both("登记困难", "hardship"),
        "household/hardshipEnded": both("困难结束", "hardship over"), "household/benefit": both("登记救助", "benefit"),
        "household/benefitEnded": both("救助结束", "benefit over"), "household/visit": both("走访", "visit"),
        "household/visitDue": both("走访期限变更", "next visit moved"),
        "household/unanswered": both("无人接听", "nobody answered"),
        "household/file": both("心愿归档", "wish filed"), "household/grade": both("定级", "graded"),
        "inbox/take": both("受理", "taken in"), "inbox/confirm": both("确认分类", "classification confirmed"),
        "inbox/link": both("关联心愿", "linked to a wish"), "key/create": both("发放令牌", "token made"),
        "key/revoke": both("吊销令牌", "token revoked"), "offer/register": both("登记资源", "offer registered"),
        "offer/change": both("变更资源", "offer changed"), "offer/state": both("资源状态变更", "offer's state"),
        "offer/pledge": both("追加认捐", "more pledged"), "note/keep": both("保存备注", "note kept"),
        "wish/deliver": both("以往送达", "arrived before"),
        "offer/withdraw": both("撤回资源", "withdrawn"), "party/register": both("登记主体", "party registered"),
        "party/change": both("变更主体", "party changed"), "party/code": both("发放确认码", "code handed out"),
        "party/confirm": both("确认主体", "party confirmed"), "party/state": both("主体状态变更", "party's state"),
        "runner/acceptJump": both("确认时钟跳变", "jump of the clock accepted"),
        "wish/register": both("登记心愿", "wish registered"),
        "wish/change": both("变更心愿", "wish changed"), "wish/open": both("立案", "case opened"),
        "wish/answer": both("答复", "person answered"), "wish/move": both("移交区划", "moved to another area"),
        "wish/approve": both("批准", "approved"),
        "wish/refuse": both("拒绝", "refused"), "wish/join": both("参与实现", "party takes part"),
        "wish/queue": both("排队", "queued"), "wish/leaveQueue": both("退出排队", "left the queue"),
        "wish/cancel": both("取消数量", "quantity cancelled"), "wish/restore": both("恢复数量", "quantity open again"),
        "wish/close": both("办结", "closed"),
        "wish/end": both("终止", "ended"), "wish/rate": both("评价", "rated"), "wish/reopen": both("重新打开", "opened again"),
        "wish/due": both("期限变更", "due time moved"), "wish/code": both("发放查询码", "look-up code"),
    ]

    private static let fields: [String: LocalizedText] = [
        "state": both("状态", "state"), "status": both("状态", "status"), "outcome": both("结果", "outcome"),
        "quantity": both("数量", "quantity"), "amount": both("金额（分）", "amount (fen)"), "step": both("步骤", "step"),
        "path": both("流程", "path"), "pathVersion": both("流程版本", "version"), "approvals": both("已审批人数", "approvals"),
        "enteredAt": both("录入时间", "entered"),
        "papersDue": both("材料期限", "papers due"), "noticeUntil": both("公示至", "notice until"),
        "finding": both("结论", "finding"), "votesFor": both("赞成", "for"), "votesAgainst": both("反对", "against"),
        "participant": both("参会人", "participant"), "reasons": both("理由", "reasons"),
        "abstentions": both("弃权", "abstained"), "participant/for": both("赞成者", "for it"),
        "participant/against": both("反对者", "against it"), "participant/abstained": both("弃权者", "abstaining"),
        "alternative": both("其他途径", "may help"),
        "leaseEnd": both("租期至", "lease until"), "offerLine": both("资源明细", "offer line"),
        "wishLine": both("心愿明细", "wish line"), "leg/carrier": both("承运", "carrier"),
        "leg/carrier/done": both("承运完成", "carried"), "leg/fitter": both("安装", "fitter"),
        "leg/fitter/done": both("安装完成", "fitted"), "subject": both("对象", "subject"), "kind": both("种类", "kind"),
        "round": both("轮次", "round"), "due": both("期限", "due"), "extensionAsked": both("申请延长", "asked for"),
        "planned": both("应办", "planned"), "hoursBefore": both("提前小时", "hours before"), "level": both("层级", "level"),
        "area": both("区划", "area"), "lane": both("类别", "lane"), "channel": both("渠道", "channel"),
        "category": both("品类", "item"), "urgency": both("缓急", "urgency"), "answerDue": both("答复期限", "answer due"),
        "deliveryDue": both("送达期限", "delivery due"), "line": both("明细", "line"), "cancelled": both("取消", "cancelled"),
        "withdrawn": both("撤回", "withdrawn"), "party": both("主体", "party"), "claim": both("认领", "claim"),
        "rating": both("评分", "rating"), "wish": both("心愿", "wish"), "received": both("受理时间", "received"),
        "event": both("活动", "event"), "words": both("用词版本", "words"), "other": both("另一申请", "other"),
        "person": both("人员", "person"), "code": both("代码", "code"), "calls": both("次数", "calls"),
        "grade": both("等级", "grade"), "visitDue": both("走访期限", "visit due"), "now": both("时间", "time"),
        "revision": both("修订", "revision"), "pledged": both("认捐总额", "pledged"), "wanted": both("需求总数", "wanted"),
        "open": both("恢复", "open again"), "condition": both("状况", "condition"), "digest": both("摘要", "digest"),
        "from": both("起", "from"), "until": both("止", "until"),
    ]
}
