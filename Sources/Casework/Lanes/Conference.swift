public import MatchCore

/// A case conference (一事一议): who took part, what was found and why, how they voted.
public struct Conference: Hashable, Sendable, Codable {
    /// How somebody voted.
    public enum Vote: String, Hashable, Sendable, Codable, CaseIterable {
        case `for`, against, abstained
    }

    /// One participant's vote, where it was an open one.
    public struct Ballot: Hashable, Sendable, Codable {
        public let participant: RecordID
        public let vote: Vote

        public init(_ participant: RecordID, _ vote: Vote) {
            self.participant = participant
            self.vote = vote
        }
    }

    public let participants: Set<RecordID>
    public let votesFor: Int
    public let votesAgainst: Int
    /// Who voted how, in the order of the ids; nil where only the counts are known.
    public let ballots: [Ballot]?
    /// Where the finding stands.
    public let finding: RecordID
    /// Where its reasons stand; nil for conferences that were noted before reasons were asked for.
    public let reasons: RecordID?

    /// A conference of whose votes only the counts are known. Throws `malformed` where they do not add up to those who took
    /// part.
    public init(
        participants: Set<RecordID>, votesFor: Int, votesAgainst: Int, abstentions: Int = 0, finding: RecordID,
        reasons: RecordID
    ) throws {
        let counts = [votesFor, votesAgainst, abstentions]
        guard counts.allSatisfy({ (0...participants.count).contains($0) }), counts.reduce(0, +) == participants.count
        else {
            throw CaseworkError(
                .malformed,
                "\(votesFor) for, \(votesAgainst) against and \(abstentions) abstentions are not the votes of "
                    + "\(participants.count) people. Count everybody who took part once.",
                zhHans: "赞成 \(votesFor)、反对 \(votesAgainst)、弃权 \(abstentions)，与参会 \(participants.count) 人不符。"
                    + "每位参会人计一票。")
        }
        self.participants = participants
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
        ballots = nil
        self.finding = finding
        self.reasons = reasons
    }

    /// A conference with everybody's vote. Throws `malformed` where somebody is named twice.
    public init(ballots: [Ballot], finding: RecordID, reasons: RecordID) throws {
        participants = Set(ballots.map(\.participant))
        guard participants.count == ballots.count else {
            throw CaseworkError(
                .malformed, "Somebody is named twice; name each participant once.", zhHans: "有参会人重复，每人只填一次。")
        }
        votesFor = ballots.count { $0.vote == .for }
        votesAgainst = ballots.count { $0.vote == .against }
        self.ballots = ballots.sorted { $0.participant < $1.participant }
        self.finding = finding
        self.reasons = reasons
    }

    public var abstentions: Int { participants.count - votesFor - votesAgainst }

    /// How somebody voted; nil where only the counts are known.
    public func vote(of participant: RecordID) -> Vote? { ballots?.first { $0.participant == participant }?.vote }

    /// More than half of those who took part voted for it.
    public var isCarried: Bool { votesFor > participants.count / 2 }
}
