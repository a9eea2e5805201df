import MatchCore

/// Words about casework.
enum CaseWords: String, Words {
    case actorHelp, roleHelp, atHelp, reasonHelp, noteHelp, noCode, noTime, noID, noRole, noStep, noClaim, noClock,
        noColumn, noNumber, servedAtOnce, servedInPart, waitsBehind
    case leg, legStepHelp, legParty, registerOnly, claim, claimPropose, claimReturn, claimStepHelp, claimSplit,
        claimList,
        claimShow, claimID, quantityHelp
    case legsHelp, conditionHelp, stateHelp, offerLine, wishLine, queue, leastHelp
    case `case`, caseList, caseAnswer, caseClose, caseEnd, caseRate, caseOpen, caseMove, starsHelp, areaHelp
    case approval, approvalList, approvalShow, approvalAct, actHelp, alternativeHelp, toHelp, amountHelp
    case clock, clockRun, untilHelp, acceptJumpHelp, clockOverdue, clockList, clockStep, clockStepHelp,
        moreHelp, alarm
    case alarmAdvice, onDuty, ran
    case inbox, inboxTake, inboxList, inboxShow, inboxConfirm, channelHelp, externalHelp, eventHelp, wordsHelp
    case household, householdOpen, householdNote, householdFile, householdMove, sameRoundHelp,
        householdList, householdShow, householdName, noHousehold, givenHelp, eventName, codeHelp
    case duplicate, duplicateList, duplicateJudge, verdictHelp
    case audit, auditVerify, auditHead, headHelp, holds, broken, tailLate, noKey
    case simulate, daysHelp, seedHelp, breakHelp, figures, byHelp, story, found, foundMore, foundRest, plannedMore,
        title, wishColumn,
        offerColumn
    case keptSealed, unplaced, unclassified, theProgram, outcomeHelp, approvedHelp, noHead, otherHead, noRoleName,
        noPlace, notWith,
        notTheAmount
    case noActor, noActorKey, confer, dryRun, planned, nothingPlanned, takenBy, confirmedBy, importActor, event, waits,
        isConfirmed,
        approvalsOf, noticeStands, fast, clockListed, listedSince, pausedHelp,
        budgetEnds, queueMoves, votes,
        votesCount, tookPart,
        finding, reasons, members, born, lastVisit, words
    case noDays, nothingToBreak, withArea, fewFaults, allKnown, rowFault, claimWarning
    case time, state, action, reason, who, subject, kind, due, value, step, grade, violations

    var text: LocalizedText {
        switch self {
        case .actorHelp:
            both(
                "由谁操作：编号或姓名。历史只记由姓名和密钥算出的编号，姓名另行加密保存。不填而有 --as 时记运行本命令的账户；"
                    + "两者都不填时记系统（管理员）。",
                "Who makes the step: an id, or a name. The history holds an id made from the name with the key file, and the "
                    + "name is kept sealed beside it. Without it, --as records the account that runs the command; without "
                    + "both it is the program itself, as admin.")
        case .noActor: both("“{name}”不能作为姓名。", "'{name}' is no name: 1 to 200 characters with a letter or digit.")
        case .noActorKey:
            both(
                "没有密钥文件 {file}，姓名无法转为编号。请以编号填写 --actor，或恢复密钥文件。",
                "There is no key file {file}, by which names become ids. Give --actor an id, or restore the file.")
        case .confer:
            both(
                "请填写参会人员、结论和理由：--participant 姓名=赞成（或 反对、弃权；可多次），--note 结论，--because 理由；"
                    + "只知票数时写 赞成:反对:弃权。",
                "Say who took part, what was found and why: --participant NAME=for (or against, abstained; once for each), "
                    + "--note FINDING --because REASONS; where only the counts are known, write FOR:AGAINST:ABSTAINED.")
        case .dryRun:
            both(
                "只列出到期（或到 --until 时将到期）的事项，不作任何变更。",
                "Only lists what is due, or will be by --until; nothing is changed.")
        case .planned: both("事项", "to be done")
        case .nothingPlanned: both("到 {until} 为止没有到期事项。", "Nothing is due until {until}.")
        case .queueMoves: both("排队转至下一预算期", "place moves to the fund's next period")
        case .budgetEnds: both("预算期满", "budget's period over")
        case .importActor:
            both(
                "由谁录入：编号或姓名（姓名加密保存），例如赶大集的登记人；默认为系统。",
                "Who brings the file: an id, or a name, which is kept sealed; the one who took a fair's batch in, say. By default "
                    + "it is the program itself.")
        case .event: both("活动", "event")
        case .waits: both("待确认", "waits")
        case .isConfirmed: both("已确认", "confirmed")
        case .approvalsOf:
            both("{level}；已批 {approvals} 人，须 {needed} 人", "{level}; {approvals} of {needed} have approved")
        case .noticeStands:
            both(
                "{from} 至 {until}；待处理异议 {objections} 项",
                "{from} to {until}; {objections} {objections:objection|objections} not looked into")
        case .fast: both("特事特办", "fast lane")
        case .clockListed:
            both("列出公开督办的事项：各级均逾期未办，不含个人信息。", "Lists what stayed overdue on every level, as everybody may see it.")
        case .listedSince: both("公开时间", "listed")
        case .takenBy: both("受理人", "taken in by")
        case .confirmedBy: both("确认人", "confirmed by")
        case .votes: both("表决", "votes")
        case .votesCount:
            both(
                "赞成 {for}，反对 {against}，弃权 {abstained}", "{for} for, {against} against, {abstained} abstained")
        case .tookPart: both("参会", "took part")
        case .finding: both("结论", "finding")
        case .reasons: both("理由", "reasons")
        case .members: both("成员", "members")
        case .born: both("出生", "born")
        case .lastVisit: both("最近走访", "last visit")
        case .words: both("说明", "in words")
        case .roleHelp:
            both(
                "以何角色操作：coordinator，donor:主体，recipient:心愿，approver:town:金额（分）。历史记录该角色；由谁操作见 --actor。",
                "In which role, which the history records: coordinator, donor:PARTY, recipient:WISH, approver:town:LIMIT "
                    + "(in fen). Who it was is said by --actor.")
        case .atHelp:
            both(
                "操作时间，如 2026-03-02T09:00（当地时间）或 2026-03-02T09:00:00+08:00；默认为现在。",
                "When, as 2026-03-02T09:00 (local time) or 2026-03-02T09:00:00+08:00; now by default.")
        case .reasonHelp: both("理由代码，见 Data/casework/reasons.yaml。", "Why, as a code of Data/casework/reasons.yaml.")
        case .noteHelp: both("理由的说明文字。", "The reason in words.")
        case .noCode:
            both(
                "“{code}”不是有效代码：应为 1 至 64 个字母、数字或 . - _ /。",
                "'{code}' is no code: 1 to 64 letters, digits or . - _ /.")
        case .noTime:
            both(
                "“{time}”不是时间。请写成日期 2026-03-02、当地时间 2026-03-02T09:00，或带时差的 2026-03-02T09:00:00+08:00。",
                "'{time}' is no time. Write a day as 2026-03-02, a local time as 2026-03-02T09:00, or one with its offset as "
                    + "2026-03-02T09:00:00+08:00.")
        case .noID: both("“{id}”不是编号。编号见相应的 list 命令。", "'{id}' is no id. Ids stand in what the list command shows.")
        case .noRole: both("没有角色“{role}”。可用：{roles}。", "There is no role '{role}'. There are: {roles}.")
        case .noStep: both("没有操作“{step}”。可用：{steps}。", "There is no step '{step}'. The steps are: {steps}.")
        case .noColumn: both("缺少“{column}”列。", "The column '{column}' is missing.")
        case .noNumber: both("“{number}”不是正整数。", "'{number}' is no whole number of at least 1.")
        case .servedAtOnce:
            both("有可用数量且已轮到，已发起认领 {claim}。", "It was its turn and something was available: claim {claim}.")
        case .servedInPart:
            both(
                "有部分可用数量且已轮到，已发起认领 {claim}；其余 {waiting} 保留原位继续排队（排队编号 {place}）。",
                "It was its turn and a part was available: claim {claim}. It waits for the other {waiting} at its place ({place})."
            )
        case .waitsBehind: both("已排队，前面还有 {ahead} 个（排队编号 {place}）。", "It waits; {ahead} before it (place {place}).")
        case .noClaim: both("没有认领 {id}。编号见 claim list。", "There is no claim {id}. Ids stand in claim list.")
        case .noClock: both("没有时限 {id}。编号见 clock list。", "There is no clock {id}. Ids stand in clock list.")
        case .leg: both("承运或安装环节。", "The part of a carrier or fitter in a claim.")
        case .legStepHelp: both("agree、leave 或 finish。", "agree, leave or finish.")
        case .legParty: both("承接的主体。", "The party that takes it on.")
        case .registerOnly: both("只登记心愿，不立案。", "Registers wishes without opening their cases.")
        case .claim: both("认领：从提出到确认送达。", "Claims, from the proposal to the confirmed arrival.")
        case .claimPropose: both("以一项资源认领一个心愿。", "Proposes an offer's quantity for a wish.")
        case .claimReturn: both("登记退回。", "Notes that goods came back.")
        case .claimStepHelp:
            both(
                "accept、decline、dispatch、receive、confirm、renew、release 或 return。",
                "accept, decline, dispatch, receive, confirm, renew, release or return.")
        case .claimSplit: both("从认领中拆出一部分。", "Splits a part off a claim.")
        case .claimList: both("列出认领，最近变更的在前。", "Lists claims, the last changed first.")
        case .claimShow: both("查看一项认领。", "Shows one claim.")
        case .claimID: both("认领编号。", "The claim's id.")
        case .quantityHelp: both("数量（件、分钟或分）。", "How much: pieces, minutes or fen.")
        case .legsHelp: both("还需要谁：carrier（承运）、fitter（安装）。", "Who is needed besides: carrier, fitter.")
        case .conditionHelp:
            both(
                "退回的状况：usable、unfit 或 lost；不写则按理由判断（lost、damaged 不再可用）。",
                "What came back: usable, unfit or lost; by default what the reason says (lost, damaged), else usable.")
        case .stateHelp: both("只列此状态。", "Only those in this state.")
        case .offerLine: both("资源（第 2 条明细写成 名称/2）。", "The offer; NAME/2 for its second line.")
        case .wishLine: both("心愿（第 2 条明细写成 名称/2）。", "The wish; NAME/2 for its second line.")
        case .queue:
            both("排队等候一项资源。", "Waits for an offer: first come, first served, at once where something is available.")
        case .leastHelp: both("最少多少才有用。", "The least that is of use.")
        case .case: both("个案：一个心愿从立案到办结。", "Cases: a wish from its opening to its end.")
        case .caseList: both("列出个案，最早收到的在前。", "Lists cases, the first received first.")
        case .caseOpen: both("为已登记的心愿立案。", "Opens the case of a registered wish.")
        case .pausedHelp: both("只列出已暂停的时限（暂停期间不提醒）。", "Those that stand still; nobody is reminded of them.")
        case .caseMove:
            both("将未办结的个案移交其他区划。", "Puts an open case into another area, with its clocks.")
        case .caseAnswer: both("记录已答复申请人。", "Notes that the person was answered.")
        case .caseClose:
            both(
                "办结心愿：已实现、部分实现或未实现；未决的审批、时限和排队随之结束。",
                "Closes a wish as fulfilled, in part or not at all; what still waits for it ends with it.")
        case .caseEnd: both("终止心愿（撤回或拒绝）。", "Ends a wish that was withdrawn or refused.")
        case .caseRate: both("记录评价；不满意则重新打开。", "Notes how satisfied the person is; opens the case again if not.")
        case .starsHelp: both("1 至 5。", "1 to 5.")
        case .areaHelp: both("区划，代码或名称。", "The area, by code or name.")
        case .approval: both("审批。", "Approvals.")
        case .approvalList: both("列出待审批个案。", "Lists cases that wait for approval.")
        case .approvalShow:
            both("查看一个心愿的审批：历次办理、办理人、结论与表决。", "Shows a wish's approval: each act, who, the finding, the votes.")
        case .approvalAct: both("办理审批步骤。", "Makes a step of an approval.")
        case .actHelp:
            both(
                "pass、approve、approveFast、refuse、sendBack、revise、confer、putUpNotice、object、settleObjection 或 takeDownNotice。",
                "pass, approve, approveFast, refuse, sendBack, revise, confer, putUpNotice, object, settleObjection or takeDownNotice."
            )
        case .alternativeHelp: both("其他帮助途径代码。", "What else may help, as a code.")
        case .toHelp: both("退回到哪一步。", "The step to go back to.")
        case .amountHelp:
            both(
                "金额（分）；或一事一议的票数“赞成:反对:弃权”，三项之和为参会人数。",
                "An amount in fen; of a conference the votes as FOR:AGAINST:ABSTAINED, which add up to who took part.")
        case .clock: both("时限。", "Clocks.")
        case .clockRun: both("办理到期事项：提醒、超时、升级、租期届满；每项只办一次。", "Does the work that is due, each piece exactly once.")
        case .untilHelp:
            both(
                "到何时为止（默认为现在）；晚于现在时只能与 --dry-run 一起用。",
                "Up to this time; now by default, and later than now only with --dry-run.")
        case .acceptJumpHelp: both("确认主机时钟确实前跳（须附 --reason）。", "Accepts that the clock jumped ahead; takes --reason.")
        case .clockOverdue: both("列出超期事项，可查过去任一时刻（--at）。", "Lists what is overdue, or was at any past time (--at).")
        case .clockList: both("列出运行中的时限，最先到期的在前。", "Lists running clocks, the first due first.")
        case .clockStep: both("暂停、恢复、申请或审批延期。", "Pauses, resumes or extends a clock.")
        case .clockStepHelp:
            both(
                "pause、resume、extend、grant、refuse、meet 或 cancel。",
                "pause, resume, extend, grant, refuse, meet or cancel.")
        case .moreHelp: both("延长多少（小时或工作日）。", "How much longer, in the clock's unit.")
        case .alarm:
            both(
                "主机时钟比上次运行快一天以上：{since} → {host}。未办理任何事项。",
                "The clock is over a day ahead of the last run: {since} → {host}. Nothing was done.")
        case .alarmAdvice:
            both("核对时间后加 --accept-jump --reason hostWasOff。", "Check the time, then add --accept-jump --reason CODE.")
        case .onDuty:
            both(
                "另一节点正在办理到期事项。请稍候再试，或由其继续办理。",
                "Another node is doing the due work. Leave it to that node, or try again in half a minute.")
        case .ran:
            both(
                "已办到 {until}：事项 {tasks}，租期届满 {leases}，预算期满 {budgets}，排队 {queues}，过期受理记录 {records}。",
                "Done until {until}: tasks {tasks}, leases ended {leases}, budgets closed {budgets}, "
                    + "places in queues served, moved or ended {queues}, "
                    + "inbound records expired {records}.")
        case .inbox: both("受理记录（原话）。", "What came in, word for word.")
        case .inboxTake: both("录入一条受理记录。", "Takes a request in.")
        case .inboxList: both("列出尚未处理的记录。", "Lists records nobody has finished.")
        case .inboxShow: both("查看一条记录，以及由谁受理、由谁确认。", "Shows one record, with who took it in and who confirmed it.")
        case .inboxConfirm: both("确认记录对应的心愿并立案。", "Links a record to a wish and opens its case.")
        case .channelHelp: both("渠道。", "The channel it came on.")
        case .externalHelp: both("渠道给的编号。", "The number the channel gave it.")
        case .eventHelp: both("活动代码（救助赶大集）。", "The fair it was entered under.")
        case .wordsHelp: both("原话。", "The words as they were said.")
        case .household: both("家庭档案（一户一档）。", "Household files.")
        case .householdName: both("家庭档案编号，或档案中任一心愿的编号。", "The file's id, or any wish in it.")
        case .noHousehold:
            both(
                "心愿 {wish} 尚未归入任何家庭档案。",
                "Wish {wish} is in no household's file. File it: household file HOUSEHOLD WISH.")
        case .householdOpen: both("建立家庭档案。", "Opens a household's file.")
        case .householdNote: both("在档案中记录一件事。", "Notes something in a file.")
        case .householdFile: both("将心愿归入家庭档案。", "Files a wish under a household.")
        case .householdMove:
            both("将归错档案的心愿移入另一份家庭档案；须填理由，可再移回。", "Moves a wish to the right household's file; a reason is needed.")
        case .sameRoundHelp: both("项目的第几轮；默认为原归档轮次。", "The program's round; by default the one it was filed in.")
        case .givenHelp:
            both(
                "实际答复时间，补录时填写；办结后补录须填理由。",
                "When the person was answered, where that is entered later; after the closing with a reason.")
        case .householdList: both("列出家庭及三色等级。", "Lists households with their colours.")
        case .householdShow: both("查看一份家庭档案：成员、困难、救助与心愿。", "Shows one file: members, hardships, benefits and wishes.")
        case .eventName:
            both(
                "hardship、hardshipEnded、benefit、benefitEnded、visited、unanswered、came 或 left。",
                "hardship, hardshipEnded, benefit, benefitEnded, visited, unanswered, came or left.")
        case .codeHelp:
            both(
                "代码、次数或人员编号（见 person find；came 不填编号即登记新成员）。",
                "A code, a count, or a person's id (see 'person find'; 'came' without one takes in somebody new).")
        case .duplicate: both("可能的重复申请。", "Requests that may be one.")
        case .duplicateList: both("列出与一个心愿可能重复的申请及理由。", "Lists requests that may repeat a wish, with why.")
        case .duplicateJudge: both("判定两条申请是否相同，可撤销。", "Joins two requests or tells them apart; can be taken back.")
        case .verdictHelp: both("same、different 或 open。", "same, different or open.")
        case .audit: both("历史链核对。", "Checks the history.")
        case .auditVerify: both("从头核对历史链，指出首条有误的记录。", "Follows the chain and names the first bad entry.")
        case .auditHead: both("输出签名的链首，供另行保存。", "Prints a signed head to keep elsewhere.")
        case .headHelp: both("另存的链首文件。", "A head that was kept, as a file.")
        case .holds:
            both("历史完好：共 {count} 条，链首 {hash}。", "The history holds: {count} {count:entry|entries}, head {hash}.")
        case .broken: both("历史有误：{fault}", "The history does not hold: {fault}")
        case .tailLate:
            both(
                "有 {count} 条记录未封存，最早的已等 {seconds} 秒。",
                "{count} {count:entry is|entries are} not sealed; the oldest has waited {seconds} s.")
        case .noKey: both("找不到或无法使用签名密钥 {file}。", "The signing key {file} is missing or cannot be used.")
        case .simulate: both("按一年推演一个镇，检查每一步。", "Plays a town for a year and checks every step.")
        case .daysHelp: both("推演多少天。", "How many days.")
        case .seedHelp: both("随机种子；相同种子结果相同。", "The seed; the same one gives the same town.")
        case .breakHelp: both("故意植入错误：ledger、clock 或 history。", "Plants a fault: ledger, clock or history.")
        case .figures: both("指标：答复率、按时率、满意率，可查任一时刻。", "Reply rate, on-time share, satisfaction, as of any time.")
        case .byHelp: both("按 all、area、lane、channel 或 party 统计。", "By all, area, lane, channel or party.")
        case .story: both("一页看完一个心愿的来龙去脉。", "One wish's whole life on one page.")
        case .found: both("共 {count} 项", "found: {count}")
        case .foundMore:
            both(
                "显示前 {count} 项，后面还有：加 --after {after} 继续，或用 --limit 调整数量（0 为全部）",
                "the first {count}; there are more: go on with --after {after}, or show more with --limit (0 for all)")
        case .plannedMore:
            both(
                "显示前 {count} 项，届时还有更多：请用更早的 --until 分段查看",
                "the first {count}; there is more to do by then: look at a shorter stretch with an earlier --until")
        case .title: both("内容", "what")
        case .wishColumn: both("心愿", "wish")
        case .offerColumn: both("资源", "offer")
        case .foundRest: both("此处之后共 {count} 项，已到末尾", "found: {count} behind that place; the list ends here")
        case .unplaced: both("区划未知", "area not known")
        case .unclassified: both("未分类", "not classified")
        case .keptSealed: both("（已封存）", "(kept sealed)")
        case .theProgram: both("系统", "the program")
        case .approvedHelp:
            both(
                "这些心愿在来源系统中已批准；不加则逐一进入审批流程。",
                "The wishes were approved where they come from; without it each takes its lane's way to approval.")
        case .outcomeHelp:
            both(
                "fulfilled（已实现，默认）、partly 或 unfulfilled；后两者须附 --reason 和 --note。",
                "fulfilled (the default), partly or unfulfilled; the last two take --reason and --note.")
        case .noHead: both("{file} 不是 audit head 输出的链首文件。", "{file} is not a head as 'audit head' prints it.")
        case .otherHead:
            both(
                "{file} 的链首不属于本项目，或不是由本系统的密钥签名。",
                "The head in {file} is of another program, or was not signed with this installation's key.")
        case .noRoleName:
            both(
                "“{role}”写法有误。应如 donor:主体、recipient:心愿、approver:town:金额（分）。",
                "'{role}' cannot be read. Write donor:PARTY, recipient:WISH or approver:town:LIMIT (in fen).")
        case .noPlace:
            both(
                "未填写区划：此心愿不会出现在任何镇街的清单中。请补填：almoner case move 心愿 区划。",
                "No area was given: the wish is in no town's list. Give it one: almoner case move WISH AREA.")
        case .notWith: both("{option} 不适用于 {act}。", "{option} does not go with {act}.")
        case .notTheAmount:
            both(
                "本案金额为 {amount} 分，不是 {given} 分。如金额有变，请先 approval act revise。",
                "The case asks for {amount} fen, not {given}. Revise it first, if that is what is approved: approval act revise."
            )
        case .noDays: both("推演天数应为 1 至 3660，不能是 {days}。", "A town is played for 1 to 3,660 days, not {days}.")
        case .nothingToBreak:
            both(
                "{days} 天内尚无可植入 {what} 错误之处；该种子至少需推演 {least} 天（--days {least}）。",
                "In {days} {days:day|days} of this town there is nothing yet to plant a fault of {what} in; it takes at least {least}: --days {least}."
            )
        case .withArea: both("区划代码或名称，含下级。", "An area by code or name, with all below it.")
        case .fewFaults:
            both(
                "{count} 行有误，什么也没有写入。改正后重新导入即可。",
                "{count} {count:row is|rows are} at fault, so nothing was stored. Correct them and import the file again."
            )
        case .allKnown:
            both(
                "新增 {added} 项，已有 {known} 项，涉及 {wishes} 个心愿。",
                "{added} {added:event|events} added, {known} known already, of {wishes} {wishes:wish|wishes}.")
        case .rowFault: both("第 {row} 行：{fault}", "Row {row}: {fault}")
        case .claimWarning: both("认领 {claim}：{text}", "Claim {claim}: {text}")
        case .time: both("时间", "time")
        case .state: both("状态", "state")
        case .action: both("事项", "what")
        case .reason: both("理由", "why")
        case .who: both("办理人", "who")
        case .subject: both("对象", "subject")
        case .kind: both("种类", "kind")
        case .due: both("期限", "due")
        case .value: both("内容", "value")
        case .step: both("步骤", "step")
        case .grade: both("等级", "grade")
        case .violations: both("违反规则 {count} 处", "violations: {count}")
        }
    }
}
