import MatchCore

/// Words of what an office does besides cases: proposals, duplicates, funds, the calendar, certificates.
enum OfficeWords: String, Words {
    case inboxPropose, categoryHelp, laneHelp, urgencyHelp, quantityHelp, groupHelp, areaHelp, wordingHelp, wishHelp
    case personName, personPhone, personID, personAddress, personStreet, personBorn, noKey, noKeyAdvice
    case candidates, points, noCandidate, lane, urgency, quantity, groups, proposed, unsaid, confirmAdvice, badChoice
    case noCategory, eventFilter, channelFilter, sinceFilter, inboxAll, approvalNotices
    case duplicateShow, duplicateJoin, duplicateApart, othersHelp, fromHelp, untilHelp, cluster, confirmedCluster
    case noClusters, alone, judged, needReason, roundHelp, participantHelp, becauseHelp
    case refusedBecause, memberName, mayRepeat
    case fund, fundBudget, budgetAmount, budgetSet, budgetList, firstDay, lastDay, badDays, noBudgets, fundName
    case calendar, calendarLoad, calendarShow, noticeFile, loaded, yearHelp, holiday, workday, badNotice
    case offerWithdraw, offerPause, offerResume, wishCancel, lineQuantity, withdrawn, cancelled, nowInState
    case certificate, acknowledgement, certificateTitle, acknowledgementTitle, certifies, period, minutes, hours
    case pieces, money, claims, wishes, carried, fitted, asOf, check, thanks, noDeeds, noDeedsAdvice, recordsOnly,
        periodFrom, budgetTotal, budgetPromised, budgetPaid, budgetLeft, budgetLapsed

    var text: LocalizedText {
        switch self {
        case .inboxPropose: both("根据原话提出分类建议，并说明理由。", "Proposes a classification from the words, with reasons.")
        case .categoryHelp:
            both(
                "确认的品类：代码、名称或别名（默认为建议的第一项）。", "The category, by code, name or alias; the first proposed one by default."
            )
        case .laneHelp: both("microWish 或 microProject。", "microWish or microProject.")
        case .urgencyHelp: both("normal、urgent 或 critical。", "normal, urgent or critical.")
        case .quantityHelp: both("数量（件、分钟或分）。", "How much: pieces, minutes or fen.")
        case .groupHelp:
            both("人群代码，可多次填写；代替建议的人群。", "A group's code, any number of times; in place of the proposed ones.")
        case .areaHelp: both("区划代码或名称。", "The area, by code or name.")
        case .wordingHelp: both("核准的发布文字；原话只留在受理记录中。", "The approved wording; the words themselves stay in the inbox.")
        case .wishHelp:
            both("已登记的心愿；省略则按确认的分类登记新心愿。", "A registered wish; without it a new one is registered as confirmed.")
        case .mayRepeat:
            both(
                "可能与 {wish} 重复：{why}。查看：duplicate show；合并或区分：duplicate join、duplicate apart。",
                "This may repeat {wish}: {why}. See 'duplicate show'; join or tell apart: 'duplicate join', 'duplicate apart'."
            )
        case .memberName: both("姓名（以个人密钥加密保存）。", "The name; kept sealed under the person's own key.")
        case .personName: both("申请人姓名，仅存加密摘要。", "The person's name; only a keyed hash is kept.")
        case .personPhone:
            both("电话，仅存加密摘要（原话中的号码会自动识别）。", "The phone; only a keyed hash is kept. One in the words is found.")
        case .personID: both("身份证件号码，仅存加密摘要。", "The identity number; only a keyed hash is kept.")
        case .personAddress: both("住址，仅存加密摘要。", "The address; only a keyed hash is kept.")
        case .personStreet: both("街道，仅存加密摘要。", "The street; only a keyed hash is kept.")
        case .personBorn: both("出生年份。", "The year of birth.")
        case .noKey:
            both(
                "没有密钥文件 {file}，无法比对电话、证件和住址。",
                "There is no key file {file}, so phones, ids and addresses cannot be compared.")
        case .noKeyAdvice:
            both("运行 almoner init 生成密钥，或恢复原来的密钥文件。", "Run almoner init to make one, or restore the file that was made.")
        case .candidates: both("可能的品类", "items that may be meant")
        case .points: both("分值", "points")
        case .noCandidate:
            both("原话中没有目录里的品类；确认时请填写 --category。", "No item of the catalogue is in the words; confirm with --category.")
        case .lane: both("类别", "lane")
        case .urgency: both("紧急程度", "urgency")
        case .quantity: both("数量", "quantity")
        case .groups: both("人群", "groups")
        case .proposed: both("建议（由人工确认）", "proposed, for a person to confirm")
        case .unsaid: both("原话未说明", "the words do not say")
        case .confirmAdvice:
            both(
                "确认：almoner inbox confirm {id}，如有不同请附选项。",
                "Confirm: almoner inbox confirm {id}, with options for what differs.")
        case .badChoice: both("“{value}”不在可选之列：{known}。", "'{value}' is not one of: {known}.")
        case .noCategory: both("“{name}”不是目录中的品类。", "'{name}' is not a known category.")
        case .eventFilter: both("只列此活动的记录。", "Only those entered under this event.")
        case .approvalNotices: both("列出正在进行的公示。", "Lists the public notices that stand.")
        case .channelFilter: both("只列此渠道的记录。", "Only those of this channel.")
        case .sinceFilter: both("只列此时间以来受理的记录。", "Only those received then or later.")
        case .inboxAll: both("连同已确认的记录。", "Those that were confirmed as well.")
        case .duplicateShow: both("查看一个心愿所在的重复组。", "Shows the cluster of a wish.")
        case .duplicateJoin: both("判定为同一申请（须附 --reason）。", "Joins requests that are one; takes --reason.")
        case .duplicateApart: both("判定为不同申请（须附 --reason）。", "Tells requests apart; takes --reason.")
        case .othersHelp: both("其他心愿。", "The others.")
        case .fromHelp: both("从何时起。", "From this time.")
        case .untilHelp: both("到何时止。", "Until this time.")
        case .cluster:
            both(
                "可能重复（共 {count} 项，仅作提示）", "may be one ({count} {count:request|requests}; a warning, nothing is blocked)"
            )
        case .confirmedCluster: both("已判定为同一申请（共 {count} 项）", "joined by a person ({count} {count:request|requests})")
        case .noClusters: both("没有发现可能重复的申请。", "No requests look as if they were one.")
        case .alone: both("该心愿没有可能重复的申请。", "No other request looks like this one.")
        case .judged: both("已记录 {count} 项判定。", "Judgements noted: {count}.")
        case .needReason: both("请用 --reason 说明理由代码。", "Say why, as a code, with --reason.")
        case .roundHelp: both("项目的第几轮。", "The program's round.")
        case .participantHelp:
            both(
                "参加一事一议的人：姓名（身份）或编号，后接 =赞成、=反对 或 =弃权；每人一次。姓名随心愿加密保存。",
                "Who took part in the conference: a name or an id, with =for, =against or =abstained behind it; once for each. "
                    + "Names are kept sealed with the wish.")
        case .becauseHelp: both("一事一议的理由。", "The conference's reasons, in words.")
        case .refusedBecause: both("未获批准：{reason}。其他途径：", "Refused: {reason}. What else may help:")
        case .fund: both("基金及其预算。", "Funds and their budgets.")
        case .fundBudget: both("每期预算。", "Budgets per period.")
        case .budgetSet:
            both(
                "为资金设定一期预算；同一期为修订，另一期则并列。",
                "Gives a fund a budget for a period; the same period is revised, another stands beside it.")
        case .budgetAmount:
            both(
                "预算金额（分）；另一预算期必填，不得低于已承诺和已支付的金额。",
                "What the budget comes to, in fen; needed for another period, never below what is promised or handed over."
            )
        case .budgetList: both("列出预算及余额。", "Lists budgets with what is left.")
        case .firstDay: both("首日，如 2026-01-01。", "The first day, as 2026-01-01.")
        case .lastDay: both("末日（含）。", "The last day, included.")
        case .badDays: both("“{from}”至“{until}”不是有效时段。", "'{from}' to '{until}' is no stretch of days.")
        case .noBudgets: both("没有预算。", "There are no budgets.")
        case .fundName: both("基金的资源（第 2 条明细写成 名称/2）。", "The fund's offer; NAME/2 for its second line.")
        case .calendar: both("工作日历（节假日与调休）。", "The working calendar.")
        case .calendarLoad: both("载入官方节假日通知，重算到期时间。", "Loads an official notice and computes due times anew.")
        case .calendarShow: both("查看日历。", "Shows the calendar.")
        case .noticeFile:
            both(
                "CSV 文件：date、kind（holiday 或 workday）、nameZh、nameEn。",
                "A CSV file: date, kind (holiday or workday), nameZh, nameEn.")
        case .loaded:
            both(
                "已载入 {days} 天（修订 {revision}），重算 {moved} 个到期时间。",
                "Loaded {days} {days:day|days} (revision {revision}); {moved} {moved:due time|due times} moved.")
        case .yearHelp: both("只看此年。", "Only this year.")
        case .holiday: both("放假", "holiday")
        case .workday: both("调休上班", "make-up working day")
        case .badNotice: both("通知文件有误：{fault}", "The notice cannot be read: {fault}")
        case .offerWithdraw:
            both("撤回资源中尚未被认领的部分（须附 --reason）。", "Withdraws what nobody claimed of an offer; takes --reason.")
        case .offerPause: both("暂停资源：不再配对和认领。", "Pauses an offer: it is neither matched nor claimed.")
        case .offerResume: both("恢复已暂停的资源。", "Opens a paused offer again.")
        case .wishCancel:
            both("取消心愿中尚未落实的数量（须附 --reason）。", "Cancels what is still open of a wish's line; takes --reason.")
        case .lineQuantity: both("数量（默认为全部）。", "How much; all of it by default.")
        case .withdrawn: both("第 {line} 条撤回 {quantity}", "line {line}: {quantity} withdrawn")
        case .cancelled: both("第 {line} 条取消 {quantity}", "line {line}: {quantity} cancelled")
        case .nowInState: both("{name} 现为 {state}", "{name} is now {state}")
        case .certificate: both("志愿服务与捐助证明。", "The certificate of a party's volunteer hours and deliveries.")
        case .acknowledgement: both("致谢信。", "A letter of thanks to a party.")
        case .certificateTitle: both("志愿服务与捐助证明", "Certificate of volunteer hours and deliveries")
        case .acknowledgementTitle: both("致谢", "Acknowledgement")
        case .certifies:
            both(
                "兹证明 {name} 在下列时段内完成了以下经确认的服务与捐助：",
                "This certifies that {name} gave and delivered the following, each confirmed on arrival:")
        case .period: both("时段", "period")
        case .minutes: both("志愿服务时长", "volunteer time")
        case .hours: both("{hours} 小时 {minutes} 分钟", "{hours} h {minutes} min")
        case .pieces: both("物资（件）", "pieces")
        case .money: both("资金（元）", "money (CNY)")
        case .claims: both("确认的认领", "confirmed claims")
        case .wishes: both("惠及心愿", "wishes served")
        case .carried: both("承运", "carried for others")
        case .fitted: both("安装", "fitted for others")
        case .asOf: both("截至", "as of")
        case .check: both("核验：历史第 {number} 条，{hash}", "to check: history entry {number}, {hash}")
        case .thanks:
            both(
                "{name}：感谢您的善举。您的帮助已送达并得到确认，惠及 {wishes} 个心愿：",
                "Dear {name}, thank you. What you gave has arrived, was confirmed, and served {wishes} {wishes:wish|wishes}:"
            )
        case .noDeeds:
            both(
                "{name} 在该时段内没有已确认且未退回的服务或捐助，不能出具。",
                "Nothing that {name} gave in this period was confirmed and kept: there is nothing to certify or thank for."
            )
        case .noDeedsAdvice:
            both(
                "请查看其认领（claim list），登记已送达的确认（claim confirm），或以 --from、--until 选择其他时段（主体编号 {party}）。",
                "Look at its claims (claim list), have arrivals confirmed (claim confirm), or choose other days with --from and --until. The party's id is {party}."
            )
        case .recordsOnly:
            both(
                "本页由历史记录计算得出，仅记录承诺与交付；善配不收付资金，本页不是捐赠票据。",
                "Computed from the history. Almoner records pledges and hand-overs and moves no money; this is no donation receipt."
            )
        case .periodFrom: both("{from} 至 {until}", "{from} to {until}")
        case .budgetTotal: both("预算（元）", "budget (CNY)")
        case .budgetPromised: both("已承诺", "promised")
        case .budgetPaid: both("已支付", "handed over")
        case .budgetLeft: both("余额", "left")
        case .budgetLapsed: both("期满收回", "lapsed")
        }
    }
}
