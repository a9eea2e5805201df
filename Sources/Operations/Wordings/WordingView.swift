public import Casework
public import MatchCore
public import Wire

/// What was found in a wording: of what kind, where, and what may stand there.
public struct WordingFinding: Described, Hashable {
    public let kind: MaskingKind
    public let from: Int
    public let to: Int
    public let text: String
    public let replacement: String
    public let mayBeOverridden: Bool

    public static let schema = JSONSchema.object(
        "WordingFinding",
        [
            .required("kind", .choice(MaskingKind.self), "What it looks like.", "种类。"),
            .required(
                "from", .integer(0...100_000), "The first character, counted from 0 in Unicode scalars.", "起始字符（从 0 计）。"
            ),
            .required("to", .integer(0...100_000), "The character behind the last.", "结束位置。"),
            .required("text", .text(0...Admission.Limits.text), "What stands there.", "原文。"),
            .required("replacement", .text(0...400), "What may stand there instead.", "建议替换为。"),
            .required(
                "mayBeOverridden", .flag, "Whether a coordinator may publish it, with a reason.", "协调员说明理由后可否发布。"),
        ])
    public static let sample = WordingFinding(
        kind: .mobile, from: 6, to: 17, text: "13800001111", replacement: "（号码已隐去）", mayBeOverridden: true)

    init(kind: MaskingKind, from: Int, to: Int, text: String, replacement: String, mayBeOverridden: Bool) {
        self.kind = kind
        self.from = from
        self.to = to
        self.text = text
        self.replacement = replacement
        self.mayBeOverridden = mayBeOverridden
    }

    init(_ finding: MaskingFinding, in wording: String, rules: MaskingRules) {
        let scalars = Array(wording.unicodeScalars)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[finding.place.clamped(to: 0..<scalars.count)])
        self.init(
            kind: finding.kind, from: finding.place.lowerBound, to: finding.place.upperBound, text: String(text),
            replacement: finding.replacement, mayBeOverridden: rules.mayBeOverridden.contains(finding.kind))
    }
}

/// A wording with what was found in it, and as it could be published.
public struct WordingView: Projection {
    public let wish: RecordID?
    public let text: String
    public let findings: [WordingFinding]
    public let proposed: String
    public let isAccepted: Bool
    public let isPublished: Bool
    public let holds: [String]

    /// What a wording is shown from.
    public struct Source: Sendable {
        let state: WordingState
        let rules: MaskingRules
    }

    public static let schema = JSONSchema.object(
        "Wording",
        [
            .optional("wish", .id, "The wish.", "心愿编号。"),
            .required("text", .text(0...Admission.Limits.text), "The wording as it stands.", "当前文字。"),
            .required(
                "findings", .list(of: WordingFinding.schema, 0...10_000), "What is not to be published.", "不宜发布的内容。"),
            .required("proposed", .text(0...100_000), "The wording with each replacement in its place.", "按建议替换后的文字。"),
            .required("isAccepted", .flag, "Whether a coordinator let what was found pass.", "协调员是否已放行。"),
            .required("isPublished", .flag, "Whether donors and the public read it now.", "目前是否公开。"),
            .required(
                "holds", .list(of: .choice(WishHold.allCases.map(\.rawValue)), 0...16),
                "What the wish is kept from, and why.", "暂缓事项。"),
        ])
    public static let sample = WordingView(
        wish: .sample(3), text: "想要轮椅，13800001111", findings: [.sample], proposed: "想要轮椅，（号码已隐去）",
        isAccepted: false, isPublished: false, holds: ["wording"])

    public static func projecting(_ source: Source, in context: OperationContext) throws -> WordingView? {
        guard let wish = try context.registry.wish(source.state.wish) else { return nil }
        let sight = try context.sight(of: wish)
        guard sight.parts.contains(.wording) else { return nil }
        if !source.state.wording.isEmpty { context.note(.wording, of: wish.key.id) }
        return WordingView(source.state, rules: source.rules)
    }

    private init(
        wish: RecordID?, text: String, findings: [WordingFinding], proposed: String, isAccepted: Bool,
        isPublished: Bool, holds: [String]
    ) {
        self.wish = wish
        self.text = text
        self.findings = findings
        self.proposed = proposed
        self.isAccepted = isAccepted
        self.isPublished = isPublished
        self.holds = holds
    }

    private init(_ state: WordingState, rules: MaskingRules) {
        self.init(
            wish: state.wish, text: state.wording,
            findings: state.findings.map { WordingFinding($0, in: state.wording, rules: rules) },
            proposed: WordingCheck.masked(state.wording, state.findings), isAccepted: state.isAccepted,
            isPublished: state.isPublished,
            holds: WishHold.allCases.filter { $0 != .wordingAccepted && state.holds.contains($0) }.map(\.rawValue))
    }
}

/// A wording that was sent to be looked over, and is kept nowhere.
public struct WordingCheckView: OpenAnswer {
    public let findings: [WordingFinding]
    public let proposed: String

    public static let schema = JSONSchema.object(
        "WordingCheck",
        [
            .required(
                "findings", .list(of: WordingFinding.schema, 0...10_000), "What is not to be published.", "不宜发布的内容。"),
            .required("proposed", .text(0...100_000), "The wording with each replacement in its place.", "按建议替换后的文字。"),
        ])
    public static let sample = WordingCheckView(findings: [.sample], proposed: "想要轮椅，（号码已隐去）")
}

/// A wording to look over.
public struct WordingChecking: Described {
    public var text: String
    public var wish: RecordID?

    public init(text: String, wish: RecordID? = nil) {
        self.text = text
        self.wish = wish
    }

    public static let schema = JSONSchema.object(
        "WordingChecking",
        [
            .required("text", .text(1...Admission.Limits.text).exact, "The wording.", "待检查的文字。"),
            .optional(
                "wish", .id, "The wish it is for: names of its household are looked for, too.", "所属心愿：同时查找其家庭成员姓名。"),
        ])
    public static let sample = WordingChecking(text: "想要轮椅，13800001111", wish: .sample(3))
}

/// A wording in the place of a wish's, or the word that it may be published as it is.
public struct WordingChange: Described {
    public var wish: RecordID
    public var text: String?
    public var reason: String?
    public var note: String?

    public init(wish: RecordID, text: String? = nil, reason: String? = nil, note: String? = nil) {
        self.wish = wish
        self.text = text
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "WordingChange",
        [
            .required("wish", .id, "The wish's id.", "心愿编号。"),
            .optional("text", .text(0...Admission.Limits.text), "The new wording; left out, it stays.", "新的文字；不填则不变。"),
            .optional(
                "reason", .reason,
                "Lets what is found be published: a code. Only a coordinator; never for identity numbers and "
                    + "bank cards.", "放行检查出的内容的理由代码；仅协调员，身份证号和银行卡号不可放行。"),
            .optional(
                "note", .text(0...Admission.Limits.text), "Why, in words; kept apart from the history.", "理由说明，与历史分开保存。"
            ),
        ])
    public static let sample = WordingChange(wish: .sample(3), text: "想要一台轮椅")
}
