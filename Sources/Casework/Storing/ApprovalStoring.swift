public import MatchCore

/// Approval cases, as a store keeps them.
public protocol ApprovalStoring {
    func save(_ approval: ApprovalCase) throws
    func approval(_ id: RecordID) throws -> ApprovalCase?
    /// The newest case of a wish.
    func approval(ofWish wish: RecordID) throws -> ApprovalCase?
    /// Open cases, those that have waited longest first; with a step, only those that wait at it.
    func openApprovals(atStep step: Code?, limit: Int) throws -> [ApprovalCase]
}
