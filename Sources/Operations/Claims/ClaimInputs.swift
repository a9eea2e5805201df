public import Casework
public import MatchCore
public import Wire

/// Which claims to list.
public struct ClaimListInput: Described {
    public var state: ClaimState?
    public var party: RecordID?
    public var offer: RecordID?
    public var wish: RecordID?
    public var changedSince: Timestamp?
    public var limit: Int?
    public var cursor: String?

    public init(
        state: ClaimState? = nil, party: RecordID? = nil, offer: RecordID? = nil, wish: RecordID? = nil,
        changedSince: Timestamp? = nil, limit: Int? = nil, cursor: String? = nil
    ) {
        self.state = state
        self.party = party
        self.offer = offer
        self.wish = wish
        self.changedSince = changedSince
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("state", .choice(ClaimState.self), "Only claims in this state.", "只要此状态的认领。"),
            .optional("party", .id, "Only claims on this party's offers.", "只要此主体资源的认领。"),
            .optional("offer", .id, "Only claims on this offer.", "只要此资源的认领。"),
            .optional("wish", .id, "Only claims for this wish.", "只要此心愿的认领。"),
            .optional("changedSince", .moment, "Only claims whose last step is not older.", "只要此时间以来有变更的认领。"),
        ] + PageRequest.properties)
    public static let sample = ClaimListInput(state: .proposed, limit: 20)
}

/// One claim.
public struct ClaimInput: Described {
    public var claim: RecordID

    public init(claim: RecordID) { self.claim = claim }

    public static let schema = JSONSchema.object(nil, [claimProperty])
    public static let sample = ClaimInput(claim: .sample(1))

    static let claimProperty = JSONSchema.Property.required("claim", .id, "The claim's id.", "认领编号。")
}

/// Proposes a claim.
public struct ClaimProposal: Described {
    public var offer: RecordID
    public var offerLine: Int?
    public var wish: RecordID
    public var wishLine: Int?
    public var quantity: Int64
    public var legs: [Leg.Kind]?
    public var reason: String?
    public var note: String?

    public init(
        offer: RecordID, offerLine: Int? = nil, wish: RecordID, wishLine: Int? = nil, quantity: Int64,
        legs: [Leg.Kind]? = nil, reason: String? = nil, note: String? = nil
    ) {
        self.offer = offer
        self.offerLine = offerLine
        self.wish = wish
        self.wishLine = wishLine
        self.quantity = quantity
        self.legs = legs
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "ClaimProposal",
        [
            .required("offer", .id, "The offer.", "资源编号。"),
            .optional("offerLine", .lineNumber, "The offer's line; 1 by default.", "资源明细序号，默认 1。"),
            .required("wish", .id, "The wish.", "心愿编号。"),
            .optional("wishLine", .lineNumber, "The wish's line; 1 by default.", "心愿明细序号，默认 1。"),
            .required("quantity", .quantity, "How much to hold, in the lines' unit.", "占用数量，以明细单位计。"),
            .optional(
                "legs", .list(of: .choice(Leg.Kind.self), 0...2), "Who is needed besides the donor.", "除捐赠方外所需的环节。"),
        ] + StepReason.properties)
    public static let sample = ClaimProposal(offer: .sample(2), wish: .sample(3), quantity: 1)
}

/// Why a step is made: what every step takes.
public enum StepReason {
    public static let properties: [JSONSchema.Property] = [
        .optional(
            "reason", .reason, "Why: a code. Needed where somebody acts for another.", "理由代码；代他人操作时必填。"),
        .optional(
            "note", .text(0...Admission.Limits.text), "Why, in words; kept apart from the history.", "理由说明，与历史分开保存。"),
    ]
}

extension StepReason {
    /// The same where nobody goes without a reason.
    public static let required: [JSONSchema.Property] =
        [.required("reason", .reason, "Why: a code.", "理由代码。")] + properties.dropFirst()
}

/// A step of a claim that needs nothing but a reason.
public struct ClaimStepInput: Described {
    public var claim: RecordID
    public var reason: String?
    public var note: String?

    public init(claim: RecordID, reason: String? = nil, note: String? = nil) {
        self.claim = claim
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(nil, [ClaimInput.claimProperty] + StepReason.properties)
    public static let sample = ClaimStepInput(claim: .sample(1), reason: "phone")
}

/// Gives back what had set off.
public struct ClaimReturning: Described {
    public var claim: RecordID
    public var condition: ClaimStep.Condition
    public var reason: String?
    public var note: String?

    public init(claim: RecordID, condition: ClaimStep.Condition, reason: String? = nil, note: String? = nil) {
        self.claim = claim
        self.condition = condition
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            ClaimInput.claimProperty,
            .required(
                "condition", .choice(ClaimStep.Condition.self),
                "What became of it; only usable goods can be offered again.",
                "退回物状况；只有可用的才能再次提供。"),
        ] + StepReason.properties)
    public static let sample = ClaimReturning(claim: .sample(1), condition: .usable, reason: "notNeeded")
}

/// Splits a part off a claim.
public struct ClaimSplitting: Described {
    public var claim: RecordID
    public var quantity: Int64
    public var reason: String?
    public var note: String?

    public init(claim: RecordID, quantity: Int64, reason: String? = nil, note: String? = nil) {
        self.claim = claim
        self.quantity = quantity
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            ClaimInput.claimProperty,
            .required("quantity", .quantity, "How much to split off; less than the claim holds.", "拆出数量，须小于原数量。"),
        ] + StepReason.properties)
    public static let sample = ClaimSplitting(claim: .sample(1), quantity: 1, reason: "twoTrips")
}

/// A step of a carrier's or fitter's leg.
public struct ClaimLegStep: Described {
    public var claim: RecordID
    public var leg: Leg.Kind
    public var party: RecordID?
    public var reason: String?
    public var note: String?

    public init(
        claim: RecordID, leg: Leg.Kind, party: RecordID? = nil, reason: String? = nil, note: String? = nil
    ) {
        self.claim = claim
        self.leg = leg
        self.party = party
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            ClaimInput.claimProperty,
            .required("leg", .choice(Leg.Kind.self), "Which leg.", "环节。"),
            .optional(
                "party", .id, "Who takes it on; by default the party that asks. Only for 'agree'.",
                "承接方，默认为请求方；仅用于 agree。"),
        ] + StepReason.properties)
    public static let sample = ClaimLegStep(claim: .sample(1), leg: .carrier, party: .sample(4), reason: "phone")
}

/// Puts a wish line into the queue behind an offer line.
public struct QueueJoining: Described {
    public var offer: RecordID
    public var offerLine: Int?
    public var wish: RecordID
    public var wishLine: Int?
    public var quantity: Int64
    public var least: Int64?

    public init(
        offer: RecordID, offerLine: Int? = nil, wish: RecordID, wishLine: Int? = nil, quantity: Int64,
        least: Int64? = nil
    ) {
        self.offer = offer
        self.offerLine = offerLine
        self.wish = wish
        self.wishLine = wishLine
        self.quantity = quantity
        self.least = least
    }

    public static let schema = JSONSchema.object(
        "QueueJoining",
        [
            .required("offer", .id, "The offer.", "资源编号。"),
            .optional("offerLine", .lineNumber, "The offer's line; 1 by default.", "资源明细序号，默认 1。"),
            .required("wish", .id, "The wish.", "心愿编号。"),
            .optional("wishLine", .lineNumber, "The wish's line; 1 by default.", "心愿明细序号，默认 1。"),
            .required("quantity", .quantity, "What it would take.", "所需数量。"),
            .optional("least", .quantity, "The least that is of use; 1 by default.", "最低可用数量，默认 1。"),
        ])
    public static let sample = QueueJoining(offer: .sample(2), wish: .sample(3), quantity: 2, least: 1)
}
