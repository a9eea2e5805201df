import MatchCore

/// What was wrong with a step on a case as it was typed, and how to type it.
enum CaseFaultWords: String, Words {
    case noMember, noCalls, noReason, noTarget, noAmount, noVotes, noVerdict

    var text: LocalizedText {
        switch self {
        case .noMember:
            both(
                "“{value}”不是人员编号。编号见 household show 或 person find；登记新成员时不填编号。",
                "'{value}' is no person's id. Ids stand in household show and person find; for somebody new leave it out."
            )
        case .noCalls:
            both(
                "“{value}”不是次数。请填写连续无人接听的次数，1 至 1000。",
                "'{value}' is no count. Say how many calls running nobody answered: 1 to 1,000.")
        case .noReason:
            both(
                "此操作须说明理由：用 --reason 填写代码（见 Data/casework/reasons.yaml），或用 --note 填写说明。",
                "This needs a reason: a code with --reason (see Data/casework/reasons.yaml), or words with --note.")
        case .noTarget:
            both(
                "请用 --to 写明退回到哪一步；“{value}”不是步骤代码。",
                "Say with --to which step it goes back to; '{value}' is no step's code.")
        case .noAmount:
            both("“{value}”不是金额。请填写以分为单位的整数。", "'{value}' is no amount. Give a whole number of fen.")
        case .noVotes:
            both(
                "“{value}”不是票数。请写“赞成:反对:弃权”三个数，如 5:1:0。",
                "'{value}' are no votes. Give three numbers FOR:AGAINST:ABSTAINED, such as 5:1:0.")
        case .noVerdict:
            both(
                "没有判定“{value}”。可用：same（同一申请）、different（不同申请）、open（撤销判定）。",
                "There is no verdict '{value}'. There are: same, different and open (which takes a judgement back).")
        }
    }
}
