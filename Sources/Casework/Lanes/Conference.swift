public import MatchCore

/// A case conference (一事一议): who took part, what was found, how they voted.
public struct Conference: Hashable, Sendable, Codable {
    public let participants: Set<RecordID>
    public let votesFor: Int
    public let votesAgainst: Int
    /// Where the finding and its reasons stand.
    public let finding: RecordID

    /// Throws `malformed` when more votes than participants are counted.
    public init(participants: Set<RecordID>, votesFor: Int, votesAgainst: Int, finding: RecordID) throws {
        let (votes, overflow) = votesFor.addingReportingOverflow(votesAgainst)
        guard votesFor >= 0, votesAgainst >= 0, !overflow, votes <= participants.count else {
            throw CaseworkError(
                .malformed, "\(votesFor) and \(votesAgainst) votes of \(participants.count) people do not add up.",
                zhHans: "\(participants.count) 人参会，赞成 \(votesFor) 票、反对 \(votesAgainst) 票，数目不符。")
        }
        self.participants = participants
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
        self.finding = finding
    }

    /// More than half of those who took part voted for it.
    public var isCarried: Bool { votesFor > participants.count / 2 }
}
