internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked about approvals: the lanes' ways from a request to its publication.
public enum ApprovalOperations {
    public static let list = Operation<ApprovalListInput, Page<ApprovalView>>(
        OperationFacts(
            .approvalsList, .get, "/v1/approvals",
            "Lists approval cases, the longest unchanged first.", zhHans: "列出审批，最久未动的在前。")
    ) { input, context in
        if context.viewer.role == .recipient {
            let own = try context.actor.wish.flatMap { try context.store.approval(ofWish: $0) }
            return PageRecord(items: own.map { [$0] } ?? [], next: nil)
        }
        let query = ApprovalQuery(
            status: input.status.flatMap { ApprovalQuery.Status(rawValue: $0) }, step: input.step,
            areas: context.inScope(nil))
        return try page(query, PageRequest(limit: input.limit, cursor: input.cursor), context) {
            try ApprovalView.projecting($0, in: context) != nil
        }
    }

    public static let show = Operation<ApprovalInput, ApprovalView>(
        OperationFacts(
            .approvalsShow, .get, "/v1/approvals/{approval}", "Shows an approval case.",
            zhHans: "查看审批。")
    ) { try approval($0.approval, $1) }

    public static let ofWish = Operation<CaseInput, ApprovalView>(
        OperationFacts(
            .approvalsOfWish, .get, "/v1/cases/{wish}/approval",
            "Shows the newest approval case of a wish.", zhHans: "查看心愿最近的审批。")
    ) { input, context in
        guard let approval = try context.store.approval(ofWish: input.wish) else { throw Problem.notFound }
        return approval
    }

    public static let pass = act(
        .approvalsPass, "Passes a screening, a visit, a publication or an acceptance.", "通过初审、走访、发布或验收。",
        of: { (input: ApprovalPassing) in input.approval }
    ) { input, wish, desk in .pass(note: try desk.keep(input.note, as: "finding", about: wish)) }

    public static let approve = act(
        .approvalsApprove, "Approves; above the path's amount two different people have to.",
        "审批通过；超过规定金额须两人审批。", of: { (input: ApprovalInput) in input.approval }
    ) { _, _, _ in .approve }

    public static let approveFast = act(
        .approvalsApproveFast, "Approves first; the papers follow (特事特办).", "特事特办：先批准，后补材料。",
        of: { (input: ApprovalReasoning) in input.approval }
    ) { input, wish, desk in .approveFast(try reason(input.reason, input.note, wish, desk)) }

    public static let refuse = act(
        .approvalsRefuse, "Refuses: with a reason of the path's list, and at least one thing that may help instead.",
        "拒绝：须选择理由，并告知至少一项其他帮助途径。", of: { (input: ApprovalRefusing) in input.approval }
    ) { input, wish, desk in
        .refuse(try reason(input.reason, input.note, wish, desk), alternatives: input.alternatives)
    }

    public static let sendBack = act(
        .approvalsSendBack, "Sends a case back to an earlier step.", "退回较早的步骤。",
        of: { (input: ApprovalReturning) in input.approval }
    ) { input, wish, desk in .sendBack(to: input.step, try reason(input.reason, input.note, wish, desk)) }

    public static let revise = act(
        .approvalsRevise, "Changes the amount; the case begins anew.", "变更金额，重新审批。",
        of: { (input: ApprovalRevising) in input.approval }
    ) { input, wish, desk in .revise(amount: input.amount, try reason(input.reason, input.note, wish, desk)) }

    public static let confer = Operation<ApprovalConferring, ApprovalView>(
        OperationFacts(
            .approvalsConfer, .post, "/v1/approvals/{approval}/confer",
            "Notes a case conference: who took part, what was found and why, how they voted (一事一议).",
            zhHans: "登记一事一议：参会人员、结论、理由与表决。"), current: { try approval($0.approval, $1) }
    ) { input, context in
        let approval = try approval(input.approval, context)
        guard try ApprovalView.projecting(approval, in: context) != nil else { throw Problem.notFound }
        let desk = try context.desk()
        // At another step the case itself says what it waits for.
        let fewest = approval.step?.kind == .conference ? approval.step?.fewestParticipants ?? 1 : 1
        let conference = try input.conference(of: approval.request.wish, fewest: fewest, at: desk)
        return try desk.act(approval.id, .confer(conference))
    }

    public static let putUpNotice = act(
        .approvalsPutUpNotice, "Puts the public notice up.", "开始公示。",
        of: { (input: ApprovalInput) in input.approval }
    ) { _, _, _ in .putUpNotice }

    public static let settleObjection = act(
        .approvalsSettleObjection, "Notes that an objection was looked into and does not hold.", "异议经核查不成立。",
        of: { (input: ApprovalReasoning) in input.approval }
    ) { input, wish, desk in .settleObjection(try reason(input.reason, input.note, wish, desk)) }

    public static let takeDownNotice = act(
        .approvalsTakeDownNotice, "Takes the notice down after it has stood its days.", "公示期满，结束公示。",
        of: { (input: ApprovalInput) in input.approval }
    ) { _, _, _ in .takeDownNotice }

    public static let notices = Operation<NoticeListInput, Page<NoticeView>>(
        OperationFacts(
            .noticesList, .get, "/v1/notices",
            "Lists the public notices that stand; nobody is named in them.", zhHans: "列出正在进行的公示，不含个人信息。",
            isPublic: true)
    ) { input, context in
        try page(
            ApprovalQuery(status: .open, onNotice: true), PageRequest(limit: input.limit, cursor: input.cursor),
            context
        ) { $0.notice != nil }
    }

    public static let object = Operation<ApprovalReasoning, NoticeView>(
        OperationFacts(
            .noticesObject, .post, "/v1/notices/{approval}/object",
            "Objects to a public notice while it stands.", zhHans: "在公示期内提出异议。")
    ) { input, context in
        let approval = try approval(input.approval, context)
        // Who sees the case itself is told that no notice stands; for anybody else there is nothing here.
        guard
            try NoticeView.projecting(approval, in: context) != nil
                || ApprovalView.projecting(approval, in: context) != nil
        else { throw Problem.notFound }
        let desk = try context.desk()
        let wish = approval.request.wish
        return try desk.act(approval.id, .object(try reason(input.reason, input.note, wish, desk)))
    }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(show), AnyOperation(ofWish), AnyOperation(pass), AnyOperation(approve),
        AnyOperation(approveFast), AnyOperation(refuse), AnyOperation(sendBack), AnyOperation(revise),
        AnyOperation(confer), AnyOperation(putUpNotice), AnyOperation(settleObjection), AnyOperation(takeDownNotice),
        AnyOperation(notices), AnyOperation(object),
    ]

    // MARK: What they share

    private static func act<Input: Described>(
        _ operation: OperationID, _ en: String, _ zhHans: String,
        of id: @escaping @Sendable (Input) -> RecordID,
        _ act: @escaping @Sendable (Input, _ wish: RecordID, CaseDesk) throws -> ApprovalAct
    ) -> Operation<Input, ApprovalView> {
        Operation(
            OperationFacts(
                operation, .post, "/v1/approvals/{approval}/\(operation.verb)", en, zhHans: zhHans),
            current: { try approval(id($0), $1) }
        ) { input, context in
            let approval = try approval(id(input), context)
            guard try ApprovalView.projecting(approval, in: context) != nil else { throw Problem.notFound }
            let desk = try context.desk()
            return try desk.act(approval.id, try act(input, approval.request.wish, desk))
        }
    }

    private static func reason(_ code: String, _ note: String?, _ wish: RecordID, _ desk: CaseDesk) throws -> Reason {
        guard let reason = try desk.reason(code, note: note, about: wish) else {
            throw Problem(.invalidInput, at: "/reason", LocalizedText(zhHans: "请填写理由代码。", en: "Say why: a code."))
        }
        return reason
    }

    private static func approval(_ id: RecordID, _ context: OperationContext) throws -> ApprovalCase {
        guard let approval = try context.store.approval(id) else { throw Problem.notFound }
        return approval
    }

    private static func page(
        _ query: ApprovalQuery, _ request: PageRequest, _ context: OperationContext,
        where isWanted: (ApprovalCase) throws -> Bool
    ) throws -> PageRecord<ApprovalCase> {
        var query = query
        return try PageRecord.reading(
            request,
            fetch: { place, limit in
                query.behind = try place?.timedPlace
                return try context.store.approvals(query, limit: limit)
            }, cursor: { Cursor(TimedPlace($0.changedAt, $0.id)) }, where: isWanted)
    }
}
