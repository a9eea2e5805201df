/// What a clock waits for.
public enum ClockKind: String, Hashable, Sendable, Codable, CaseIterable {
    case answer, decision, delivery, callBack, visit, publicNotice, papers
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
