/// One row of the policy table: for which requests, and the terms of one kind of clock. A field left out fits all.
public struct ClockRule: Hashable, Sendable, Codable {
    public let kind: ClockKind
    public let program: Code?
    public let lane: Code?
    public let category: Code?
    public let urgency: Urgency?
    public let terms: ClockTerms

    public init(
        kind: ClockKind, program: Code? = nil, lane: Code? = nil, category: Code? = nil, urgency: Urgency? = nil,
        terms: ClockTerms
    ) {
        self.kind = kind
        self.program = program
        self.lane = lane
        self.category = category
        self.urgency = urgency
        self.terms = terms
    }

    func fits(_ kind: ClockKind, _ context: ClockContext) -> Bool {
        func fits<Value: Equatable>(_ wanted: Value?, _ value: Value) -> Bool { wanted == nil || wanted == value }
        return self.kind == kind && fits(program, context.program) && fits(lane, context.lane)
            && fits(category, context.category) && fits(urgency, context.urgency)
    }
}

/// The program's time limits: the first rule that fits a request applies, so the special ones stand first.
public struct ClockPolicy: Hashable, Sendable, Codable {
    public let rules: [ClockRule]

    public init(rules: [ClockRule]) {
        self.rules = rules
    }

    /// The terms of the first rule that fits; nil where the program sets no limit.
    public func limit(for kind: ClockKind, of context: ClockContext) -> ClockTerms? {
        rules.first { $0.fits(kind, context) }?.terms
    }

    /// Throws `notCovered` when no rule fits: a request without a time limit would be forgotten.
    public func terms(for kind: ClockKind, of context: ClockContext) throws -> ClockTerms {
        guard let terms = limit(for: kind, of: context) else {
            throw CaseworkError(
                .notCovered,
                "No rule gives the \(kind.rawValue) clock of \(context.lane)/\(context.category) a duration. Add one.",
                zhHans: "没有规则为 \(context.lane)/\(context.category) 的 \(kind.rawValue) 时限规定时长。请补充规则。")
        }
        return terms
    }
}
