public import MatchCore

/// What a clock waits for.
public enum ClockKind: String, Hashable, Sendable, Codable, CaseIterable {
    case answer, decision, delivery, callBack, visit, publicNotice, papers

    /// What people call it.
    public var name: LocalizedText {
        switch self {
        case .answer: LocalizedText(zhHans: "答复", en: "answer")
        case .decision: LocalizedText(zhHans: "审批", en: "decision")
        case .delivery: LocalizedText(zhHans: "送达", en: "delivery")
        case .callBack: LocalizedText(zhHans: "回访", en: "call back")
        case .visit: LocalizedText(zhHans: "走访", en: "visit")
        case .publicNotice: LocalizedText(zhHans: "公示", en: "public notice")
        case .papers: LocalizedText(zhHans: "补齐材料", en: "papers")
        }
    }
}

/// How urgent a request is.
public enum Urgency: String, Hashable, Sendable, Codable, CaseIterable {
    case ordinary, urgent, emergency
}

/// What of a request decides how long its clocks run.
public struct ClockContext: Hashable, Sendable, Codable {
    public let program: Code
    public let lane: Code
    public let category: Code
    public let urgency: Urgency

    public init(program: Code, lane: Code, category: Code, urgency: Urgency) {
        self.program = program
        self.lane = lane
        self.category = category
        self.urgency = urgency
    }
}
