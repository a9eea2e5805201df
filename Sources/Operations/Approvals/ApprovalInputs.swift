public import Casework
public import MatchCore
public import Wire

/// Which approval cases to list.
public struct ApprovalListInput: Described {
    public var status: String?
    public var step: Code?
    public var limit: Int?
    public var cursor: String?

    public init(status: String? = nil, step: Code? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.status = status
        self.step = step
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("status", .choice(ApprovalQuery.Status.self), "Only cases in this status.", "只要此状态的审批。"),
            .optional("step", .code, "Only cases that wait at this step.", "只要停在此步骤的审批。"),
        ] + PageRequest.properties)
    public static let sample = ApprovalListInput(status: "open", step: "screening", limit: 20)
}

/// Which page of the notices.
public struct NoticeListInput: Described {
    public var limit: Int?
    public var cursor: String?

    public init(limit: Int? = nil, cursor: String? = nil) {
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(nil, PageRequest.properties)
    public static let sample = NoticeListInput(limit: 20)
}

/// One approval case.
public struct ApprovalInput: Described {
    public var approval: RecordID

    public init(approval: RecordID) { self.approval = approval }

    static let approvalProperty = JSONSchema.Property.required("approval", .id, "The case's id.", "审批编号。")
    static let reasonProperties: [JSONSchema.Property] = [
        .required("reason", .reason, "Why: a code.", "理由代码。"),
        .optional(
            "note", .text(0...Admission.Limits.text), "Why, in words; kept apart from the history.", "理由说明，与历史分开保存。"),
    ]

    public static let schema = JSONSchema.object(nil, [approvalProperty])
    public static let sample = ApprovalInput(approval: .sample(11))
}

/// Passes a step.
public struct ApprovalPassing: Described {
    public var approval: RecordID
    public var note: String?

    public init(approval: RecordID, note: String? = nil) {
        self.approval = approval
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            ApprovalInput.approvalProperty,
            .optional(
                "note", .text(0...Admission.Limits.text),
                "What was found, or the approved wording; only a screening can do without.", "走访结果或核准文字；仅初审可不填。"),
        ])
    public static let sample = ApprovalPassing(approval: .sample(11), note: "情况属实")
}

/// An act that needs a reason.
public struct ApprovalReasoning: Described {
    public var approval: RecordID
    public var reason: String
    public var note: String?

    public init(approval: RecordID, reason: String, note: String? = nil) {
        self.approval = approval
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil, [ApprovalInput.approvalProperty] + ApprovalInput.reasonProperties)
    public static let sample = ApprovalReasoning(approval: .sample(11), reason: "lifeInDanger")
}

/// Refuses a request: with a reason of the path's list, and what else may help.
public struct ApprovalRefusing: Described {
    public var approval: RecordID
    public var reason: String
    public var note: String?
    public var alternatives: [Code]

    public init(approval: RecordID, reason: String, note: String? = nil, alternatives: [Code]) {
        self.approval = approval
        self.reason = reason
        self.note = note
        self.alternatives = alternatives
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            ApprovalInput.approvalProperty, .required("reason", .refusalReason, "Why: a code of the path.", "理由代码。"),
            ApprovalInput.reasonProperties[1],
            .required(
                "alternatives", .list(of: .alternative, 0...64), "What else may help, one at least: codes of the path.",
                "其他帮助途径代码。"),
        ])
    public static let sample = ApprovalRefusing(
        approval: .sample(11), reason: "coveredElsewhere", alternatives: ["temporaryRelief"])
}

/// Sends a case back to an earlier step.
public struct ApprovalReturning: Described {
    public var approval: RecordID
    public var step: Code
    public var reason: String
    public var note: String?

    public init(approval: RecordID, step: Code, reason: String, note: String? = nil) {
        self.approval = approval
        self.step = step
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [ApprovalInput.approvalProperty, .required("step", .code, "The earlier step.", "退回到的步骤。")]
            + ApprovalInput.reasonProperties)
    public static let sample = ApprovalReturning(approval: .sample(11), step: "screening", reason: "papersMissing")
}

/// Changes the amount; the case begins anew.
public struct ApprovalRevising: Described {
    public var approval: RecordID
    public var amount: Int64
    public var reason: String
    public var note: String?

    public init(approval: RecordID, amount: Int64, reason: String, note: String? = nil) {
        self.approval = approval
        self.amount = amount
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [ApprovalInput.approvalProperty, .required("amount", .quantity, "What it costs, in fen.", "金额（分）。")]
            + ApprovalInput.reasonProperties)
    public static let sample = ApprovalRevising(approval: .sample(11), amount: 40_000, reason: "cheaperModel")
}
