public import Casework
public import MatchCore
public import Wire

/// One request on its way along its lane's path, from screening to publication.
public struct ApprovalView: Projection {
    public let id: RecordID
    public let wish: RecordID
    public let handle: String?
    public let path: Code
    public let step: Code?
    public let stepTitle: String?
    public let pathVersion: Int
    public let status: String
    public let level: AreaLevel?
    public let amount: Int64?
    public let approvals: Int
    public let approvalsNeeded: Int
    public let isApproved: Bool
    public let isFast: Bool
    public let papersDue: Timestamp?
    public let notice: Notice?
    public let refusal: Refusal?
    public let acts: [Act]
    public let changedAt: Timestamp

    public struct Notice: Described {
        public let from: Timestamp
        public let until: Timestamp
        public let openObjections: Int

        public static let schema = JSONSchema.object(
            "ApprovalNotice",
            [
                .required("from", .moment, "Since when it stands.", "公示开始时间。"),
                .required("until", .moment, "Until when it has to stand.", "公示截止时间。"),
                .required(
                    "openObjections", .integer(0...Int64(Int32.max)), "Objections nobody has looked into.", "待处理的异议数。"),
            ])
        public static let sample = Notice(from: .sample, until: .sample, openObjections: 0)
    }

    /// A code of the path with its words.
    public struct Choice: Described {
        public let code: Code
        public let text: String

        public static let schema = JSONSchema.object(
            "PathChoice",
            [
                .required("code", .code, "The path's code.", "流程代码。"),
                .required("text", .text(1...400), "The same in words.", "文字说明。"),
            ])
        public static let sample = Choice(code: "temporaryRelief", text: "可申请临时救助")
    }

    /// Why not, and what else may help.
    public struct Refusal: Described {
        public let reason: Choice
        public let alternatives: [Choice]
        public let at: Timestamp

        public static let schema = JSONSchema.object(
            "Refusal",
            [
                .required("reason", Choice.schema, "Why.", "拒绝理由。"),
                .required("alternatives", .list(of: Choice.schema, 0...64), "What else may help.", "其他帮助途径。"),
                .required("at", .moment, "When.", "时间。"),
            ])
        public static let sample = Refusal(
            reason: Choice(code: "coveredElsewhere", text: "已有其他政策保障"), alternatives: [.sample], at: .sample)
    }

    /// What somebody did with the case.
    public struct Act: Described {
        public let step: Code
        public let act: Code
        public let by: RecordID
        public let role: Role?
        public let name: String?
        public let at: Timestamp
        public let reason: Code?
        public let words: String?
        public let conference: ConferenceView?

        public static let schema = JSONSchema.object(
            "ApprovalAct",
            [
                .required("step", .code, "At which step.", "步骤。"), .required("act", .code, "What was done.", "操作。"),
                .required("by", .id, "Who did it.", "操作人。"),
                .optional("role", .choice(Role.self), "In which role.", "角色。"),
                .optional("name", .text(1...400), "What whoever did it is called, where that is kept.", "操作人名称（有记录时）。"),
                .required("at", .moment, "When.", "时间。"),
                .optional("reason", .code, "Why: a code.", "理由代码。"),
                .optional("words", .text(1...Admission.Limits.text), "The finding or the reason in words.", "结论或理由说明。"),
                .optional(
                    "conference", ConferenceView.schema, "Who conferred, what they found, and how they voted.",
                    "一事一议的参会人员、结论与表决。"),
            ])
        public static let sample = Act(
            step: "screening", act: "pass", by: .sample(10), role: .intake, name: "王某", at: .sample, reason: "phone",
            words: "情况属实", conference: .sample)
    }

    public static let schema = JSONSchema.object(
        "Approval",
        [
            .required("id", .id, "The case's id.", "审批编号。"), .required("wish", .id, "The wish.", "心愿编号。"),
            .optional("handle", .text(1...200), "What people call the wish.", "心愿的通用编号。"),
            .required("path", .code, "The path.", "审批流程。"),
            .optional("step", .code, "The step it waits at; left out when it is over.", "当前步骤；办结后没有此项。"),
            .optional("stepTitle", .text(1...400), "The step in words.", "当前步骤名称。"),
            .required("pathVersion", .integer(0...Int64(Int32.max)), "The version of the path it began with.", "流程版本。"),
            .required(
                "status", .choice(ApprovalQuery.Status.self),
                "'revoked' was approved on the fast lane and found wrong; 'ended' is over because the wish was closed.",
                "revoked 指特事特办后被撤销；ended 指随心愿办结而结束。"),
            .optional("level", .choice(AreaLevel.self), "Who has to approve this amount.", "须由哪一级审批。"),
            .optional(
                "amount", .quantity,
                "What it costs, in fen; left out while nobody knows, and then it cannot be approved: revise it first.",
                "金额（分）；未知时没有此项，须先填写金额（revise）才能审批。"),
            .required("approvals", .integer(0...2), "How many have approved at this step.", "本步骤已审批人数。"),
            .required("approvalsNeeded", .integer(1...2), "How many different people have to.", "须审批人数。"),
            .required("isApproved", .flag, "Whether help may be promised.", "是否可以安排帮扶。"),
            .required("isFast", .flag, "Whether it went through the fast lane.", "是否特事特办。"),
            .optional("papersDue", .moment, "By when the papers of the fast lane are due.", "特事特办材料补齐期限。"),
            .optional("notice", Notice.schema, "The public notice that stands.", "正在进行的公示。"),
            .optional("refusal", Refusal.schema, "Why it was refused, and what else may help.", "拒绝理由与其他帮助途径。"),
            .required(
                "acts", .list(of: Act.schema, 0...10_000), "What was done, in order; for staff.", "历次操作，仅工作人员可见。"),
            .required("changedAt", .moment, "When it last changed.", "最近变更时间。"),
        ])

    public static let sample = ApprovalView(
        id: .sample(11), wish: .sample(3), handle: "W-12", path: "microWish", step: "approval", stepTitle: "审批",
        pathVersion: 1,
        status: "open", level: .town, amount: 50_000, approvals: 0, approvalsNeeded: 1, isApproved: false,
        isFast: false,
        papersDue: .sample, notice: .sample, refusal: .sample, acts: [.sample], changedAt: .sample)

    public static func projecting(_ approval: ApprovalCase, in context: OperationContext) throws -> ApprovalView? {
        let viewer = context.viewer
        let wish = approval.request.wish
        let parts = try context.parts(
            context.parts(
                of: .approval, isOwn: viewer.actor.wish == wish, isWithin: try context.isInScope(wish: wish)),
            openedOf: wish)
        guard parts.contains(.existence) else { return nil }
        let language = viewer.language
        func choice(_ code: Code) -> Choice { Choice(code: code, text: approval.text(of: code)[language]) }
        return ApprovalView(
            id: approval.id, wish: wish, handle: try context.handle(of: wish), path: approval.path.id,
            step: approval.step?.id,
            stepTitle: approval.step?.title[language], pathVersion: approval.path.version,
            status: approval.queryStatus.rawValue, level: approval.levelNeeded, amount: approval.request.amount,
            approvals: approval.approvals.count, approvalsNeeded: approval.approvalsNeeded,
            isApproved: approval.isApproved, isFast: approval.isFast,
            papersDue: approval.papersDue.map { Timestamp($0) },
            notice: approval.notice.map {
                Notice(from: Timestamp($0.from), until: Timestamp($0.until), openObjections: $0.openObjections)
            },
            refusal: approval.refusal.map {
                Refusal(
                    reason: choice($0.reason.code), alternatives: $0.alternatives.map(choice), at: Timestamp($0.at))
            },
            acts: parts.contains(.acts) ? try approval.records.map { try act($0, of: approval, parts, context) } : [],
            changedAt: Timestamp(approval.changedAt))
    }

    private static func act(
        _ record: ApprovalCase.Record, of approval: ApprovalCase, _ parts: AccessParts, _ context: OperationContext
    ) throws -> Act {
        var conference: ConferenceView?
        if case .confer(let held) = record.act { conference = try ConferenceView(held, in: context) }
        return Act(
            step: record.step, act: record.act.action, by: record.by, role: record.role,
            name: try context.name(of: record.by), at: Timestamp(record.at), reason: record.act.reason?.code,
            words: try record.act.note.flatMap { try context.words(of: $0) }, conference: conference)
    }
}

extension ApprovalCase {
    /// Why the request was refused, or its fast approval taken back; nil where it was not.
    fileprivate var refusal: Refusal? {
        switch status {
        case .refused(let refusal), .revoked(let refusal): refusal
        case .open, .completed, .ended: nil
        }
    }

    fileprivate var queryStatus: ApprovalQuery.Status {
        switch status {
        case .open: .open
        case .completed: .completed
        case .refused: .refused
        case .revoked: .revoked
        case .ended: .ended
        }
    }

    /// A refusal's reason or an alternative in words; the code itself where the path has no words for it.
    fileprivate func text(of code: Code) -> LocalizedText {
        path.refusals.first { $0.code == code }?.text ?? path.alternatives.first { $0.code == code }?.text
            ?? LocalizedText(zhHans: code.text, en: code.text)
    }
}

extension ApprovalAct {
    /// Where the words of its reason or finding stand.
    fileprivate var note: RecordID? {
        switch self {
        case .pass(let note): note
        case .confer(let conference): conference.finding
        default: reason?.note
        }
    }
}

/// A public notice (公示) as everybody may see it: what is to be given, where and for how much, and nobody's name.
public struct NoticeView: Projection {
    public let approval: RecordID
    public let category: Code
    public let town: String?
    public let townName: String?
    public let amount: Int64?
    public let from: Timestamp
    public let until: Timestamp

    public static let schema = JSONSchema.object(
        "PublicNotice",
        [
            .required("approval", .id, "What an objection refers to.", "提出异议时引用的编号。"),
            .required("category", .code, "What is to be given.", "类目。"),
            .optional("town", .text(1...64), "Code of the town.", "镇街代码。"),
            .optional("townName", .text(1...400), "What the town is called.", "镇街名称。"),
            .optional("amount", .quantity, "What it costs, in fen, where that is known.", "金额（分）；未知时没有此项。"),
            .required("from", .moment, "Since when it stands.", "公示开始时间。"),
            .required("until", .moment, "Until when it has to stand.", "公示截止时间。"),
        ])
    public static let sample = NoticeView(
        approval: .sample(11), category: "mobility.wheelchair", town: "441900121", townName: "东莞市虎门镇", amount: 150_000,
        from: .sample,
        until: .sample)

    /// The same for everybody; nil where no notice stands.
    public static func projecting(_ approval: ApprovalCase, in context: OperationContext) throws -> NoticeView? {
        let parts = context.parts(of: .notice)
        guard case .open = approval.status, let notice = approval.notice, parts.contains(.existence) else { return nil }
        let area = try context.registry.wish(approval.request.wish)?.features.place.area
        let areas = context.reference.areas
        let town = parts.contains(.town) ? area.map { areas.town(of: $0) } : nil
        return NoticeView(
            approval: approval.id, category: approval.request.category, town: town,
            townName: town.flatMap {
                areas.tree.index(of: $0) == nil ? nil : areas.path(of: $0, in: context.viewer.language)
            },
            amount: approval.request.amount,
            from: Timestamp(notice.from), until: Timestamp(notice.until))
    }
}
