public import MatchCore

/// One request on its way along an approval path.
public struct ApprovalCase: Hashable, Sendable, Codable {
    /// What is being asked, as far as the path looks at it.
    public struct Request: Hashable, Sendable, Codable {
        public let wish: RecordID
        public let category: Code
        /// The groups of the catalogue that the category lies in: what a path says of a group holds for all in it.
        public let groups: [Code]
        public let urgency: Urgency
        /// In fen, at least 1; nil while nobody knows what it costs: then nobody can approve it.
        public var amount: Int64?
        /// Whether a person stated the amount: then it stands, whatever the wish's lines would come to.
        public internal(set) var isStated: Bool

        public init(
            wish: RecordID, category: Code, urgency: Urgency, amount: Int64?, groups: [Code] = [],
            isStated: Bool = false
        ) {
            self.wish = wish
            self.category = category
            self.groups = groups
            self.urgency = urgency
            self.amount = amount
            self.isStated = isStated
        }

        /// Reads what a store keeps. Where nobody had named a price, a 0 was kept once.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let amount = try container.decodeIfPresent(Int64.self, forKey: .amount)
            self.init(
                wish: try container.decode(RecordID.self, forKey: .wish),
                category: try container.decode(Code.self, forKey: .category),
                urgency: try container.decode(Urgency.self, forKey: .urgency),
                amount: amount.flatMap { $0 > 0 ? $0 : nil },
                groups: try container.decodeIfPresent([Code].self, forKey: .groups) ?? [],
                isStated: try container.decodeIfPresent(Bool.self, forKey: .isStated) ?? false)
        }
    }

    /// What an amount can be that a person states, in fen: up to a thousand million yuan.
    public static let amounts: ClosedRange<Int64> = 1...100_000_000_000

    public enum Status: Hashable, Sendable, Codable {
        /// At the step of that index in the path.
        case open(step: Int)
        case completed
        case refused(Refusal)
        /// Approved on the fast lane, and found wrong when the papers were completed.
        case revoked(Refusal)
        /// The wish was closed or ended before the way was gone to its end. What had been approved by then stays approved,
        /// should the wish be opened again.
        case ended(Reason)
    }

    /// Why not, and what else may help: never one without the other.
    public struct Refusal: Hashable, Sendable, Codable {
        public let reason: Reason
        public let alternatives: [Code]
        public let by: RecordID
        public let at: Moment
    }

    /// What happened at a step, and who did it.
    public struct Record: Hashable, Sendable, Codable {
        public let step: Code
        public let act: ApprovalAct
        public let by: RecordID
        /// In which role; nil for acts of before it was kept.
        public let role: Role?
        public let at: Moment
    }

    /// A public notice on display.
    public struct Notice: Hashable, Sendable, Codable {
        public let from: Moment
        public internal(set) var until: Moment
        /// Objections nobody has looked into yet.
        public internal(set) var openObjections: Int
    }

    public let id: RecordID
    public let path: ApprovalPath
    public internal(set) var request: Request
    public internal(set) var status: Status
    public internal(set) var records: [Record] = []
    /// Who has approved at the present step, in order.
    public internal(set) var approvals: [RecordID] = []
    public internal(set) var notice: Notice?
    /// Set when it went through the fast lane: by when the papers have to be complete.
    public internal(set) var papersDue: Moment?
    /// True while the fast lane's approval stands: the approval step itself need not be taken again.
    public internal(set) var isFast = false
    public internal(set) var changedAt: Moment

    /// Whether it had been approved when its wish was closed; nil while it has not ended that way.
    public internal(set) var wasApproved: Bool?

    /// Opens a case at the path's first step. Throws `malformed` for a path that contradicts itself and `quantity` for
    /// an amount below 1.
    public init(id: RecordID, request: Request, path: ApprovalPath, at moment: Moment) throws {
        try path.check()
        if let amount = request.amount, amount < 1 {
            throw CaseworkError(
                .quantity, "The amount is \(amount) fen; it is at least 1, or not known.",
                zhHans: "金额为 \(amount) 分；应不小于 1，或为未知。")
        }
        self.id = id
        self.request = request
        self.path = path
        self.status = .completed
        self.changedAt = moment
        self.status = status(from: 0)
    }

    /// The step it waits at; nil when it is over.
    public var step: ApprovalPath.Step? {
        guard case .open(let index) = status else { return nil }
        return path.steps[index]
    }

    /// True once help may be matched and promised: only publication and acceptance are left, or the fast lane was used.
    public var isApproved: Bool {
        switch status {
        case .completed: return true
        case .refused, .revoked: return false
        case .ended: return wasApproved ?? false
        case .open(let index):
            return isFast
                || !path.steps[index...].contains { step in
                    step.kind != .publication && step.kind != .acceptance && applies(step)
                }
        }
    }

    /// Whether there is something left to do that is due even after the help has arrived: the papers of a fast approval, or
    /// the acceptance of what was built.
    var owesWork: Bool {
        guard case .open(let index) = status else { return false }
        return isFast || path.steps[index...].contains { $0.kind == .acceptance && applies($0) }
    }

    /// Says whether the papers of a fast approval were not complete in time.
    public func papersAreOverdue(asOf moment: Moment) -> Bool {
        guard case .open = status, let papersDue else { return false }
        return moment > papersDue
    }

    /// The level that has to approve this amount, the highest where it is not known; nil when the present step is no
    /// approval.
    public var levelNeeded: AreaLevel? {
        guard let step, step.kind == .approval else { return nil }
        guard let amount = request.amount else { return step.limits?.last?.level }
        return step.limits?.first { $0.upTo.map { amount <= $0 } ?? true }?.level
    }

    /// Whether the path's fast lane takes the request as it stands: it is urgent enough, cheap enough, and not decided.
    var takesFastLane: Bool {
        guard case .open = status, let fast = path.fastLane, !isFast, !isApproved else { return false }
        return fast.urgencies.contains(request.urgency) && request.amount.map { $0 <= fast.upTo } ?? true
    }

    /// How many different people have to approve.
    public var approvalsNeeded: Int {
        path.secondPersonAbove.map { exceeds($0) } == true ? 2 : 1
    }

    func status(from index: Int) -> Status {
        let next = path.steps.indices.dropFirst(index).first { applies(path.steps[$0]) }
        return next.map { .open(step: $0) } ?? .completed
    }

    func applies(_ step: ApprovalPath.Step) -> Bool {
        if isFast, step.kind == .approval { return false }
        guard let condition = step.when else { return true }
        return condition.above.map { exceeds($0) } == true
            || condition.categories?.contains { $0 == request.category || request.groups.contains($0) } == true
    }

    /// An amount that nobody knows may be any: it takes every step there is for large ones.
    private func exceeds(_ limit: Int64) -> Bool { request.amount.map { $0 > limit } ?? true }
}
