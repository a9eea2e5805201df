public import MatchCore

/// Approval cases, as a store keeps them.
public protocol ApprovalStoring {
    func save(_ approval: ApprovalCase) throws
    func approval(_ id: RecordID) throws -> ApprovalCase?
    /// The newest case of a wish.
    func approval(ofWish wish: RecordID) throws -> ApprovalCase?
    /// Open cases, those that have waited longest first; with a step, only those that wait at it.
    func openApprovals(atStep step: Code?, limit: Int) throws -> [ApprovalCase]
    /// Cases in the order they were last changed, the longest ago first.
    func approvals(_ query: ApprovalQuery, limit: Int) throws -> [ApprovalCase]
}

/// Which approval cases are wanted; what is nil does not matter.
public struct ApprovalQuery: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, CaseIterable {
        case open, completed, refused, revoked
        /// Over because the wish was closed or ended.
        case ended
    }

    public var status: Status?
    /// Only cases that wait at this step.
    public var step: Code?
    /// Only cases whose public notice is up at this moment, or stands until it is taken down.
    public var onNotice: Bool
    /// Only cases of wishes in these areas; nil for all.
    public var areas: [String]?
    /// Only cases that stand behind this one.
    public var behind: TimedPlace?

    public init(
        status: Status? = nil, step: Code? = nil, onNotice: Bool = false, areas: [String]? = nil,
        behind: TimedPlace? = nil
    ) {
        self.areas = areas
        self.status = status
        self.step = step
        self.onNotice = onNotice
        self.behind = behind
    }
}
